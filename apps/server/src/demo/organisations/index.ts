import type { OrganisationBase, OrganisationLevel, RegisterValue } from "@onegrid/contract";
import { PLACEMENTS, type OrganisationFact } from "@onegrid/domain";
import { gridsOf } from "../../modules/grids/index.ts";
import { recordFacts, type FactsOf } from "../../modules/organisations/index.ts";
import { loadRows } from "../../modules/registers/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { seededRandom, type SeededRandom } from "../cases/random.ts";
import { samplePlaces, type SamplePlaces } from "./places.ts";

/** Its own seed: the sample cases do not move when organisations change. */
const SEED = 500_232;

type Place = { gridCode: string; base: OrganisationBase; baseCode: string; name: string };

const founded = (
  code: string,
  level: OrganisationLevel,
  place: Place,
  parentCode: string | null,
  random: SeededRandom,
): FactsOf => {
  const { termYears } = PLACEMENTS[level];
  const year = 2021 + Math.floor(random.next() * 4);
  const facts: OrganisationFact[] = [
    {
      kind: "found",
      effectiveOn: `${year}-0${1 + Math.floor(random.next() * 9)}-15`,
      data: { level, parentCode, termYears, ...place },
    },
  ];
  // Most were elected again when their term ended; the rest is what reminders are for.
  if (termYears !== null && year + termYears <= 2026 && random.chance(0.7)) {
    facts.push({
      kind: "renew",
      effectiveOn: `${year + termYears}-01-10`,
      data: { note: null },
    });
  }
  return { code, baseSeq: null, facts };
};

const textOf = (value: RegisterValue | undefined): string =>
  typeof value === "string" ? value : "";

/** Branches and groups of what the registers hold; some places have none, as in life. */
const builtOn = (
  { estates, companies, committees }: SamplePlaces,
  branchOf: (gridCode: string) => string | null,
  random: SeededRandom,
): FactsOf[] => {
  const placeOf = (row: Record<string, RegisterValue>, base: OrganisationBase): Place => ({
    gridCode: textOf(row["gridCode"]),
    base,
    baseCode: textOf(row["code"]),
    name: textOf(row["name"]),
  });
  const make = (
    row: Record<string, RegisterValue>,
    base: OrganisationBase,
    share: number,
    suffix: string,
  ): FactsOf[] => {
    const place = placeOf(row, base);
    if (!random.chance(share)) return [];
    const level = base === "estate" ? "party_group" : "grid_branch";
    const parent = base === "estate" ? branchOf(place.gridCode) : null;
    const code = `DZ-${place.baseCode}`;
    return [founded(code, level, { ...place, name: place.name + suffix }, parent, random)];
  };
  const inGrid = new Map(
    estates.map((row) => [textOf(row["companyCode"]), textOf(row["gridCode"])]),
  );
  return [
    ...estates.flatMap((row) => make(row, "estate", 0.7, "党小组")),
    ...committees.flatMap((row) => make(row, "owners_committee", 0.35, "党支部")),
    ...companies
      .map((row) => ({ ...row, gridCode: inGrid.get(textOf(row["code"])) ?? "" }))
      .filter((row) => row.gridCode !== "")
      .flatMap((row) => make(row, "property_company", 0.6, "党支部")),
  ];
};

/**
 * Sample Party organisations for every street and community of the county and every level-3 grid,
 * and the registers of the two streets. Two level-3 grids have none, so that the list of exceptions
 * has something to say.
 */
export const loadDemoOrganisations = async (
  ctx: Ctx,
  streets: readonly string[],
): Promise<void> => {
  const random = seededRandom(SEED);
  const grids = await gridsOf(ctx);
  const places = samplePlaces(grids, streets, random);
  await loadRows(ctx, "property_companies", places.companies);
  await loadRows(ctx, "estates", places.estates);
  await loadRows(ctx, "buildings", places.buildings);
  await loadRows(ctx, "owners_committees", places.committees);

  const changes: FactsOf[] = [];
  const branches = new Map<string, string>();
  const place = (gridCode: string, name: string): Place => ({
    gridCode,
    base: "grid",
    baseCode: gridCode,
    name,
  });
  for (const street of grids.childrenOf(ctx.county.countyCode)) {
    const top = `DZ-${street.gridCode}`;
    const name = `${street.name}党工委`;
    changes.push(founded(top, "street_committee", place(street.gridCode, name), null, random));
    for (const community of grids.childrenOf(street.gridCode)) {
      const code = `DZ-${community.gridCode}`;
      const committee = place(community.gridCode, `${community.name}党委`);
      changes.push(founded(code, "community_committee", committee, top, random));
      for (const [index, grid] of grids.childrenOf(community.gridCode).entries()) {
        if (index === 3 && random.chance(0.2)) continue;
        const branch = place(grid.gridCode, grid.partyGroup ?? `${grid.name}党支部`);
        branches.set(grid.gridCode, `DZ-${grid.gridCode}`);
        changes.push(founded(`DZ-${grid.gridCode}`, "grid_branch", branch, code, random));
      }
    }
  }
  changes.push(...builtOn(places, (gridCode) => branches.get(gridCode) ?? null, random));
  await recordFacts(ctx, changes);
};
