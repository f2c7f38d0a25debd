import { createHash } from "node:crypto";
import type { CaseCommand, Refusal } from "@onegrid/contract";
import {
  checkCaptureTime,
  decide,
  foldCase,
  isEnded,
  isRefused,
  type Case,
  type Decided,
} from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { appendToCase } from "./append-events.ts";
import { ownerOfComponent } from "../components/index.ts";
import { unnameable } from "./attachment-queries.ts";
import { eventOfRow } from "./case-row.ts";
import { lockCase, namePhotos, readLog, readLogFor } from "./case-store.ts";
import type { CountyRules } from "./county-rules.ts";
import { moveToGridOfToday } from "./grid-of-today.ts";
import {
  commandIdTaken,
  mergeTarget,
  notFound,
  unknownAttachment,
  unknownCategory,
  unknownUnit,
  versionConflict,
} from "./problems.ts";

const refuse = (refusal: Refusal): never => {
  throw new ProblemError(refusal);
};

const hashOf = (command: CaseCommand, accountId: string | null): Buffer =>
  createHash("sha256")
    .update(accountId ?? "")
    .update("\0")
    .update(JSON.stringify(command))
    .digest();

/** The case as the command left it: the fold up to the next command's first event. */
const caseAfterCommand = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
  seq: number,
): Promise<Case> => {
  const rows = await readLog(trx, countyCode, caseId);
  const next = rows.find((row) => row.seq > seq && row.command_hash !== null);
  const until = next?.seq ?? Infinity;
  return foldCase(rows.filter((row) => row.seq < until).map(eventOfRow));
};

/** Departments that a command names. */
const unitsIn = ({ target, details }: CaseCommand): string[] => [
  ...(target?.tier === "department" ? [target.unitCode] : []),
  ...(details?.action === "call_whistle" ? details.unitCodes : []),
];

const requireUnits = async (trx: Trx, countyCode: string, units: string[]): Promise<void> => {
  if (units.length === 0) return;
  const rows = await trx
    .selectFrom("department")
    .select("unit_code")
    .where("county_code", "=", countyCode)
    .where("unit_code", "in", units)
    .execute();
  const known = new Set(rows.map((row) => row.unit_code));
  const unknown = units.find((unit) => !known.has(unit));
  if (unknown !== undefined) refuse(unknownUnit(unknown));
};

const requirePhotos = async (trx: Trx, ctx: Ctx, command: CaseCommand): Promise<void> => {
  const { caseId, attachmentIds } = command;
  const { countyCode } = ctx.county;
  const naming = [{ caseId, attachmentIds }];
  const strange = await unnameable(trx, countyCode, ctx.actor.accountId, naming);
  if (strange.size > 0) refuse(unknownAttachment([...strange]));
  if (!(await namePhotos(trx, countyCode, caseId, attachmentIds))) {
    refuse(unknownAttachment(attachmentIds));
  }
};

/** When the actor did it: never before the case's last event and never in the future. */
const occurredAtOf = (command: CaseCommand, last: Date, now: Date): Date => {
  if (command.capturedAt === null) return now < last ? last : now;
  const captured = new Date(command.capturedAt);
  const wrongClock = checkCaptureTime(captured, now);
  if (wrongClock !== null) return refuse(wrongClock.refused);
  const at = captured > now ? now : captured;
  return at < last ? last : at;
};

/** Locks the case of a command, and for a merger the other one too, in the order of their ids. */
const lockFor = async (
  trx: Trx,
  countyCode: string,
  { caseId, details }: CaseCommand,
): Promise<{ before: Case; into: Case | null }> => {
  const intoCaseId = details?.action === "merge" ? details.intoCaseId : null;
  const ids = [caseId, ...(intoCaseId === null ? [] : [intoCaseId])].toSorted();
  const locked = new Map<string, Case>();
  for (const id of new Set(ids)) {
    const found = await lockCase(trx, countyCode, id);
    if (found !== undefined) locked.set(id, found);
  }
  return {
    before: locked.get(caseId) ?? refuse(notFound(caseId)),
    into: intoCaseId === null ? null : (locked.get(intoCaseId) ?? null),
  };
};

/** Enters a merged case in the log of the one that goes on, whose followers hear of it. */
const absorb = async (
  trx: Trx,
  ctx: Ctx,
  rules: CountyRules,
  { fromCaseId, into, occurredAt }: { fromCaseId: string; into: Case; occurredAt: Date },
): Promise<Case> => {
  const { countyCode } = ctx.county;
  const { rows } = await readLogFor(trx, countyCode, into.caseId, null);
  const last = rows.at(-1)?.occurred_at ?? into.reportedAt;
  const counting = await rules.countingOf(into);
  const decided: Decided[] = [{ kind: "absorb", data: { fromCaseId }, by: "system" }];
  return appendToCase(trx, countyCode, { before: into, rows, counting }, decided, {
    actor: ctx.actor,
    occurredAt: occurredAt < last ? last : occurredAt,
    rules,
    command: null,
  });
};

/**
 * Applies one command to its case in the transaction it is given: lock, check, decide, store.
 * `changed` holds every case that is another one now. Throws a ProblemError for what is refused.
 */
export const applyCommand = async (
  ctx: Ctx,
  trx: Trx,
  command: CaseCommand,
  rules: CountyRules,
): Promise<{ after: Case; changed: Case[]; repeated: boolean }> => {
  const { countyCode } = ctx.county;
  const { before, into } = await lockFor(trx, countyCode, command);
  const hash = hashOf(command, ctx.actor.accountId);
  const log = await readLogFor(trx, countyCode, before.caseId, command.commandId);
  if (log.command !== undefined) {
    const { caseId, seq } = log.command;
    if (!log.command.hash?.equals(hash)) refuse(commandIdTaken(command.commandId));
    const after = await caseAfterCommand(trx, countyCode, caseId, seq);
    return { after, changed: [], repeated: true };
  }
  if (before.version !== command.baseVersion) {
    const { version, state, tier } = before;
    refuse(versionConflict({ version, state, tier }));
  }
  await requireUnits(trx, countyCode, unitsIn(command));
  const category =
    rules.category(before.categoryCode) ?? refuse(unknownCategory(before.categoryCode));
  const last = log.rows.at(-1)?.occurred_at ?? before.reportedAt;
  const occurredAt = occurredAtOf(command, last, ctx.clock.now());
  const counting = await rules.countingOf(before);
  const owner = await ownerOfComponent(trx, countyCode, before.componentCode);
  const of = { log: log.rows.map(eventOfRow), counting };
  const context = rules.context(category, occurredAt, of, owner);
  const decided = decide(
    before,
    { ...command, details: command.details ?? null },
    ctx.actor,
    context,
  );
  if (isRefused(decided)) return refuse(decided.refused);
  if (command.action === "merge" && (into === null || isEnded(into.state))) {
    return refuse(mergeTarget("the case to go on is not in sight, or has ended"));
  }
  if (command.attachmentIds.length > 0) await requirePhotos(trx, ctx, command);
  const events =
    command.action === "reopen"
      ? [...decided, ...(await moveToGridOfToday(trx, ctx, before))]
      : decided;
  const after = await appendToCase(trx, countyCode, { before, rows: log.rows, counting }, events, {
    actor: ctx.actor,
    occurredAt,
    rules,
    command: { commandId: command.commandId, hash },
  });
  if (command.action !== "merge" || into === null)
    return { after, changed: [after], repeated: false };
  const absorbed = await absorb(trx, ctx, rules, { fromCaseId: after.caseId, into, occurredAt });
  return { after, changed: [after, absorbed], repeated: false };
};
