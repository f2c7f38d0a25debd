import { ApiProblem } from "@onegrid/client";
import {
  actOnCases,
  CASE_ACTIONS,
  type CaseAction,
  type CaseCommand,
  type CaseDetail,
  type CommandDetails,
  type DispatchTarget,
  MAIN_ACTIONS,
} from "@onegrid/contract";
import { client } from "../platform/client.ts";
import { newId, nextDeviceSeq } from "../platform/ids.ts";

/** What a person filled in for an action. */
export type ActionWords = {
  note: string | null;
  target: DispatchTarget | null;
  attachmentIds: string[];
  /** What the action brings beside (dates, levels, units); null for none. */
  details: CommandDetails | null;
};

export const NO_WORDS: ActionWords = {
  note: null,
  target: null,
  attachmentIds: [],
  details: null,
};

/** Id and order of one intention, made once a dialog: sending it again after a lost answer is harmless. */
export type Intention = Pick<CaseCommand, "commandId" | "deviceSeq">;
export const newIntention = (): Intention => ({ commandId: newId(), deviceSeq: nextDeviceSeq() });

/** The command of an action on the version of the case that was on screen. */
export const commandOf = (
  shown: Pick<CaseDetail, "caseId" | "version">,
  action: CaseAction,
  words: ActionWords,
  intention: Intention,
): CaseCommand => ({
  ...intention,
  caseId: shown.caseId,
  action,
  baseVersion: shown.version,
  capturedAt: null,
  note: words.note?.trim() || null,
  target: words.target,
  attachmentIds: words.attachmentIds,
  ...(words.details !== null && { details: words.details }),
});

/** Sends commands; each is applied or refused on its own. Throws only when no answer came. */
export const sendCommands = async (commands: CaseCommand[]) =>
  (await client.call(actOnCases, { body: { commands } })).results;

/** Sends one command; throws `ApiProblem` when it is refused. */
export const sendCommand = async (command: CaseCommand) => {
  const [result] = await sendCommands([command]);
  if (result?.outcome === "refused") throw new ApiProblem(result.problem);
  return result;
};

export const isVersionConflict = (error: unknown): boolean =>
  error instanceof ApiProblem && error.problem.code === "cases.version_conflict";

type Allowed = CaseDetail["allowed"][number];

/** Actions that every one of the cases allows now and that need no target of their own. */
export const commonActions = (details: readonly Pick<CaseDetail, "allowed">[]): Allowed[] => {
  const [first, ...others] = details;
  return (first?.allowed ?? []).filter(
    ({ action, targetRequired, detailsRequired }) =>
      !targetRequired &&
      !detailsRequired &&
      others.every((d) => d.allowed.some((a) => a.action === action)),
  );
};

/** The step forward first, ways aside and back after it, as the lifecycle orders them. */
export const inOrder = (allowed: readonly Allowed[]): Allowed[] => {
  const maySign = allowed.some(({ action }) => action === "sign");
  // Sending on what is already one's own to sign is a way aside.
  const rank = (action: CaseAction): number =>
    CASE_ACTIONS.indexOf(action) +
    (isAside(action) || (action === "dispatch" && maySign) ? CASE_ACTIONS.length : 0);
  return [...allowed].sort((a, b) => rank(a.action) - rank(b.action));
};

const FORWARD: readonly CaseAction[] = [
  "file",
  "dispatch",
  "sign",
  "handle",
  "feed_back",
  "checked",
  "verify",
  "close",
  "arrive",
  "answer_supervision",
  "sign_sub_task",
  "finish_sub_task",
];
/** Ways aside and back: not what one would press first. */
export const isAside = (action: CaseAction): boolean => !FORWARD.includes(action);

/** On the main line of a case, or on a matter beside it (延期, 挂账, 督办, 吹哨 …). */
export const isMain = (action: CaseAction): boolean =>
  (MAIN_ACTIONS as readonly CaseAction[]).includes(action);
