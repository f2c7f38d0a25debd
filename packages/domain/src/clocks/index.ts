export { checkClockEvent } from "./check-clock-event.ts";
export * from "./clock-events.ts";
export * from "./clock-rules.ts";
export { type Clock, applyClockEvent, foldClock, foldClocks } from "./fold-clock.ts";
export * from "./light.ts";
export { type Milestone, milestones } from "./milestones.ts";
export { type ClockReading, fullLimit, readClock } from "./read-clock.ts";
