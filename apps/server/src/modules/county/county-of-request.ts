import type { FastifyRequest } from "fastify";
import type { Db } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Services } from "../../platform/services.ts";
import { readCounties, type KnownCounty } from "./county-queries.ts";
import { noCounty } from "./problems.ts";

/** Counties are added by hand and seldom; another process hears of one this much later. */
const REFRESH_MS = 5_000;

type Kept = { loading: Promise<KnownCounty[]>; readAtMs: number };
const kept = new WeakMap<Db, Kept>();

const counties = async (db: Db): Promise<KnownCounty[]> => {
  const known = kept.get(db);
  // The age of a cache is the process's own matter: monotonic, not the product's clock.
  if (known !== undefined && performance.now() - known.readAtMs < REFRESH_MS) {
    const list = await known.loading;
    // An installation without a county waits for its first one and must see it at once.
    if (list.length > 0) return list;
  }
  const loading = readCounties(db);
  kept.set(db, { loading, readAtMs: performance.now() });
  loading.catch(() => kept.delete(db));
  return loading;
};

const hostName = (host: string): string => host.toLowerCase().replace(/:\d+$/, "");

/**
 * The county that an address serves: the one that lists the host name, else the oldest of the
 * deployment. Throws `county.none` (503) before the first county is set up.
 */
const countyOfHost = async (db: Db, host: string): Promise<KnownCounty> => {
  const list = await counties(db);
  const name = hostName(host);
  const county = list.find(({ hosts }) => hosts.includes(name)) ?? list[0];
  if (county === undefined) throw new ProblemError(noCounty);
  return county;
};

/** `countyOfHost` of the host a request was sent to. */
export const countyFor = (
  { database }: Pick<Services, "database">,
  request: FastifyRequest,
): Promise<KnownCounty> => countyOfHost(database.db, request.host);
