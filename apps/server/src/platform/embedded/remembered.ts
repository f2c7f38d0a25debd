import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import { OperatorError } from "../operator-error.ts";

const shape = z.object({
  port: z.number().int().min(1).max(65_535),
  passwords: z.object({ postgres: z.string(), owner: z.string() }),
});

/** What the data directory remembers of its cluster: the TCP port and the roles' passwords. */
export type Remembered = z.infer<typeof shape>;

const FILE = "cluster.json";

/** A new random password: 192 bits, safe in a URL and in SQL. */
export function newPassword(): string {
  return randomBytes(24).toString("base64url");
}

/** Resolves to a free TCP port on the loopback address; `wanted` when that one is free. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
    server.listen({ host: "127.0.0.1", port: wanted, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : wanted));
    });
  });
}

function save(dir: string, value: Remembered): void {
  const file = join(dir, FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** What is remembered, as it stands. Throws `embedded.settings_damaged`. */
export function read(dir: string): Remembered {
  const file = join(dir, FILE);
  try {
    return shape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new OperatorError(
      "embedded.settings_damaged",
      `${file} holds the passwords of the embedded database and cannot be read.`,
      "Restore that file from a backup; the data itself is untouched.",
      { cause },
    );
  }
}

/**
 * Reads `dir/cluster.json` (mode 0600), or makes it with fresh passwords for a new cluster, and
 * settles the port: the remembered one while it is free, else another, which is then remembered.
 * Throws `embedded.settings_damaged`.
 */
export async function recall(dir: string, isNewCluster: boolean): Promise<Remembered> {
  const file = join(dir, FILE);
  if (isNewCluster && !existsSync(file)) {
    const passwords = { postgres: newPassword(), owner: newPassword() };
    const fresh = { port: await freePort(), passwords };
    save(dir, fresh);
    return fresh;
  }
  const known = read(dir);
  const port = await freePort(known.port);
  if (port === known.port) return known;
  const moved = { ...known, port };
  save(dir, moved);
  return moved;
}
