import type { Account } from "@onegrid/contract";
import { Link, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { navItems, type NavItem } from "./nav-items.ts";
import { NavMenu } from "./nav-menu.tsx";

const NavLink = ({ item }: { item: NavItem }) => {
  const { t } = useTranslation();
  return (
    <Link
      to={item.to}
      search={item.search ?? {}}
      activeOptions={{ exact: item.to === "/", includeSearch: false }}
    >
      {t(`nav>${item.words}`)}
    </Link>
  );
};

/** Ways through the console: the daily ones side by side, the county's settings in a menu. */
export const Navigation = ({ account }: { account: Account }) => {
  const { t } = useTranslation();
  const path = useRouterState({ select: (s) => s.location.pathname });
  const { daily, settings } = navItems(account);
  return (
    <nav className="shell-nav" aria-label={t("nav>label")}>
      {daily.map((item) => (
        <NavLink key={item.to} item={item} />
      ))}
      <NavMenu
        label={t("nav>settings")}
        className="nav-menu-settings"
        here={settings.some(({ to }) => path.startsWith(to))}
      >
        {settings.map((item) => (
          <NavLink key={item.to} item={item} />
        ))}
      </NavMenu>
    </nav>
  );
};

/** The same ways as one menu, for a narrow screen. */
export const NarrowNavigation = ({ account }: { account: Account }) => {
  const { t } = useTranslation();
  const { daily, settings } = navItems(account);
  return (
    <nav aria-label={t("nav>label")}>
      {[...daily, ...settings].map((item) => (
        <NavLink key={item.to} item={item} />
      ))}
    </nav>
  );
};
