import type { RegisterValue } from "@onegrid/contract";
import { isInArea, type LngLat } from "@onegrid/geo/edit";
import type { CountyGrids, CurrentGrid } from "../../modules/grids/index.ts";
import type { SeededRandom } from "../cases/random.ts";

export type RegisterRows = Record<string, RegisterValue>[];

export type SamplePlaces = {
  estates: RegisterRows;
  buildings: RegisterRows;
  companies: RegisterRows;
  committees: RegisterRows;
};

const FIRST = ["阳光", "锦绣", "丹桂", "牡丹", "明月", "凤山", "桂湖", "长安", "金苑", "春江"];
const LAST = ["花园", "家园", "小区", "苑", "新城", "名居"];
const COMPANIES = ["安居", "惠民", "康庭", "美邻", "和顺", "诚信", "绿洲", "优家", "万福", "同心"];
/** The registers of the sample begin with the year before the integration. */
const SINCE = "2024-01-01";

const companiesOf = (): RegisterRows =>
  COMPANIES.map((name, index) => ({
    code: `WY${String(index + 1).padStart(3, "0")}`,
    name: `${name}物业服务有限公司`,
    dutyPhone: `023-7451${String(1000 + index)}`,
    validFrom: SINCE,
    validTo: null,
  }));

/** 三无 as it comes: no company, and then perhaps nothing else either. */
const lacksOf = (hasCompany: boolean, random: SeededRandom): string[] => [
  ...(hasCompany ? [] : ["property_management"]),
  ...(hasCompany || random.chance(0.3) ? [] : ["responsible_unit"]),
  ...(hasCompany || random.chance(0.4) ? [] : ["security"]),
];

const stateOf = (lacks: readonly string[], random: SeededRandom): string => {
  if (lacks.length < 3) return "not_listed";
  return random.chance(0.4) ? "accepted" : "listed";
};

/** The first estate lies in the middle of its grid, a second one towards the edge that is farther. */
const placeOf = ({ labelAt, bounds, area }: CurrentGrid, n: number): LngLat => {
  const [west, south, east, north] = bounds;
  const [lng, lat] = labelAt;
  const toEdge = (from: number, low: number, high: number) =>
    from + (from - low > high - from ? low - from : high - from) / 2;
  const aside: LngLat = [toEdge(lng, west, east), toEdge(lat, south, north)];
  const [x, y] = n > 1 && isInArea(area, aside) ? aside : labelAt;
  return [Number(x.toFixed(6)), Number(y.toFixed(6))];
};

/** Estates, buildings, companies and owners' committees for the level-3 grids of the streets. */
export const samplePlaces = (
  grids: CountyGrids,
  streets: readonly string[],
  random: SeededRandom,
): SamplePlaces => {
  const companies = companiesOf();
  const places: SamplePlaces = { estates: [], buildings: [], companies, committees: [] };
  const inner = streets.flatMap((street) =>
    grids.childrenOf(street).flatMap(({ gridCode }) => grids.childrenOf(gridCode)),
  );
  for (const grid of inner) {
    const { gridCode } = grid;
    const count = random.chance(0.5) ? 2 : 1;
    for (let n = 1; n <= count; n += 1) {
      const code = `XQ${gridCode.slice(6)}${n}`;
      const company = random.chance(0.75) ? random.pick(companies) : null;
      const lacks = lacksOf(company !== null, random);
      const households = Math.round(random.between(60, 480));
      const name = random.pick(FIRST) + random.pick(LAST);
      const [lng, lat] = placeOf(grid, n);
      places.estates.push({
        code,
        name,
        gridCode,
        address: null,
        households,
        lng,
        lat,
        companyCode: company?.["code"] ?? null,
        threeWithout: stateOf(lacks, random),
        lacks: lacks.length === 3 ? lacks : [],
        note: null,
        validFrom: SINCE,
        validTo: null,
      });
      for (let b = 1; b <= 2; b += 1) {
        places.buildings.push({
          code: `${code}-${b}`,
          name: `${name}${b}栋`,
          gridCode,
          estateCode: code,
          floors: Math.round(random.between(6, 33)),
          households: Math.round(households / 2),
          validFrom: SINCE,
          validTo: null,
        });
      }
      if (random.chance(0.4)) {
        places.committees.push({
          code: `YW${code.slice(2)}`,
          name: `${name}业主委员会`,
          gridCode,
          estateCode: code,
          termEndsOn: null,
          validFrom: SINCE,
          validTo: null,
        });
      }
    }
  }
  return places;
};
