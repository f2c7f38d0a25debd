import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { newPassword } from "./embedded/remembered.ts";
import { OperatorError } from "./operator-error.ts";

const shape = z.object({ dataKey: z.base64().length(44), appPassword: z.string().min(1) });

/** What an installation must keep to itself. */
export interface Secrets {
  /** 32 bytes; encrypts contact details. Lost with it, they stay unreadable for ever. */
  dataKey: Uint8Array;
  /** Password of the application's database role. */
  appPassword: string;
}

export const SECRETS = "secrets.json";

export const secretsText = ({ dataKey, appPassword }: Secrets): string =>
  `${JSON.stringify({ dataKey: Buffer.from(dataKey).toString("base64"), appPassword }, null, 2)}\n`;

/**
 * Reads `dataDir/secrets.json` (mode 0600), or makes it when the installation is new. Throws
 * `installation.secrets_missing` or `.secrets_damaged` rather than make a second key for data that
 * the first one has encrypted.
 */
export function readSecrets(dataDir: string, isNew: boolean, name = SECRETS): Secrets {
  const file = join(dataDir, name);
  if (!existsSync(file)) {
    if (!isNew) {
      throw new OperatorError(
        "installation.secrets_missing",
        `${file} is missing. It holds the key to the contact details in the database.`,
        "Copy it from the installation that made this database, or from its backup.",
      );
    }
    mkdirSync(dataDir, { recursive: true });
    const made = { dataKey: randomBytes(32), appPassword: newPassword() };
    writeFileSync(`${file}.new`, secretsText(made), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  try {
    const known = shape.parse(JSON.parse(readFileSync(file, "utf8")));
    return { ...known, dataKey: Buffer.from(known.dataKey, "base64") };
  } catch (cause) {
    throw new OperatorError(
      "installation.secrets_damaged",
      `${file} cannot be read.`,
      "Restore it from a backup; it belongs to this database and no other.",
      { cause },
    );
  }
}
