export { createAccount, type NewAccount } from "./create-account.ts";
export { createGate, sessionOf } from "./gate.ts";
export { mountIdentity } from "./identity-routes.ts";
