import { describe, expect, it } from "vitest";
import { emptyDraft, isBlank, lacks, takenUp, type ReportDraft } from "./draft.ts";

const ready: ReportDraft = {
  ...emptyDraft("a"),
  categoryCode: "C1",
  words: "井盖缺失",
  place: { kind: "fix", lng: 107.3, lat: 30.3, accuracyM: 12, at: "2026-11-24T01:00:00.000Z" },
};

describe("lacks", () => {
  it("lets a report with category, place and words go", () => {
    expect(lacks(ready)).toEqual([]);
  });
  it("does not take a fix worse than 100 m for a place, but takes a pin or an address", () => {
    const coarse = { kind: "fix", lng: 107, lat: 30, accuracyM: 101, at: "2026-11-24T01:00:00Z" };
    const draft = { ...ready, place: coarse } as ReportDraft;
    expect(lacks(draft)).toEqual(["place"]);
    expect(lacks({ ...draft, address: "人民路 12 号" })).toEqual([]);
    expect(lacks({ ...draft, place: { kind: "pin", lng: 107, lat: 30 } })).toEqual([]);
  });
  it("asks how it was solved when it was solved on the spot", () => {
    expect(lacks({ ...ready, isSolved: true })).toEqual(["note"]);
    expect(lacks({ ...ready, isSolved: true, solvedNote: " " })).toEqual(["note"]);
  });
  it("names everything an empty draft needs, in the order of the screen", () => {
    expect(lacks(emptyDraft("a"))).toEqual(["category", "place", "words"]);
  });
});

describe("taking a draft up again", () => {
  it("keeps a fresh fix and drops an old one", () => {
    expect(takenUp(ready, new Date("2026-11-24T01:09:59Z")).place).not.toBeNull();
    expect(takenUp(ready, new Date("2026-11-24T01:10:01Z")).place).toBeNull();
  });
  it("calls a draft blank only while nothing was put in", () => {
    expect(isBlank(emptyDraft("a"))).toBe(true);
    expect(isBlank(ready)).toBe(false);
  });
});
