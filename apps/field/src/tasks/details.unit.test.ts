import { CASE_ACTIONS, CommandDetails } from "@onegrid/contract";
import { describe, expect, it } from "vitest";
import { AT_DESK, beginWith, DETAIL_FIELDS, detailsOf, fieldsFor, missingOf } from "./details.ts";
import type { DetailField, DetailValues } from "./details.ts";

const filled = (field: DetailField): DetailValues[string] => {
  switch (field.kind) {
    case "choice":
      return field.values.at(-1) ?? "";
    case "day":
      return "2026-12-01";
    case "subTask":
      return 1;
    case "unit":
      return "CGJ";
    case "units":
      return ["CGJ", "YJJ"];
    case "score":
      return 4;
  }
};

const nothing = { subTasks: [], units: [] };

describe("what actions ask for", () => {
  it.each(Object.keys(DETAIL_FIELDS) as (keyof typeof DETAIL_FIELDS)[])(
    "%s: filled in, it is what the contract takes",
    (action) => {
      const values: DetailValues = beginWith(action, nothing);
      for (let round = 0; round < 3; round += 1) {
        for (const field of fieldsFor(action, values)) values[field.name] ??= filled(field);
      }
      expect(missingOf(action, values)).toEqual([]);
      expect(CommandDetails.safeParse(detailsOf(action, values))).toMatchObject({ success: true });
    },
  );
  it("leaves no action of the contract's details without a form, but those of the desk", () => {
    const known = new Set([...Object.keys(DETAIL_FIELDS), ...AT_DESK]);
    const asked = CommandDetails.options.map((option) => option.shape.action.value);
    expect(asked.filter((action) => !known.has(action))).toEqual([]);
    expect(AT_DESK.every((action) => CASE_ACTIONS.includes(action))).toBe(true);
  });
  it("asks for the next day only when the work is put off", () => {
    expect(missingOf("feed_back", { result: "done" })).toEqual([]);
    expect(detailsOf("feed_back", { result: "done" })).toEqual({
      action: "feed_back",
      result: "done",
      nextDay: null,
    });
    expect(missingOf("feed_back", { result: "scheduled" })).toEqual(["nextDay"]);
    expect(detailsOf("feed_back", { result: "done", nextDay: "2026-12-01" })).toMatchObject({
      nextDay: null,
    });
  });
  it("fills in what has one answer", () => {
    expect(beginWith("finish_sub_task", { ...nothing, subTasks: [3] })).toEqual({ subTask: 3 });
    expect(missingOf("sign_sub_task", beginWith("sign_sub_task", nothing))).toEqual(["subTask"]);
    expect(detailsOf("sign", {})).toBeNull();
  });
});
