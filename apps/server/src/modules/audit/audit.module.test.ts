import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { aReport } from "../cases/test/case-world.ts";
import { reportCases } from "../cases/index.ts";
import { inScope } from "../../platform/database.ts";
import { scopeOf } from "../../platform/context.ts";
import { audit, auditTasks, verifyAudit } from "./index.ts";

let app: TestApp;
let superuser: pg.Client;
beforeAll(async () => {
  app = await testApp();
  const url = inject("testServer").superuserUrl.replace(/\/[^/]*$/, `/${app.database.name}`);
  superuser = new pg.Client({ connectionString: url });
  await superuser.connect();
  // Whoever owns the machine: past foreign keys, triggers and row-level security.
  await superuser.query("SET session_replication_role = replica");
});
afterAll(async () => {
  await superuser?.end();
  await app?.close();
});

const record = (subject: string) => {
  const ctx = app.ctx("centre");
  return inScope(ctx.db, scopeOf(ctx), (trx) =>
    audit(trx, ctx, { action: "catalogue.change", outcome: "done", subject, detail: { rows: 3 } }),
  );
};
const services = () => ({ ...app.services, config: app.config });
const verify = () => verifyAudit(app.ctx("auditor"), app.config.filesDir);

describe("the chain", () => {
  it("takes lines written at the same time one after the other, without a gap", async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => record(`at once ${n}`)));
    const { rows } = await app.owner.query<{ n: number; last: number }>(
      "SELECT count(*)::int AS n, max(seq)::int AS last FROM audit_link WHERE county_code = $1",
      [MINI.county],
    );
    expect(rows[0]?.n).toBe(rows[0]?.last);
    expect(rows[0]?.n).toBeGreaterThanOrEqual(40);
    expect(await verify()).toMatchObject({ problems: [] });
  });

  it("keeps a line that was undone out of the log and the chain", async () => {
    const before = (await verify()).lines;
    const ctx = app.ctx("centre");
    const undone = inScope(ctx.db, scopeOf(ctx), async (trx) => {
      await audit(trx, ctx, { action: "catalogue.change", outcome: "done" });
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    expect((await verify()).lines).toBe(before);
  });

  it("cannot be written by the application's role", async () => {
    const client = new pg.Client({ connectionString: app.database.appUrl });
    await client.connect();
    await client.query(`SELECT set_config('onegrid.county', '${MINI.county}', false)`);
    const attempts = [
      "UPDATE audit_event SET outcome = 'refused'",
      "DELETE FROM audit_event",
      "TRUNCATE audit_event CASCADE",
      "DELETE FROM audit_link",
      "UPDATE audit_link SET hash = hash",
      `INSERT INTO audit_link VALUES ('${MINI.county}', 9999, 1, sha256('x'))`,
      "ALTER TABLE audit_event DISABLE TRIGGER ALL",
      "SET session_replication_role = replica",
    ];
    for (const attempt of attempts) {
      await expect(client.query(attempt), attempt).rejects.toThrow(
        /permission denied|must be owner/,
      );
    }
    await client.end();
  });
});

