import { createReadStream, readFileSync } from "node:fs";
import { SingleBar } from "cli-progress";
import { imbalance, type ReplayAccount } from "../interfaces/replay/account.ts";
import { ensureCatalogue } from "../interfaces/replay/ensure-catalogue.ts";
import { Mapping } from "../interfaces/replay/mapping.ts";
import type { RefusedRow } from "../interfaces/replay/read-rows.ts";
import { replayFile } from "../interfaces/replay/replay-file.ts";
import { onTimeFromLog, onTimeOnBoard, type OnTime } from "../modules/board/index.ts";
import { countEvents } from "../modules/cases/index.ts";
import { messageOf, OperatorError } from "../platform/operator-error.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { withCounty } from "./open-county.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";

const usage = `Usage: ./onegrid replay FILE.csv --mapping MAP.json [OPTIONS]

Drives real service requests through the real lifecycle: reported at their created time, dispatched
by rule, signed, shared with a department as a sub-task, taken up by the clocks of the tiers, fed
back, verified and closed at their closed time, by a simulated clock. Running it again changes
nothing. At the end the rate on time is counted from the events by SQL and held against the board.
A mapping to start from: docs/examples/nyc-311.mapping.json

  --mapping MAP.json    which column is what
  --county CODE         instead of the mapping's county
  --speed max|N         as fast as it goes (default), or at most N requests a second
  --width N             cases under way at once (default: 16)
${WHERE_HELP}

Exit code 0 when the account adds up and both rates are the same; 1 when not.`;

const OPTIONS = {
  ...WHERE_OPTIONS,
  mapping: { type: "string" },
  county: { type: "string" },
  speed: { type: "string", default: "max" },
  width: { type: "string", default: "16" },
} as const;

/** Refused rows printed one by one; the account counts all of them. */
const SHOWN = 20;

const readMapping = (path: string | undefined): Mapping => {
  if (path === undefined) {
    throw new OperatorError("cli.missing_option", "Which mapping?", "Give --mapping MAP.json.");
  }
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new OperatorError(
      "replay.bad_mapping",
      `${path} cannot be read: ${messageOf(cause)}`,
      "It must be JSON; docs/examples/nyc-311.mapping.json is one.",
      { cause },
    );
  }
  const parsed = Mapping.safeParse(json);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((i) => `  ${i.path.join(".")}: ${i.message}`).join("\n");
  throw new OperatorError("replay.bad_mapping", `${path} is not a mapping:\n${wrong}`);
};

const line = (label: string, n: number) => `${label.padEnd(36)}${String(n).padStart(9)}`;

const accountLines = (a: ReplayAccount, seconds: number): string[] => {
  return [
    line("read", a.read),
    line("refused", a.refused),
    ...Object.entries(a.reasons).map(([code, n]) => line(`  ${code}`, n)),
    line("reported", a.reported),
    line("  in a grid", a.located),
    line("  outside every grid", a.outside),
    line("closed", a.closed),
    line("still open", a.stillOpen),
    line("played before", a.repeated),
    line("grid as the file says", a.agree),
    line("another grid", a.disagree),
    line("file does not say", a.silent),
    `${seconds.toFixed(1)} s, ${Math.round(a.read / Math.max(seconds, 0.001))} requests/s`,
  ];
};

/** What the whole county's log holds now, this run and others. */
const logLines = (events: Awaited<ReturnType<typeof countEvents>>): string[] => {
  const count = (kind: (typeof events)[number]["kind"], byRule?: boolean) =>
    events
      .filter((one) => one.kind === kind && (byRule === undefined || one.byRule === byRule))
      .reduce((sum, { n }) => sum + n, 0);
  return [
    line(
      "events in the log",
      events.reduce((sum, { n }) => sum + n, 0),
    ),
    line("  went up when a tier's time ran out", count("escalate", true)),
    line("  sub-tasks given", count("assign_sub_task")),
    line("  sub-tasks finished", count("finish_sub_task")),
  ];
};

const rateWords = (label: string, { onTime, due }: Pick<OnTime, "onTime" | "due">): string =>
  `${line(label, onTime)} of ${due}${due === 0 ? "" : ` = ${((onTime / due) * 100).toFixed(2)} %`}`;

const progressBar = () => {
  if (!process.stderr.isTTY) return { show: () => {}, stop: () => {} };
  const bar = new SingleBar({ format: "replaying {value} rows, {duration_formatted}" });
  bar.start(0, 0);
  return { show: (read: number) => bar.update(read), stop: () => bar.stop() };
};

const widthFrom = (text: string): number => {
  const width = Number(text);
  if (Number.isInteger(width) && width >= 1 && width <= 256) return width;
  throw new OperatorError("cli.bad_option", "--width is a whole number from 1 to 256.");
};

/** Requests a second at most; Infinity for `max`. */
const speedFrom = (text: string): number => {
  const speed = text === "max" ? Infinity : Number(text);
  if (speed > 0) return speed;
  throw new OperatorError("cli.bad_option", "--speed is max, or requests a second above 0.");
};

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments("replay", argv, OPTIONS, 1);
  const [path] = positionals;
  if (path === undefined) {
    throw new OperatorError("cli.missing_word", "Which file?", "See: ./onegrid replay --help");
  }
  const mapping = readMapping(values.mapping);
  const width = widthFrom(values.width);
  const perSecond = speedFrom(values.speed);
  const refused: RefusedRow[] = [];
  const bar = progressBar();
  const begunAt = performance.now();
  try {
    const { account, events, fromLog, onBoard } = await withCounty(
      whereabouts(values),
      values.county ?? mapping.county,
      async (ctx) => {
        await ensureCatalogue(ctx, mapping);
        const done = await replayFile(ctx, {
          csv: createReadStream(path),
          mapping,
          width,
          perSecond,
          onRefused: (row) => refused.push(row),
          onProgress: bar.show,
        });
        const counted = await onTimeFromLog(ctx);
        return {
          account: done,
          events: await countEvents(ctx),
          fromLog: counted,
          onBoard: await onTimeOnBoard(ctx, counted),
        };
      },
    );
    bar.stop();
    for (const row of refused.slice(0, SHOWN)) {
      console.log(`line ${row.line} (${row.sourceId ?? "no id"}): ${row.code} ${row.detail}`);
    }
    if (refused.length > SHOWN) console.log(`… and ${refused.length - SHOWN} more`);
    const seconds = (performance.now() - begunAt) / 1000;
    console.log([...accountLines(account, seconds), ...logLines(events)].join("\n"));
    console.log(rateWords("on time, by SQL from the events", fromLog));
    console.log(rateWords("on time, as on the board", onBoard));
    const isSame = fromLog.due === onBoard.due && fromLog.onTime === onBoard.onTime;
    const wrong = [
      ...imbalance(account),
      ...(isSame ? [] : ["the board does not show what the events say"]),
    ];
    console.log(
      wrong.length === 0 ? "The account adds up." : `It does not add up: ${wrong.join("; ")}.`,
    );
    return wrong.length === 0 ? 0 : 1;
  } finally {
    bar.stop();
  }
}

export const command: Command = { usage, run };
