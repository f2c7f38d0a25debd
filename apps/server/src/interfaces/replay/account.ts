import type { Played } from "./play.ts";
import type { RefusedRow } from "./read-rows.ts";

/** The final account of a replay. `read` = `refused` + `reported`; `reported` = `located` + `outside`. */
export type ReplayAccount = {
  read: number;
  refused: number;
  /** How many rows each reason refused. */
  reasons: Record<string, number>;
  reported: number;
  located: number;
  outside: number;
  closed: number;
  stillOpen: number;
  /** Cases that had been there before this run. */
  repeated: number;
  /** Rows whose own column agrees, disagrees, or does not say which grid it is. */
  agree: number;
  disagree: number;
  silent: number;
};

export const emptyAccount = (): ReplayAccount => ({
  read: 0,
  refused: 0,
  reasons: {},
  reported: 0,
  located: 0,
  outside: 0,
  closed: 0,
  stillOpen: 0,
  repeated: 0,
  agree: 0,
  disagree: 0,
  silent: 0,
});

const refuse = (account: ReplayAccount, code: string) => {
  account.refused += 1;
  account.reasons[code] = (account.reasons[code] ?? 0) + 1;
};

/** Counts a row that could not be understood. */
export const countRefusedRow = (account: ReplayAccount, row: RefusedRow): void => {
  account.read += 1;
  refuse(account, row.code);
};

export type Outcome = {
  played: Played;
  /** The row says it was closed. */
  saysClosed: boolean;
  /** True when the place lies outside every grid. */
  outside: boolean;
  agreement: "agree" | "disagree" | "silent";
};

/** Counts a row that was played. A case stopped half-way counts by its problem, not as closed. */
export const countPlayed = (account: ReplayAccount, outcome: Outcome): void => {
  const { played } = outcome;
  account.read += 1;
  if (played.gridCode === null) {
    refuse(account, played.problem?.code ?? "replay.unexpected");
    return;
  }
  account.reported += 1;
  if (outcome.outside) account.outside += 1;
  else account.located += 1;
  if (!played.fresh) account.repeated += 1;
  if (played.problem !== null) {
    const { code } = played.problem;
    account.reasons[code] = (account.reasons[code] ?? 0) + 1;
  }
  if (outcome.saysClosed && played.problem === null) account.closed += 1;
  else account.stillOpen += 1;
  account[outcome.agreement] += 1;
};

/** What does not add up, in words; empty when all does. */
export const imbalance = (a: ReplayAccount): string[] =>
  [
    a.read === a.refused + a.reported ? "" : "read ≠ refused + reported",
    a.reported === a.located + a.outside ? "" : "reported ≠ located + outside",
    a.reported === a.closed + a.stillOpen ? "" : "reported ≠ closed + still open",
    a.reported === a.agree + a.disagree + a.silent ? "" : "reported ≠ agree + disagree + silent",
  ].filter((line) => line !== "");
