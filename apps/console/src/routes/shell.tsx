import type { Account } from "@onegrid/contract";
import { instantWords, type Language } from "@onegrid/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { LoadingOutlined, MenuOutlined } from "@ant-design/icons";
import { App, ConfigProvider } from "antd";
import en from "antd/es/locale/en_US.js";
import zhCN from "antd/es/locale/zh_CN.js";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLiveUpdates, type LiveState } from "../platform/live-updates.ts";
import { countyQuery } from "../platform/queries.ts";
import { leave, useSession } from "../platform/session.ts";
import { PasswordDue } from "../screens/account/password-due.tsx";
import { AlertBell } from "../shared/alert-bell.tsx";
import { SampleBadge } from "../shared/badges.tsx";
import { useMediaQuery } from "../shared/use-media-query.ts";
import { LanguageSwitch } from "./language-switch.tsx";
import { maySeeCases } from "./nav-items.ts";
import { NavMenu } from "./nav-menu.tsx";
import { NarrowNavigation, Navigation } from "./navigation.tsx";
import { ShortcutHelp } from "./shortcut-help.tsx";
import { theme } from "./theme.ts";

type AntdLocale = NonNullable<React.ComponentProps<typeof ConfigProvider>["locale"]>;
// Typed as CommonJS by the package, while a bundler takes its ES module: either shape may come.
const localeOf = (module: unknown): AntdLocale =>
  (typeof module === "object" && module !== null && "default" in module
    ? module.default
    : module) as AntdLocale;
const LOCALES: Record<Language, AntdLocale> = { "zh-CN": localeOf(zhCN), en: localeOf(en) };

/** Where ways side by side would not fit any more; as in `shell.css`. */
const NARROW = "(max-width: 760px)";

const LiveMark = ({ state }: { state: LiveState }) => {
  const { t } = useTranslation();
  return <output className={`live-mark live-mark-${state}`}>{t(`live>${state}`)}</output>;
};

const AccountCorner = ({ account }: { account: Account }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <div className="shell-account">
      <Link to="/account" title={t("nav>account")}>
        {account.name}
        <small>
          {t(`role>${account.role}`)} · {account.unitName ?? account.scopeName}
        </small>
      </Link>
      <button
        type="button"
        className="plain-button"
        onClick={() => void leave(queries).then(() => navigate({ to: "/sign-in", search: {} }))}
      >
        {t("session>signOut")}
      </button>
    </div>
  );
};

/** On a phone everything of the head is one menu, the account included. */
const NarrowMenu = ({ account }: { account: Account }) => {
  const { t } = useTranslation();
  return (
    <NavMenu
      label={
        <>
          <MenuOutlined aria-hidden /> {t("nav>menu")}
        </>
      }
      className="nav-menu-narrow"
      here={false}
    >
      <NarrowNavigation account={account} />
      <LanguageSwitch />
      <AccountCorner account={account} />
    </NavMenu>
  );
};

/** Moves the focus to the new screen, as a page load would; not within one screen. */
const useFocusOnScreenChange = () => {
  const main = useRef<HTMLElement>(null);
  const screen = useRouterState({ select: (s) => s.location.pathname.split("/")[1] });
  const before = useRef(screen);
  useEffect(() => {
    if (before.current === screen) return;
    before.current = screen;
    main.current?.focus({ preventScroll: true });
  }, [screen]);
  return main;
};

/**
 * A blank between two characters is not how 派遣 is written. And antd's own turning wheel is called
 * "loading": as long as it turns, the button would lose its name for those who hear it.
 */
const BUTTON = { autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden /> };

/** What everything of antd needs around it. */
const Frame = ({ children }: { children: ReactNode }) => {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === "en" ? "en" : "zh-CN";
  return (
    <ConfigProvider locale={LOCALES[language]} theme={theme} button={BUTTON}>
      <App className="shell">{children}</App>
    </ConfigProvider>
  );
};

/** Behind sign-in: every screen, or the one form that comes before all of them. */
export const Shell = () => {
  const { passwordIsDue } = useSession();
  return <Frame>{passwordIsDue ? <PasswordDue /> : <Screens />}</Frame>;
};

const Screens = () => {
  const { t } = useTranslation();
  const { account, previousSignIn } = useSession();
  const { data: county } = useQuery(countyQuery);
  const live = useLiveUpdates();
  const main = useFocusOnScreenChange();
  const narrow = useMediaQuery(NARROW);
  return (
    <>
      <a className="skip-link" href="#main">
        {t("nav>skip")}
      </a>
      <header className="shell-header">
        <div className="shell-brand">
          <strong>OneGrid</strong>
          <span>{county?.name}</span>
          {county?.sample && <SampleBadge />}
        </div>
        {!narrow && <Navigation account={account} />}
        <div className="shell-end">
          <LiveMark state={live} />
          {maySeeCases(account) && <AlertBell />}
          {narrow ? (
            <NarrowMenu account={account} />
          ) : (
            <>
              <LanguageSwitch />
              <AccountCorner account={account} />
            </>
          )}
        </div>
      </header>
      <main id="main" className="shell-main" tabIndex={-1} ref={main}>
        {previousSignIn && (
          <output className="sign-in-notice">
            {t("session>previous", {
              at: instantWords(previousSignIn.at, county?.timeZone ?? "UTC"),
              from: previousSignIn.address ?? "–",
            })}
          </output>
        )}
        <Outlet />
      </main>
      <ShortcutHelp />
    </>
  );
};
