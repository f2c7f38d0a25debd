import type { Verdict } from "./clock-events.ts";

export const LIGHT_COLOURS = ["green", "amber", "red"] as const;
export type LightColour = (typeof LIGHT_COLOURS)[number];

/** What a light says in words; fronts translate the name and never show the colour alone. */
export const LIGHT_NAMES = {
  green: "in_time",
  amber: "due_soon",
  red: "overdue",
} as const satisfies Record<LightColour, string>;

export type Light = {
  readonly colour: LightColour;
  readonly name: (typeof LIGHT_NAMES)[LightColour];
};

const light = (colour: LightColour): Light => ({ colour, name: LIGHT_NAMES[colour] });

/** The light of a clock that was read. A stopped clock that kept its limit is green for good. */
export function lightOf(verdict: Verdict, usedRatio: number, amberRatio: number): Light {
  if (verdict === "overdue") return light("red");
  return light(verdict === "pending" && usedRatio >= amberRatio ? "amber" : "green");
}

/** The light of a row in a list, from stored instants alone, without log or calendar. */
export function lightAt(
  nowMs: number,
  row: { readonly amberAtMs: number | null; readonly dueAtMs: number | null },
): Light {
  if (row.dueAtMs !== null && nowMs > row.dueAtMs) return light("red");
  return light(row.amberAtMs !== null && nowMs >= row.amberAtMs ? "amber" : "green");
}
