import type {
  AppealState,
  CheckFinding,
  ExtensionState,
  FeedbackResult,
  ReopenReason,
  ReturnFault,
  SubTaskState,
  SupervisionLevel,
  SuspensionReason,
  SuspensionState,
  Tier,
  WhistleKind,
  WhistleState,
} from "@onegrid/contract";

/*
 * What goes on beside a case's main line, as the log tells it. Instants are ISO strings, because the
 * whole is one jsonb column. Account ids (`…By`) keep one person from deciding on their own request.
 */

export type Holder = { tier: Tier; holderCode: string };

export type Extension = {
  state: ExtensionState;
  askedAt: string;
  askedBy: string | null;
  endorsedBy: string | null;
  decidedAt: string | null;
};

export type Suspension = {
  state: SuspensionState;
  reason: SuspensionReason;
  endsOn: string;
  askedAt: string;
  askedBy: string | null;
  decidedAt: string | null;
  resumedAt: string | null;
};

export type Supervision = {
  level: SupervisionLevel;
  issuedAt: string;
  answerBy: string;
  answeredAt: string | null;
};

export type CalledUnit = {
  unitCode: string;
  arriveBy: string | null;
  arrivedAt: string | null;
  score: number | null;
};

export type Whistle = {
  kind: WhistleKind;
  state: WhistleState;
  calledAt: string;
  decidedAt: string | null;
  endedAt: string | null;
  units: CalledUnit[];
};

export type Appeal = {
  state: AppealState;
  askedAt: string;
  askedBy: string | null;
  endorsedBy: string | null;
  decidedAt: string | null;
};

export type SubTask = Holder & {
  subTask: number;
  state: SubTaskState;
  task: string;
  assignedAt: string;
  dueAt: string;
  endedAt: string | null;
};

export type Side = {
  check:
    | (Holder & { askedAt: string; finding: CheckFinding | null; answeredAt: string | null })
    | null;
  feedback: { result: FeedbackResult; nextDay: string | null; at: string } | null;
  returns: (Holder & { at: string; fault: ReturnFault | null })[];
  extensions: Extension[];
  suspensions: Suspension[];
  supervisions: Supervision[];
  whistles: Whistle[];
  appeals: Appeal[];
  subTasks: SubTask[];
  noOwner: { markedAt: string; decision: Holder | null } | null;
  absorbed: string[];
  mergedInto: string | null;
  reopenings: { reason: ReopenReason; at: string }[];
};

export const EMPTY_SIDE: Side = {
  check: null,
  feedback: null,
  returns: [],
  extensions: [],
  suspensions: [],
  supervisions: [],
  whistles: [],
  appeals: [],
  subTasks: [],
  noOwner: null,
  absorbed: [],
  mergedInto: null,
  reopenings: [],
};

/** The extension that waits for a decision. */
export const pendingExtension = (side: Side): Extension | undefined =>
  side.extensions.find(({ state }) => state === "asked" || state === "endorsed");

export const pendingSuspension = (side: Side): Suspension | undefined =>
  side.suspensions.find(({ state }) => state === "asked");

export const openSupervision = (side: Side): Supervision | undefined =>
  side.supervisions.find(({ answeredAt }) => answeredAt === null);

/** The whistle under way: called, or approved and not ended. At most one at a time. */
export const openWhistle = (side: Side): Whistle | undefined =>
  side.whistles.find(({ state }) => state === "called" || state === "approved");

export const pendingAppeal = (side: Side): Appeal | undefined =>
  side.appeals.find(({ state }) => state === "asked" || state === "endorsed");

export const isOpenSubTask = ({ state }: Pick<SubTask, "state">): boolean =>
  state === "assigned" || state === "signed";

/** Units of whistles that ended and that the street has not rated. */
export const unratedUnits = (side: Side): string[] => [
  ...new Set(
    side.whistles.flatMap(({ state, units }) =>
      state === "ended" ? units.flatMap((u) => (u.score === null ? u.unitCode : [])) : [],
    ),
  ),
];

/** How often something of a kind was granted. Refusals do not count. */
export const grantedCount = (matters: readonly { state: string }[]): number =>
  matters.filter(({ state }) => state === "granted").length;
