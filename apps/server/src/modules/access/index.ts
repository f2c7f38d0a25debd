export { accessMatrix, permits, ROLE_PERMISSIONS } from "./policy.ts";
export { notPermitted } from "./problems.ts";
