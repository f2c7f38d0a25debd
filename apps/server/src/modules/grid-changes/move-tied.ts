import type { GridTieKind } from "@onegrid/contract";
import type { Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import type { CurrentGrid } from "../grids/index.ts";
import { moveScopes } from "../identity/index.ts";
import { moveOrganisations } from "../organisations/index.ts";
import { movePosts } from "../posts/index.ts";
import { moveRows } from "../registers/index.ts";
import type { FollowingTie } from "./follow-change.ts";

type Move = { code: string; gridCode: string | null };

const REGISTER_OF = {
  estate: "estates",
  building: "buildings",
  owners_committee: "owners_committees",
} as const;

/**
 * Everything that was tied to grids that a change replaced goes where it was decided, in the
 * transaction of the change: registers get their next version, organisations a fact of the day, posts
 * go on under a new code with their holders, accounts serve their new grid. `codes` are those of the
 * change's grids in its order. Answers how many moved.
 */
export const moveTied = async (
  trx: Trx,
  ctx: Ctx,
  ties: readonly FollowingTie[],
  { codes, all, reason }: { codes: readonly string[]; all: readonly CurrentGrid[]; reason: string },
): Promise<number> => {
  const { countyCode } = ctx.county;
  const targetOf = ({ way, to, gridCode }: FollowingTie): string | null | undefined => {
    if (way === "ends") return null;
    const code = to === null ? undefined : codes[to];
    return code === gridCode ? undefined : code;
  };
  const moved = ties.flatMap((tie): (Move & { kind: GridTieKind })[] => {
    const gridCode = targetOf(tie);
    return gridCode === undefined ? [] : [{ kind: tie.kind, code: tie.code, gridCode }];
  });
  const of = (kind: GridTieKind) => moved.filter((each) => each.kind === kind);
  const placed = (kind: GridTieKind) =>
    of(kind).flatMap(({ code, gridCode }) => (gridCode === null ? [] : [{ code, gridCode }]));
  for (const kind of ["estate", "building", "owners_committee"] as const) {
    await moveRows(trx, countyCode, REGISTER_OF[kind], placed(kind));
  }
  const levels = new Map(all.map(({ gridCode, level }) => [gridCode, level]));
  await moveOrganisations(trx, ctx, of("organisation"), {
    reason,
    levelOf: (gridCode) => levels.get(gridCode) ?? null,
  });
  const posts = of("post").map(({ code, gridCode }) => ({ postCode: code, gridCode }));
  await movePosts(trx, ctx, posts, reason);
  const accounts = placed("account").map(({ code, gridCode }) => ({
    login: code,
    scopeCode: gridCode,
  }));
  await moveScopes(trx, countyCode, accounts);
  return moved.length;
};
