import { ACCOUNT_ROLES, type AccountRole, type Permission } from "@onegrid/contract";

/** What an account can be allowed; `public` and `signed_in` need no role. */
export type RolePermission = Exclude<Permission, "public" | "signed_in">;

/** Column order of the printed matrix. */
export const ROLE_PERMISSIONS = [
  "cases.read",
  "cases.report",
  "cases.act",
  "board.read",
  "callbacks.handle",
  "configuration.read",
  "configuration.write",
  "accounts.manage",
  "security.manage",
  "audit.read",
  "contacts.open",
  "organisation.read",
  "organisation.write",
  "work.arrange",
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
    "contacts.open",
    "cases.read",
    "cases.report",
    "cases.act",
    "board.read",
    "configuration.read",
    "organisation.read",
    "work.arrange",
  ],
  street: [
    "contacts.open",
    "cases.read",
    "cases.report",
    "cases.act",
    "board.read",
    "configuration.read",
    "organisation.read",
    "organisation.write",
    "work.arrange",
  ],
  department: [
    "contacts.open",
    "cases.read",
    "cases.report",
    "cases.act",
    "board.read",
    "configuration.read",
    "organisation.read",
  ],
  county_centre: [
    "contacts.open",
    "cases.read",
    "cases.report",
    "cases.act",
    "board.read",
    "callbacks.handle",
    "configuration.read",
    "configuration.write",
    "organisation.read",
    "organisation.write",
    "work.arrange",
  ],
  // 三员分立: what one of the three may change, the others may not; none acts on a case.
  system_administrator: [
    "cases.read",
    "board.read",
    "configuration.read",
    "configuration.write",
    "organisation.read",
    "organisation.write",
  ],
  security_administrator: ["configuration.read", "accounts.manage", "security.manage"],
  audit_administrator: ["configuration.read", "audit.read"],
};

/** Whether an account of this role has the permission. */
export const permits = (role: AccountRole, permission: Permission): boolean =>
  permission === "public" || permission === "signed_in" || POLICY[role].includes(permission);

/** The matrix as data: one row a role, permissions in the order of `ROLE_PERMISSIONS`. */
export const accessMatrix = (): { role: AccountRole; allowed: boolean[] }[] =>
  ACCOUNT_ROLES.map((role) => ({
    role,
    allowed: ROLE_PERMISSIONS.map((permission) => permits(role, permission)),
  }));
