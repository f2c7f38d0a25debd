import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { readBases } from "../../platform/archive/archive-folder.ts";
import { keepArchive } from "../../platform/archive/keep-archive.ts";
import { pruneArchive } from "../../platform/archive/prune.ts";
import { openInstallation, type Installation } from "../../platform/installation.ts";
import { withClient } from "../../platform/roles.ts";
import { command as audit } from "../audit.ts";
import { command as restore } from "../restore.ts";

let root: string;
const dir = (name: string) => join(root, name);
const printed: string[] = [];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "onegrid-archive-"));
  chmodSync(root, 0o755);
  vi.stubEnv("DATABASE_URL", undefined);
  vi.spyOn(console, "log").mockImplementation((line: unknown) => void printed.push(String(line)));
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

const sql = <Row extends object>(url: string, text: string): Promise<Row[]> =>
  withClient(url, async (client) => (await client.query<Row>(text)).rows);

const open = (name: string) =>
  openInstallation({ dataDir: dir(name), archive: dir("archive 档案") }, "serve");

const logins = async (url: string): Promise<string[]> =>
  (await sql<{ login: string }>(url, "SELECT login FROM account ORDER BY login")).map(
    ({ login }) => login,
  );

const addAccounts = (url: string, from: number, to: number) =>
  sql(
    url,
    `INSERT INTO account (county_code, account_id, login, name, password_hash, role, scope_code)
       SELECT '500231', gen_random_uuid(), 'worker' || n, '小王', 'x', 'worker', '500231'
         FROM generate_series(${from}, ${to}) n`,
  );

/** The database's own clock, between two commits. */
const now = async (url: string): Promise<string> => {
  const [row] = await sql<{ at: Date }>(url, "SELECT clock_timestamp() AS at");
  if (row === undefined) throw new Error("no time");
  // Commits are told apart by microseconds, this text by milliseconds.
  await sql(url, "SELECT pg_sleep(0.01)");
  return row.at.toISOString();
};

const photo = (installation: Installation, name: string) => {
  mkdirSync(join(installation.filesDir, "500231"), { recursive: true });
  writeFileSync(join(installation.filesDir, "500231", name), name);
};

it("makes the installation of any archived moment again, and tells what it cannot", async () => {
  const installation = await open("a");
  const { ownerUrl, archiving, filesDir } = installation;
  if (archiving === null) throw new Error("nothing is archived");
  await sql(
    ownerUrl,
    `INSERT INTO county (county_code, name, level_lengths)
       VALUES ('500231', '垫江县', '{6,9,12,15}');
     INSERT INTO audit_event (county_code, action, outcome) VALUES ('500231', 'test', 'done')`,
  );
  const said: string[] = [];
  const plan = { ...installation, ...archiving, keepDays: 14, say: (l: string) => said.push(l) };
  const kept = keepArchive(plan);
  await kept.look();
  expect(said).toEqual([expect.stringContaining("base backup")]);

  await addAccounts(ownerUrl, 1, 3);
  photo(installation, "early.jpg");
  await kept.look();
  const noted = await now(ownerUrl);
  // What must not be there: later rows, a deletion of earlier ones, an anchor of a later chain.
  await addAccounts(ownerUrl, 4, 5);
  await sql(ownerUrl, "DELETE FROM account WHERE login = 'worker1'");
  mkdirSync(join(filesDir, "audit-anchors"));
  const anchor = { at: "2026-11-24T18:37:00.000Z", seq: "99", hash: "0".repeat(64) };
  writeFileSync(join(filesDir, "audit-anchors", "500231.jsonl"), `${JSON.stringify(anchor)}\n`);
  photo(installation, "late.jpg");
  rmSync(join(filesDir, "500231", "early.jpg"));
  await kept.look();
  await pruneArchive(archiving.archive, filesDir, 14, new Date());
  const beforeBase = new Date(Date.parse(readBases(archiving.archive)[0]?.finishedAt ?? "") - 1);
  // The moment counts as reached once a later part of the log is archived.
  await sql(ownerUrl, "SELECT pg_sleep(2.1)");
  await addAccounts(ownerUrl, 6, 6);
  await kept.close();
  await installation.close();

  const run = (...more: string[]) => restore.run([archiving.archive, "--data", dir("b"), ...more]);
  await expect(run("--at", "2026-11-24 10:00")).rejects.toMatchObject({ code: "cli.bad_time" });
  await expect(run("--at", "2099-01-01T00:00:00Z")).rejects.toMatchObject({
    code: "archive.ends_before",
  });
  await expect(run("--at", beforeBase.toISOString())).rejects.toMatchObject({
    code: "archive.no_base",
  });
  expect(existsSync(join(dir("b"), "secrets.json"))).toBe(false);

  expect(await run("--at", noted)).toBe(0);
  expect(await audit.run(["--data", dir("b")]), printed.join("\n")).toBe(0);
  await expect(run()).rejects.toMatchObject({ code: "backup.target_not_empty" });
  // The old archive goes on where it was; what was recovered needs one of its own.
  await expect(open("b")).rejects.toMatchObject({ code: "archive.of_another" });
  const there = await openInstallation({ dataDir: dir("b") }, "serve");
  expect(await logins(there.ownerUrl)).toEqual(["worker1", "worker2", "worker3"]);
  expect(there.dataKey).toEqual(installation.dataKey);
  expect(readdirSync(join(there.filesDir, "500231")).toSorted()).toEqual(["early.jpg", "late.jpg"]);
  const restored = await sql(
    there.ownerUrl,
    "SELECT detail->>'at' AS at FROM audit_event WHERE action = 'installation.restore'",
  );
  expect(restored).toEqual([{ at: noted }]);
  await there.close();

  // Without a moment: all that was acknowledged before the stop.
  expect(await restore.run([archiving.archive, "--data", dir("c")])).toBe(0);
  const last = await openInstallation({ dataDir: dir("c") }, "serve");
  expect(await logins(last.ownerUrl)).toEqual([
    "worker2",
    "worker3",
    "worker4",
    "worker5",
    "worker6",
  ]);
  await last.close();
}, 90_000);
