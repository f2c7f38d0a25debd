import type pg from "pg";

type Box = readonly [west: number, south: number, east: number, north: number];
type GridSeed = { code: string; level: number; parent: string | null; box: Box; name: string };

const halves = ([west, south, east, north]: Box, alongLng: boolean): [Box, Box] => {
  const lng = (west + east) / 2;
  const lat = (south + north) / 2;
  return alongLng
    ? [
        [west, south, lng, north],
        [lng, south, east, north],
      ]
    : [
        [west, south, east, lat],
        [west, lat, east, north],
      ];
};

/** A county of two streets, each of two communities; those of the first street have two grids each. */
const gridsOfCounty = (county: string, box: Box): GridSeed[] => {
  const grids: GridSeed[] = [{ code: county, level: 0, parent: null, box, name: `County ${county}` }];
  const split = (parent: GridSeed, level: number): GridSeed[] =>
    halves(parent.box, level % 2 === 1).map((half, index) => {
      const code = `${parent.code}00${index + 1}`;
      return { code, level, parent: parent.code, box: half, name: `Grid ${code}` };
    });
  const [root] = grids as [GridSeed];
  const streets = split(root, 1);
  const communities = streets.flatMap((street) => split(street, 2));
  const cells = communities.slice(0, 2).flatMap((community) => split(community, 3));
  return [...grids, ...streets, ...communities, ...cells];
};

/** A point in the middle of a box-shaped grid of {@link seedMiniCounty}. */
export const middleOf = ([west, south, east, north]: Box) => ({
  lng: (west + east) / 2,
  lat: (south + north) / 2,
});

export const MINI_BOX: Box = [107, 30, 107.4, 30.4];

export type MiniAccount = {
  accountId: string;
  role: string;
  scopeCode: string;
  unitCode: string | null;
};

const insertGrids = async (client: pg.Client, county: string): Promise<Map<string, Box>> => {
  const grids = gridsOfCounty(county, MINI_BOX);
  for (const { code, level, parent, box, name } of grids) {
    const [west, south, east, north] = box;
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    await client.query(
      `INSERT INTO grid (county_code, grid_code, version, level, parent_code, name, outline, west,
         south, east, north, label_lng, label_lat, area_m2, valid_from)
       VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1000, '2020-01-01')`,
      [
        county,
        code,
        level,
        parent,
        name,
        JSON.stringify({ type: "Polygon", coordinates: [ring] }),
        west,
        south,
        east,
        north,
        (west + east) / 2,
        (south + north) / 2,
      ],
    );
  }
  return new Map(grids.map(({ code, box }) => [code, box]));
};

/** Categories: where each starts, its limit and whether it is an emergency. */
const CATEGORIES = [
  ["litter", "city_management", "level3", null, 4, "working_hour", false],
  ["stall", "city_management", "department", "cg", 2, "urgent_hour", false],
  ["dispute", "comprehensive_governance", "level2", null, 1, "working_day", false],
  ["shed", "illegal_construction", "department", "zj", 2, "urgent_day", false],
  ["gas-leak", "comprehensive_governance", "level1", null, 0.5, "urgent_hour", true],
  ["study", "party_building", "level1", null, 5, "working_day", false],
] as const;

const insertCatalogue = async (client: pg.Client, county: string): Promise<void> => {
  for (const unit of ["cg", "zj"]) {
    await client.query(
      "INSERT INTO department (county_code, unit_code, name, nets) VALUES ($1, $2, $3, '{}')",
      [county, unit, `Department ${unit}`],
    );
  }
  for (const [code, net, tier, owner, amount, unit, emergency] of CATEGORIES) {
    await client.query(
      `INSERT INTO category (county_code, category_code, version, net, kind, name, owner_unit_code,
         start_tier, limit_amount, limit_unit, emergency)
       VALUES ($1, $2, 1, $3, 'matter', $4, $5, $6, $7, $8, $9)`,
      [county, code, net, `Category ${code}`, owner, tier, amount, unit, emergency],
    );
  }
};

const insertCalendar = async (client: pg.Client, county: string): Promise<void> => {
  const windows = [
    { startMinute: 540, endMinute: 720 },
    { startMinute: 840, endMinute: 1080 },
  ];
  for (const year of [2024, 2025, 2026, 2027]) {
    await client.query(
      `INSERT INTO calendar_year (county_code, year, provisional, windows) VALUES ($1, $2, true, $3)`,
      [county, year, JSON.stringify(windows)],
    );
  }
};

/** The accounts of a mini county, by short names. */
const accountsOf = (county: string): Record<string, [role: string, scope: string, unit?: string]> => ({
  worker: ["worker", `${county}001001001`],
  otherWorker: ["worker", `${county}001001002`],
  head2: ["head", `${county}001001`],
  head1: ["head", `${county}001`],
  street: ["street", `${county}001`],
  otherStreet: ["street", `${county}002`],
  centre: ["county_centre", county],
  cg: ["department", county, "cg"],
  zj: ["department", county, "zj"],
  administrator: ["administrator", county],
});

const accountId = (county: string, index: number): string =>
  `00000000-0000-4000-8000-${county.padStart(10, "0")}${String(index).padStart(2, "0")}`;

/** Fills a county by SQL as the owner: grids, catalogue, calendar and accounts (no passwords). */
export const seedMiniCounty = async (
  client: pg.Client,
  county: string,
): Promise<{ boxes: Map<string, Box>; accounts: Record<string, MiniAccount> }> => {
  await client.query(
    "INSERT INTO county (county_code, name, level_lengths) VALUES ($1, $2, '{6,9,12,15}')",
    [county, `County ${county}`],
  );
  const boxes = await insertGrids(client, county);
  await insertCatalogue(client, county);
  await insertCalendar(client, county);
  const accounts: Record<string, MiniAccount> = {};
  for (const [name, [role, scopeCode, unitCode = null]] of Object.entries(accountsOf(county))) {
    const id = accountId(county, Object.keys(accounts).length + 1);
    await client.query(
      `INSERT INTO account (county_code, account_id, login, name, password_hash, role, scope_code,
         unit_code) VALUES ($1, $2, $3, $4, '-', $5, $6, $7)`,
      [county, id, name.toLowerCase(), `Name of ${name}`, role, scopeCode, unitCode],
    );
    accounts[name] = { accountId: id, role, scopeCode, unitCode };
  }
  return { boxes, accounts };
};
