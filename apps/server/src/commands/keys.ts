import { SUITES, type Suite } from "../platform/data-keys/suites.ts";
import { openInstallation, type Installation } from "../platform/installation.ts";
import { OperatorError } from "../platform/operator-error.ts";
import { withClient } from "../platform/roles.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { readKeyStatus } from "./keys/key-status.ts";
import { rotateKeys, type RotationStep } from "./keys/rotate-keys.ts";
import { recordEverywhere } from "./record-everywhere.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";
import { table } from "./table.ts";

const usage = `Usage: ./onegrid keys rotate|status [OPTIONS]

rotate  Makes a new data key, seals everything anew with it (contacts, authenticators, webhooks'
        secrets, people's data) and takes the old key away. Works beside running servers; they are
        waited for, so it takes half a minute at least. Cut off, it goes on when it is run again;
        everything stays readable meanwhile. A backup made before holds the old key.
status  Tells the keys and how many values each seals. Changes nothing.

Data keys are sealed with the installation's key in secrets.json (ONEGRID_DATA_KEY).

  --suite NAME          aes_256_gcm (default), or sm4_ctr_hmac_sm3 where 国密 is asked for
${WHERE_HELP}`;

const suiteOf = (name: string | undefined): Suite => {
  const found = SUITES.find((suite) => suite === (name ?? SUITES[0]));
  if (found !== undefined) return found;
  throw new OperatorError(
    "keys.unknown_suite",
    `There is no suite "${name}".`,
    `There is: ${SUITES.join(", ")}`,
  );
};

const say = (step: RotationStep): void => {
  if (step.step === "announced") console.log(`new key ${step.keyId} (${step.suite}) announced`);
  if (step.step === "resumed") console.log(`going on with key ${step.keyId} (${step.suite})`);
  if (step.step === "current") console.log(`${step.keyId} seals what comes`);
  if (step.step === "resealed") console.log(`sealed ${step.rows} anew in ${step.table}`);
  if (step.step === "retired") console.log(`retired: ${step.keyIds.join(", ") || "none"}`);
};

const rotate = async (installation: Installation, suite: Suite): Promise<void> => {
  const { ownerUrl, dataKey } = installation;
  await recordEverywhere(installation, "keys.rotate", { step: "begun", suite });
  const { keyId, resealed, retired } = await withClient(ownerUrl, (client) =>
    rotateKeys(client, dataKey, { suite, onStep: say }),
  );
  await recordEverywhere(installation, "keys.rotate", { step: "done", keyId, resealed, retired });
  console.log(`Done: ${resealed} values sealed anew with ${keyId}, ${retired} keys retired.`);
};

const tell = async ({ ownerUrl }: Installation): Promise<void> => {
  const lines = await withClient(ownerUrl, readKeyStatus);
  const rows = lines.map(({ name, suite, state, values }) => [name, suite, state, String(values)]);
  console.log(table([["KEY", "SUITE", "STATE", "VALUES"], ...rows]).join("\n"));
};

async function run(argv: string[]): Promise<number> {
  const options = { ...WHERE_OPTIONS, suite: { type: "string" } } as const;
  const { values, positionals } = readArguments("keys", argv, options, 1);
  const [word] = positionals;
  if (word !== "rotate" && word !== "status") {
    throw new OperatorError(
      "cli.unknown_command",
      `"keys ${word ?? ""}" is not known.`,
      "See: ./onegrid keys --help",
    );
  }
  const suite = suiteOf(values.suite);
  const installation = await openInstallation(whereabouts(values), "visit");
  try {
    if (word === "rotate") await rotate(installation, suite);
    else await tell(installation);
  } finally {
    await installation.close();
  }
  return 0;
}

export const command: Command = { usage, run };
