import { CONSENT_VERSION } from "@onegrid/contract";
import { reportAsResident } from "../../modules/cases/index.ts";
import { derivedId } from "../../interfaces/replay/play.ts";
import { movableClock } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { DemoCast } from "./plan-cases.ts";

const MINUTE = 60_000;

/** Made-up people with a number that belongs to nobody. */
const REPORTS = [
  {
    minutesAgo: 170,
    words: "示例：楼下垃圾两天没有清运，有异味。",
    contact: "示例 李女士 13800000001",
  },
  {
    minutesAgo: 75,
    words: "示例：路口的垃圾箱倒了，垃圾散了一地。",
    contact: "示例 王先生 13800000002",
  },
  { minutesAgo: 20, words: "示例：夜里有人在路边倒建筑垃圾。", contact: null },
] as const;

/**
 * Reports of residents that no desk has looked at yet, two of them with a contact that can be
 * opened for a reason: sealed, on record and deleted at its term like every other.
 */
export const loadResidentReports = async (
  ctx: Ctx,
  dataKey: Uint8Array,
  { places, categories }: DemoCast,
): Promise<void> => {
  const [place] = places;
  const category = categories.find(
    ({ startTier, emergency, active }) => startTier === "level3" && !emergency && active,
  );
  if (place === undefined || category === undefined) return;
  const now = ctx.clock.now();
  for (const [index, { minutesAgo, words, contact }] of REPORTS.entries()) {
    const clock = movableClock(new Date(now.getTime() - minutesAgo * MINUTE));
    await reportAsResident({ ...ctx, clock }, dataKey, {
      caseId: derivedId("demo", now.toISOString().slice(0, 10), `resident ${index}`),
      categoryCode: category.categoryCode,
      description: words,
      location: place.point(),
      accuracyM: null,
      address: `${place.names.join("")}附近`,
      attachmentIds: [],
      componentCode: null,
      contact,
      contactConsent: CONSENT_VERSION,
    });
  }
};
