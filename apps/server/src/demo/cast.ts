import type { Category } from "@onegrid/contract";
import type { Actor } from "@onegrid/domain";
import { gridsOf } from "../modules/grids/index.ts";
import type { MadeAccount } from "../modules/identity/index.ts";
import { residentActor, type Ctx } from "../platform/context.ts";
import { DEMO_STREETS } from "./accounts.ts";
import type { DemoCast, DemoPlace } from "./cases/plan-cases.ts";
import type { SeededRandom } from "./cases/random.ts";

const actorOf = ({ accountId, role, scopeCode, unitCode }: MadeAccount): Actor => ({
  accountId,
  role,
  scopeCode,
  unitCode,
});

type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Points inside one grid: random ones of its bounds, kept when the locator says they lie in it. */
const pointsIn = (
  gridCode: string,
  [west, south, east, north]: Bounds,
  at: (lng: number, lat: number) => { gridCode: string } | undefined,
  random: SeededRandom,
) => {
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  return () => {
    for (let tries = 0; tries < 1000; tries += 1) {
      const lng = round(random.between(west, east));
      const lat = round(random.between(south, north));
      if (at(lng, lat)?.gridCode === gridCode) return { lng, lat };
    }
    throw new RangeError(`found no point inside ${gridCode}`);
  };
};

/** Who and where the sample cases are played with: every level-3 grid of the two streets. */
export const castOf = async (
  ctx: Ctx,
  made: readonly MadeAccount[],
  categories: readonly Category[],
  random: SeededRandom,
): Promise<DemoCast> => {
  const grids = await gridsOf(ctx);
  const byPost = new Map(made.map((a) => [`${a.role} ${a.scopeCode}`, actorOf(a)]));
  const post = (role: string, scopeCode: string): Actor => {
    const actor = byPost.get(`${role} ${scopeCode}`);
    if (actor === undefined) throw new RangeError(`nobody is ${role} of ${scopeCode}`);
    return actor;
  };
  const places = DEMO_STREETS.flatMap((street) =>
    grids.childrenOf(street).flatMap((community) =>
      grids.childrenOf(community.gridCode).map((grid): DemoPlace => ({
        gridCode: grid.gridCode,
        names: grids
          .chainOf(grid)
          .slice(1)
          .map(({ name }) => name),
        worker: post("worker", grid.gridCode),
        head: post("head", grid.gridCode),
        communityHead: post("head", community.gridCode),
        street: post("street", street),
        streetHead: post("head", street),
        point: pointsIn(grid.gridCode, grid.bounds, (lng, lat) => grids.at(lng, lat), random),
      })),
    ),
  );
  const departments = new Map(
    made.flatMap((a) => (a.unitCode === null ? [] : [[a.unitCode, actorOf(a)] as const])),
  );
  return {
    places,
    categories: [...categories],
    departments,
    resident: residentActor(ctx.county.countyCode),
  };
};
