/**
 * Storing grids against COPY of the same rows: the importer measures each polygon, places its
 * label and writes new versions; COPY only writes. The checks before it (validity, overlaps, gaps)
 * have no counterpart in COPY; their time is told beside it.
 *
 *     node bench/import-rate.ts [TRACTS.geojson]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { unionOf, type Area } from "@onegrid/geo";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { addCounty } from "../apps/server/src/modules/county/index.ts";
import {
  DEFAULT_FIELDS,
  DEFAULT_TOLERANCE_M2,
  importGrids,
} from "../apps/server/src/modules/grids/index.ts";
import { systemClock } from "../apps/server/src/platform/clock.ts";
import { systemActor, type Ctx } from "../apps/server/src/platform/context.ts";
import { openDatabase } from "../apps/server/src/platform/database.ts";
import { openInstallation } from "../apps/server/src/platform/installation.ts";
import { graphileJobs } from "../apps/server/src/platform/jobs.ts";
import { withClient } from "../apps/server/src/platform/roles.ts";
import { report } from "./lib.ts";
import { generatedTracts, tractsOf } from "./tracts.ts";

const GOAL = 0.3;
const COUNTY = {
  countyCode: "500000",
  name: "bench",
  levelLengths: [6, 7, 13, 16] as const,
  timeZone: "Asia/Shanghai",
};

function fileOf(grids: readonly { code: string; area: Area }[]): string {
  const features = grids.map(({ code, area }) => ({
    type: "Feature",
    properties: { code, name: `Grid ${code}`, parent: code.length === 1 ? "500000" : "5000001" },
    geometry: { type: "MultiPolygon", coordinates: area },
  }));
  return JSON.stringify({ type: "FeatureCollection", features });
}

/** Imports a level; answers seconds before the first written row, and from there to the commit. */
async function importLevel(
  ctx: Ctx,
  level: 1 | 2,
  text: string,
): Promise<{ checkS: number; storeS: number }> {
  const begunAt = performance.now();
  let checkedAt = begunAt;
  const { stored, issues } = await importGrids(ctx, {
    source: Readable.from([Buffer.from(text)]),
    level,
    fields: DEFAULT_FIELDS,
    crs: "wgs84",
    toleranceM2: DEFAULT_TOLERANCE_M2,
    onProgress: ({ phase, done }) => {
      if (phase === "writing" && done === 0) checkedAt = performance.now();
    },
  });
  if (!stored) throw new Error(`refused: ${JSON.stringify(issues[0])}`);
  const endedAt = performance.now();
  return { checkS: (checkedAt - begunAt) / 1000, storeS: (endedAt - checkedAt) / 1000 };
}

/** COPY of the rows the importer wrote, into an empty table with the same keys. */
async function copyAll(client: Client): Promise<number> {
  const { rows } = await client.query<{ line: string }>(
    `SELECT format(E'%s\\t%s\\t%s\\t%s\\t%s\\t%s\\t%s', county_code, grid_code, version, level,
       name, replace(outline::text, '\\', '\\\\'), area_m2) AS line FROM grid WHERE level = 2`,
  );
  await client.query("CREATE TABLE bench_copy (LIKE grid INCLUDING INDEXES)");
  await client.query(
    `ALTER TABLE bench_copy ALTER west DROP NOT NULL, ALTER south DROP NOT NULL,
       ALTER east DROP NOT NULL, ALTER north DROP NOT NULL, ALTER label_lng DROP NOT NULL,
       ALTER label_lat DROP NOT NULL, ALTER valid_from DROP NOT NULL, ALTER schematic DROP NOT NULL,
       ALTER created_at DROP NOT NULL`,
  );
  const text = rows.map(({ line }) => `${line}\n`);
  const begunAt = performance.now();
  const columns = "county_code, grid_code, version, level, name, outline, area_m2";
  const target = client.query(copyFrom(`COPY bench_copy (${columns}) FROM STDIN`));
  await pipeline(Readable.from(text), target);
  return (performance.now() - begunAt) / 1000;
}

const [file] = process.argv.slice(2);
const tracts = file === undefined ? generatedTracts() : await tractsOf(file);
const street = { code: "1", area: await unionOf(tracts.map(({ area }) => area)) };
const text = fileOf(tracts.map(({ area }, i) => ({ code: String(i).padStart(6, "0"), area })));
const dataDir = mkdtempSync(join(tmpdir(), "onegrid-bench-"));
const installation = await openInstallation({ dataDir }, "serve");
const database = openDatabase({ url: installation.appUrl, maxConnections: 2 });
try {
  await addCounty(installation.ownerUrl, COUNTY);
  const ctx: Ctx = {
    db: database.db,
    clock: systemClock,
    jobs: graphileJobs,
    county: { ...COUNTY, sample: true },
    actor: systemActor(COUNTY.countyCode),
    requestId: "bench",
  };
  await importLevel(ctx, 1, fileOf([street]));
  const { checkS, storeS } = await importLevel(ctx, 2, text);
  const copyS = await withClient(installation.ownerUrl, copyAll);
  console.log(
    `        reading and checking ${tracts.length} polygons (${(text.length / 1e6).toFixed(1)} MB): ${checkS.toFixed(2)} s`,
  );
  report({
    name: `import, store ${tracts.length} checked grids`,
    value: tracts.length / storeS,
    limit: tracts.length / copyS,
    unit: "rows/s",
    ratio: copyS / storeS,
    goal: GOAL,
    against: "COPY of the same rows",
    why: "label and area of each polygon, and its text as JSON come before the write",
  });
} finally {
  await database.close();
  await installation.close();
  rmSync(dataDir, { recursive: true, force: true });
}
