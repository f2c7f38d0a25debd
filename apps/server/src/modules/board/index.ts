export { boardTasks } from "./board-tasks.ts";
export { mountBoard } from "./board-routes.ts";
export { compactTallies } from "./compact-tallies.ts";
export { getBoard } from "./get-board.ts";
export { onTimeFromLog, onTimeOnBoard, type OnTime } from "./on-time-from-log.ts";
