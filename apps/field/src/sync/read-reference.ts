import { ApiProblem } from "@onegrid/client";
import {
  getCounty,
  getGrid,
  listCases,
  listCategories,
  listDepartments,
  type Account,
  type Grid,
} from "@onegrid/contract";
import { api } from "../session/api.ts";
import { db } from "../storage/database.ts";
import { keepTilesOf } from "./keep-tiles.ts";

/** Recent reports of the grid that say which categories are common there. */
const SAMPLE = "100";

async function gridOf(scopeCode: string): Promise<Grid | null> {
  try {
    return await api.call(getGrid, { params: { gridCode: scopeCode } });
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.code === "grids.not_found") return null;
    throw error;
  }
}

async function countCategories(scopeCode: string): Promise<Record<string, number>> {
  const { cases } = await api.call(listCases, {
    query: { grid: scopeCode, sort: "reported_desc", limit: SAMPLE },
  });
  const counts: Record<string, number> = {};
  for (const { categoryCode } of cases) counts[categoryCode] = (counts[categoryCode] ?? 0) + 1;
  return counts;
}

/** Reads and stores what the account needs to work offline, its grid's map included. */
export async function readReference(account: Account): Promise<void> {
  const { accountId, scopeCode } = account;
  const [county, { categories }, { departments }, grid, categoryCounts] = await Promise.all([
    api.call(getCounty, {}),
    api.call(listCategories, {}),
    api.call(listDepartments, {}),
    gridOf(scopeCode),
    countCategories(scopeCode),
  ]);
  await db.references.put({
    accountId,
    county,
    categories: categories.filter(({ active }) => active),
    departments,
    grid,
    categoryCounts,
    readAt: new Date().toISOString(),
  });
  if (grid) await keepTilesOf(grid.bounds);
}
