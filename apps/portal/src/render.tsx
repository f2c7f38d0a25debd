import type { PortalPage, RenderPortalPage } from "@onegrid/contract";
import { renderToStaticMarkup } from "react-dom/server";
import { Document } from "./document.tsx";
import type { View } from "./view.ts";
import { wordsIn } from "./words.ts";
import { CasesPage } from "./pages/cases.tsx";
import { GridPage } from "./pages/grid.tsx";
import { GridsPage } from "./pages/grids.tsx";
import { HomePage } from "./pages/home.tsx";
import { MessagesPage } from "./pages/messages.tsx";
import { NearbyPage } from "./pages/nearby.tsx";
import { NoticePage } from "./pages/notice.tsx";
import { NoticesPage } from "./pages/notices.tsx";
import { ObjectionPage } from "./pages/objection.tsx";
import { ProblemPage } from "./pages/problem.tsx";
import { ReceiptPage } from "./pages/receipt.tsx";
import { ReportPage } from "./pages/report.tsx";
import { SignPage } from "./pages/sign.tsx";
import { TrackPage } from "./pages/track.tsx";
import { WhoPage } from "./pages/who.tsx";

/** One page's body; each page names its own title. */
const bodyOf = (page: PortalPage, view: View) => {
  switch (page.page) {
    case "home":
      return <HomePage {...page} view={view} />;
    case "report":
      return <ReportPage {...page} view={view} />;
    case "receipt":
      return <ReceiptPage {...page} view={view} />;
    case "nearby":
      return <NearbyPage {...page} view={view} />;
    case "messages":
      return <MessagesPage {...page} view={view} />;
    case "track":
      return <TrackPage {...page} view={view} />;
    case "cases":
      return <CasesPage {...page} view={view} />;
    case "grids":
      return <GridsPage {...page} view={view} />;
    case "grid":
      return <GridPage {...page} view={view} />;
    case "notices":
      return <NoticesPage {...page} view={view} />;
    case "notice":
      return <NoticePage {...page} view={view} />;
    case "objection":
      return <ObjectionPage {...page} view={view} />;
    case "who":
      return <WhoPage {...page} view={view} />;
    case "sign":
      return <SignPage {...page} view={view} />;
    case "problem":
      return <ProblemPage {...page} view={view} />;
  }
};

/** Title before the county's name; an error is said first, as a screen reader reads it first. */
const titleOf = (page: PortalPage, { t }: View): string => {
  if (page.page === "grid") return page.grid.name;
  if (page.page === "notice" && page.problem === null) return page.notice.title;
  if (page.page === "receipt") return t("portal>title>receipt", { number: page.receipt.number });
  const title = t(`portal>title>${page.page}`);
  const wrong =
    page.page === "report"
      ? page.problems.length > 0
      : page.page === "notice" && page.problem !== null;
  return wrong ? t("portal>title>withErrors", { title }) : title;
};

/** The whole HTML document of a page. React escapes whatever people typed. */
export const renderPage: RenderPortalPage = (page, shell) => {
  const { t } = wordsIn(shell.language);
  const view: View = { ...shell, t, at: new Date(shell.now) };
  const markup = renderToStaticMarkup(
    <Document page={page.page} title={titleOf(page, view)} view={view}>
      {bodyOf(page, view)}
    </Document>,
  );
  return `<!doctype html>${markup}`;
};
