import { ACCOUNT_ROLES, type AccountRole, type Permission } from "@onegrid/contract";

/** What an account can be allowed; `public` and `signed_in` need no role. */
export type RolePermission = Exclude<Permission, "public" | "signed_in">;

/** Column order of the printed matrix. */
export const ROLE_PERMISSIONS = [
  "cases.read",
  "cases.report",
  "cases.act",
  "board.read",
  "configuration.read",
  "configuration.write",
  "accounts.manage",
  "work.arrange",
  "organisation.read",
  "security.manage",
  "audit.read",
  "organisation.write",
] as const satisfies readonly RolePermission[];

/**
 * Role × permission. It says what a post may do at all; where (grid prefix, department) is the
 * account's scope, which the use cases and row-level security check.
 */
const POLICY: Record<AccountRole, readonly RolePermission[]> = {
  worker: [
    "cases.read",
    "cases.report",
    "cases.act",
    "board.read",
    "configuration.read",
    "organisation.read",
  ],
  head: [
    "cases.read",
    "cases.report",
    "work.arrange",
    "cases.act",
    "board.read",
    "configuration.read",
    "organisation.read",
  ],
  street: [
    "cases.read",
    "cases.report",
    "work.arrange",
    "cases.act",
    "board.read",
    "configuration.read",
    "organisation.read",
    "organisation.write",
  ],
  department: [
    "cases.read",
    "cases.report",
    "cases.act",
    "board.read",
    "configuration.read",
    "organisation.read",
  ],
  county_centre: [
    "cases.read",
    "cases.report",
    "work.arrange",
    "cases.act",
    "board.read",
    "configuration.read",
    "configuration.write",
    "organisation.read",
    "organisation.write",
  ],
  // 三员分立: what one of the three may change, the others may not; none acts on a case.
  system_administrator: [
    "cases.read",
    "board.read",
    "configuration.read",
    "configuration.write",
    "accounts.manage",
    "organisation.read",
    "organisation.write",
  ],
};

/** Whether an account of this role has the permission. */
export const permits = (role: AccountRole, permission: Permission): boolean =>
  permission === "public" || permission === "signed_in" || POLICY[role].includes(permission);
  security_administrator: ["configuration.read", "accounts.manage", "security.manage"],
  audit_administrator: ["configuration.read", "audit.read"],

/** The matrix as data: one row a role, permissions in the order of `ROLE_PERMISSIONS`. */
export const accessMatrix = (): { role: AccountRole; allowed: boolean[] }[] =>
  ACCOUNT_ROLES.map((role) => ({
    role,
    allowed: ROLE_PERMISSIONS.map((permission) => permits(role, permission)),
  }));
