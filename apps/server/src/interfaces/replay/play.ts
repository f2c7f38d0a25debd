import type {
  CaseAction,
  CaseReport,
  CaseState,
  CommandDetails,
  DispatchTarget,
  Problem,
} from "@onegrid/contract";
import type { Actor } from "@onegrid/domain";
import { v5 as uuidV5 } from "uuid";
import { actOnCases, fireMilestonesOf, reportCases } from "../../modules/cases/index.ts";
import { movableClock } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";

/** A step of a case's life: who did what, when. */
export type PlayedStep = {
  action: CaseAction;
  at: Date;
  actor: Actor;
  note: string | null;
  target: DispatchTarget | null;
  /** What some actions need beside; most need nothing. */
  details?: CommandDetails | null;
  /** Taken only where the case then stands so; else it is left out. */
  onlyIn?: CaseState;
};

/** A case whose whole life is known beforehand. */
export type PlayedCase = {
  report: CaseReport;
  at: Date;
  actor: Actor;
  steps: PlayedStep[];
  /** Whether its clocks run out meanwhile, so that it goes up when a tier's time is over. */
  clocksRun?: boolean;
};

export type Played = {
  caseId: string;
  /** False when the very case had been played before. */
  fresh: boolean;
  gridCode: string | null;
  /** Steps that are in the log now, those of an earlier run included. */
  applied: number;
  /** Why it stopped before its last step; null when it did not. */
  problem: Problem | null;
};

/** Everything of a `Ctx` but the moment and the actor, which each step brings. */
export type Stage = Omit<Ctx, "clock" | "actor">;

/** Namespace of the ids derived here, so that a second run makes the same ones. */
const NAMESPACE = "6f1a5d0e-47f7-5b6c-8f0d-2c3d7f1f5e11";

/** The id that a name always gets: `derivedId("NYC", "33648024")`. */
export const derivedId = (...names: string[]): string => uuidV5(names.join("\u0000"), NAMESPACE);

/**
 * Plays one case through the real lifecycle with its own simulated clock. Every id derives from
 * the case's, so playing again finds each step done and changes nothing.
 */
export const playCase = async (stage: Stage, played: PlayedCase): Promise<Played> => {
  const { caseId } = played.report;
  const clock = movableClock(played.at);
  const reported = await reportCases({ ...stage, clock, actor: played.actor }, [played.report]);
  const [taken] = reported.results;
  if (taken === undefined) throw new RangeError(`case ${caseId}: a report without an answer`);
  if (taken.outcome === "refused") {
    return { caseId, fresh: false, gridCode: null, applied: 0, problem: taken.problem };
  }

  // Right for the first step that is new; steps done earlier are known by their ids.
  let { version, state } = taken;
  for (const [index, step] of played.steps.entries()) {
    clock.set(step.at);
    // Between steps of one moment no time passes.
    if (played.clocksRun === true && step.at > (played.steps[index - 1]?.at ?? played.at)) {
      const fired = await fireMilestonesOf(stage.db, stage.county, caseId, step.at);
      const up = fired.filter(({ escalated }) => escalated).length;
      version += up;
      if (up > 0) state = "dispatched";
    }
    if (step.onlyIn !== undefined && step.onlyIn !== state) continue;
    const command = {
      commandId: derivedId(caseId, String(index), step.action),
      caseId,
      action: step.action,
      baseVersion: version,
      deviceSeq: index,
      capturedAt: null,
      note: step.note,
      target: step.target,
      attachmentIds: [],
      ...(step.details && { details: step.details }),
    };
    const acted = await actOnCases({ ...stage, clock, actor: step.actor }, [command]);
    const [done] = acted.results;
    if (done === undefined) throw new RangeError(`case ${caseId}: a command without an answer`);
    if (done.outcome === "refused") {
      return {
        caseId,
        fresh: !taken.repeated,
        gridCode: taken.gridCode,
        applied: index,
        problem: done.problem,
      };
    }
    ({ version, state } = done);
  }
  return {
    caseId,
    fresh: !taken.repeated,
    gridCode: taken.gridCode,
    applied: played.steps.length,
    problem: null,
  };
};

/**
 * Plays many cases, `width` at a time in the order given: their reports meet in the group commit
 * as those of a busy hour would. Answers come in the order they end.
 */
export async function* playCases(
  stage: Stage,
  cases: AsyncIterable<PlayedCase> | Iterable<PlayedCase>,
  width = 32,
): AsyncGenerator<Played> {
  const under = new Map<number, Promise<{ key: number; played: Played }>>();
  let next = 0;
  for await (const played of cases) {
    const key = next++;
    under.set(
      key,
      playCase(stage, played).then((answer) => ({ key, played: answer })),
    );
    if (under.size >= width) {
      const first = await Promise.race(under.values());
      under.delete(first.key);
      yield first.played;
    }
  }
  while (under.size > 0) {
    const first = await Promise.race(under.values());
    under.delete(first.key);
    yield first.played;
  }
}
