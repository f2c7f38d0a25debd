import type { CaseState, MeTooReach, NearbyCase, Net } from "@onegrid/contract";
import { TILE_KEY_ZOOM, tileKeyRange, tileX, tileY } from "@onegrid/geo";
import { sql } from "kysely";
import { everywhere, scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { caseNumber, caseRulesOf } from "../cases/index.ts";
import { categoriesOf } from "../catalogue/index.ts";

const MOST = 10;
const METRES_A_DEGREE = 111_320;
const EARTH_M = 40_075_017;

/** Open and accepted: what everybody may see. */
const PUBLIC_OPEN: readonly CaseState[] = [
  "filed",
  "dispatched",
  "signed",
  "handled",
  "fed_back",
  "verified",
];
const OPEN: readonly CaseState[] = ["reported", "checking", ...PUBLIC_OPEN];

type Place = { lng: number; lat: number };

/** Tiles that together hold the circle: at most four, each one range of the index. */
export const tilesAround = ({ lng, lat }: Place, radiusM: number) => {
  const squeeze = Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
  const widthAt = (zoom: number) => (EARTH_M * squeeze) / 2 ** zoom;
  let zoom = TILE_KEY_ZOOM;
  while (zoom > 0 && widthAt(zoom) < 2 * radiusM) zoom -= 1;
  const dLat = radiusM / METRES_A_DEGREE;
  const dLng = dLat / squeeze;
  const last = 2 ** zoom - 1;
  const whole = (n: number) => Math.max(0, Math.min(last, Math.floor(n)));
  const xs = new Set([lng - dLng, lng + dLng].map((each) => whole(tileX(each, zoom))));
  const ys = new Set([lat - dLat, lat + dLat].map((each) => whole(tileY(each, zoom))));
  return [...xs].flatMap((x) => [...ys].map((y) => tileKeyRange(zoom, x, y)));
};

type NearbyRow = {
  case_id: string;
  case_number: string;
  state: CaseState;
  net: Net;
  category_code: string;
  category_name: string;
  grid_code: string;
  grid_name: string;
  lng: number;
  lat: number;
  distance_m: number;
  reported_at: Date;
  followers: number;
};

/** Open cases of a category within the circle, nearest first: one statement, ranges of the index. */
const selectNearby = async (
  trx: Trx,
  ctx: Ctx,
  { lng, lat, categoryCode }: Place & { categoryCode: string },
  { radiusM, since, states }: { radiusM: number; since: Date; states: readonly CaseState[] },
): Promise<NearbyRow[]> => {
  const tiles = tilesAround({ lng, lat }, radiusM);
  const squeeze = Math.cos((lat * Math.PI) / 180);
  const { rows } = await sql<NearbyRow>`
    WITH near AS (
      SELECT c.*, sqrt(power((c.lng - ${lng}) * ${squeeze}, 2) + power(c.lat - ${lat}, 2))
        * ${METRES_A_DEGREE} AS distance_m
      FROM unnest(${tiles.map(({ from }) => from)}::bigint[],
        ${tiles.map(({ until }) => until)}::bigint[]) AS tile(first, stop)
      JOIN LATERAL (
        SELECT case_id, case_number, state, net, category_code, category_version, grid_code,
          grid_version, lng, lat, reported_at
        FROM cases WHERE county_code = ${ctx.county.countyCode}
          AND tile_key >= tile.first AND tile_key < tile.stop
          AND category_code = ${categoryCode} AND reported_at >= ${since}::timestamptz
          AND state = ANY (${[...states]}::text[])) c ON true
    )
    SELECT n.case_id, n.case_number, n.state, n.net, n.category_code, k.name AS category_name,
      n.grid_code, g.name AS grid_name, n.lng, n.lat, n.distance_m, n.reported_at,
      (SELECT count(*)::int FROM case_follower f WHERE f.county_code = ${ctx.county.countyCode}
        AND f.case_id = n.case_id AND f.origin = 'joined') AS followers
    FROM (SELECT * FROM near WHERE distance_m <= ${radiusM}
          ORDER BY distance_m, case_id LIMIT ${MOST}) n
    JOIN category k ON k.county_code = ${ctx.county.countyCode}
      AND k.category_code = n.category_code AND k.version = n.category_version
    JOIN grid g ON g.county_code = ${ctx.county.countyCode} AND g.grid_code = n.grid_code
      AND g.version = n.grid_version
    ORDER BY n.distance_m, n.case_id`.execute(trx);
  return rows;
};

const openFor = (who: "public" | "staff"): readonly CaseState[] =>
  who === "public" ? PUBLIC_OPEN : OPEN;

/** How near and how recent, by the category; by the county's rules where it says nothing. */
const reachOf = async (ctx: Ctx, categoryCode: string): Promise<MeTooReach> => {
  const { countyCode } = ctx.county;
  const own = (await categoriesOf(ctx.db, countyCode)).get(categoryCode)?.meToo ?? null;
  if (own !== null) return own;
  const { rules } = await caseRulesOf(ctx.db, countyCode);
  return { distanceM: rules.meTooDistanceM, hours: rules.meTooHours };
};

/**
 * 我也遇到: open cases of the same category within its distance and hours. For residents the
 * accepted ones, for staff those of their scope that wait to be accepted too.
 */
export const listNearby = async (
  ctx: Ctx,
  query: Place & { categoryCode: string },
  who: "public" | "staff",
): Promise<{ cases: NearbyCase[]; withinM: number }> => {
  const { countyCode, timeZone } = ctx.county;
  const reach = await reachOf(ctx, query.categoryCode);
  const scope = who === "public" ? everywhere(countyCode) : scopeOf(ctx);
  const rows = await inScope(ctx.db, scope, (trx) =>
    selectNearby(trx, ctx, query, {
      radiusM: reach.distanceM,
      since: new Date(ctx.clock.now().getTime() - reach.hours * 3_600_000),
      states: openFor(who),
    }),
  );
  return {
    withinM: reach.distanceM,
    cases: rows.map((row) => ({
      caseId: row.case_id,
      number: caseNumber(row.reported_at, row.case_number, timeZone),
      state: row.state,
      net: row.net,
      categoryCode: row.category_code,
      categoryName: row.category_name,
      gridCode: row.grid_code,
      gridName: row.grid_name,
      lng: row.lng,
      lat: row.lat,
      distanceM: Math.round(row.distance_m),
      reportedAt: row.reported_at.toISOString(),
      followers: row.followers,
    })),
  };
};

/** Whether a case is one that anybody may join; staff also one that waits to be accepted. */
export const isJoinable = (state: CaseState, who: "public" | "staff"): boolean =>
  openFor(who).includes(state);
