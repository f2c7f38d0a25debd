import type { AccountRole, CaseAction, CaseReport } from "@onegrid/contract";
import { v7 as uuidv7 } from "uuid";
import { testDatabase } from "../../../../test/support/database.ts";
import { movableClock } from "../../../platform/clock.ts";
import { residentActor, systemActor, type Ctx } from "../../../platform/context.ts";
import { openDatabase, type Database } from "../../../platform/database.ts";
import { graphileJobs } from "../../../platform/jobs.ts";
import { withClient } from "../../../platform/roles.ts";
import { actOnCases, reportCases, type CommandResult, type ReportResult } from "../index.ts";
import { middleOf, seedMiniCounty } from "./mini-county.ts";

type Seeded = Awaited<ReturnType<typeof seedMiniCounty>>;

export const COUNTY = "990001";
export const OTHER_COUNTY = "990002";

export type CaseWorld = {
  database: Database;
  ownerUrl: string;
  clock: ReturnType<typeof movableClock>;
  /** Texts of the statements sent since `statements.length = 0`. */
  statements: string[];
  /** A context by short name of the account, or `resident` or `system`. */
  as(name: string, county?: string): Ctx;
  /** A point inside a grid. */
  at(gridCode: string): { lng: number; lat: number };
  /** Runs SQL as the owner of the tables, whom row-level security does not bind. */
  owner<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

/** Two mini counties in a database of one's own, with a clock that stands on a Tuesday morning. */
export const caseWorld = async (): Promise<CaseWorld> => {
  const test = await testDatabase();
  const seeded: Record<string, Seeded> = await withClient(test.ownerUrl, async (client) => ({
    [COUNTY]: await seedMiniCounty(client, COUNTY),
    [OTHER_COUNTY]: await seedMiniCounty(client, OTHER_COUNTY),
  }));
  const statements: string[] = [];
  const database = openDatabase({
    url: test.appUrl,
    onStatement: (text) => statements.push(text),
  });
  const clock = movableClock(new Date("2026-11-24T02:00:00Z"));
  const actorOf = (name: string, county: string): Ctx["actor"] => {
    if (name === "resident") return residentActor(county);
    if (name === "system") return systemActor(county);
    const account = seeded[county]?.accounts[name];
    if (account === undefined) throw new Error(`no account ${name} in ${county}`);
    return { ...account, role: account.role as AccountRole };
  };
  return {
    database,
    ownerUrl: test.ownerUrl,
    clock,
    statements,
    as: (name, county = COUNTY) => ({
      db: database.db,
      clock,
      jobs: graphileJobs,
      county: {
        countyCode: county,
        name: `County ${county}`,
        levelLengths: [6, 9, 12, 15],
        timeZone: "Asia/Shanghai",
        sample: false,
      },
      actor: actorOf(name, county),
      requestId: "test",
    }),
    at: (gridCode) => {
      const box = seeded[gridCode.slice(0, 6)]?.boxes.get(gridCode);
      if (box === undefined) throw new Error(`no grid ${gridCode}`);
      return middleOf(box);
    },
    owner: (text, values) =>
      withClient(test.ownerUrl, async (client) => {
        const { rows } = await client.query(text, values as unknown[]);
        return rows;
      }),
    close: async () => {
      await database.close();
      await test.close();
    },
  };
};

/** A report that is valid as it stands; `over` changes what a test is about. */
export const aReport = (world: CaseWorld, over: Partial<CaseReport> = {}): CaseReport => ({
  caseId: uuidv7(),
  categoryCode: "litter",
  description: "Rubbish beside the bus stop",
  location: world.at(`${COUNTY}001001001`),
  accuracyM: 8,
  address: null,
  capturedAt: null,
  attachmentIds: [],
  selfHandledNote: null,
  ...over,
});

/** Reports one case and answers what became of it. */
export const reportOne = async (ctx: Ctx, report: unknown): Promise<ReportResult> => {
  const [result] = await reportCases(ctx, [report]);
  return result as ReportResult;
};

/** The id of a case that was surely taken. */
export const reported = async (ctx: Ctx, report: CaseReport): Promise<string> => {
  const result = await reportOne(ctx, report);
  if (result.outcome === "refused") throw new Error(JSON.stringify(result.problem));
  return result.caseId;
};

/** A command with everything an action may need. */
export const aCommand = (
  caseId: string,
  action: CaseAction,
  baseVersion: number,
  over: Record<string, unknown> = {},
) => ({
  commandId: uuidv7(),
  caseId,
  action,
  baseVersion,
  deviceSeq: 0,
  capturedAt: null,
  note: "because",
  target: null,
  attachmentIds: [],
  ...over,
});

export const actOne = async (ctx: Ctx, command: unknown): Promise<CommandResult> => {
  const [result] = await actOnCases(ctx, [command]);
  return result as CommandResult;
};
