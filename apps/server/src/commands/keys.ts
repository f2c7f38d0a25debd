import { SUITES, type Suite } from "../platform/data-keys/suites.ts";
import { openInstallation, type Installation } from "../platform/installation.ts";
import { OperatorError } from "../platform/operator-error.ts";
import { withClient } from "../platform/roles.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { changeInstallationKey } from "./keys/change-installation.ts";
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
rotate --installation
        Changes the installation's own key, in secrets.json, while nothing is served. Cut off, the
        next start finds out by the database which key it is. Afterwards links in messages that were
        sent before no longer open, tables waiting to be confirmed are brought in again, and browsers
        count as new devices once.
status  Tells the keys and how many values each seals. Changes nothing.

Data keys are sealed with the installation's key in secrets.json (ONEGRID_DATA_KEY).

  --suite NAME          aes_256_gcm (default), or sm4_ctr_hmac_sm3 where 国密 is asked for
  --installation        change the installation's own key
  --key-file FILE       take it from this file (32 bytes in base64) instead of making one
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
  const options = {
    ...WHERE_OPTIONS,
    suite: { type: "string" },
    installation: { type: "boolean", default: false },
    "key-file": { type: "string" },
  } as const;
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
  if (word === "rotate" && values.installation) {
    const keyFile = values["key-file"];
    const keys = await changeInstallationKey(whereabouts(values), { suite, keyFile });
    console.log(`Done: ${keys} data key sealed with the new key of secrets.json.`);
    console.log(
      "Servers that are given ONEGRID_DATA_KEY need its dataKey before they start again.",
    );
    return 0;
  }
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
