import type { Grid } from "@onegrid/contract";
import type { DormantAccount } from "../modules/identity/index.ts";
import type { SeededRandom } from "./cases/random.ts";

const FAMILY = [
  "王",
  "李",
  "张",
  "刘",
  "陈",
  "杨",
  "黄",
  "周",
  "吴",
  "徐",
  "孙",
  "胡",
  "朱",
  "高",
  "林",
];
const GIVEN = [
  "伟",
  "芳",
  "敏",
  "静",
  "强",
  "磊",
  "洋",
  "艳",
  "勇",
  "军",
  "杰",
  "娟",
  "涛",
  "明",
  "霞",
  "平",
];

/** A made-up name; the county is marked as a sample, so every screen says 示例数据 beside it. */
export const sampleName = (random: SeededRandom): string =>
  random.pick(FAMILY) + random.pick(GIVEN) + (random.chance(0.4) ? random.pick(GIVEN) : "");

/**
 * A head for every street, community and level-3 grid given, and a worker for every level-3 grid.
 * `taken` holds logins' scopes that have an account of that role already.
 */
export const samplePostHolders = (
  grids: readonly Pick<Grid, "gridCode" | "level">[],
  random: SeededRandom,
  taken: ReadonlySet<string>,
): DormantAccount[] => {
  const holder = (role: "head" | "worker", scopeCode: string): DormantAccount[] =>
    taken.has(`${role} ${scopeCode}`)
      ? []
      : [
          {
            login: `${role}-${scopeCode}`,
            name: sampleName(random),
            role,
            scopeCode,
            unitCode: null,
            sample: true,
          },
        ];
  return grids.flatMap(({ gridCode, level }) => [
    ...holder("head", gridCode),
    ...(level === 3 ? holder("worker", gridCode) : []),
  ]);
};
