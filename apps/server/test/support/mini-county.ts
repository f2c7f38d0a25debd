import { hash } from "@node-rs/argon2";
import type { AccountRole } from "@onegrid/contract";
import pg from "pg";
import type { SeededTemplate } from "./database.ts";

/**
 * The smallest county that has everything: two streets, three communities, four level-3 grids
 * (squares), two departments, four categories, a calendar, an account of each role; and a second,
 * younger county (`OTHER`) to find out what leaks. Written with SQL as the owner, so that a test of
 * one module does not lean on another.
 *
 *     30.2 ┌───────────────┬───────────────┐
 *          │ …001002       │               │
 *          │ ·001          │               │
 *     30.1 ├───────┬───────┤ …002001 ·001  │
 *          │ …001001       │               │
 *          │ ·001  │ ·002  │               │
 *     30.0 └───────┴───────┴───────────────┘
 *        107.0   107.1   107.2           107.4
 *            street …001      street …002
 */
export const MINI = {
  county: "500231",
  street1: "500231001",
  street2: "500231002",
  community1: "500231001001",
  community2: "500231001002",
  community3: "500231002001",
  /** In community 1, west and east. */
  grid1: "500231001001001",
  grid2: "500231001001002",
  /** In community 2 and 3, each the whole of it. */
  grid3: "500231001002001",
  grid4: "500231002001001",
  departments: { cityManagement: "CGJ", emergency: "YJJ" },
  categories: {
    /** A matter of level 3, 4 working hours. */
    litter: "CG-101",
    /** A department's component, 2 working days. */
    streetLight: "CG-201",
    /** An emergency, 2 hours on the natural clock. */
    gas: "ZZ-901",
    /** Illegal construction, starts at level 2, 1 working day. */
    illegalShed: "WJ-101",
  },
} as const;

/** A county of somebody else; its oldest date is later, so that it serves only its own host. */
export const OTHER = { county: "500999", grid: "500999001001001", host: "other.test" } as const;

/** The password of every account below. */
export const MINI_PASSWORD = "green-bridge-74-lantern";

type MiniAccount<Login extends string> = {
  login: Login;
  role: AccountRole;
  county: string;
  scope: string;
  unit: string | null;
  id: string;
};

const account = <Login extends string>(
  n: number,
  login: Login,
  role: AccountRole,
  scope: string,
  unit: string | null = null,
  county: string = MINI.county,
): MiniAccount<Login> => ({
  login,
  role,
  county,
  scope,
  unit,
  id: `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`,
});

/** By login. `worker1` serves grid 1, `worker4` grid 4, heads lead a grid, a community, a street. */
export const MINI_ACCOUNTS = [
  account(1, "worker1", "worker", MINI.grid1),
  account(2, "worker2", "worker", MINI.grid2),
  account(4, "worker4", "worker", MINI.grid4),
  account(11, "head-grid1", "head", MINI.grid1),
  account(12, "head-community1", "head", MINI.community1),
  account(13, "head-street1", "head", MINI.street1),
  account(21, "street1", "street", MINI.street1),
  account(22, "street2", "street", MINI.street2),
  account(31, "centre", "county_centre", MINI.county),
  account(41, "city-management", "department", MINI.county, MINI.departments.cityManagement),
  account(42, "emergency", "department", MINI.county, MINI.departments.emergency),
  account(51, "admin", "system_administrator", MINI.county),
  account(52, "security", "security_administrator", MINI.county),
  account(53, "auditor", "audit_administrator", MINI.county),
  account(91, "other-centre", "county_centre", OTHER.county, null, OTHER.county),
];

type Square = [
  code: string,
  name: string,
  west: number,
  south: number,
  east: number,
  north: number,
];

const SQUARES: Square[] = [
  [MINI.county, "示例县", 107, 30, 107.4, 30.2],
  [MINI.street1, "桂溪街道", 107, 30, 107.2, 30.2],
  [MINI.street2, "桂阳街道", 107.2, 30, 107.4, 30.2],
  [MINI.community1, "南门社区", 107, 30, 107.2, 30.1],
  [MINI.community2, "北门社区", 107, 30.1, 107.2, 30.2],
  [MINI.community3, "东门社区", 107.2, 30, 107.4, 30.2],
  [MINI.grid1, "南门第一网格", 107, 30, 107.1, 30.1],
  [MINI.grid2, "南门第二网格", 107.1, 30, 107.2, 30.1],
  [MINI.grid3, "北门第一网格", 107, 30.1, 107.2, 30.2],
  [MINI.grid4, "东门第一网格", 107.2, 30, 107.4, 30.2],
  [OTHER.county, "邻县", 108, 31, 108.1, 31.1],
  ["500999001", "邻街道", 108, 31, 108.1, 31.1],
  ["500999001001", "邻社区", 108, 31, 108.1, 31.1],
  [OTHER.grid, "邻网格", 108, 31, 108.1, 31.1],
];

