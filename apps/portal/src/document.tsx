import type { PortalPage } from "@onegrid/contract";
import type { ReactNode } from "react";
import type { View } from "./view.ts";

type PageName = PortalPage["page"];

const NAVIGATION = [
  { page: "report", href: "/report" },
  { page: "track", href: "/track" },
  { page: "cases", href: "/cases" },
  { page: "grids", href: "/grids" },
  { page: "notices", href: "/notices" },
] as const satisfies { page: PageName; href: string }[];

/** The page that the navigation marks while another one, found under it, is shown. */
const SECTION: Partial<Record<PageName, PageName>> = {
  grid: "grids",
  who: "grids",
  sign: "grids",
  notice: "notices",
  objection: "notices",
  receipt: "track",
  messages: "track",
  nearby: "report",
};

/** A preference is a form, so that it works without scripts and no crawler presses it. */
const Preference = (props: { view: View; name: string; value: string; children: ReactNode }) => (
  <form method="post" action="/preferences">
    <input type="hidden" name="back" value={props.view.path} />
    <button className="quiet" name={props.name} value={props.value}>
      {props.children}
    </button>
  </form>
);

const Header = ({ page, view }: { page: PageName; view: View }) => {
  const { t, county, largeText, language } = view;
  const section = SECTION[page] ?? page;
  return (
    <header className="top">
      <div className="wide">
        <div className="brand">
          <a href="/" {...(page === "home" && { "aria-current": "page" as const })}>
            <strong>{county.name}</strong>
            {county.sample && <span className="badge">{t("sampleData")}</span>}
            <span className="service">{t("portal>service")}</span>
          </a>
        </div>
        <div className="preferences">
          <Preference view={view} name="text" value={largeText ? "normal" : "large"}>
            {t(largeText ? "portal>normalText" : "portal>largeText")}
          </Preference>
          <Preference view={view} name="language" value={language === "en" ? "zh-CN" : "en"}>
            <span lang={language === "en" ? "zh-CN" : "en"}>
              {language === "en" ? "中文" : "English"}
            </span>
          </Preference>
        </div>
        <nav aria-label={t("portal>navigation")}>
          {NAVIGATION.map((item) => (
            <a
              key={item.page}
              href={item.href}
              {...(item.page === section && { "aria-current": "page" as const })}
            >
              {t(`portal>nav>${item.page}`)}
            </a>
          ))}
        </nav>
      </div>
    </header>
  );
};

const Footer = ({ view: { t, county } }: { view: View }) => (
  <footer className="bottom">
    <div className="wide">
      {county.hotline && (
        <p>
          {t("portal>hotline")} <a href={`tel:${county.hotline}`}>{county.hotline}</a>
        </p>
      )}
      <p>{t("portal>promise")}</p>
      {county.sample && <p>{t("portal>sampleNote")}</p>}
      {county.filingNumber && (
        <p>
          {t("portal>filingNumber")} {county.filingNumber}
        </p>
      )}
    </div>
  </footer>
);

/** The frame of every page: head, skip link, header, main, footer. No inline script or style. */
export const Document = (props: {
  page: PageName;
  title: string;
  view: View;
  children: ReactNode;
}) => {
  const { page, title, view, children } = props;
  const { t, language, largeText, county, assets } = view;
  const personal = ["receipt", "problem", "messages", "nearby"].includes(page);
  return (
    <html lang={language} className={largeText ? "large" : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${county.name}${t("portal>service")}`}</title>
        <meta name="description" content={t("portal>description", { county: county.name })} />
        {personal && <meta name="robots" content="noindex" />}
        <meta name="theme-color" content="#1f5fa8" />
        <link rel="icon" href="/portal/assets/icon.svg" type="image/svg+xml" />
        {assets.styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        <script type="module" src={assets.script} />
      </head>
      <body data-page={page}>
        <a className="skip" href="#main">
          {t("portal>skip")}
        </a>
        <Header page={page} view={view} />
        <main id="main" tabIndex={-1}>
          <div className="wide">{children}</div>
        </main>
        <Footer view={view} />
      </body>
    </html>
  );
};
