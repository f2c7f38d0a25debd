import type { CaseChanged } from "@onegrid/contract";
import type { Case } from "@onegrid/domain";
import { sql } from "kysely";
import type { NewsChannel } from "../../platform/changes.ts";
import type { Db } from "../../platform/database.ts";

/** The channel on which processes tell each other of changed cases. */
export const CASE_CHANNEL: NewsChannel = "onegrid_case";

/** A change with what is needed to decide who may hear of it. */
export type CaseNews = CaseChanged & { countyCode: string; units: string[] };

type Line = [
  caseId: string,
  kind: CaseNews["kind"],
  version: number,
  grid: string,
  units: string[],
];

/** PostgreSQL refuses payloads of 8,000 bytes. */
const PAYLOAD_BYTES = 7_900;

type Pending = Map<string, Line[]>;
type Publisher = { pending: Pending; sending: boolean };
const publishers = new WeakMap<Db, Publisher>();

/** Payloads for one county: as many changes in each as fit. Codes and ids are ASCII. */
export const payloadsOf = (countyCode: string, lines: readonly Line[]): string[] => {
  const payloads: string[] = [];
  const head = JSON.stringify([countyCode]).slice(0, -1);
  let payload = head;
  for (const line of lines) {
    const text = `,${JSON.stringify(line)}`;
    if (payload.length + text.length >= PAYLOAD_BYTES) {
      payloads.push(`${payload}]`);
      payload = head;
    }
    payload += text;
  }
  payloads.push(`${payload}]`);
  return payloads;
};

/** The changes in a payload. */
export const newsOf = (payload: string): CaseNews[] => {
  const [countyCode, ...lines] = JSON.parse(payload) as [string, ...Line[]];
  return lines.map(([caseId, kind, version, gridCode, units]) => ({
    countyCode,
    caseId,
    kind,
    version,
    gridCode,
    units,
  }));
};

const flush = async (db: Db, publisher: Publisher): Promise<void> => {
  publisher.sending = true;
  try {
    while (publisher.pending.size > 0) {
      const batch = publisher.pending;
      publisher.pending = new Map();
      const payloads = [...batch].flatMap(([county, lines]) => payloadsOf(county, lines));
      await sql`SELECT pg_notify(${CASE_CHANNEL}, p) FROM unnest(${payloads}::text[]) p`.execute(
        db,
      );
    }
  } catch {
    // News is a hint and not the fact: whoever watches reads the lists again when reconnecting.
    publisher.pending.clear();
  } finally {
    publisher.sending = false;
  }
};

/**
 * Tells every process that cases have changed, after their commit. A notification inside the
 * transaction would make commits queue behind one another (PostgreSQL locks its notification queue
 * until the disk has answered); so news is sent apart, as much as has gathered, one statement at
 * a time. It can be lost with the process, and nothing depends on it.
 */
export const publishCases = (
  db: Db,
  countyCode: string,
  cases: readonly Case[],
  kind: CaseNews["kind"],
): void => {
  let publisher = publishers.get(db);
  if (publisher === undefined) {
    publisher = { pending: new Map(), sending: false };
    publishers.set(db, publisher);
  }
  const lines = publisher.pending.get(countyCode) ?? [];
  for (const c of cases) lines.push([c.caseId, kind, c.version, c.gridCode, c.involvedUnits]);
  publisher.pending.set(countyCode, lines);
  if (!publisher.sending) void flush(db, publisher);
};
