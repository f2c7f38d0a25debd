import { Readable } from "node:stream";
import type { LevelLengths } from "@onegrid/domain";
import { testDatabase } from "../../../../test/support/database.ts";
import { movableClock } from "../../../platform/clock.ts";
import { systemActor, type Ctx } from "../../../platform/context.ts";
import { openDatabase, type Database } from "../../../platform/database.ts";
import { graphileJobs } from "../../../platform/jobs.ts";
import { withClient } from "../../../platform/roles.ts";
import {
  DEFAULT_FIELDS,
  DEFAULT_TOLERANCE_M2,
  importGrids,
  type GridImport,
  type ImportReport,
} from "../index.ts";

export interface GridWorld {
  database: Database;
  /** A second process's view of the same database. */
  elsewhere: Database;
  clock: ReturnType<typeof movableClock>;
  /** Past row-level security, for looking. */
  ownerUrl: string;
  addCounty(countyCode: string, levelLengths?: LevelLengths): Promise<Ctx>;
  close(): Promise<void>;
}

/** A database with two connections pools and counties made on demand. */
export const gridWorld = async (): Promise<GridWorld> => {
  const test = await testDatabase();
  const database = openDatabase({ url: test.appUrl, maxConnections: 3 });
  const elsewhere = openDatabase({ url: test.appUrl, maxConnections: 3 });
  const clock = movableClock(new Date("2026-11-24T04:00:00Z"));
  return {
    database,
    elsewhere,
    clock,
    ownerUrl: test.ownerUrl,
    addCounty: async (countyCode, levelLengths = [6, 9, 12, 15]) => {
      await withClient(test.ownerUrl, (client) =>
        client.query("INSERT INTO county (county_code, name, level_lengths) VALUES ($1, $2, $3)", [
          countyCode,
          `County ${countyCode}`,
          levelLengths,
        ]),
      );
      return {
        db: database.db,
        clock,
        jobs: graphileJobs,
        county: {
          countyCode,
          name: `County ${countyCode}`,
          levelLengths,
          timeZone: "Asia/Shanghai",
          sample: true,
        },
        actor: systemActor(countyCode),
        requestId: "test",
      };
    },
    close: async () => {
      await database.close();
      await elsewhere.close();
      await test.close();
    },
  };
};

export interface TestFeature {
  code: string;
  name?: string;
  parent?: string;
  /** West, south, east, north in hundredths of a degree from 107° E, 30° N. */
  box: readonly [number, number, number, number];
  more?: Record<string, unknown>;
}

export const boxFeature = ({ code, name, parent, box, more }: TestFeature): object => {
  const [west, south, east, north] = box.map((n, i) => (i % 2 === 0 ? 107 : 30) + n / 100) as [
    number,
    number,
    number,
    number,
  ];
  return {
    type: "Feature",
    properties: { code, name: name ?? `Grid ${code}`, ...(parent && { parent }), ...more },
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    },
  };
};

export const collection = (features: readonly TestFeature[]): string =>
  JSON.stringify({ type: "FeatureCollection", features: features.map(boxFeature) });

/** Imports text or features as a file would be. */
export const importInto = (
  ctx: Ctx,
  level: GridImport["level"],
  file: string | readonly TestFeature[],
  more: Partial<GridImport> = {},
): Promise<ImportReport> =>
  importGrids(ctx, {
    source: Readable.from([Buffer.from(typeof file === "string" ? file : collection(file))]),
    level,
    fields: DEFAULT_FIELDS,
    crs: "wgs84",
    toleranceM2: DEFAULT_TOLERANCE_M2,
    ...more,
  });

/** Code and size of the findings of one severity, for comparing. */
export const found = (
  report: ImportReport,
  severity: "violation" | "warning" | "note" = "violation",
): string[] =>
  report.issues
    .filter((issue) => issue.severity === severity)
    .map(({ code, gridCode }) => (gridCode === undefined ? code : `${code} ${gridCode}`));
