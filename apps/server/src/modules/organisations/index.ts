export { mountOrganisations } from "./organisation-routes.ts";
export { recordFacts, type FactsOf } from "./record-facts.ts";
export { loadSecretaries } from "./secretaries.ts";
export { organisationTarget } from "./import-target.ts";
export { moveOrganisations } from "./move-organisations.ts";
