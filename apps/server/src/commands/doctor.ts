import { existsSync } from "node:fs";
import { join } from "node:path";
import { openDatabaseOf, type Whereabouts } from "../platform/installation.ts";
import { messageOf, OperatorError } from "../platform/operator-error.ts";
import { withClient } from "../platform/roles.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { accounts } from "./doctor-checks/accounts.ts";
import { calendar } from "./doctor-checks/calendar.ts";
import { caseLog } from "./doctor-checks/case-log.ts";
import type { DatabaseCheck, DatabaseContext, Finding } from "./doctor-checks/check.ts";
import {
  appRole,
  archive,
  jobs,
  migrations,
  rowLevelSecurity,
  server,
} from "./doctor-checks/database.ts";
import { disk, versions } from "./doctor-checks/machine.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";
import { paintHealth } from "./doctor-checks/table.ts";

const usage = `Usage: ./onegrid doctor [OPTIONS]

Looks whether everything is well and changes nothing. Works beside a running county.
Exit code 0: well, or only worth a look; 1: something is bad.

${WHERE_HELP}`;

/** On a terminal a long check shows how far it is; in a log it would only be noise. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K· ${line}`);
}

/** Checks that ask the migrated schema; skipped while migrations are pending. */
const SCHEMA_CHECKS: DatabaseCheck[] = [rowLevelSecurity, accounts, jobs, calendar, caseLog];

async function schemaFindings(context: DatabaseContext, state: Finding[]): Promise<Finding[]> {
  if (state.some((finding) => finding.health !== "ok")) return [];
  const findings: Finding[] = [];
  for (const check of SCHEMA_CHECKS) findings.push(...(await check(context)));
  return findings;
}

async function databaseFindings(where: Whereabouts): Promise<Finding[]> {
  const name = "database";
  const isEmbedded = where.databaseUrl === undefined;
  if (isEmbedded && !existsSync(join(where.dataDir, "database", "cluster", "PG_VERSION"))) {
    const detail = `none yet in ${where.dataDir}`;
    return [{ name, health: "warn", detail, advice: "./onegrid start makes it" }];
  }
  try {
    const { ownerUrl, stop } = await openDatabaseOf(where, "visit");
    try {
      return await withClient(ownerUrl, async (client) => {
        const context = { client, ownerUrl, now: new Date(), say: progress };
        const state = await migrations(context);
        return [
          ...(await server(context)),
          ...(await archive(context)),
          ...(await appRole(context)),
          ...state,
          ...(await schemaFindings(context, state)),
        ];
      });
    } finally {
      await stop();
    }
  } catch (error) {
    const hint = error instanceof OperatorError ? error.hint : undefined;
    const detail = messageOf(error);
    return [{ name, health: "bad", detail, ...(hint !== undefined && { advice: hint }) }];
  }
}

async function run(argv: string[]): Promise<number> {
  const { values } = readArguments("doctor", argv, WHERE_OPTIONS);
  const where = whereabouts(values);
  const findings = [
    ...versions(),
    ...(await disk(where.dataDir)),
    ...(await databaseFindings(where)),
  ];
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");
  console.log(paintHealth(findings));
  const bad = findings.filter((finding) => finding.health === "bad").length;
  const warnings = findings.filter((finding) => finding.health === "warn").length;
  console.log(
    bad + warnings === 0
      ? "\nEverything is well."
      : `\n${bad} bad, ${warnings} worth a look, ${findings.length - bad - warnings} well.`,
  );
  return bad === 0 ? 0 : 1;
}

export const command: Command = { usage, run };
