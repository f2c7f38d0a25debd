import { inScope } from "../../platform/database.ts";
import { systemActor } from "../../platform/context.ts";
import type { Tasks, WorkerServices } from "../../platform/jobs.ts";
import { readCounties } from "../county/index.ts";
import { writeAnchor } from "./anchors.ts";
import { audit } from "./audit.ts";
import { digestBounds, lastFullDay } from "./days.ts";
import { digestCaseEvents, readDigests, readHead } from "./verify-queries.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Digests yesterday's case log into the audit log and anchors the chain to a file; daily. */
    "audit.anchor": Record<string, never>;
  }
}

/** A day that has a digest gets no second one: the first was taken when nobody had had time. */
const anchorAudit = async ({ config, database, clock }: WorkerServices): Promise<void> => {
  for (const county of await readCounties(database.db)) {
    const { countyCode, timeZone } = county;
    const scope = { countyCode, scopeCode: countyCode, unitCode: "" };
    const actor = systemActor(countyCode);
    const day = lastFullDay(clock.now(), timeZone);
    await inScope(database.db, scope, async (trx) => {
      if ((await readDigests(trx, countyCode)).some((digest) => digest.day === day)) return;
      const { from, to } = digestBounds(day, timeZone);
      const detail = await digestCaseEvents(trx, countyCode, from, to);
      const ctx = { county, actor, clock, requestId: "audit.anchor" };
      await audit(trx, ctx, { action: "cases.digest", outcome: "done", subject: day, detail });
    });
    // After the commit that linked the digest, so that the anchor covers it.
    const head = await inScope(database.db, scope, (trx) => readHead(trx, countyCode));
    if (head === null) continue;
    const { seq, hash } = head;
    const at = clock.now().toISOString();
    await writeAnchor(config.filesDir, countyCode, { at, seq, hash: hash.toString("hex") });
  }
};

export const auditTasks = { "audit.anchor": anchorAudit } satisfies Tasks;
