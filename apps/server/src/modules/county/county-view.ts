import type { County } from "@onegrid/contract";
import type { FastifyRequest } from "fastify";
import { countyCache } from "../../platform/county-cache.ts";
import type { Services } from "../../platform/services.ts";
import { countyFor } from "./county-of-request.ts";
import { readBounds } from "./county-queries.ts";

const boundsOf = countyCache("grids", readBounds);

/** The county that a request is for, as every screen needs to know it. Throws `county.none`. */
export const countyView = async (
  services: Pick<Services, "database">,
  request: FastifyRequest,
): Promise<County> => {
  const { levelLengths, hosts: _hosts, ...county } = await countyFor(services, request);
  return {
    ...county,
    levelLengths: [...levelLengths],
    bounds: await boundsOf.get(services.database.db, county.countyCode),
  };
};
