/**
 * Points located a second on polygons of a city's tract file's size.
 *
 *     node bench/point-to-grid.ts [TRACTS.geojson]
 */
import { boundsOf, createLocator, joinBounds } from "@onegrid/geo";
import { median, report } from "./lib.ts";
import { generatedTracts, tractsOf, type Tract } from "./tracts.ts";

const POINTS = 500_000;
const ROUNDS = 5;
const LIMIT_A_SECOND = 300_000;

function measure(name: string, tracts: readonly Tract[]): void {
  const locator = createLocator(tracts);
  const [west, south, east, north] = tracts.map(({ area }) => boundsOf(area)).reduce(joinBounds);
  const lngs = Float64Array.from({ length: POINTS }, () => west + Math.random() * (east - west));
  const lats = Float64Array.from({ length: POINTS }, () => south + Math.random() * (north - south));
  let inside = 0;
  const rates = Array.from({ length: ROUNDS }, () => {
    // Processor time: the loop waits for nothing, and a busy machine must not judge it.
    const before = process.cpuUsage();
    inside = 0;
    for (let i = 0; i < POINTS; i++) {
      if (locator.locate(lngs[i] as number, lats[i] as number) !== undefined) inside += 1;
    }
    const { user, system } = process.cpuUsage(before);
    return POINTS / ((user + system) / 1e6);
  });
  const value = median(rates);
  report({
    name: `point → grid, ${name} (${tracts.length} polygons, ${Math.round((100 * inside) / POINTS)} % of points inside)`,
    value,
    limit: LIMIT_A_SECOND,
    unit: "points/s of one core",
    ratio: value / LIMIT_A_SECOND,
    against: "required",
    why: "the exact test of each candidate polygon dominates: a finer lattice or shorter slabs help",
  });
}

measure("generated", generatedTracts());
const [file] = process.argv.slice(2);
if (file !== undefined) measure("file", await tractsOf(file));
