import { createHash } from "node:crypto";
import { chownSync, lstatSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { canEnter, type OsUser } from "./os-user.ts";

/** Where things live that the database account must reach when the checkout is closed to it. */
export const SHARED_ROOT = "/var/lib/onegrid";

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/**
 * Makes and returns the real folder of the database inside data directory `dir`:
 * `dir/database`, or — when the database account cannot pass the parents of `dir`, as in root's
 * home — a folder under /var/lib/onegrid that `dir/database` links to.
 * It is owned by the database account; `cluster/`, `log/` and the lock lie in it.
 */
export function databaseFolder(
  dir: string,
  user: OsUser | undefined,
  say: (line: string) => void,
): string {
  mkdirSync(dir, { recursive: true });
  const inside = join(dir, "database");
  if (!exists(inside)) {
    if (canEnter(user, dir)) mkdirSync(inside, { mode: 0o700 });
    else {
      const name = createHash("sha256").update(realpathSync(dir)).digest("hex").slice(0, 12);
      const outside = join(SHARED_ROOT, `data-${name}`);
      mkdirSync(SHARED_ROOT, { recursive: true, mode: 0o755 });
      mkdirSync(outside, { recursive: true, mode: 0o700 });
      symlinkSync(outside, inside);
      say(`${dir} is closed to the account postgres; the database lies in ${outside}`);
    }
  }
  const real = realpathSync(inside);
  if (user) chownSync(real, user.uid, user.gid);
  return real;
}
