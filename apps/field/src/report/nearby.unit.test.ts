import type { CaseListItem, Category } from "@onegrid/contract";
import { describe, expect, it } from "vitest";
import { emptyDraft, type Place } from "./draft.ts";
import { comparable, maybeSame, reachOf } from "./nearby.ts";

const NOW = new Date("2026-11-24T08:00:00Z");
const at = { lng: 107.33, lat: 30.33 };
const lamp = { categoryCode: "CM010", meToo: null } as Category;

const open = (over: Partial<CaseListItem>) =>
  ({
    caseId: "c",
    number: "1",
    state: "dispatched",
    categoryCode: "CM010",
    gridName: "一网格",
    ...at,
    reportedAt: "2026-11-24T07:00:00Z",
    ...over,
  }) as CaseListItem;

const seen = (items: CaseListItem[], category = lamp) =>
  maybeSame(items, category, at, NOW).map(({ caseId, distanceM }) => [caseId, distanceM]);

describe("cases on the phone that may be the same thing", () => {
  it("are open, of the kind, near and recent; the nearest stands first", () => {
    const items = [
      // A degree of latitude is 111,320 m.
      open({ caseId: "far", lat: at.lat + 101 / 111_320 }),
      open({ caseId: "edge", lat: at.lat + 99 / 111_320 }),
      open({ caseId: "here" }),
      open({ caseId: "closed", state: "closed" }),
      open({ caseId: "other", categoryCode: "CM001" }),
      open({ caseId: "old", reportedAt: "2026-11-21T07:59:00Z" }),
      open({ caseId: "by address", lng: null, lat: null }),
    ];
    expect(seen(items)).toEqual([
      ["here", 0],
      ["edge", 99],
    ]);
  });
  it("reach as far and as long as the category says", () => {
    const own = { ...lamp, meToo: { distanceM: 30, hours: 100 } };
    expect(reachOf(own)).toEqual({ distanceM: 30, hours: 100 });
    const items = [
      open({ caseId: "old", reportedAt: "2026-11-21T07:59:00Z" }),
      open({ caseId: "far", lat: at.lat + 31 / 111_320 }),
    ];
    expect(seen(items, own)).toEqual([["old", 0]]);
  });
  it("shrink a degree of longitude by the latitude", () => {
    const east = open({ caseId: "east", lng: at.lng + 100 / 111_320 });
    expect(seen([east])).toEqual([["east", 86]]);
  });
});

describe("a place that can be compared", () => {
  const draftAt = (place: Place | null) => comparable({ ...emptyDraft("a"), place });
  const fix = { kind: "fix", ...at, at: NOW.toISOString() } as const;
  it("is a pin or a fix that is sharp enough", () => {
    expect(draftAt({ kind: "pin", ...at })).toEqual(at);
    expect(draftAt({ ...fix, accuracyM: 100 })).toEqual(at);
    expect(draftAt({ ...fix, accuracyM: 101 })).toBeNull();
    expect(draftAt(null)).toBeNull();
  });
});
