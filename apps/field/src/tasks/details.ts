import {
  CHECK_FINDINGS,
  FEEDBACK_RESULTS,
  REOPEN_REASONS,
  SUPERVISION_LEVELS,
  SUSPENSION_REASONS,
  WHISTLE_KINDS,
  type CaseAction,
  type CommandDetails,
} from "@onegrid/contract";

/** One thing that an action asks for beside its words and photos. */
export type DetailField =
  /** One word of a closed list; `words` is the prefix of its keys in the catalogue. */
  | { kind: "choice"; name: string; values: readonly string[]; words: string }
  /** A day; `onlyWith` names the choice that asks for it. */
  | { kind: "day"; name: string; onlyWith?: [name: string, value: string] }
  /** One of the sub-tasks the server named. */
  | { kind: "subTask"; name: "subTask" }
  /** One of the units the server named, or any departments. */
  | { kind: "unit"; name: "unitCode" }
  | { kind: "units"; name: "unitCodes" }
  | { kind: "score"; name: "score" };

const choice = (name: string, values: readonly string[], words: string): DetailField => ({
  kind: "choice",
  name,
  values,
  words,
});
const SUB_TASK: DetailField[] = [{ kind: "subTask", name: "subTask" }];

/** What each action asks for. An action without an entry asks for words and photos alone. */
export const DETAIL_FIELDS: Partial<Record<CaseAction, readonly DetailField[]>> = {
  checked: [choice("finding", CHECK_FINDINGS, "finding")],
  feed_back: [
    choice("result", FEEDBACK_RESULTS, "result"),
    { kind: "day", name: "nextDay", onlyWith: ["result", "scheduled"] },
  ],
  reopen: [choice("reason", REOPEN_REASONS, "reopenReason")],
  ask_suspension: [
    choice("reason", SUSPENSION_REASONS, "suspensionReason"),
    { kind: "day", name: "endsOn" },
  ],
  supervise: [choice("level", SUPERVISION_LEVELS, "supervisionLevel")],
  call_whistle: [
    choice("kind", WHISTLE_KINDS, "whistleKind"),
    { kind: "units", name: "unitCodes" },
  ],
  rate_whistle: [
    { kind: "unit", name: "unitCode" },
    { kind: "score", name: "score" },
  ],
  sign_sub_task: SUB_TASK,
  finish_sub_task: SUB_TASK,
  waive_sub_task: SUB_TASK,
};

/** Actions that this phone leaves to the desk: they search for another case or a unit's limit. */
export const AT_DESK: readonly CaseAction[] = [
  "dispatch",
  "merge",
  "assign_sub_task",
  "decide_owner",
];

export type DetailValue = string | number | string[];
export type DetailValues = Record<string, DetailValue>;

const DAY_MS = 86_400_000;

/** What a form begins with: the usual answer first, so that it is often one tap. */
export function beginWith(
  action: CaseAction,
  offered: { subTasks: readonly number[]; units: readonly string[] },
): DetailValues {
  const values: DetailValues = {};
  if (action === "feed_back") values["result"] = "done";
  if (offered.subTasks.length === 1) values["subTask"] = offered.subTasks[0] ?? 0;
  if (offered.units.length === 1) values["unitCode"] = offered.units[0] ?? "";
  return values;
}

/** Fields that count with these values. */
export const fieldsFor = (action: CaseAction, values: DetailValues): DetailField[] =>
  (DETAIL_FIELDS[action] ?? []).filter(
    (field) =>
      field.kind !== "day" ||
      field.onlyWith === undefined ||
      values[field.onlyWith[0]] === field.onlyWith[1],
  );

/** Names of fields that are still empty. */
export const missingOf = (action: CaseAction, values: DetailValues): string[] =>
  fieldsFor(action, values)
    .filter(({ name }) => {
      const value = values[name];
      return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    })
    .map(({ name }) => name);

/** The command's details; null for an action that has none. */
export function detailsOf(action: CaseAction, values: DetailValues): CommandDetails | null {
  const fields = fieldsFor(action, values);
  if (DETAIL_FIELDS[action] === undefined) return null;
  const given = Object.fromEntries(fields.map(({ name }) => [name, values[name]]));
  const whole = { action, ...(action === "feed_back" && { nextDay: null }), ...given };
  // The server judges by its schema; the fields above are made from the same unions.
  return whole as unknown as CommandDetails;
}

/** First and last day that a day field takes: from tomorrow on, a year at most (挂账 ≤ 1 year). */
export const dayRange = (now: Date): { min: string; max: string } => {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return { min: day(now.getTime() + DAY_MS), max: day(now.getTime() + 365 * DAY_MS) };
};
