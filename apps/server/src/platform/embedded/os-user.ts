import { spawnSync } from "node:child_process";
import { OperatorError } from "../operator-error.ts";

/** The operating-system account that PostgreSQL runs as. */
export interface OsUser {
  uid: number;
  gid: number;
}

const ACCOUNT = "postgres";

function idOf(flag: "-u" | "-g"): number | undefined {
  const result = spawnSync("id", [flag, ACCOUNT], { encoding: "utf8" });
  return result.status === 0 ? Number(result.stdout.trim()) : undefined;
}

function lookUp(): OsUser | undefined {
  const uid = idOf("-u");
  const gid = idOf("-g");
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/**
 * The account for the database processes: undefined when this process is not root (they run as the
 * same user), else the system account `postgres`, created when absent. PostgreSQL refuses to run as
 * root, and initdb needs a named account. Throws `embedded.os_user` when it cannot be created.
 */
export function databaseOsUser(): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = lookUp();
  if (existing) return existing;
  const created = spawnSync(
    "useradd",
    ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT],
    { encoding: "utf8" },
  );
  const user = lookUp();
  if (user) return user;
  const reason = created.error?.message ?? created.stderr.trim();
  throw new OperatorError(
    "embedded.os_user",
    `PostgreSQL does not run as root, and the account "${ACCOUNT}" could not be created: ${reason}`,
    `Create it (useradd --system ${ACCOUNT}) or start OneGrid as an ordinary user.`,
  );
}

/**
 * True when the account can enter the folder and run the program. Asked of the kernel by trying,
 * because modes, access lists and mount options together decide it.
 */
export function canRun(user: OsUser | undefined, program: string): boolean {
  return spawnSync(program, ["--version"], { ...user, cwd: "/", stdio: "ignore" }).status === 0;
}

/** True when the account can enter the folder (every parent lets it through). */
export function canEnter(user: OsUser | undefined, folder: string): boolean {
  const args = ["-c", 'cd -- "$1"', "sh", folder];
  return spawnSync("/bin/sh", args, { ...user, cwd: "/", stdio: "ignore" }).status === 0;
}
