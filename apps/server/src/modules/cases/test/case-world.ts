import type { CaseAction, CaseReport } from "@onegrid/contract";
import { v7 as uuidv7 } from "uuid";
import { testDatabase } from "../../../../test/support/database.ts";
import { MINI, MINI_ACCOUNTS, MINI_COUNTY } from "../../../../test/support/mini-county.ts";
import { movableClock } from "../../../platform/clock.ts";
import { residentActor, systemActor, type Ctx } from "../../../platform/context.ts";
import { openDatabase, type Database } from "../../../platform/database.ts";
import { graphileJobs } from "../../../platform/jobs.ts";
import { withClient } from "../../../platform/roles.ts";
import { actOnCases, reportCases, type CommandResult, type ReportResult } from "../index.ts";

/** An account's login, or somebody without an account. */
export type Who = (typeof MINI_ACCOUNTS)[number]["login"] | "resident" | "system";

/** Points inside the grids of the mini county. */
export const POINTS = {
  grid1: { lng: 107.05, lat: 30.05 },
  grid2: { lng: 107.15, lat: 30.05 },
  grid3: { lng: 107.1, lat: 30.15 },
  grid4: { lng: 107.3, lat: 30.1 },
} as const;

export type CaseWorld = {
  database: Database;
  ownerUrl: string;
  clock: ReturnType<typeof movableClock>;
  /** Texts of the statements sent since `statements.length = 0`. */
  statements: string[];
  /** The context of somebody in their own county. */
  as(who: Who): Ctx;
  /** Runs SQL as the owner of the tables, whom row-level security does not bind. */
  owner<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

const actorOf = (who: Who): Ctx["actor"] => {
  if (who === "resident") return residentActor(MINI.county);
  if (who === "system") return systemActor(MINI.county);
  const account = MINI_ACCOUNTS.find(({ login }) => login === who);
  if (account === undefined) throw new Error(`no account ${who}`);
  const { role, id, scope, unit } = account;
  return { role, accountId: id, scopeCode: scope, unitCode: unit };
};

/** The mini counties in a database of one's own, with a clock that stands on a Tuesday morning. */
export const caseWorld = async (): Promise<CaseWorld> => {
  const test = await testDatabase(MINI_COUNTY);
  const statements: string[] = [];
  const database = openDatabase({
    url: test.appUrl,
    onStatement: (text) => statements.push(text),
  });
  const clock = movableClock(new Date("2026-11-24T02:00:00Z"));
  return {
    database,
    ownerUrl: test.ownerUrl,
    clock,
    statements,
    as: (who) => {
      const countyCode = who === "other-centre" ? "500999" : MINI.county;
      return {
        db: database.db,
        clock,
        jobs: graphileJobs,
        county: {
          countyCode,
          name: countyCode,
          levelLengths: [6, 9, 12, 15],
          timeZone: "Asia/Shanghai",
          sample: false,
        },
        actor: actorOf(who),
        requestId: "test",
      };
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
export const aReport = (over: Partial<CaseReport> = {}): CaseReport => ({
  caseId: uuidv7(),
  categoryCode: MINI.categories.litter,
  description: "Rubbish beside the bus stop",
  location: POINTS.grid1,
  accuracyM: 8,
  address: null,
  capturedAt: null,
  attachmentIds: [],
  componentCode: null,
  selfHandledNote: null,
  ...over,
});

/** Reports one case and answers what became of it. */
export const reportOne = async (ctx: Ctx, report: unknown): Promise<ReportResult> => {
  const [result] = (await reportCases(ctx, [report])).results;
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
  const [result] = (await actOnCases(ctx, [command])).results;
  return result as CommandResult;
};
