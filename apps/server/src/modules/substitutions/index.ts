export { mountSubstitutions } from "./substitution-routes.ts";
