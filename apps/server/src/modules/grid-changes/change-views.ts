import type { GridChange, GridChangeSummary, GridFinding, GridTie } from "@onegrid/contract";
import { gridChangeActions, holdOf } from "@onegrid/domain";
import type { StaffCtx } from "../../platform/context.ts";
import type { ChangeRow } from "./change-queries.ts";

const person = (accountId: string | null, name: string | null) =>
  accountId === null ? null : { accountId, name: name ?? "" };

/** A line of the list → the wire. */
export const summaryView = (row: ChangeRow): GridChangeSummary => ({
  changeId: row.changeId,
  parentCode: row.parentCode,
  parentName: row.parentName,
  state: row.state,
  version: row.version,
  effectiveOn: row.effectiveOn,
  note: row.note,
  gridNames: row.grids.map(({ name }) => name),
  writtenBy: { accountId: row.writtenBy, name: row.writtenByName },
  updatedAt: row.updatedAt.toISOString(),
});

export type Judged = {
  findings: GridFinding[];
  ties: GridTie[];
  openCases: number;
  /** Names of the grids it replaces, by code. */
  names: ReadonlyMap<string, string>;
};

/** What keeps a change from being approved now. */
export const holdOfChange = (ctx: Pick<StaffCtx, "clock">, row: ChangeRow) =>
  holdOf(row.notice, ctx.clock.now());

/** A change with what was found about it → the wire. */
export const changeView = (ctx: StaffCtx, row: ChangeRow, judged: Judged): GridChange => ({
  ...summaryView(row),
  replaces: row.replaces.map((grid) => ({
    ...grid,
    name: judged.names.get(grid.gridCode) ?? grid.gridCode,
  })),
  grids: row.grids,
  proposedBy: person(row.proposedBy, row.proposedByName),
  decidedBy: person(row.decidedBy, row.decidedByName),
  decidedAt: row.decidedAt?.toISOString() ?? null,
  decisionNote: row.decisionNote,
  inEffectAt: row.inEffectAt?.toISOString() ?? null,
  notice: row.notice && {
    ...row.notice,
    termEndsAt: row.notice.termEndsAt?.toISOString() ?? null,
  },
  hold: row.state === "proposed" ? holdOfChange(ctx, row) : null,
  findings: judged.findings,
  ties: judged.ties,
  openCases: judged.openCases,
  actions: gridChangeActions(
    { ...row, hold: holdOfChange(ctx, row) },
    ctx.actor,
    ctx.county.levelLengths,
  ),
});
