import type { Ctx } from "../../platform/context.ts";
import { scopeOf } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { readAnchors, type Anchor } from "./anchors.ts";
import { digestBounds } from "./days.ts";
import { digestCaseEvents, linkHash, readChain, readDigests } from "./verify-queries.ts";

/** What was found; `problems` empty means that nothing was changed since it was written. */
export type AuditVerdict = {
  lines: number;
  anchors: number;
  digests: number;
  problems: string[];
};

const checkChain = async (
  trx: Trx,
  countyCode: string,
  anchors: readonly Anchor[],
  problems: string[],
): Promise<number> => {
  const anchored = Map.groupBy(anchors, ({ seq }) => seq);
  let previous: Buffer = Buffer.alloc(0);
  let expected = 1n;
  let lines = 0;
  for await (const page of readChain(trx, countyCode)) {
    for (const { auditId, seq, linkedId, hash, line, action } of page) {
      if (seq === null || hash === null) {
        problems.push(`line ${auditId} (${action}) has no link: it was put in past the chain`);
        continue;
      }
      if (BigInt(seq) !== expected)
        problems.push(`links ${expected} to ${BigInt(seq) - 1n} are gone`);
      expected = BigInt(seq) + 1n;
      lines += 1;
      if (auditId === null || line === null) problems.push(`link ${seq}: line ${linkedId} is gone`);
      else if (!linkHash(previous, line).equals(hash)) {
        problems.push(`link ${seq}: line ${auditId} (${action}) is not what was written`);
      }
      // The stored hash goes on, so that one change is told once and not for all that follow.
      previous = hash;
      for (const anchor of anchored.get(seq) ?? []) {
        if (anchor.hash !== hash.toString("hex")) {
          problems.push(`link ${seq} differs from the anchor of ${anchor.at}`);
        }
      }
    }
  }
  for (const { seq, at } of anchors) {
    if (BigInt(seq) >= expected)
      problems.push(`the anchor of ${at} names link ${seq}, which is gone`);
  }
  return lines;
};

const checkDigests = async (ctx: Ctx, trx: Trx, problems: string[]): Promise<number> => {
  const { countyCode, timeZone } = ctx.county;
  const digests = await readDigests(trx, countyCode);
  for (const { day, events, sha256 } of digests) {
    const { from, to } = digestBounds(day, timeZone);
    const now = await digestCaseEvents(trx, countyCode, from, to);
    if (now.sha256 === sha256) continue;
    problems.push(
      `the case log of ${day} is not what it was: ${events} events then, ${now.events} now`,
    );
  }
  return digests.length;
};

/**
 * Compares the county's audit log with its chain, the chain with the anchors outside the database,
 * and the case log with its daily digests. Reads one state of the database; changes nothing.
 */
export const verifyAudit = async (ctx: Ctx, filesDir: string): Promise<AuditVerdict> => {
  const { countyCode } = ctx.county;
  const problems: string[] = [];
  // First, as what is anchored while the chain is being read is behind its end.
  const { anchors, unreadable } = await readAnchors(filesDir, countyCode);
  for (const line of unreadable) problems.push(`line ${line} of the anchors cannot be read`);
  return inScope(ctx.db, scopeOf(ctx), async (trx) => ({
    lines: await checkChain(trx, countyCode, anchors, problems),
    anchors: anchors.length,
    digests: await checkDigests(ctx, trx, problems),
    problems,
  }));
};
