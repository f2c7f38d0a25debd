import {
  ADMINISTRATOR_ROLES,
  missingAdministrators,
  setUpAdministrators,
  type AdministratorRole,
  type Person,
} from "../modules/identity/index.ts";
import type { Ctx } from "../platform/context.ts";
import { OperatorError } from "../platform/operator-error.ts";
import { ProblemError } from "../platform/problems.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { withCounty } from "./open-county.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";
import { table } from "./table.ts";

const usage = `Usage: ./onegrid setup --system LOGIN:NAME --security LOGIN:NAME --audit LOGIN:NAME

Makes the three administrators (三员) of a county, three people of whom none can do another's work.
Each password is random and shown once. Administrators that are there already are left alone. A
login that everybody guesses (admin, root, auditor, …) is refused. Add the county first:
./onegrid county add --help. Afterwards: ./onegrid start --production

  --system LOGIN:NAME   sets the system up: catalogue, calendar, grids, organisations
  --security LOGIN:NAME makes accounts and decides what signing in asks for
  --audit LOGIN:NAME    reads the audit log
  --county CODE         county, when there is more than one
${WHERE_HELP}`;

const OPTIONS = {
  ...WHERE_OPTIONS,
  county: { type: "string" },
  system: { type: "string" },
  security: { type: "string" },
  audit: { type: "string" },
} as const;

type Option = "system" | "security" | "audit";
const optionOf = (role: AdministratorRole): Option => role.replace("_administrator", "") as Option;

/** `LOGIN:NAME` as a person; throws `cli.bad_person`. */
function personFrom(option: Option, text: string): Person {
  const found = /^([^\s:]{1,60}):(.{1,60})$/u.exec(text);
  const [, login, name] = found ?? [];
  if (login !== undefined && name !== undefined && name.trim() !== "") {
    return { login, name: name.trim() };
  }
  throw new OperatorError(
    "cli.bad_person",
    `"${text}" is not a login and a name.`,
    `For example: --${option} zhou.ming:周明`,
  );
}

async function setUp(ctx: Ctx, people: Map<AdministratorRole, Person>): Promise<void> {
  if (ctx.county.sample) {
    throw new OperatorError(
      "setup.sample_county",
      `${ctx.county.name} is the sample county.`,
      "A real county gets a data directory of its own: --data DIR",
    );
  }
  const missing = await missingAdministrators(ctx);
  const unnamed = missing.filter((role) => !people.has(role));
  if (unnamed.length > 0) {
    throw new OperatorError(
      "setup.not_named",
      `Who is ${unnamed.join(", ")}?`,
      `Name them: ${unnamed.map((role) => `--${optionOf(role)} LOGIN:NAME`).join(" ")}`,
    );
  }
  const wanted = new Map([...people].filter(([role]) => missing.includes(role)));
  const made = await setUpAdministrators(ctx, wanted);
  if (made.length === 0) {
    console.log("The three administrators are there already; nothing was changed.");
    return;
  }
  const rows = made.map(({ login, password, role, name }) => [login, password, role, name]);
  console.log(
    "The passwords are shown this once; each owner sets one of their own after signing in.",
  );
  console.log(table([["LOGIN", "PASSWORD", "ROLE", "NAME"], ...rows]).join("\n"));
}

async function run(argv: string[]): Promise<number> {
  const { values } = readArguments("setup", argv, OPTIONS);
  const people = new Map<AdministratorRole, Person>();
  for (const role of ADMINISTRATOR_ROLES) {
    const option = optionOf(role);
    const text = values[option];
    if (text !== undefined) people.set(role, personFrom(option, text));
  }
  try {
    await withCounty(whereabouts(values), values.county, (ctx) => setUp(ctx, people));
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    const { code, detail } = cause.refusal;
    throw new OperatorError(code, `Refused: ${detail}.`, undefined, { cause });
  }
  return 0;
}

export const command: Command = { usage, run };
