import { COMMANDS, LAUNCHER_COMMANDS } from "./commands/registry.ts";
import { OperatorError } from "./platform/operator-error.ts";

function usage(): string {
  const rows = [
    ...Object.entries(COMMANDS).map(([name, entry]) => [name, entry.summary] as const),
    ...Object.entries(LAUNCHER_COMMANDS),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    "OneGrid 四网合一",
    "",
    "Usage: ./onegrid COMMAND [OPTIONS]",
    "",
    ...rows.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "./onegrid COMMAND --help tells more about one of them.",
  ].join("\n");
}

/** The command that the words begin with: two words (`import grids`) before one. */
function find(argv: string[]): { name: string; rest: string[] } | undefined {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(" ");
    if (argv.length >= words && Object.hasOwn(COMMANDS, name))
      return { name, rest: argv.slice(words) };
  }
  return undefined;
}

function unknown(argv: string[]): OperatorError {
  const [first = ""] = argv;
  const kinds = Object.keys(COMMANDS).filter((name) => name.startsWith(`${first} `));
  return kinds.length > 0
    ? new OperatorError(
        "cli.unknown_command",
        `"${first}" needs a kind.`,
        `One of: ${kinds.join(", ")}`,
      )
    : new OperatorError(
        "cli.unknown_command",
        `There is no command "${first}".`,
        "./onegrid --help lists them.",
      );
}

/** Runs one command line and resolves to the exit code. 2 stands for a wrong command line. */
export async function main(argv: string[]): Promise<number> {
  const [first] = argv;
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    console.log(usage());
    return 0;
  }
  try {
    const found = find(argv);
    if (!found) throw unknown(argv);
    const { command } = await (COMMANDS[found.name]?.load() ?? Promise.reject(unknown(argv)));
    if (found.rest.includes("--help") || found.rest.includes("-h")) {
      console.log(command.usage);
      return 0;
    }
    return await command.run(found.rest);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    console.error(error.message);
    if (error.hint !== undefined) console.error(error.hint);
    return error.code.startsWith("cli.") ? 2 : 1;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
