import type { Limit } from "@onegrid/contract";
import type { ClockEvent, ClockKey } from "../clocks/clock-events.ts";
import { applyClockEvent, type Clock } from "../clocks/fold-clock.ts";
import { isRefused } from "../refused.ts";
import { isInterim, type CaseEvent, type StageLimits } from "./event.ts";

/** The clock of the whole case. */
export const CASE_CLOCK = "case";

/** Stages that end with a holder's turn. */
const isStage = (key: ClockKey): boolean => key.startsWith("sign:") || key.startsWith("hold:");

/** Folds a case's log into clock events and clocks, one event at a time. */
class Projection {
  readonly events: ClockEvent[] = [];
  readonly clocks = new Map<ClockKey, Clock>();
  readonly #counts = new Map<string, number>();
  /** Units of the last whistle that was called. */
  #whistle: readonly string[] = [];

  #next(stage: string): string {
    const count = (this.#counts.get(stage) ?? 0) + 1;
    this.#counts.set(stage, count);
    return `${stage}:${count}`;
  }

  /** Applies an event where the clock's state takes it; elsewhere it means nothing. */
  #emit(event: ClockEvent): void {
    const after = applyClockEvent(this.clocks.get(event.clockKey) ?? null, event);
    if (isRefused(after)) return;
    this.clocks.set(event.clockKey, after);
    this.events.push(event);
  }

  #start(clockKey: ClockKey, limit: Limit, atMs: number): void {
    this.#emit({ kind: "start", clockKey, atMs, limit });
  }

  #each(kind: "resume" | "stop" | "extend", atMs: number, matches: (key: ClockKey) => boolean) {
    for (const [clockKey, clock] of this.clocks) {
      // A stopped clock is taken up again by rework alone.
      if (matches(clockKey) && clock.state !== "stopped") this.#emit({ kind, clockKey, atMs });
    }
  }

  #stage(limits: StageLimits | undefined, atMs: number): void {
    this.#each("stop", atMs, isStage);
    if (limits === undefined) return;
    this.#start(this.#next("sign"), limits.sign, atMs);
    if (limits.hold !== null) this.#start(this.#next("hold"), limits.hold, atMs);
  }

  /** A suspension whose last day is over has ended by itself, whoever wrote what since. */
  #resumeWhatIsOver(atMs: number): void {
    for (const [clockKey, clock] of this.clocks) {
      const toMs = clock.state === "paused" ? (clock.pauses.at(-1)?.toMs ?? null) : null;
      if (toMs !== null && toMs <= atMs) this.#emit({ kind: "resume", clockKey, atMs: toMs });
    }
  }

  #stages(event: CaseEvent, atMs: number): void {
    switch (event.kind) {
      case "check":
        this.#start(this.#next("check"), event.data.limit, atMs);
        break;
      case "checked":
        this.#each("stop", atMs, (key) => key.startsWith("check:"));
        break;
      case "supervise":
        this.#start(this.#next("supervision"), event.data.limit, atMs);
        break;
      case "answer_supervision":
        this.#each("stop", atMs, (key) => key.startsWith("supervision:"));
        break;
      case "call_whistle":
        this.#whistle = event.data.unitCodes;
        break;
      case "approve_whistle": {
        const whistle = this.#next("whistle");
        for (const unit of this.#whistle) this.#start(`${whistle}:${unit}`, event.data.limit, atMs);
        break;
      }
      case "arrive": {
        const { unitCode } = event.data;
        this.#each(
          "stop",
          atMs,
          (key) => key.startsWith("whistle:") && key.endsWith(`:${unitCode}`),
        );
        break;
      }
      case "end_whistle":
        this.#each("stop", atMs, (key) => key.startsWith("whistle:"));
        break;
      case "assign_sub_task":
        this.#start(this.#next("sub_task"), event.data.limit, atMs);
        break;
      case "finish_sub_task":
      case "waive_sub_task": {
        const { subTask } = event.data;
        this.#each("stop", atMs, (key) => key === `sub_task:${subTask}`);
        break;
      }
      default:
    }
  }

  #case(event: CaseEvent, atMs: number): void {
    const isHeld = (key: ClockKey) => key === CASE_CLOCK || isStage(key);
    switch (event.kind) {
      case "file":
        this.#start(CASE_CLOCK, event.data.limit, atMs);
        break;
      case "sign":
        this.#each("stop", atMs, (key) => key.startsWith("sign:"));
        break;
      case "feed_back":
        if (!isInterim(event)) this.#each("stop", atMs, isHeld);
        break;
      case "return":
        this.#each("stop", atMs, isStage);
        break;
      case "self_handle":
      case "void":
      case "merge":
      case "refuse":
      case "close":
        this.#each("stop", atMs, () => true);
        break;
      case "rework":
      case "reopen":
        this.#emit({ kind: "resume", clockKey: CASE_CLOCK, atMs });
        if (event.kind === "rework") this.#stage(event.data.stage, atMs);
        break;
      case "dispatch":
      case "escalate":
      case "mark_no_owner":
        this.#stage(event.data.stage, atMs);
        break;
      case "grant_suspension": {
        const resumesAtMs = Date.parse(event.data.resumesAt);
        for (const [clockKey, { state }] of this.clocks) {
          if (isHeld(clockKey) && state === "running") {
            this.#emit({ kind: "pause", clockKey, atMs, resumesAtMs });
          }
        }
        break;
      }
      case "resume":
        this.#each("resume", atMs, isHeld);
        break;
      case "grant_extension":
        this.#each("extend", atMs, (key) => key === CASE_CLOCK);
        break;
      default:
        this.#stages(event, atMs);
    }
  }

  add(event: CaseEvent): void {
    const atMs = event.occurredAt.getTime();
    this.#resumeWhatIsOver(atMs);
    this.#case(event, atMs);
  }
}

const project = (log: readonly CaseEvent[]): Projection => {
  const projection = new Projection();
  for (const event of log) projection.add(event);
  return projection;
};

/** The clock events a case's log means, in order: a pure projection, nothing of it is stored. */
export const clockEventsOf = (log: readonly CaseEvent[]): ClockEvent[] => project(log).events;

/**
 * The clocks of a case by key: `case`; `sign:N` and `hold:N` for each holder's turn; `check:N`,
 * `supervision:N`, `whistle:N:UNIT` and `sub_task:N`.
 */
export const clocksOf = (log: readonly CaseEvent[]): ReadonlyMap<ClockKey, Clock> =>
  project(log).clocks;
