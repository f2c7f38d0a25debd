import { CaseCommand, type CommandApplied, type Problem } from "@onegrid/contract";
import { isRefused, type Case, type Refused } from "@onegrid/domain";
import type { z } from "zod";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope, violatedConstraint } from "../../platform/database.ts";
import { fieldProblems, problemDocument, ProblemError } from "../../platform/problems.ts";
import { applyCommand } from "./apply-command.ts";
import { publishCases } from "./case-feed.ts";
import { countyRules, type CountyRules } from "./county-rules.ts";
import { commandIdTaken, invalidCommand } from "./problems.ts";

type Applied = z.infer<typeof CommandApplied>;
export type CommandResult =
  | ({ outcome: "applied" } & Applied)
  | { outcome: "refused"; commandId: string; problem: Problem };

const applied = (commandId: string, c: Case, repeated: boolean): Applied => ({
  commandId,
  caseId: c.caseId,
  version: c.version,
  state: c.state,
  tier: c.tier,
  repeated,
});

/** Applies one command in a transaction of its own. Throws a ProblemError for what is refused. */
export const act = async (ctx: Ctx, command: CaseCommand, rules: CountyRules): Promise<Applied> => {
  try {
    const { after, changed, repeated } = await inScope(ctx.db, scopeOf(ctx), (trx) =>
      applyCommand(ctx, trx, command, rules),
    );
    if (!repeated) publishCases(ctx.db, ctx.county.countyCode, changed, command.action);
    return applied(command.commandId, after, repeated);
  } catch (error) {
    // An event out of this actor's sight has the id already.
    if (violatedConstraint(error) === "case_event_county_code_event_id_key") {
      throw new ProblemError(commandIdTaken(command.commandId));
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
