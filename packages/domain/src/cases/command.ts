import type { CaseAction, CommandDetails, Limit, Tier } from "@onegrid/contract";
import type { Clock } from "../clocks/fold-clock.ts";
import type { CaseDue, CaseEvent, CaseEventBody } from "./event.ts";
import type { GuardContext } from "./guards.ts";
import type { TargetContext } from "./targets.ts";

/** What a rule may know of the county. `dueAt` is total: it never fails for a valid limit. */
export type CaseContext = TargetContext &
  GuardContext & {
    dueAt: (startAt: Date, limit: Limit) => Date;
    /** Deadline and amber of a clock, by the calendar and rules that the case was filed under. */
    dueOf: (clock: Clock) => CaseDue;
    calendarVersion: number;
    rulesVersion: number;
    /** The case's log so far; empty for a new one. */
    log: readonly CaseEvent[];
  };

export type Command = {
  action: CaseAction;
  note: string | null;
  target: { tier: Tier; unitCode?: string } | null;
  attachmentIds: string[];
  details: CommandDetails | null;
};

export type Decided = CaseEventBody & { by: "actor" | "system" };

/** The details a command brought for this action; null when it brought none or another's. */
export const detailsOf = <Action extends CommandDetails["action"]>(
  { details }: Command,
  action: Action,
): Extract<CommandDetails, { action: Action }> | null =>
  details?.action === action ? (details as Extract<CommandDetails, { action: Action }>) : null;
