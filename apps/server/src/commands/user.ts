import { ACCOUNT_ROLES, type AccountRole } from "@onegrid/contract";
import {
  createAccount,
  listAccounts,
  newOneTimePassword,
  resetPassword,
  setAccountClosed,
} from "../modules/identity/index.ts";
import type { Ctx } from "../platform/context.ts";
import { OperatorError } from "../platform/operator-error.ts";
import { ProblemError } from "../platform/problems.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { withCounty } from "./open-county.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";
import { table } from "./table.ts";

const usage = `Usage: ./onegrid user list
       ./onegrid user add LOGIN --name NAME --role ROLE [--scope CODE] [--unit CODE]
       ./onegrid user password LOGIN
       ./onegrid user close LOGIN
       ./onegrid user reopen LOGIN

A new password is random and printed once; its owner changes it after signing in. A new password
and a closed account end every session of the account. Works beside a running county.

  --role ROLE           ${ACCOUNT_ROLES.join(", ")}
  --scope CODE          grid whose subtree the account serves (default: the whole county)
  --unit CODE           department, for the role department
  --county CODE         county, when there is more than one
${WHERE_HELP}`;

const OPTIONS = {
  ...WHERE_OPTIONS,
  county: { type: "string" },
  name: { type: "string" },
  role: { type: "string" },
  scope: { type: "string" },
  unit: { type: "string" },
} as const;

function roleFrom(text: string | undefined): AccountRole {
  const role = ACCOUNT_ROLES.find((known) => known === text);
  if (role !== undefined) return role;
  throw new OperatorError(
    "cli.bad_role",
    text === undefined ? "Which role?" : `"${text}" is not a role.`,
    `Use --role with one of: ${ACCOUNT_ROLES.join(", ")}`,
  );
}

function showPassword(login: string, password: string): void {
  console.log(`Password of ${login}, shown this once: ${password}`);
}

async function list(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now();
  const rows = (await listAccounts(ctx)).map((account) => [
    account.login,
    account.role,
    account.unitCode ?? account.scopeCode,
    account.disabledAt !== null
      ? "closed"
      : account.lockedUntil !== null && account.lockedUntil > now
        ? "locked"
        : "open",
    account.name,
  ]);
  console.log(table([["LOGIN", "ROLE", "SERVES", "STATE", "NAME"], ...rows]).join("\n"));
}

type Work = (ctx: Ctx) => Promise<void>;

/** What the words ask for; throws `cli.*` before anything is opened. */
function workOf(
  verb: string | undefined,
  login: string | undefined,
  values: { name?: string; role?: string; scope?: string; unit?: string },
): Work {
  if (verb === "list" && login === undefined) return list;
  if (login === undefined) {
    throw new OperatorError("cli.missing_word", "Which account?", "See: ./onegrid user --help");
  }
  switch (verb) {
    case "add": {
      const role = roleFrom(values.role);
      const { name, scope, unit } = values;
      if (name === undefined) {
        throw new OperatorError("cli.missing_word", "Which name?", "Use --name NAME");
      }
      return async (ctx) => {
        const password = newOneTimePassword();
        const scopeCode = scope ?? ctx.county.countyCode;
        await createAccount(ctx, {
          login,
          name,
          role,
          scopeCode,
          unitCode: unit ?? null,
          password,
        });
        showPassword(login, password);
      };
    }
    case "password":
      return async (ctx) => {
        const password = newOneTimePassword();
        await resetPassword(ctx, login, password);
        showPassword(login, password);
      };
    case "close":
    case "reopen":
      return async (ctx) => {
        await setAccountClosed(ctx, login, verb === "close");
        console.log(verb === "reopen" ? `${login} is open again.` : `${login} is closed.`);
      };
    default:
      throw new OperatorError(
        "cli.unknown_command",
        `"user ${verb ?? ""}" is not known.`,
        "See: ./onegrid user --help",
      );
  }
}

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments("user", argv, OPTIONS, 2);
  const work = workOf(positionals[0], positionals[1], values);
  try {
    await withCounty(whereabouts(values), values.county, work);
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    const { code, detail } = cause.refusal;
    throw new OperatorError(code, `Refused: ${detail}.`, undefined, { cause });
  }
  return 0;
}

export const command: Command = { usage, run };
