import type { Actor } from "@onegrid/domain";
import type { PlayedStep } from "../../interfaces/replay/play.ts";
import type { Life } from "./plan-cases.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type Extra = Pick<PlayedStep, "action" | "actor" | "note" | "details"> &
  Partial<Pick<PlayedStep, "target">>;

const extension = ({ category, place }: Life, holder: Actor): Extra[] => {
  // A limit of days, so that it is surely asked for in time.
  if (holder.accountId !== place.worker.accountId || category.limit.unit !== "working_day")
    return [];
  return [
    { action: "ask_extension", actor: holder, note: "需要材料，申请延期一次。" },
    { action: "endorse_extension", actor: place.head, note: "情况属实，同意。" },
    { action: "grant_extension", actor: place.street, note: null },
  ];
};

const suspension = ({ random, place }: Life, holder: Actor, at: number): Extra[] => {
  const endsOn = new Date(at + random.between(10, 60) * DAY).toISOString().slice(0, 10);
  return [
    {
      action: "ask_suspension",
      actor: holder,
      note: "需结合道路改造一并施工。",
      details: { action: "ask_suspension", reason: "engineering", endsOn },
    },
    { action: "grant_suspension", actor: place.streetHead, note: "同意，到期恢复计时。" },
  ];
};

const supervision = ({ random, place }: Life, holder: Actor): Extra[] => [
  {
    action: "supervise",
    actor: place.street,
    note: "群众多次反映，请尽快办理。",
    details: { action: "supervise", level: random.pick(["ordinary", "key"]) },
  },
  { action: "answer_supervision", actor: holder, note: "已安排专人，今天到场。" },
];

/** A department that does not hold the case itself. */
const helper = ({ random, cast }: Life, holder: Actor): Actor | undefined => {
  const others = [...cast.departments.values()].filter(
    ({ accountId }) => accountId !== holder.accountId,
  );
  return others.length === 0 ? undefined : random.pick(others);
};

const whistle = (life: Life, holder: Actor): Extra[] => {
  const { random, place } = life;
  const unit = helper(life, holder);
  const unitCode = unit?.unitCode ?? null;
  if (unit === undefined || unitCode === null) return [];
  return [
    {
      action: "call_whistle",
      actor: place.street,
      note: "需要部门到场会商。",
      details: { action: "call_whistle", kind: "coordination", unitCodes: [unitCode] },
    },
    { action: "approve_whistle", actor: place.streetHead, note: null },
    { action: "arrive", actor: unit, note: null },
    { action: "end_whistle", actor: place.street, note: null },
    {
      action: "rate_whistle",
      actor: place.street,
      note: null,
      details: { action: "rate_whistle", unitCode, score: random.pick([3, 4, 5, 5]) },
    },
  ];
};

const subTask = (life: Life, holder: Actor): Extra[] => {
  const unit = helper(life, holder);
  const unitCode = unit?.unitCode ?? null;
  if (unit === undefined || unitCode === null) return [];
  return [
    {
      action: "assign_sub_task",
      actor: life.place.street,
      note: "请协助清运和警戒。",
      target: { tier: "department", unitCode },
    },
    {
      action: "sign_sub_task",
      actor: unit,
      note: null,
      details: { action: "sign_sub_task", subTask: 1 },
    },
    {
      action: "finish_sub_task",
      actor: unit,
      note: "已完成协助。",
      details: { action: "finish_sub_task", subTask: 1 },
    },
  ];
};

/**
 * What happens beside the main line of one sample case in five, after its holder has signed: the
 * steps follow each other in minutes, each by whoever would take it.
 */
export const extraSteps = (life: Life, holder: Actor, signedAt: number): PlayedStep[] => {
  const { random } = life;
  const kinds = [extension, suspension, supervision, whistle, subTask];
  if (!random.chance(0.2)) return [];
  let at = signedAt;
  return random
    .pick(kinds)(life, holder, signedAt)
    .map((extra) => {
      at += random.between(3, 20) * MINUTE;
      return { target: null, ...extra, at: new Date(at) };
    });
};
