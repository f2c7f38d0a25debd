import { unionOf } from "@onegrid/geo";
import type { CountyContext } from "../../../platform/context.ts";
import { announceChange } from "../../../platform/changes.ts";
import type { Trx } from "../../../platform/database.ts";
import type { CurrentGrid } from "../grid-queries.ts";
import { endVersions, insertVersions, updateWords, type GridVersion } from "../grid-store.ts";
import type { GridDraft } from "./compose-codes.ts";
import type { ChangePlan } from "./plan-changes.ts";

export interface WriteInput {
  level: number;
  plan: ChangePlan;
  validFrom: string;
  /** All present grids of the county, before the change. */
  all: readonly CurrentGrid[];
  progress: (progress: { phase: "writing"; done: number; total: number }) => void;
}

/** Stores a plan; answers whether anything was to be written. */
export const writePlan = async (
  trx: Trx,
  county: Pick<CountyContext, "countyCode" | "name">,
  { level, plan, validFrom, all, progress }: WriteInput,
): Promise<boolean> => {
  const { countyCode } = county;
  const writes = plan.added.length + plan.changed.length + plan.renamed.length + plan.ended.length;
  if (writes === 0) return false;
  progress({ phase: "writing", done: 0, total: plan.added.length + plan.changed.length });
  const ending = [...plan.changed.map(({ draft }) => draft), ...plan.ended];
  await endVersions(
    trx,
    countyCode,
    ending.map((grid) => grid.gridCode),
    validFrom,
  );
  const versionsEver = await lastVersions(
    trx,
    countyCode,
    plan.added.map((draft) => draft.gridCode),
  );
  const versions = [
    ...plan.added.map((draft) => {
      return versionOf(draft, level, (versionsEver.get(draft.gridCode) ?? 0) + 1);
    }),
    ...plan.changed.map(({ draft, version }) => versionOf(draft, level, version)),
  ];
  await insertVersions(trx, countyCode, versions, validFrom, (done) =>
    progress({ phase: "writing", done, total: versions.length }),
  );
  await updateWords(
    trx,
    countyCode,
    plan.renamed.map((draft) => ({ ...draft, sourceCode: draft.fileCode })),
  );
  if (level === 1) await deriveCounty(trx, county, all, plan, validFrom);
  await announceChange(trx, "grids", countyCode);
  return true;
};

/** A code that ended and comes back goes on counting its versions. */
const lastVersions = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
): Promise<Map<string, number>> => {
  if (gridCodes.length === 0) return new Map();
  const rows = await trx
    .selectFrom("grid")
    .where("county_code", "=", countyCode)
    .where("valid_to", "is not", null)
    .groupBy("grid_code")
    .select((eb) => ["grid_code", eb.fn.max("version").as("version")])
    .execute();
  return new Map(rows.map((row) => [row.grid_code, row.version]));
};

const versionOf = (draft: GridDraft, level: number, version: number): GridVersion => ({
  gridCode: draft.gridCode,
  version,
  level,
  parentCode: draft.parentCode,
  sourceCode: draft.fileCode,
  name: draft.name,
  partyGroup: draft.partyGroup,
  dutyPhone: draft.dutyPhone,
  schematic: draft.schematic,
  area: draft.area,
});

/**
 * Keeps a level-0 grid for a county whose own outline was never imported: the union of its
 * streets. Reports outside every street belong to it, so it must exist. Its `source_code` is null,
 * which tells it from an outline that came from a file.
 */
const deriveCounty = async (
  trx: Trx,
  { countyCode, name }: Pick<CountyContext, "countyCode" | "name">,
  all: readonly CurrentGrid[],
  plan: ChangePlan,
  validFrom: string,
): Promise<void> => {
  const stored = all.find((grid) => grid.level === 0);
  if (stored !== undefined && stored.sourceCode !== null) return;
  if (plan.added.length + plan.changed.length + plan.ended.length === 0) return;
  const drafts = [...plan.added, ...plan.changed.map(({ draft }) => draft)];
  const replaced = new Set([...drafts, ...plan.ended].map((grid) => grid.gridCode));
  const stay = all.filter((grid) => grid.level === 1 && !replaced.has(grid.gridCode));
  const streets = [...drafts, ...stay];
  if (streets.length === 0) return;
  await endVersions(trx, countyCode, [countyCode], validFrom);
  const county: GridVersion = {
    gridCode: countyCode,
    version: (stored?.version ?? 0) + 1,
    level: 0,
    parentCode: null,
    sourceCode: null,
    name,
    partyGroup: stored?.partyGroup ?? null,
    dutyPhone: stored?.dutyPhone ?? null,
    schematic: streets.some((street) => street.schematic),
    area: await unionOf(streets.map((street) => street.area)),
  };
  await insertVersions(trx, countyCode, [county], validFrom, () => {});
};
