import type { Permission, Refusal } from "@onegrid/contract";

export const notPermitted = (permission: Permission): Refusal => ({
  code: "access.not_permitted",
  status: 403,
  detail: `the account's role does not have the permission ${permission}`,
  params: { permission },
});