const LENGTHS = [6, 9, 12, 15];
const M2_PER_DEGREE2 = 111_320 * 111_320 * Math.cos((30 * Math.PI) / 180);

const insertGrids = async (client: pg.Client): Promise<void> => {
  for (const [code, name, west, south, east, north] of SQUARES) {
    const level = LENGTHS.indexOf(code.length);
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    await client.query(
      `INSERT INTO grid (county_code, grid_code, version, level, parent_code, name, party_group,
         duty_phone, outline, west, south, east, north, label_lng, label_lat, area_m2, valid_from)
       VALUES ($1, $2, 1, $3, $4, $5, $6, '023-70000000', $7, $8, $9, $10, $11, $12, $13, $14,
         '2026-01-01')`,
      [
        code.slice(0, 6),
        code,
        level,
        level === 0 ? null : code.slice(0, LENGTHS[level - 1]),
        name,
        level === 3 ? `${name}党支部` : null,
        JSON.stringify({ type: "Polygon", coordinates: [ring] }),
        west,
        south,
        east,
        north,
        (west + east) / 2,
        (south + north) / 2,
        (east - west) * (north - south) * M2_PER_DEGREE2,
      ],
    );
  }
};

const insertAccounts = async (client: pg.Client): Promise<void> => {
  const passwordHash = await hash(MINI_PASSWORD);
  for (const { county, id, login, role, scope, unit } of MINI_ACCOUNTS) {
    await client.query(
      `INSERT INTO account (county_code, account_id, login, name, password_hash, role, scope_code,
         unit_code) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [county, id, login, `名 ${login}`, passwordHash, role, scope, unit],
    );
  }
};

const insertRules = async (client: pg.Client): Promise<void> => {
  const { cityManagement, emergency } = MINI.departments;
  const { litter, streetLight, gas, illegalShed } = MINI.categories;
  await client.query(
    `INSERT INTO department (county_code, unit_code, name, nets) VALUES
       ($1, $2, '城市管理局', '{city_management,illegal_construction}'),
       ($1, $3, '应急管理局', '{comprehensive_governance}')`,
    [MINI.county, cityManagement, emergency],
  );
  await client.query(
    `INSERT INTO category (county_code, category_code, version, net, kind, name, words,
       owner_unit_code, start_tier, limit_amount, limit_unit, emergency) VALUES
       ($1, $4, 1, 'city_management', 'matter', '暴露垃圾', '{垃圾}', $2, 'level3', 4,
         'working_hour', false),
       ($1, $5, 1, 'city_management', 'component', '路灯损坏', '{路灯}', $2, 'department', 2,
         'working_day', false),
       ($1, $6, 1, 'comprehensive_governance', 'matter', '燃气泄漏', '{燃气}', $3, 'department', 2,
         'urgent_hour', true),
       ($1, $7, 1, 'illegal_construction', 'matter', '违法搭建', '{搭建}', $2, 'level2', 1,
         'working_day', false)`,
    [MINI.county, cityManagement, emergency, litter, streetLight, gas, illegalShed],
  );
  // 2026 with a holiday and the Saturday that makes up for it; the hours of the demo county.
  const windows = JSON.stringify([
    { startMinute: 540, endMinute: 720 },
    { startMinute: 840, endMinute: 1080 },
  ]);
  await client.query(
    `INSERT INTO calendar_year (county_code, year, version, provisional, windows)
     VALUES ($1, 2026, 1, false, $2), ($1, 2027, 1, true, $2), ($3, 2026, 1, false, $2)`,
    [MINI.county, windows, OTHER.county],
  );
  await client.query(
    `INSERT INTO calendar_day (county_code, year, day, kind, name) VALUES
       ($1, 2026, '2026-10-01', 'holiday', '国庆节'),
       ($1, 2026, '2026-10-10', 'makeup_workday', '国庆节')`,
    [MINI.county],
  );
};

/** Fills a migrated, empty database with both counties. */
export const seedMiniCounty = async (ownerUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query(
      `INSERT INTO county (county_code, name, level_lengths, hosts, hotline, created_at) VALUES
         ($1, '示例县', $3, '{}', '12345', '2026-01-01'),
         ($2, '邻县', $3, ARRAY[$4], NULL, '2026-02-01')`,
      [MINI.county, OTHER.county, LENGTHS, OTHER.host],
    );
    await insertGrids(client);
    await insertRules(client);
    await insertAccounts(client);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
};

/** For `testDatabase(MINI_COUNTY)`: seeded once a run, cloned for each test file. */
export const MINI_COUNTY: SeededTemplate = {
  name: "mini_county",
  build: ({ ownerUrl }) => seedMiniCounty(ownerUrl),
};
