import { verifyAudit } from "../modules/audit/index.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { withCounty } from "./open-county.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";

const usage = `Usage: ./onegrid audit verify [OPTIONS]

Looks whether the audit log is what was written: every line against the chain of hashes, the chain
against the anchors in DIR/files/audit-anchors, the case log against its daily digests. Tells every
change and gap; exit code 1 when there is one. Changes nothing and works beside a running county.

  --county CODE         county, when there is more than one
${WHERE_HELP}`;

async function run(argv: string[]): Promise<number> {
  const { values } = readArguments("audit verify", argv, {
    ...WHERE_OPTIONS,
    county: { type: "string" },
  });
  const verdict = await withCounty(whereabouts(values), values.county, (ctx, { filesDir }) =>
    verifyAudit(ctx, filesDir),
  );
  for (const problem of verdict.problems) console.log(`✗ ${problem}`);
  const { lines, anchors, digests, problems } = verdict;
  console.log(
    `${lines} lines, ${anchors} anchors, ${digests} daily digests: ` +
      (problems.length === 0 ? "nothing was changed" : `${problems.length} problems`),
  );
  return problems.length === 0 ? 0 : 1;
}

export const command: Command = { usage, run };
