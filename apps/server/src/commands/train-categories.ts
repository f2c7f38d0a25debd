import { LEAST_EXAMPLES, trainCategories, type Trained } from "../modules/suggestions/index.ts";
import { OperatorError } from "../platform/operator-error.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { withCounty } from "./open-county.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";

const usage = `Usage: ./onegrid train categories [OPTIONS]

Learns from the county's own closed cases which category people's words mean, measures it on a
fifth of the cases that it did not learn from, and stores it with its figures as the next version.
The model only suggests: whoever reports decides. Works beside a running county.

  --county CODE         county, when there is more than one
${WHERE_HELP}`;

const OPTIONS = { ...WHERE_OPTIONS, county: { type: "string" } } as const;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** What was learnt and how good it is, and when the figures say little. */
export function accountOf({ version, labels, words, figures }: Trained, sample: boolean): string[] {
  const { trainingCases, heldOutCases, accuracyAt1, accuracyAt3, baselineAt1 } = figures;
  return [
    `Model ${version}: ${labels} categories, ${words} words.`,
    `Learnt from ${trainingCases} closed cases, measured on ${heldOutCases} others:`,
    `  right category first              ${percent(accuracyAt1)}`,
    `  right category among the first 3  ${percent(accuracyAt3)}`,
    `  always naming the commonest one   ${percent(baselineAt1)}`,
    ...(sample
      ? [
          "The words of a sample county are generated from the names of its categories: these",
          "figures say that the parts fit together, and nothing about real reports.",
        ]
      : []),
  ];
}

async function run(argv: string[]): Promise<number> {
  const { values } = readArguments("train categories", argv, OPTIONS);
  return withCounty(whereabouts(values), values.county, async (ctx) => {
    const trained = await trainCategories(ctx);
    if (trained === null) {
      throw new OperatorError(
        "train.too_few",
        `There are fewer than ${LEAST_EXAMPLES} closed cases to learn from; nothing was stored.`,
        "Until then the words of the authority list are compared. Try again in some weeks.",
      );
    }
    console.log(accountOf(trained, ctx.county.sample).join("\n"));
    return 0;
  });
}

export const command: Command = { usage, run };
