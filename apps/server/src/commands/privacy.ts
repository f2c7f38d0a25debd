import { inventoryPage, inventoryRows } from "../modules/privacy/index.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { table } from "./table.ts";

const usage = `Usage: ./onegrid privacy inventory [--markdown]

Tells every field that holds something about a person: what, why, on which legal basis, for how long,
and who sees it. It is the same for every installation and reads no database.

  --markdown            as the page docs/personal-data.md`;

async function run(argv: string[]): Promise<number> {
  const { values } = readArguments("privacy inventory", argv, { markdown: { type: "boolean" } });
  if (values.markdown === true) process.stdout.write(inventoryPage());
  else console.log(table(inventoryRows()).join("\n"));
  return 0;
}

export const command: Command = { usage, run };
