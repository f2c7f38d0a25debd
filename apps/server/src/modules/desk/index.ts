export { mountDesk } from "./desk-routes.ts";
