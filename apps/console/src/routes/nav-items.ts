import type { Account } from "@onegrid/contract";
import type { LinkProps } from "@tanstack/react-router";

export type NavItem = {
  to: NonNullable<LinkProps["to"]>;
  /** Key of its words under `nav`. */
  words: string;
  search?: LinkProps["search"];
};

const START: NavItem = { to: "/", words: "start" };
const CASES: NavItem = { to: "/cases", words: "workbench", search: { open: "true" } };
const DUTY: NavItem = { to: "/duty", words: "duty" };
const REPORT: NavItem = { to: "/report", words: "report" };
const BOARD: NavItem = { to: "/board", words: "board", search: {} };
const CALLBACKS: NavItem = { to: "/callbacks", words: "callbacks" };
const SETTINGS: readonly NavItem[] = [
  { to: "/organisations", words: "organisations" },
  { to: "/staffing", words: "staffing" },
  { to: "/grids", words: "grids", search: {} },
  { to: "/configuration", words: "configuration" },
];
const REASSIGNMENT: NavItem = { to: "/reassignment", words: "reassignment" };

/** The security and the audit administrator see no case. */
export const maySeeCases = ({ role }: Account): boolean =>
  role !== "security_administrator" && role !== "audit_administrator";

/**
 * Ways through the console that an account has: what its day goes by first, and what a county works
 * by, which is opened now and then, in a menu beside it. Draws the ways only; the server decides.
 */
export const navItems = (account: Account): { daily: NavItem[]; settings: NavItem[] } => {
  const { role } = account;
  // Who arranges posts leads a street's reassignment too.
  const arranges = role === "county_centre" || role === "street";
  const settings = [...SETTINGS, ...(arranges ? [REASSIGNMENT] : [])];
  switch (role) {
    case "security_administrator":
      return { daily: [{ to: "/accounts", words: "accounts" }], settings };
    case "audit_administrator":
      return { daily: [{ to: "/audit", words: "audit" }], settings };
    case "system_administrator":
      return { daily: [START, CASES, BOARD], settings };
    case "county_centre":
      return { daily: [START, CASES, DUTY, REPORT, CALLBACKS, BOARD], settings };
    case "street":
      return { daily: [START, CASES, DUTY, REPORT, BOARD], settings };
    default:
      return { daily: [START, CASES, REPORT, BOARD], settings };
  }
};
