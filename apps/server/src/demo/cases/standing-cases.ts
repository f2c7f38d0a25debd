import type { Category } from "@onegrid/contract";
import type { Actor } from "@onegrid/domain";
import { derivedId, type PlayedCase, type PlayedStep } from "../../interfaces/replay/play.ts";
import type { DemoCast, DemoPlace } from "./plan-cases.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A step so many minutes after the report. */
type Then = [
  minutesAfter: number,
  action: PlayedStep["action"],
  actor: Actor,
  note?: string | null,
  over?: Pick<PlayedStep, "details"> & { target?: PlayedStep["target"] },
];

type Example = {
  key: string;
  category: Category;
  hoursAgo: number;
  description: string;
  by?: Actor;
  onBehalf?: PlayedCase["report"]["onBehalf"];
  next: Then[];
};

/** A department, other than the category's own, that has an account. */
const helperOf = ({ departments }: DemoCast, category: Category): Actor | undefined =>
  [...departments.values()].find(({ unitCode }) => unitCode !== category.ownerUnitCode);

/** What a desk finds waiting: a request, an order or a call at each of its halts. */
const waitingAt = (place: DemoPlace, category: Category, unit: Actor, now: Date): Example[] => {
  const { worker, head, street, streetHead } = place;
  const unitCode = unit.unitCode ?? "";
  const endsOn = new Date(now.getTime() + 5 * DAY).toISOString().slice(0, 10);
  const whistle = (at: number): Then => [
    at,
    "call_whistle",
    street,
    "需要部门到场会商。",
    { details: { action: "call_whistle", kind: "coordination", unitCodes: [unitCode] } },
  ];
  return [
    {
      key: "whistle called",
      category,
      hoursAgo: 3,
      description: `示例：${category.name}，社区协调不下来，街道吹哨。`,
      next: [[10, "sign", worker], whistle(90)],
    },
    {
      key: "whistle approved",
      category,
      hoursAgo: 4,
      description: `示例：${category.name}，等待部门到场。`,
      next: [[10, "sign", worker], whistle(60), [150, "approve_whistle", streetHead]],
    },
    {
      key: "supervised",
      category,
      hoursAgo: 6,
      description: `示例：${category.name}，群众多次反映。`,
      next: [
        [20, "sign", worker],
        [
          200,
          "supervise",
          street,
          "群众多次反映，请今天答复。",
          { details: { action: "supervise", level: "key" } },
        ],
      ],
    },
    {
      key: "extension asked",
      category,
      hoursAgo: 5,
      description: `示例：${category.name}，材料未到。`,
      next: [
        [15, "sign", worker],
        [180, "ask_extension", worker, "材料明天才到，申请延期一次。"],
      ],
    },
    {
      key: "extension endorsed",
      category,
      hoursAgo: 5,
      description: `示例：${category.name}，需要两天施工。`,
      next: [
        [15, "sign", worker],
        [120, "ask_extension", worker, "施工需要两天，申请延期一次。"],
        [180, "endorse_extension", head, "情况属实，同意。"],
      ],
    },
    {
      key: "suspended",
      category,
      hoursAgo: 9,
      description: `示例：${category.name}，与道路改造一并施工。`,
      next: [
        [15, "sign", worker],
        [
          100,
          "ask_suspension",
          worker,
          "与下周的道路改造一并施工。",
          { details: { action: "ask_suspension", reason: "engineering", endsOn } },
        ],
        [160, "grant_suspension", streetHead, "同意，到期恢复计时。"],
      ],
    },
    {
      key: "shared",
      category,
      hoursAgo: 7,
      description: `示例：${category.name}，需要部门协助清运。`,
      next: [
        [15, "sign", worker],
        [
          60,
          "assign_sub_task",
          street,
          "请协助清运和警戒。",
          { target: { tier: "department", unitCode } },
        ],
        [90, "sign_sub_task", unit, null, { details: { action: "sign_sub_task", subTask: 1 } }],
      ],
    },
    ...[1, 2].map((n): Example => ({
      key: `hotline ${n}`,
      category,
      hoursAgo: n,
      description: `示例：市民来电反映${category.name}，希望尽快处理并回复。`,
      by: street,
      onBehalf: {
        source: "hotline",
        number: `示例12345-${now.toISOString().slice(0, 10).replaceAll("-", "")}-${n}`,
      },
      next: [],
    })),
  ];
};

const playedOf = (place: DemoPlace, now: Date, example: Example): PlayedCase => {
  const { key, category, hoursAgo, description, by, onBehalf, next } = example;
  const at = now.getTime() - hoursAgo * HOUR;
  return {
    at: new Date(at),
    actor: by ?? place.worker,
    report: {
      caseId: derivedId("demo", now.toISOString().slice(0, 10), place.gridCode, key),
      categoryCode: category.categoryCode,
      description,
      location: place.point(),
      accuracyM: 9,
      address: `${place.names.join("")}附近`,
      capturedAt: null,
      attachmentIds: [],
      componentCode: null,
      selfHandledNote: null,
      ...(onBehalf !== undefined && { onBehalf }),
    },
    steps: next.map(([minutesAfter, action, actor, note = null, over = {}]) => ({
      action,
      at: new Date(at + minutesAfter * MINUTE),
      actor,
      note,
      target: over.target ?? null,
      ...(over.details && { details: over.details }),
    })),
  };
};

/**
 * Cases of today that stand where somebody has to decide, in the first grid of each street, so that
 * no desk of the sample county opens on an empty screen: whistles, requests for more time,
 * supervision, a suspension that ends soon, a shared case, and reports of the hotline.
 */
export const standingCases = (cast: DemoCast, now: Date): PlayedCase[] => {
  const category = cast.categories.find(
    ({ startTier, emergency, limit, active }) =>
      startTier === "level3" && !emergency && active && limit.unit === "working_day",
  );
  const unit = category && helperOf(cast, category);
  if (category === undefined || unit === undefined) return [];
  const firsts = [...Map.groupBy(cast.places, ({ street }) => street.accountId).values()].flatMap(
    ([first]) => first ?? [],
  );
  return firsts.flatMap((place) =>
    waitingAt(place, category, unit, now).map((example) => playedOf(place, now, example)),
  );
};
