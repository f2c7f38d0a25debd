import { type ChangeTopic, changesOf } from "./changes.ts";
import type { Db } from "./database.ts";

/** Something read often and changed seldom, kept in memory for each county of each database. */
export type CountyCache<T> = {
  get(db: Db, countyCode: string): Promise<T>;
  /** Drops what this process keeps; call after committing a change, so that one reads one's own. */
  forget(db: Db, countyCode: string): void;
};

/**
 * A cache that `announceChange(trx, topic, county)` empties in every process. What is kept is only
 * trusted while changes are heard: without that connection every call loads afresh.
 */
export const countyCache = <T>(
  topic: ChangeTopic,
  load: (db: Db, countyCode: string) => Promise<T>,
): CountyCache<T> => {
  const kept = new WeakMap<Db, Map<string, Promise<T>>>();

  const keptFor = (db: Db): Map<string, Promise<T>> => {
    const known = kept.get(db);
    if (known !== undefined) return known;
    const counties = new Map<string, Promise<T>>();
    kept.set(db, counties);
    changesOf(db)?.subscribe((change) => {
      if (change === null) counties.clear();
      else if (change.topic === topic) counties.delete(change.countyCode);
    });
    return counties;
  };

  return {
    get: async (db, countyCode) => {
      const counties = keptFor(db);
      // Listen first and load second: a change in between is heard and empties the cache again.
      if (!(await changesOf(db)?.listening())) return load(db, countyCode);
      const known = counties.get(countyCode);
      if (known !== undefined) return known;
      const loading = load(db, countyCode);
      counties.set(countyCode, loading);
      loading.catch(() => {
        if (counties.get(countyCode) === loading) counties.delete(countyCode);
      });
      return loading;
    },
    forget: (db, countyCode) => {
      keptFor(db).delete(countyCode);
    },
  };
};
