import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import type { CaseAction, DispatchTarget } from "@onegrid/contract";
import { gridsOf } from "../../modules/grids/index.ts";
import type { Ctx } from "../../platform/context.ts";
import {
  countPlayed,
  countRefusedRow,
  emptyAccount,
  type Outcome,
  type ReplayAccount,
} from "./account.ts";
import type { Mapping } from "./mapping.ts";
import { derivedId, playCases, type Played, type PlayedCase, type PlayedStep } from "./play.ts";
import { readRows, type RefusedRow, type ReplayRow } from "./read-rows.ts";

export type ReplayOptions = {
  csv: Readable;
  mapping: Mapping;
  /** How many cases are under way at once. */
  width: number;
  /** Cases begun a second at most; Infinity for as fast as it goes. */
  perSecond: number;
  onRefused: (row: RefusedRow) => void;
  onProgress: (read: number) => void;
};

/**
 * What the file knows of a case is when it was reported and when it was closed. So it is signed
 * when reported, by the department that shares the work too; its clocks run; and everything from
 * the work to the close happens at the close, in whatever tier it has got to.
 */
const playedCase = (ctx: Ctx, row: ReplayRow): PlayedCase => {
  const step = (
    action: CaseAction,
    at: Date,
    note: string | null,
    over: Pick<PlayedStep, "details" | "onlyIn"> & { target?: DispatchTarget } = {},
  ): PlayedStep => ({ action, at, actor: ctx.actor, note, target: null, ...over });
  const unitCode = row.subTaskUnit;
  const onSubTask = (action: "sign_sub_task" | "finish_sub_task", at: Date) =>
    unitCode === null
      ? []
      : [step(action, at, row.description, { details: { action, subTask: 1 } })];
  return {
    at: row.reportedAt,
    actor: ctx.actor,
    clocksRun: true,
    report: {
      caseId: derivedId(ctx.county.countyCode, row.sourceId),
      categoryCode: row.categoryCode,
      description: row.description,
      location: { lng: row.lng, lat: row.lat },
      accuracyM: null,
      address: row.address,
      capturedAt: null,
      attachmentIds: [],
      componentCode: null,
      selfHandledNote: null,
    },
    steps:
      row.closedAt === null
        ? []
        : [
            step("sign", row.reportedAt, null),
            ...(unitCode === null
              ? []
              : [
                  step("assign_sub_task", row.reportedAt, row.description, {
                    target: { tier: "department", unitCode },
                  }),
                ]),
            ...onSubTask("sign_sub_task", row.reportedAt),
            // Gone up meanwhile: the tier that has it now signs before it says what was done.
            step("sign", row.closedAt, null, { onlyIn: "dispatched" }),
            ...onSubTask("finish_sub_task", row.closedAt),
            step("feed_back", row.closedAt, row.description),
            step("verify", row.closedAt, null),
            step("close", row.closedAt, null),
          ],
  };
};

type Judge = (row: ReplayRow, played: Played) => Outcome;

/** Judges where a case fell, against what the file itself says of it. */
const judge = async (ctx: Ctx, mapping: Mapping): Promise<Judge> => {
  const grids = await gridsOf(ctx);
  const { countyCode, levelLengths } = ctx.county;
  const folded = (name: string) => name.toLocaleLowerCase("en").trim();
  const agreement = (row: ReplayRow, gridCode: string): Outcome["agreement"] => {
    if (row.saidGrid === null || mapping.agreement === undefined) return "silent";
    const length = levelLengths[mapping.agreement.level as 1 | 2 | 3];
    const found = grids.get(gridCode.slice(0, length));
    return found !== undefined && folded(found.name) === folded(row.saidGrid)
      ? "agree"
      : "disagree";
  };
  return (row, played) => {
    const gridCode = played.gridCode ?? countyCode;
    const outside = gridCode === countyCode;
    return {
      played,
      saysClosed: row.closedAt !== null,
      outside,
      agreement: outside ? "silent" : agreement(row, gridCode),
    };
  };
};

/**
 * Drives the requests of a file through the real lifecycle, with the clock each of them says.
 * Safe to stop and to repeat: ids derive from the file's own, so a second run finds every case and
 * every step done. Answers the account; `imbalance` says whether it adds up.
 */
export const replayFile = async (ctx: Ctx, options: ReplayOptions): Promise<ReplayAccount> => {
  const { csv, mapping, width, perSecond } = options;
  const account = emptyAccount();
  const judged = await judge(ctx, mapping);
  const rows = new Map<string, ReplayRow>();

  async function* understood(): AsyncGenerator<PlayedCase> {
    for await (const row of readRows(csv, mapping)) {
      if ("code" in row) {
        countRefusedRow(account, row);
        options.onRefused(row);
        options.onProgress(account.read);
        continue;
      }
      const played = playedCase(ctx, row);
      if (rows.has(played.report.caseId)) {
        const twice = {
          line: row.line,
          sourceId: row.sourceId,
          code: "replay.id_twice",
          detail: `also on line ${rows.get(played.report.caseId)?.line}`,
        };
        countRefusedRow(account, twice);
        options.onRefused(twice);
        continue;
      }
      rows.set(played.report.caseId, row);
      if (Number.isFinite(perSecond)) await pause(1000 / perSecond);
      yield played;
    }
  }

  for await (const played of playCases(ctx, understood(), width)) {
    const row = rows.get(played.caseId) as ReplayRow;
    if (played.problem !== null) {
      const { code, detail } = played.problem;
      options.onRefused({ line: row.line, sourceId: row.sourceId, code, detail: detail ?? "" });
    }
    countPlayed(account, judged(row, played));
    options.onProgress(account.read);
  }
  return account;
};
