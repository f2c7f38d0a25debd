import { NO_CONDITION } from "@onegrid/contract";
import { v5 } from "uuid";
import { importComponents } from "../../modules/components/index.ts";
import { putRule } from "../../modules/dispatching/index.ts";
import type { Ctx } from "../../platform/context.ts";
import type { DemoPlace } from "../cases/plan-cases.ts";
import type { SeededRandom } from "../cases/random.ts";
import { planComponents } from "./plan-components.ts";

const COUNT = 600;

/** Gives the sample county components, by the way every county's own take. */
export const loadDemoComponents = async (
  ctx: Ctx,
  places: readonly DemoPlace[],
  random: SeededRandom,
): Promise<void> => {
  const plan = planComponents(ctx.county.countyCode, places, random, COUNT);
  const features = plan.map(({ lng, lat, ...properties }) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [lng, lat] },
    properties,
  }));
  const bytes = Buffer.from(JSON.stringify({ type: "FeatureCollection", features }));
  const { issues } = await importComponents(ctx, { bytes, dryRun: false, sample: true });
  if (issues.length > 0) {
    throw new Error(`the sample components are faulty: ${JSON.stringify(issues.slice(0, 5))}`);
  }
};

/** Two rules to look at: one that holds, one that is switched off. */
export const loadDemoRules = async (ctx: Ctx): Promise<void> => {
  const ruleId = (name: string) => v5(`demo rule ${name}`, v5.URL);
  await putRule(ctx, {
    ruleId: ruleId("owner"),
    baseVersion: 0,
    name: "示例：部件问题派给权属单位",
    active: true,
    when: { ...NO_CONDITION, kinds: ["component"] },
    target: { to: "component_owner" },
  });
  await putRule(ctx, {
    ruleId: ruleId("night"),
    baseVersion: 0,
    name: "示例：夜间市容问题由街道值班处置",
    active: false,
    when: {
      ...NO_CONDITION,
      nets: ["city_management"],
      emergency: false,
      windows: [{ startMinute: 22 * 60, endMinute: 30 * 60 }],
    },
    target: { to: "grid", tier: "level1" },
  });
};
