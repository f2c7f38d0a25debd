import type { AccountRole } from "@onegrid/contract";
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { countyQuery } from "../platform/queries.ts";
import { sessionQuery } from "../platform/session.ts";
import { SignInScreen } from "../screens/sign-in/sign-in-screen.tsx";
import { readBoardSearch, readCaseSearch } from "../shared/case-search.ts";
import { NotFound, Pending, ScreenFailed } from "./fallbacks.tsx";
import { parseSearch, stringifySearch } from "./search-text.ts";

const rootRoute = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: ({
    next,
    problem,
  }: Record<string, unknown>): { next?: string; problem?: string } => ({
    // Only a path of our own: a link must not lead a fresh session elsewhere.
    ...(typeof next === "string" && /^\/(?!\/)/.test(next) && { next }),
    // Why the identity provider's answer did not open; other words have no place in a link.
    ...(typeof problem === "string" && /^identity\.oidc_[a-z_]+$/.test(problem) && { problem }),
  }),
  component: SignInScreen,
});

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session === null) {
      const next = location.pathname === "/" ? undefined : location.href;
      throw redirect({ to: "/sign-in", search: next === undefined ? {} : { next } });
    }
    return { session };
  },
  loader: ({ context }) => context.queries.ensureQueryData(countyQuery),
  component: lazyRouteComponent(() => import("./shell.tsx"), "Shell"),
});

const HOMES: Partial<Record<AccountRole, "/audit" | "/accounts">> = {
  audit_administrator: "/audit",
  security_administrator: "/accounts",
};

const startRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  beforeLoad: ({ context }) => {
    // The separate administrators see no cases: their work begins elsewhere.
    const home = HOMES[context.session.account.role];
    if (home !== undefined) throw redirect({ to: home });
  },
  component: lazyRouteComponent(() => import("../screens/start/start-screen.tsx"), "StartScreen"),
});

const workbenchRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/cases",
  validateSearch: readCaseSearch,
  component: lazyRouteComponent(
    () => import("../screens/workbench/workbench-screen.tsx"),
    "WorkbenchScreen",
  ),
});

const caseRoute = createRoute({
  getParentRoute: () => workbenchRoute,
  path: "/$caseId",
  component: lazyRouteComponent(() => import("../screens/case/case-panel.tsx"), "CasePanel"),
});

const dutyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/duty",
  component: lazyRouteComponent(() => import("../screens/duty/duty-screen.tsx"), "DutyScreen"),
});

const callbacksRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/callbacks",
  component: lazyRouteComponent(
    () => import("../screens/callbacks/callbacks-screen.tsx"),
    "CallbacksScreen",
  ),
});

const reportRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/report",
  component: lazyRouteComponent(
    () => import("../screens/report/report-screen.tsx"),
    "ReportScreen",
  ),
});

const boardRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/board",
  validateSearch: readBoardSearch,
  component: lazyRouteComponent(() => import("../screens/board/board-screen.tsx"), "BoardScreen"),
});

const configurationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/configuration",
  component: lazyRouteComponent(
    () => import("../screens/configuration/configuration-screen.tsx"),
    "ConfigurationScreen",
  ),
});

const organisationsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/organisations",
  validateSearch: ({ renewal }: Record<string, unknown>): { renewal?: "overdue" | "due" } =>
    renewal === "overdue" || renewal === "due" ? { renewal } : {},
  component: lazyRouteComponent(
    () => import("../screens/organisations/organisations-screen.tsx"),
    "OrganisationsScreen",
  ),
});

const gridsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/grids",
  validateSearch: ({ grid }: Record<string, unknown>): { grid?: string } =>
    typeof grid === "string" || typeof grid === "number" ? { grid: String(grid) } : {},
  component: lazyRouteComponent(() => import("../screens/grids/grids-screen.tsx"), "GridsScreen"),
});

const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/audit",
  component: lazyRouteComponent(() => import("../screens/audit/audit-screen.tsx"), "AuditScreen"),
});

const staffingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/staffing",
  component: lazyRouteComponent(
    () => import("../screens/staffing/staffing-screen.tsx"),
    "StaffingScreen",
  ),
});

const reassignmentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/reassignment",
  component: lazyRouteComponent(
    () => import("../screens/reassignment/reassignment-screen.tsx"),
    "ReassignmentScreen",
  ),
});

const accountsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/accounts",
  component: lazyRouteComponent(
    () => import("../screens/accounts/accounts-screen.tsx"),
    "AccountsScreen",
  ),
});

const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/account",
  component: lazyRouteComponent(
    () => import("../screens/configuration/account-screen.tsx"),
    "AccountScreen",
  ),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  signedInRoute.addChildren([
    startRoute,
    workbenchRoute.addChildren([caseRoute]),
    dutyRoute,
    callbacksRoute,
    reportRoute,
    boardRoute,
    configurationRoute,
    organisationsRoute,
    gridsRoute,
    staffingRoute,
    reassignmentRoute,
    auditRoute,
    accountsRoute,
    accountRoute,
  ]),
]);

/** All screens of the console; each loads its code when it is opened or pointed at. */
export const createConsoleRouter = (queries: QueryClient) =>
  createRouter({
    routeTree,
    basepath: "/console",
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: Pending,
    defaultErrorComponent: ScreenFailed,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
