export { createAccount, type NewAccount } from "./create-account.ts";
export {
  createDormantAccounts,
  type DormantAccount,
  type MadeAccount,
} from "./create-dormant-accounts.ts";
export { addressKey } from "./address.ts";
export { contextOfAccount } from "./context-of-account.ts";
export { phoneOwner, type SendCode } from "./factors/sms-codes.ts";
export { totpOwner } from "./factors/totp.ts";
export { createGate, sessionOf } from "./gate.ts";
export { mountIdentity } from "./identity-routes.ts";
export { listAccounts, resetPassword, setAccountClosed } from "./manage-accounts.ts";
export { newOneTimePassword } from "./one-time-password.ts";
export { identityTasks } from "./remove-expired-sessions.ts";
export { moveScopes } from "./move-scopes.ts";
export { placeAccount } from "./place-account.ts";
export {
  isProduction,
  readCountyStates,
  refuseUnready,
  refuseUnreadyProcess,
} from "./production.ts";
export {
  ADMINISTRATOR_ROLES,
  missingAdministrators,
  setUpAdministrators,
  type AdministratorRole,
  type Person,
} from "./set-up-administrators.ts";
