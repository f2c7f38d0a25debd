import type { TFunction } from "i18next";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A count of the largest whole unit: `{ unit: "Hours", n: 3 }`. */
const largest = (ms: number): { unit: "Minutes" | "Hours" | "Days"; n: number } =>
  ms >= 2 * DAY
    ? { unit: "Days", n: Math.floor(ms / DAY) }
    : ms >= HOUR
      ? { unit: "Hours", n: Math.floor(ms / HOUR) }
      : { unit: "Minutes", n: Math.max(1, Math.floor(ms / MINUTE)) };

/** 剩 3 小时 / 超期 2 天, by the natural clock; 无时限 without a deadline. */
export const dueWords = (t: TFunction, dueAt: string | null, now: Date): string => {
  if (dueAt === null) return t("time>none");
  const left = Date.parse(dueAt) - now.getTime();
  const { unit, n } = largest(Math.abs(left));
  return t(`time>${left >= 0 ? "left" : "over"}${unit}`, { n });
};

/** 5 分钟前. */
export const agoWords = (t: TFunction, at: string, now: Date): string => {
  const ms = now.getTime() - Date.parse(at);
  if (ms < MINUTE) return t("time>justNow");
  const { unit, n } = largest(ms);
  return t(`time>${unit.toLowerCase()}Ago`, { n });
};

/** Date and time in the county's zone: 2026-11-24 15:04. */
export const instantWords = (at: string, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return parts.format(new Date(at));
};

/** 83.3 %, or — when there is nothing to divide by. */
export const rateWords = (rate: { value: number | null }): string =>
  rate.value === null ? "—" : `${(rate.value * 100).toFixed(1)}%`;

export type Light = "green" | "amber" | "red";

/**
 * 红黄绿灯 for a list: red past the deadline, amber in the last quarter of the time between report
 * and deadline (natural clock: a hint for sorting by eye, the server's clock decides).
 */
export const lightOf = (
  c: { reportedAt: string; dueAt: string | null; disposedAt: string | null },
  now: Date,
): Light => {
  if (c.dueAt === null || c.disposedAt !== null) return "green";
  const due = Date.parse(c.dueAt);
  if (now.getTime() > due) return "red";
  const whole = due - Date.parse(c.reportedAt);
  return due - now.getTime() < whole / 4 ? "amber" : "green";
};
