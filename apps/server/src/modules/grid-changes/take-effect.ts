import { holdOf, localDayOf, newGridCodes } from "@onegrid/domain";
import { isInArea } from "@onegrid/geo/edit";
import { announceChange } from "../../platform/changes.ts";
import { everywhere, systemActor, type CountyContext, type Ctx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import type { Tasks, WorkerServices } from "../../platform/jobs.ts";
import { audit } from "../audit/index.ts";
import { relocateCases } from "../cases/index.ts";
import { relocateComponents } from "../components/index.ts";
import { readCounties } from "../county/index.ts";
import {
  CountyGrids,
  endVersions,
  gridCache,
  insertVersions,
  lockGrids,
  selectCurrentGrids,
  type CurrentGrid,
  type GridReference,
  type GridVersion,
} from "../grids/index.ts";
import { relocatePatrolPoints } from "../patrols/index.ts";
import { selectChangeForUpdate, selectCodesEver, type ChangeRow } from "./change-queries.ts";
import { followingTies, selectMiddles } from "./follow-change.ts";
import { findingsOf, isUpToDate } from "./judge-change.ts";
import { moveTied } from "./move-tied.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Puts an approved change of grids into effect; run again it moves what came in since. */
    "grid_changes.take_effect": { countyCode: string; changeId: string };
  }
}

/**
 * Reports that were under way while the grids changed are found by a second look: a process that
 * had not heard yet may have filed them under the grids of before.
 */
const SECOND_LOOK_MS = 60_000;

/** The versions that begin: a kept code goes on counting, a new grid gets a code no grid ever had. */
const versionsOf = (
  row: ChangeRow,
  all: readonly CurrentGrid[],
  codesEver: ReadonlyMap<string, number>,
  county: CountyContext,
): GridVersion[] | null => {
  const present = new Map(all.map((grid) => [grid.gridCode, grid]));
  const replaced = row.replaces.flatMap(({ gridCode }) => present.get(gridCode) ?? []);
  const fresh = row.grids.filter(({ gridCode }) => gridCode === null).length;
  const codes = newGridCodes(row.parentCode, codesEver.keys(), fresh, county.levelLengths);
  if (codes === null) return null;
  return row.grids.map((grid): GridVersion => {
    const before = grid.gridCode === null ? undefined : present.get(grid.gridCode);
    const gridCode = grid.gridCode ?? (codes.shift() as string);
    return {
      gridCode,
      version: (codesEver.get(gridCode) ?? 0) + 1,
      level: (present.get(row.parentCode)?.level ?? 2) + 1,
      parentCode: row.parentCode,
      sourceCode: before === undefined ? gridCode : before.sourceCode,
      name: grid.name,
      partyGroup: before?.partyGroup ?? null,
      dutyPhone: before?.dutyPhone ?? null,
      schematic: before?.schematic ?? replaced.some((old) => old.schematic),
      area: grid.outline,
    };
  });
};

/** Where things of the old grids lie now; what has no point goes where its grid's middle went. */
const locatorOf = (
  row: ChangeRow,
  after: readonly CurrentGrid[],
  middles: ReadonlyMap<string, readonly [number, number]>,
) => {
  const grids = new CountyGrids(row.parentCode, after);
  const present = new Map(after.map((grid) => [grid.gridCode, grid]));
  const parent = present.get(row.parentCode);
  const ofCode = (gridCode: string): GridReference => {
    const kept = present.get(gridCode);
    const middle = middles.get(gridCode);
    const heir =
      kept ?? (middle && after.find((grid) => grid.level === 3 && isInArea(grid.area, middle)));
    const found = heir ?? parent;
    if (found === undefined) throw new RangeError(`community ${row.parentCode} has no grid`);
    return { gridCode: found.gridCode, gridVersion: found.version };
  };
  return (lies: { lng: number | null; lat: number | null; gridCode: string }): GridReference => {
    if (lies.lng === null || lies.lat === null) return ofCode(lies.gridCode);
    const found = grids.at(lies.lng, lies.lat);
    return found === undefined
      ? ofCode(lies.gridCode)
      : { gridCode: found.gridCode, gridVersion: found.version };
  };
};

/** What the software does in this job, as a use case sees it. */
const contextOf = ({ services, county, now }: Job): Ctx => ({
  db: services.database.db,
  clock: { now: () => now },
  jobs: services.jobs,
  county,
  actor: systemActor(county.countyCode),
  requestId: "job",
});

type Job = { services: WorkerServices; county: CountyContext; changeId: string; now: Date };

