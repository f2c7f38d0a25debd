import type { Category } from "@onegrid/contract";
import { isGridTier, type Actor } from "@onegrid/domain";
import { derivedId, type PlayedCase, type PlayedStep } from "../../interfaces/replay/play.ts";
import { extraSteps } from "./extra-steps.ts";
import type { SeededRandom } from "./random.ts";

/** A level-3 grid of the sample county and who serves it. */
export type DemoPlace = {
  gridCode: string;
  /** Names from the street down, for the address line. */
  names: string[];
  worker: Actor;
  head: Actor;
  communityHead: Actor;
  street: Actor;
  /** 街道负责人: approves whistles, and what the street's desk itself asked for. */
  streetHead: Actor;
  /** A point inside the grid. */
  point: () => { lng: number; lat: number };
};

export type DemoCast = {
  places: DemoPlace[];
  categories: Category[];
  /** Accounts of departments by unit code; categories of other departments are left to the street. */
  departments: Map<string, Actor>;
  resident: Actor;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Natural length of a limit, good enough to place sample steps in time. */
const limitMs = ({ limit }: Category): number => {
  const unit = {
    working_hour: 2 * HOUR,
    working_day: 1.4 * DAY,
    urgent_hour: HOUR,
    urgent_day: DAY,
  };
  return limit.amount * unit[limit.unit];
};

const SEEN = [
  "巡查时发现{c}，影响通行。",
  "群众反映{c}，现场情况属实。",
  "{c}，范围不大，请尽快处理。",
  "{c}，已在现场设置提醒。",
  "这里又出现{c}，建议一并整治。",
];
const DONE = ["已处理完毕，现场恢复正常。", "已整改到位，附近居民确认。", "已清理并安排人员复查。"];
const ON_THE_SPOT = ["当场劝导，已自行整改。", "随手清理完毕。", "现场协调解决，双方同意。"];

/** What a sample case is made from. */
export type Life = { random: SeededRandom; category: Category; place: DemoPlace; cast: DemoCast };

const holderOf = ({ category, place, cast }: Life): Actor => {
  if (!isGridTier(category.startTier)) {
    return cast.departments.get(category.ownerUnitCode ?? "") ?? place.street;
  }
  if (category.startTier === "level3") return place.worker;
  return category.startTier === "level2" ? place.communityHead : place.street;
};

/** Steps of one case with the moments they happen; later ones than now are cut off by the caller. */
const steps = (life: Life, reportedAt: number, byResident: boolean): PlayedStep[] => {
  const { random, category, place } = life;
  const out: PlayedStep[] = [];
  let at = reportedAt;
  const step = (
    action: PlayedStep["action"],
    after: number,
    actor: Actor,
    note: string | null = null,
  ) => {
    at += Math.max(MINUTE, after);
    out.push({ action, at: new Date(at), actor, note, target: null });
  };
  if (byResident && !category.emergency) {
    if (random.chance(0.08)) {
      step(
        "refuse",
        random.between(0.3, 6) * HOUR,
        place.street,
        "不属于受理范围，已告知拨打服务热线。",
      );
      return out;
    }
    step("file", random.between(0.1, 3) * HOUR, place.street);
  }
  const holder = holderOf(life);
  const whole = limitMs(category) * random.between(0.15, 1.25);
  step("sign", whole * 0.15, holder);
  const extras = extraSteps(life, holder, at);
  out.push(...extras);
  at = extras.at(-1)?.at.getTime() ?? at;
  // What is suspended waits for its day.
  if (extras.some(({ action }) => action === "grant_suspension")) return out;
  if (random.chance(0.3)) step("handle", whole * 0.4, holder);
  step("feed_back", whole * 0.4, holder, random.pick(DONE));
  const verifier = holder.accountId === place.worker.accountId ? place.head : place.worker;
  step("verify", random.between(0.5, 20) * HOUR, verifier);
  step("close", random.between(0.2, 8) * HOUR, place.street);
  return out;
};

/** A moment of a day in which people are about, `daysAgo` before `now`. */
const moment = (random: SeededRandom, now: Date, daysAgo: number): number => {
  const startOfDay = Math.floor(now.getTime() / DAY) * DAY;
  // 00:30 to 10:30 UTC is 08:30 to 18:30 in the sample county.
  const at = startOfDay - daysAgo * DAY + random.between(0.5, 10.5) * HOUR;
  return Math.min(at, now.getTime() - 10 * MINUTE);
};

const reportOf = (
  random: SeededRandom,
  place: DemoPlace,
  category: Category,
  key: string,
  now: Date,
  accuracyM: number | null,
  selfHandledNote: string | null,
): PlayedCase["report"] => ({
  caseId: derivedId("demo", now.toISOString().slice(0, 10), key),
  categoryCode: category.categoryCode,
  description: random.pick(SEEN).replace("{c}", category.name),
  location: place.point(),
  accuracyM,
  address: `${place.names.join("")}附近`,
  capturedAt: null,
  attachmentIds: [],
  componentCode: null,
  selfHandledNote,
});

/** Cases just reported in the first place, so that whoever signs in there finds work waiting. */
const freshCases = (cast: DemoCast, random: SeededRandom, now: Date): PlayedCase[] => {
  const [place] = cast.places;
  const own = cast.categories.filter((c) => c.startTier === "level3" && !c.emergency);
  if (place === undefined || own.length === 0) return [];
  return [150, 95, 50, 25, 12].map((minutesAgo, index) => {
    const category = random.pick(own);
    return {
      at: new Date(now.getTime() - minutesAgo * MINUTE),
      actor: place.head,
      report: reportOf(random, place, category, `fresh ${index}`, now, 12, null),
      steps: [],
    };
  });
};

/**
 * Sample cases of the last `days` days, the same ones for the same seed and day. Roughly one in
 * six is solved on the spot, one in four comes from a resident; whatever would happen after `now`
 * has not happened yet, so some are open and some overdue.
 */
export const planCases = (
  cast: DemoCast,
  random: SeededRandom,
  now: Date,
  { count, days }: { count: number; days: number },
): PlayedCase[] => {
  const moments = Array.from({ length: count }, () =>
    moment(random, now, Math.floor(random.between(0, days))),
  ).toSorted((a, b) => a - b);
  const past = moments.map((at, index): PlayedCase => {
    const place = random.pick(cast.places);
    const category = random.pick(cast.categories);
    const byResident = random.chance(0.25);
    const onTheSpot =
      !byResident && category.startTier === "level3" && !category.emergency && random.chance(0.5);
    const life: Life = { random, category, place, cast };
    const accuracyM = byResident ? null : Math.round(random.between(4, 30));
    const selfHandledNote = onTheSpot ? random.pick(ON_THE_SPOT) : null;
    return {
      at: new Date(at),
      actor: byResident ? cast.resident : place.worker,
      report: reportOf(random, place, category, String(index), now, accuracyM, selfHandledNote),
      steps: onTheSpot
        ? []
        : steps(life, at, byResident).filter((step) => step.at.getTime() <= now.getTime()),
    };
  });
  return [...past, ...freshCases(cast, random, now)];
};
