import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { messageOf, OperatorError } from "../platform/operator-error.ts";

type Parsed<T extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>
>;

/**
 * Reads a command's options and at most `maxPositionals` other words.
 * Throws `cli.bad_option` or `cli.too_many_words` with a pointer to the command's help.
 */
export function readArguments<T extends ParseArgsOptionsConfig>(
  name: string,
  argv: string[],
  options: T,
  maxPositionals = 0,
): Parsed<T> {
  const help = `See: ./onegrid ${name} --help`;
  let parsed: Parsed<T>;
  try {
    parsed = parseArgs({ args: argv, options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new OperatorError("cli.bad_option", messageOf(cause), help, { cause });
  }
  const extra = parsed.positionals[maxPositionals];
  if (extra !== undefined) {
    throw new OperatorError("cli.too_many_words", `"${extra}" is one word too many.`, help);
  }
  return parsed;
}

/** A TCP port from an option's text; 0 lets the system choose. Throws `cli.bad_port`. */
export function portFrom(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(port) || port > 65_535) {
    throw new OperatorError(
      "cli.bad_port",
      `"${text}" is not a port.`,
      "Use 1 to 65535, or 0 for any.",
    );
  }
  return port;
}

/** A PostgreSQL address from an option's text. Throws `cli.bad_database_url`; never repeats it. */
export function databaseUrlFrom(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPostgres = url?.protocol === "postgres:" || url?.protocol === "postgresql:";
  if (!url || !isPostgres || url.pathname.length < 2) {
    throw new OperatorError(
      "cli.bad_database_url",
      "The database address cannot be read.",
      "It looks like postgres://OWNER:PASSWORD@HOST:5432/DATABASE",
    );
  }
  return text;
}
