import { Temporal } from "temporal-polyfill";
import type { TimeFormat } from "./mapping.ts";

const LOCAL_ISO = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;
const US_12H = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2}) ([AP])M$/i;

type Parts = [
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
];

const localIso = (text: string): Parts | undefined => {
  const m = LOCAL_ISO.exec(text);
  if (m === null) return undefined;
  return [+m[1]!, +m[2]!, +m[3]!, +m[4]!, +m[5]!, +(m[6] ?? 0)];
};

const us12h = (text: string): Parts | undefined => {
  const m = US_12H.exec(text);
  if (m === null || +m[4]! < 1 || +m[4]! > 12) return undefined;
  const hour = (+m[4]! % 12) + (m[7]!.toUpperCase() === "P" ? 12 : 0);
  return [+m[3]!, +m[1]!, +m[2]!, hour, +m[5]!, +m[6]!];
};

/** A local time that a clock change skips is read as the moment after it; one it repeats, the first. */
const inZone = (parts: Parts, timeZone: string): Date | undefined => {
  const [year, month, day, hour, minute, second] = parts;
  try {
    const local = Temporal.PlainDateTime.from(
      { year, month, day, hour, minute, second },
      { overflow: "reject" },
    );
    return new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
  } catch {
    return undefined;
  }
};

const iso = (text: string): Date | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(text)) return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at;
};

/** Reads a moment in the first format that fits; undefined when none does or no such day exists. */
export const readMoment = (
  text: string,
  formats: readonly TimeFormat[],
  timeZone: string,
): Date | undefined => {
  for (const format of formats) {
    if (format === "iso") {
      const at = iso(text);
      if (at !== undefined) return at;
      continue;
    }
    const parts = format === "local_iso" ? localIso(text) : us12h(text);
    if (parts !== undefined) return inZone(parts, timeZone);
  }
  return undefined;
};