/** Ends and begins versions; null when the change no longer fits the grids. */
const renewGrids = async (
  trx: Trx,
  county: CountyContext,
  row: ChangeRow,
  today: string,
): Promise<GridVersion[] | null> => {
  const { countyCode } = county;
  await lockGrids(trx, countyCode);
  const all = await selectCurrentGrids(trx, countyCode);
  if (!isUpToDate(row, all) || findingsOf(row, all).length > 0) return null;
  const codesEver = await selectCodesEver(trx, countyCode, row.parentCode);
  const versions = versionsOf(row, all, codesEver, county);
  if (versions === null) return null;
  const ended = row.replaces.map(({ gridCode }) => gridCode);
  await endVersions(trx, countyCode, ended, today);
  await insertVersions(trx, countyCode, versions, today, () => {});
  return versions;
};

/**
 * Publishes the new versions with everything that goes along. False when the change was overtaken,
 * which is marked, or when its notice no longer stands: then it waits until it is taken back.
 */
const publish = async (trx: Trx, job: Job, row: ChangeRow): Promise<boolean> => {
  const { county, changeId, now } = job;
  const { countyCode } = county;
  const ctx = contextOf(job);
  const today = localDayOf(now.getTime(), county.timeZone);
  const say = (outcome: "done" | "refused", detail: Record<string, string | number>) =>
    audit(trx, ctx, { action: "grids.change", outcome, subject: changeId, detail });
  // One that was approved before changes were published has no notice that could stand in its way.
  const hold = row.notice === null ? null : holdOf(row.notice, now);
  if (hold !== null) {
    await say("refused", { hold });
    return false;
  }
  const ties = await followingTies(trx, countyCode, row, today);
  const versions = await renewGrids(trx, county, row, today);
  const outcome =
    versions === null
      ? { state: "overtaken" as const }
      : { state: "in_effect" as const, in_effect_at: now };
  await trx
    .updateTable("grid_change")
    .set({ ...outcome, version: row.version + 1, updated_at: now })
    .where("county_code", "=", countyCode)
    .where("change_id", "=", changeId)
    .execute();
  if (versions === null) {
    await say("refused", {});
    return false;
  }
  const moved = await moveTied(trx, ctx, ties, {
    codes: versions.map(({ gridCode }) => gridCode),
    all: await selectCurrentGrids(trx, countyCode),
    reason: row.note,
  });
  await say("done", { moved });
  await announceChange(trx, "grids", countyCode);
  return true;
};

/** Moves what lies in the grids that were replaced: open cases, components, patrol points. */
const moveAlong = async (trx: Trx, job: Job, row: ChangeRow) => {
  const { county, services, now } = job;
  const { countyCode } = county;
  const all = await selectCurrentGrids(trx, countyCode);
  const after = all.filter(
    ({ gridCode, parentCode }) => gridCode === row.parentCode || parentCode === row.parentCode,
  );
  const locate = locatorOf(row, after, await selectMiddles(trx, countyCode, row));
  // A community's first grids take over what lay in the community itself.
  const gridCodes = [...row.replaces.map(({ gridCode }) => gridCode), row.parentCode];
  const gridAt = (lng: number, lat: number) => locate({ lng, lat, gridCode: row.parentCode });
  await relocateComponents(trx, countyCode, gridCodes, gridAt);
  await relocatePatrolPoints(trx, countyCode, gridCodes, gridAt);
  const { db } = services.database;
  return relocateCases(trx, db, county, { gridCodes, locate, now });
};

/**
 * On the day of an approved change: one transaction that publishes the new versions and moves the
 * open cases. A change that no longer fits, because others came before it, is marked as overtaken
 * and nothing happens.
 */
export const takeEffect = async (
  services: WorkerServices,
  { countyCode, changeId }: { countyCode: string; changeId: string },
): Promise<void> => {
  const { db } = services.database;
  const county = (await readCounties(db)).find((one) => one.countyCode === countyCode);
  if (county === undefined) return;
  const now = services.clock.now();
  const job: Job = { services, county, changeId, now };
  const tell = await inScope(db, everywhere(countyCode), async (trx) => {
    const row = await selectChangeForUpdate(trx, countyCode, changeId);
    const isDue =
      row !== undefined && row.effectiveOn <= localDayOf(now.getTime(), county.timeZone);
    if (!isDue || (row.state !== "approved" && row.state !== "in_effect")) return null;
    if (row.state === "approved") {
      if (!(await publish(trx, job, row))) return null;
      const runAt = new Date(now.getTime() + SECOND_LOOK_MS);
      const payload = { countyCode, changeId };
      const key = `grid_change ${changeId} again`;
      await services.jobs.add(trx, "grid_changes.take_effect", payload, { key, runAt });
    }
    return (await moveAlong(trx, job, row)).tell;
  });
  gridCache.forget(db, countyCode);
  tell?.();
};

export const gridChangeTasks = { "grid_changes.take_effect": takeEffect } satisfies Tasks;
