import pg from "pg";
import type { Db } from "../../platform/database.ts";
import type { PreparedReport } from "./prepare-report.ts";
import { storeReports, type TakenReport } from "./report-store.ts";

/** Statements under way at once for a county: one at the disk while the next is being read. */
const IN_FLIGHT = 2;
const ROWS = 200;
const ATTEMPTS = 3;

type Waiting = {
  report: PreparedReport;
  resolve: (taken: TakenReport) => void;
  reject: (error: unknown) => void;
};

/** SQLSTATE classes that one row's content can cause: the others would fail again row by row. */
const isOfARow = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && /^(22|23|42501|P0)/.test(error.code ?? "");

const isRetryable = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && /^(40001|40P01)$/.test(error.code ?? "");

/**
 * Group commit for one county: what arrives while its statements are under way goes into the next
 * one together, so that the commit's wait for the disk is shared. Nothing waits for a timer; a
 * lone report is stored at once.
 */
class CountyQueue {
  readonly #db: Db;
  readonly #countyCode: string;
  #waiting: Waiting[] = [];
  #inFlight = 0;

  constructor(db: Db, countyCode: string) {
    this.#db = db;
    this.#countyCode = countyCode;
  }

  take(report: PreparedReport): Promise<TakenReport> {
    const taken = new Promise<TakenReport>((resolve, reject) => {
      this.#waiting.push({ report, resolve, reject });
    });
    // After the caller has queued the rest of its batch.
    queueMicrotask(() => this.#pump());
    return taken;
  }

  #pump(): void {
    while (this.#inFlight < IN_FLIGHT && this.#waiting.length > 0) {
      const group = this.#nextGroup();
      this.#inFlight += 1;
      void this.#store(group).finally(() => {
        this.#inFlight -= 1;
        this.#pump();
      });
    }
  }

  /** The next rows, each id once: a second report with an id waits to see what became of the first. */
  #nextGroup(): Waiting[] {
    const ids = new Set<string>();
    const group: Waiting[] = [];
    const later: Waiting[] = [];
    for (const waiting of this.#waiting) {
      const id = waiting.report.after.caseId;
      if (group.length < ROWS && !ids.has(id)) {
        ids.add(id);
        group.push(waiting);
      } else {
        later.push(waiting);
      }
    }
    this.#waiting = later;
    return group;
  }

  async #store(group: Waiting[], attempt = 1): Promise<void> {
    try {
      const reports = group.map(({ report }) => report);
      const taken = await storeReports(this.#db, this.#countyCode, reports);
      for (const { report, resolve, reject } of group) {
        const row = taken.get(report.after.caseId);
        if (row === undefined) reject(new Error(`no answer for case ${report.after.caseId}`));
        else resolve(row);
      }
    } catch (error) {
      if (isRetryable(error) && attempt < ATTEMPTS) return this.#store(group, attempt + 1);
      if (group.length > 1 && isOfARow(error)) {
        for (const waiting of group) await this.#store([waiting]);
        return;
      }
      for (const { reject } of group) reject(error);
    }
  }
}

const queues = new WeakMap<Db, Map<string, CountyQueue>>();

/**
 * Stores a report together with whatever else arrives at this moment for its county. A row that
 * the database refuses fails alone: its group is tried again row by row.
 */
export const takeReport = (
  db: Db,
  countyCode: string,
  report: PreparedReport,
): Promise<TakenReport> => {
  let counties = queues.get(db);
  if (counties === undefined) {
    counties = new Map();
    queues.set(db, counties);
  }
  let queue = counties.get(countyCode);
  if (queue === undefined) {
    queue = new CountyQueue(db, countyCode);
    counties.set(countyCode, queue);
  }
  return queue.take(report);
};
