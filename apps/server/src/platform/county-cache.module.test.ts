import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { announceChange } from "./changes.ts";
import { countyCache } from "./county-cache.ts";
import { type Database, inScope, openDatabase } from "./database.ts";

describe("countyCache", () => {
  let database: TestDatabase;
  let here: Database;
  let there: Database;
  beforeAll(async () => {
    database = await testDatabase();
    here = openDatabase({ url: database.appUrl });
    there = openDatabase({ url: database.appUrl });
  });
  afterAll(async () => {
    await here.close();
    await there.close();
    await database.close();
  });

  const countingCache = () => {
    let loads = 0;
    const cache = countyCache("catalogue", async () => {
      loads += 1;
      return loads;
    });
    return cache;
  };
  const change = (from: Database, topic: "catalogue" | "calendar", countyCode: string) =>
    inScope(from.db, { countyCode, scopeCode: countyCode, unitCode: "" }, (trx) =>
      announceChange(trx, topic, countyCode),
    );

  it("loads once for many callers, and again after its own topic changed elsewhere", async () => {
    const cache = countingCache();
    const first = await Promise.all([1, 2, 3].map(() => cache.get(here.db, "A")));
    expect(first).toEqual([1, 1, 1]);
    expect(await cache.get(here.db, "B")).toBe(2);
    await change(there, "calendar", "A");
    await change(there, "catalogue", "A");
    await vi.waitFor(async () => expect(await cache.get(here.db, "A")).toBe(3));
    expect(await cache.get(here.db, "B")).toBe(2);
  });

  it("hears nothing of a change that was rolled back", async () => {
    const cache = countingCache();
    await cache.get(here.db, "A");
    const scope = { countyCode: "A", scopeCode: "A", unitCode: "" };
    const rolledBack = inScope(there.db, scope, async (trx) => {
      await announceChange(trx, "catalogue", "A");
      throw new Error("rolled back");
    });
    await expect(rolledBack).rejects.toThrow("rolled back");
    // A second change of another county comes after it on the same wire, so waiting for that is enough.
    await cache.get(here.db, "B");
    await change(there, "catalogue", "B");
    await vi.waitFor(async () => expect(await cache.get(here.db, "B")).toBe(3));
    expect(await cache.get(here.db, "A")).toBe(1);
  });

  it("forgets everything when its ear is cut off, and trusts again once it listens again", async () => {
    const cache = countingCache();
    await cache.get(here.db, "A");
    const cut = () =>
      here.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = 'onegrid changes' AND datname = current_database()`,
      );
    await cut();
    await vi.waitFor(async () => expect(await cache.get(here.db, "A")).toBeGreaterThan(1));
    await vi.waitFor(
      async () => {
        const before = await cache.get(here.db, "A");
        expect(await cache.get(here.db, "A")).toBe(before);
      },
      { timeout: 5_000 },
    );
  });

  it("does not keep a failure", async () => {
    let fail = true;
    const cache = countyCache("calendar", async () => {
      if (fail) throw new Error("database away");
      return "good";
    });
    await expect(cache.get(here.db, "A")).rejects.toThrow("database away");
    fail = false;
    expect(await cache.get(here.db, "A")).toBe("good");
  });
});
