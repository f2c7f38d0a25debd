export { mountPatrols } from "./patrol-routes.ts";
