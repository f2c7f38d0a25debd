export { mountBoard } from "./board-routes.ts";
export { compactTallies } from "./compact-tallies.ts";
export { getBoard } from "./get-board.ts";
