import { createHash } from "node:crypto";
import { CaseCommand, type CommandApplied, type Problem, type Refusal } from "@onegrid/contract";
import {
  checkCaptureTime,
  decide,
  foldCase,
  isRefused,
  type Case,
  type Refused,
} from "@onegrid/domain";
import type { z } from "zod";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope, violatedConstraint, type Trx } from "../../platform/database.ts";
import { fieldProblems, problemDocument, ProblemError } from "../../platform/problems.ts";
import { ownerOfComponent } from "../components/index.ts";
import { unnameable } from "./attachment-queries.ts";
import { publishCases } from "./case-feed.ts";
import { appendDecided } from "./case-log.ts";
import { eventOfRow } from "./case-row.ts";
import { lockCase, namePhotos, readLog, readLogFor, storeCommand } from "./case-store.ts";
import { countyRules, type CountyRules } from "./county-rules.ts";
import {
  commandIdTaken,
  invalidCommand,
  notFound,
  unknownAttachment,
  unknownCategory,
  unknownUnit,
  versionConflict,
} from "./problems.ts";

type Applied = z.infer<typeof CommandApplied>;
export type CommandResult =
  | ({ outcome: "applied" } & Applied)
  | { outcome: "refused"; commandId: string; problem: Problem };

const refuse = (refusal: Refusal): never => {
  throw new ProblemError(refusal);
};

const hashOf = (command: CaseCommand, accountId: string | null): Buffer =>
  createHash("sha256")
    .update(accountId ?? "")
    .update("\0")
    .update(JSON.stringify(command))
    .digest();

const applied = (commandId: string, c: Case, repeated: boolean): Applied => ({
  commandId,
  caseId: c.caseId,
  version: c.version,
  state: c.state,
  tier: c.tier,
  repeated,
});

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

const requireUnit = async (trx: Trx, countyCode: string, unitCode: string): Promise<void> => {
  const row = await trx
    .selectFrom("department")
    .select("unit_code")
    .where("county_code", "=", countyCode)
    .where("unit_code", "=", unitCode)
    .executeTakeFirst();
  if (row === undefined) refuse(unknownUnit(unitCode));
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

const applyCommand = async (
  ctx: Ctx,
  trx: Trx,
  command: CaseCommand,
  rules: CountyRules,
): Promise<{ after: Case; repeated: boolean }> => {
  const { countyCode } = ctx.county;
  const before =
    (await lockCase(trx, countyCode, command.caseId)) ?? refuse(notFound(command.caseId));
  const hash = hashOf(command, ctx.actor.accountId);
  const log = await readLogFor(trx, countyCode, before, command.commandId);
  if (log.command !== undefined) {
    const { caseId, seq } = log.command;
    if (!log.command.hash?.equals(hash)) refuse(commandIdTaken(command.commandId));
    return { after: await caseAfterCommand(trx, countyCode, caseId, seq), repeated: true };
  }
  if (before.version !== command.baseVersion) {
    const { version, state, tier } = before;
    refuse(versionConflict({ version, state, tier }));
  }
  const { target } = command;
  if (target !== null && target.tier === "department") {
    await requireUnit(trx, countyCode, target.unitCode);
  }
  const category =
    rules.category(before.categoryCode) ?? refuse(unknownCategory(before.categoryCode));
  const occurredAt = occurredAtOf(command, log.lastOccurredAt, ctx.clock.now());
  const owner = await ownerOfComponent(trx, countyCode, before.componentCode);
  const context = rules.context(category, occurredAt, owner);
  const decided = decide(before, command, ctx.actor, context);
  if (isRefused(decided)) return refuse(decided.refused);
  const appended = appendDecided(before, decided, {
    caseId: before.caseId,
    firstEventId: command.commandId,
    actor: ctx.actor,
    occurredAt,
    now: occurredAt,
    timeZone: rules.timeZone,
  });
  if (command.attachmentIds.length > 0) await requirePhotos(trx, ctx, command);
  await storeCommand(trx, countyCode, appended, hash);
  return { after: appended.after, repeated: false };
};

const act = async (ctx: Ctx, command: CaseCommand, rules: CountyRules): Promise<Applied> => {
  try {
    const { after, repeated } = await inScope(ctx.db, scopeOf(ctx), (trx) =>
      applyCommand(ctx, trx, command, rules),
    );
    if (!repeated) publishCases(ctx.db, ctx.county.countyCode, [after], command.action);
    return applied(command.commandId, after, repeated);
  } catch (error) {
    // An event out of this actor's sight has the id already.
    if (violatedConstraint(error) === "case_event_county_code_event_id_key") {
      return refuse(commandIdTaken(command.commandId));
    }
    throw error;
  }
};

const parse = (command: unknown): CaseCommand | Refused => {
  const parsed = CaseCommand.safeParse(command);
  return parsed.success
    ? { ...parsed.data, attachmentIds: [...new Set(parsed.data.attachmentIds)] }
    : { refused: invalidCommand(fieldProblems(parsed.error, "command")) };
};

const idOf = (command: unknown): string => {
  const id =
    typeof command === "object" && command !== null && "commandId" in command
      ? command.commandId
      : "";
  return typeof id === "string" ? id.slice(0, 64) : "";
};

/**
 * Applies commands one after another, each in a transaction of its own: what is refused changes
 * nothing and leaves the others alone. A command sent again is answered as the first time.
 * Throws only when the database cannot be reached; then sending all of them again is right.
 */
export const actOnCases = async (
  ctx: Ctx,
  commands: readonly unknown[],
): Promise<{ results: CommandResult[] }> => {
  const rules = await countyRules(ctx);
  const results: CommandResult[] = [];
  for (const raw of commands) {
    try {
      const command = parse(raw);
      if (isRefused(command)) throw new ProblemError(command.refused);
      results.push({ outcome: "applied", ...(await act(ctx, command, rules)) });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const problem = problemDocument(error.refusal, ctx.requestId);
      results.push({ outcome: "refused", commandId: idOf(raw), problem });
    }
  }
  return { results };
};
