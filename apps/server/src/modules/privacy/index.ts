export { inventoryPage, inventoryRows } from "./inventory.ts";
