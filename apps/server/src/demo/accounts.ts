import { randomBytes } from "node:crypto";
import type { Category } from "@onegrid/contract";
import type { FirstAccount } from "../commands/start/first-account.ts";
import { gridsOf } from "../modules/grids/index.ts";
import {
  createAccount,
  createDormantAccounts,
  type DormantAccount,
  type MadeAccount,
} from "../modules/identity/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { SeededRandom } from "./cases/random.ts";
import { samplePostHolders, sampleName } from "./people.ts";

/** The two streets that have level-3 grids: 桂溪 and 桂阳. */
export const DEMO_STREETS = ["500231001", "500231002"] as const;

const STREET = DEMO_STREETS[0];
const COMMUNITY = `${STREET}001`;
const GRID = `${COMMUNITY}001`;

const account = (
  login: string,
  name: string,
  role: DormantAccount["role"],
  scopeCode: string,
  unitCode: string | null = null,
): DormantAccount => ({ login, name, role, scopeCode, unitCode, sample: true });

/** One account of each role that a visitor can try. */
const visitors = (countyCode: string, unitCode: string): DormantAccount[] => [
  account("worker", "王芳", "worker", GRID),
  account("head", "李强", "head", GRID),
  account("community", "张敏", "head", COMMUNITY),
  account("street", "刘洋", "street", STREET),
  account("centre", "陈静", "county_centre", countyCode),
  account("department", "杨勇", "department", countyCode, unitCode),
  account("admin", "周明", "system_administrator", countyCode),
  account("security", "吴敏", "security_administrator", countyCode),
  account("auditor", "郑洁", "audit_administrator", countyCode),
];

/** Posts nobody signs in to: the other street's desk, other departments, and all grids' people. */
const others = (
  ctx: Ctx,
  grids: readonly { gridCode: string; level: number }[],
  units: readonly string[],
  random: SeededRandom,
): DormantAccount[] => [
  account("street-2", sampleName(random), "street", DEMO_STREETS[1]),
  ...units.map((unit) =>
    account(`department-${unit}`, sampleName(random), "department", ctx.county.countyCode, unit),
  ),
  ...samplePostHolders(
    grids,
    random,
    new Set([`worker ${GRID}`, `head ${GRID}`, `head ${COMMUNITY}`]),
  ),
];

/** The department whose work shows most: it owns the most categories that start at a department. */
const busiestUnit = (categories: readonly Category[]): string => {
  const counts = new Map<string, number>();
  for (const { startTier, ownerUnitCode } of categories) {
    if (startTier !== "department" || ownerUnitCode === null) continue;
    counts.set(ownerUnitCode, (counts.get(ownerUnitCode) ?? 0) + 1);
  }
  const [first] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (first === undefined) throw new RangeError("no category starts at a department");
  return first[0];
};

/**
 * Makes everybody of the sample county: the accounts a visitor signs in with (random passwords,
 * told only in the answer) and the dormant post-holders that public pages show.
 */
export const makeDemoAccounts = async (
  ctx: Ctx,
  categories: readonly Category[],
  random: SeededRandom,
): Promise<{ first: FirstAccount[]; made: MadeAccount[] }> => {
  const { countyCode } = ctx.county;
  const grids = await gridsOf(ctx);
  const inStreets = DEMO_STREETS.flatMap((street) => {
    const communities = grids.childrenOf(street);
    const below = communities.flatMap(({ gridCode }) => grids.childrenOf(gridCode));
    const own = grids.get(street);
    return [...(own ? [own] : []), ...communities, ...below];
  });
  const unit = busiestUnit(categories);
  const units = [...new Set(categories.flatMap((c) => c.ownerUnitCode ?? []))];

  const first: FirstAccount[] = [];
  const made: MadeAccount[] = [];
  for (const visitor of visitors(countyCode, unit)) {
    const password = randomBytes(9).toString("base64url");
    const accountId = await createAccount(ctx, { ...visitor, password });
    first.push({ login: visitor.login, password, role: visitor.role, name: visitor.name });
    made.push({ ...visitor, accountId });
  }
  const rest = others(
    ctx,
    inStreets,
    units.filter((code) => code !== unit),
    random,
  );
  made.push(...(await createDormantAccounts(ctx, rest)));
  return { first, made };
};