describe("a machine's owner who changes the log", () => {
  let county: string;
  beforeEach(async () => {
    county = MINI.county;
    for (let n = 0; n < 5; n += 1) await record(`line ${n}`);
  });
  const last = async () => {
    const { rows } = await superuser.query<{ seq: string; audit_id: string }>(
      `SELECT seq::text, audit_id::text FROM audit_link WHERE county_code = $1
        ORDER BY audit_link.seq DESC LIMIT 1 OFFSET 2`,
      [county],
    );
    return rows[0] as { seq: string; audit_id: string };
  };
  /** Tampers, looks, and puts everything back. */
  const tampering = async (...statements: string[]) => {
    await superuser.query(
      "CREATE TABLE e AS TABLE audit_event; CREATE TABLE l AS TABLE audit_link",
    );
    for (const statement of statements) {
      const { rowCount } = await superuser.query(statement);
      expect([statement, rowCount]).not.toEqual([statement, 0]);
    }
    const { problems } = await verify();
    await superuser.query(`DELETE FROM audit_link; DELETE FROM audit_event;
      INSERT INTO audit_event OVERRIDING SYSTEM VALUE SELECT * FROM e;
      INSERT INTO audit_link SELECT * FROM l; DROP TABLE e, l`);
    return problems;
  };

  it.each([
    ["who", "account_id = gen_random_uuid()"],
    ["what", "action = 'session.sign_in'"],
    ["when", "occurred_at = occurred_at + interval '1 microsecond'"],
    ["from where", "address = '10.0.0.1'"],
    ["with what result", "outcome = 'refused'"],
    ["details", `detail = '{"rows": 4}'`],
  ])("is found who changed %s", async (_what, set) => {
    const { audit_id } = await last();
    const problems = await tampering(`UPDATE audit_event SET ${set} WHERE audit_id = ${audit_id}`);
    expect(problems).toEqual([expect.stringContaining(`line ${audit_id} `)]);
  });

  it("is found who took a line out, also with its link", async () => {
    const { audit_id, seq } = await last();
    const one = `DELETE FROM audit_event WHERE audit_id = ${audit_id}`;
    expect(await tampering(one)).toEqual([`link ${seq}: line ${audit_id} is gone`]);
    const both = await tampering(one, `DELETE FROM audit_link WHERE audit_id = ${audit_id}`);
    expect(both[0]).toBe(`links ${seq} to ${seq} are gone`);
    // Numbering the rest anew does not help: the next line was hashed with the one that is gone.
    const renumbered = await tampering(
      one,
      `DELETE FROM audit_link WHERE audit_id = ${audit_id}`,
      `UPDATE audit_link SET seq = seq - 1 WHERE seq > ${seq}`,
    );
    expect(renumbered).toEqual([expect.stringContaining("is not what was written")]);
  });

  it("is found who put a line in or changed places of two", async () => {
    const put = await tampering(
      `INSERT INTO audit_event (county_code, action, outcome) VALUES ('${county}', 'x', 'done')`,
    );
    expect(put).toEqual([expect.stringMatching(/has no link/)]);
    const { seq, audit_id } = await last();
    const moved = await tampering(
      `UPDATE audit_link SET audit_id = -1 WHERE seq = ${seq}`,
      `UPDATE audit_link SET audit_id = ${audit_id} WHERE seq = ${seq} + 1`,
    );
    expect(moved.length).toBeGreaterThan(0);
  });

  it("is found by the anchors who cut the end off or made the whole chain anew", async () => {
    await auditTasks["audit.anchor"](services());
    expect((await verify()).problems).toEqual([]);
    const cut = await tampering(
      `DELETE FROM audit_link WHERE seq > (SELECT max(seq) - 3 FROM audit_link)`,
      `DELETE FROM audit_event e WHERE NOT EXISTS (SELECT FROM audit_link l WHERE l.audit_id = e.audit_id)`,
    );
    expect(cut).toEqual([expect.stringMatching(/^the anchor of .* which is gone$/)]);
    const anew = await tampering(
      `UPDATE audit_event SET outcome = 'refused' WHERE audit_id = ${(await last()).audit_id}`,
      `DELETE FROM audit_link`,
      `DO $$ DECLARE l audit_event; h bytea := ''; n int := 0; BEGIN
         FOR l IN SELECT * FROM audit_event WHERE county_code = '${county}' ORDER BY audit_id LOOP
           h := sha256(h || convert_to(onegrid.audit_line(l), 'UTF8')); n := n + 1;
           INSERT INTO audit_link VALUES (l.county_code, n, l.audit_id, h);
         END LOOP; END $$`,
    );
    expect(anew).toEqual([expect.stringMatching(/differs from the anchor/)]);
  });

  it("is found by the daily digest who changed the case log", async () => {
    const ctx = app.ctx("worker1");
    const { results } = await reportCases(ctx, [aReport(), aReport(), aReport()]);
    expect(results.map((result) => result.outcome)).toEqual(["accepted", "accepted", "accepted"]);
    await superuser.query("UPDATE case_event SET recorded_at = '2026-11-24T05:00:00Z'");
    app.clock.set(new Date("2026-11-25T02:00:00Z"));
    await auditTasks["audit.anchor"](services());
    await auditTasks["audit.anchor"](services());
    expect(await verify()).toMatchObject({ problems: [], digests: 2 });
    await superuser.query(
      `UPDATE case_event SET data = data || '{"description": "as it never was"}'
        WHERE event_id = (SELECT event_id FROM case_event LIMIT 1)`,
    );
    const { problems } = await verify();
    expect(problems).toEqual([expect.stringContaining("case log of 2026-11-24")]);
    await superuser.query("DELETE FROM case_event");
    expect((await verify()).problems).toEqual([
      expect.stringMatching(/[1-9]\d* events then, 0 now/),
    ]);
  });

  it("is found who spoils the anchors", async () => {
    const file = join(app.config.filesDir, "audit-anchors", `${county}.jsonl`);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, `${text}nonsense\n`);
    expect((await verify()).problems).toContainEqual(expect.stringMatching(/cannot be read/));
    writeFileSync(file, text);
  });
});

describe("the audit administrator", () => {
  it("reads the log page by page and exports it, which is recorded itself", async () => {
    const auditor = await app.as("auditor");
    for (let n = 0; n < 110; n += 1) await record(`=cmd|' /C calc'!A${n}`);
    const first = (await auditor.get("/api/v1/audit?action=catalogue.change")).json();
    expect(first.lines).toHaveLength(100);
    const next = await auditor.get(
      `/api/v1/audit?action=catalogue.change&cursor=${first.nextCursor}`,
    );
    const seqs = [...first.lines, ...next.json().lines].map(({ seq }: { seq: string }) =>
      Number(seq),
    );
    expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
    expect(first.lines[0]).toMatchObject({ login: "centre", outcome: "done", detail: { rows: 3 } });

    const { payload, headers } = await auditor.get("/api/v1/audit/export?login=centre");
    expect(headers["content-type"]).toContain("text/csv");
    const lines = payload.trimEnd().split("\r\n");
    expect(lines[0]).toBe(
      "\uFEFFseq,occurredAt,login,accountId,action,outcome,subject,address,requestId,detail",
    );
    expect(lines.length).toBeGreaterThan(110);
    // A spreadsheet runs nothing of it.
    expect(payload).toContain("'=cmd|");
    expect(payload).not.toMatch(/,"?=cmd/);
    const own = (await auditor.get("/api/v1/audit?action=audit.export")).json().lines;
    expect(own[0]).toMatchObject({ login: "auditor", detail: { login: "centre" } });
  });

  it("sees no other county's log and takes no cursor of its own making", async () => {
    const auditor = await app.as("auditor");
    await superuser
      .query(
        "INSERT INTO audit_event (county_code, action, outcome) VALUES ('999999', 'secret.act', 'done')",
      )
      .catch(() => {});
    const { lines } = (await auditor.get("/api/v1/audit?action=secret.act")).json();
    expect(lines).toEqual([]);
    const bad = await auditor.get(
      `/api/v1/audit?cursor=${Buffer.from("1 OR 1=1").toString("base64url")}`,
    );
    expect(bad.statusCode).toBe(422);
  });
});
