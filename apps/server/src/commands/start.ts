import { existsSync } from "node:fs";
import { join } from "node:path";
import { isProduction, refuseUnready } from "../modules/identity/index.ts";
import { keepArchive } from "../platform/archive/keep-archive.ts";
import { openInstallation, type Installation } from "../platform/installation.ts";
import { limitsFromEnvironment } from "../platform/config.ts";
import { oidcFromEnvironment } from "../platform/oidc-config.ts";
import { messagingFromEnvironment } from "../platform/messaging-config.ts";
import { OperatorError } from "../platform/operator-error.ts";
import { portFrom, readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { ROOT, WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";
import { finishUpgrade } from "./finish-upgrade.ts";
import { ensureCounty } from "./start/first-run.ts";
import { choosePort } from "./start/port.ts";
import { serve } from "./start/serve.ts";
import { stopRequested } from "./start/shutdown.ts";
import { welcome } from "./start/welcome.ts";

const usage = `Usage: ./onegrid start [OPTIONS]

Starts a county: database, migrations, the sample county on first run, HTTP server and worker.

  --port N              port to listen on (default: the first free one from 8080; 0: any)
  --host ADDRESS        address to listen on (default: 127.0.0.1, this machine only)
${WHERE_HELP}
  --secure-cookies      behind TLS: cookies are Secure and bound to the host
  --log-level LEVEL     silent, error, warn, info or debug (default: warn)
  --production          serve a real county, behind TLS: Secure cookies, no sample data, and no start
                        with accounts of the sample data or without the three administrators
                        (or the variable ONEGRID_MODE=production)
  --no-demo             leave an empty database empty
  --archive DIR         keep an archive of the embedded database, on another disk: its log by the
                        minute, photos, a base backup a day; ./onegrid restore DIR --at TIME makes
                        any moment of it again (or the variable ONEGRID_ARCHIVE); it is
                        remembered, and "none" ends it
  --archive-days N      how far back that is possible (default: 14)`;

const OPTIONS = {
  ...WHERE_OPTIONS,
  port: { type: "string" },
  host: { type: "string", default: "127.0.0.1" },
  "secure-cookies": { type: "boolean", default: false },
  "log-level": { type: "string", default: "warn" },
  production: { type: "boolean", default: false },
  "no-demo": { type: "boolean", default: false },
  archive: { type: "string" },
  "archive-days": { type: "string", default: "14" },
} as const;

const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;

function logLevelFrom(text: string): (typeof LOG_LEVELS)[number] {
  const level = LOG_LEVELS.find((known) => known === text);
  if (level) return level;
  const allowed = LOG_LEVELS.join(", ");
  throw new OperatorError("cli.bad_log_level", `"${text}" is not a log level.`, `Use ${allowed}.`);
}

function daysFrom(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new OperatorError("cli.bad_days", `"${text}" is not a number of days.`, "Use 1 to 9999.");
}

function say(line: string): void {
  console.log(`· ${line}`);
}

async function untilTheEnd(installation: Installation): Promise<"asked" | "database lost"> {
  const asked = stopRequested(say).then(() => "asked" as const);
  const lost = installation.databaseExited.then(() => "database lost" as const);
  return Promise.race([asked, lost]);
}

/** Starts a county and serves it until the operator asks to stop. */
async function run(argv: string[]): Promise<number> {
  const { values } = readArguments("start", argv, OPTIONS);
  const wanted = values.port === undefined ? undefined : portFrom(values.port);
  const logLevel = logLevelFrom(values["log-level"]);
  // Said before anything is started.
  const production = isProduction(values.production, process.env["ONEGRID_MODE"]);
  const secureCookies = values["secure-cookies"] || production;
  const messaging = messagingFromEnvironment(process.env, secureCookies);
  const limits = limitsFromEnvironment(process.env);
  const oidc = oidcFromEnvironment(process.env);
  const begunAt = performance.now();
  const keepDays = daysFrom(values["archive-days"]);
  const archive = values.archive ?? process.env["ONEGRID_ARCHIVE"];
  const installation = await openInstallation({ ...whereabouts(values), archive }, "serve", say);
  // From here on a signal must find somebody who stops the database.
  const end = untilTheEnd(installation);
  try {
    await finishUpgrade(installation.ownerUrl, say);
    if (production) await refuseUnready(installation.ownerUrl);
    const accounts = values["no-demo"] || production ? [] : await ensureCounty(installation, say);
    const fronts = join(ROOT, ".onegrid", "fronts");
    const server = await serve({
      host: values.host,
      port: await choosePort(values.host, wanted),
      databaseUrl: installation.appUrl,
      filesDir: installation.filesDir,
      frontsDir: existsSync(fronts) ? fronts : null,
      secureCookies,
      logLevel,
      dataKey: installation.dataKey,
      messaging,
      oidc,
      ...limits,
    });
    const kept =
      installation.archiving &&
      keepArchive({ ...installation, ...installation.archiving, keepDays, say });
    const seconds = ((performance.now() - begunAt) / 1000).toFixed(1);
    console.log(welcome(server.address, accounts, seconds));
    const reason = await end;
    say(reason === "asked" ? "stopping: requests and jobs under way end first" : "stopping");
    await server.close();
    await kept?.close();
    if (reason === "asked") return 0;
    throw new OperatorError(
      "start.database_lost",
      "The database server ended by itself.",
      `Its log lies in ${join(installation.dataDir, "database", "log")}. Start again: it recovers.`,
    );
  } finally {
    await installation.close();
    say("the database has stopped");
  }
}

export const command: Command = { usage, run };
