import type { TakenPhoto } from "../outbox/enqueue.ts";
import type { StoredSpot } from "../storage/database.ts";

/** Where a problem is, by the worker's act: a fix of the device, or a pin put by hand. */
export type Place =
  | { kind: "fix"; lng: number; lat: number; accuracyM: number; at: string }
  | {
      kind: "pin";
      lng: number;
      lat: number;
      /** 部件 that was tapped there. */
      component?: { componentCode: string; name: string };
    };

/**
 * A report being written. Kept in the database at every change: Android may throw the page away
 * while the camera is open.
 */
export type ReportDraft = {
  accountId: string;
  photos: TakenPhoto[];
  /** When the problem was seen: the first photo, else the moment of sending. */
  seenAt: string | null;
  categoryCode: string | null;
  words: string;
  place: Place | null;
  /** 部件 tapped on the map; absent in drafts of earlier versions. */
  component?: { componentCode: string; name: string } | null;
  /** 巡查: the place that was looked at and is not in order. */
  spot?: StoredSpot | null;
  address: string;
  isSolved: boolean;
  solvedNote: string;
};

export const emptyDraft = (accountId: string): ReportDraft => ({
  accountId,
  photos: [],
  seenAt: null,
  categoryCode: null,
  words: "",
  place: null,
  address: "",
  isSolved: false,
  solvedNote: "",
});

/** A fix worse than this does not say which side of the street: the pin is put by hand. */
export const COARSE_M = 100;
/** A restored fix older than this may be from another street. */
const FIX_FRESH_MS = 10 * 60_000;

/** The draft as it may be taken up again: an old fix is asked for anew. */
export const takenUp = (draft: ReportDraft, now: Date): ReportDraft => {
  const isStale =
    draft.place?.kind === "fix" && now.getTime() - Date.parse(draft.place.at) > FIX_FRESH_MS;
  return isStale ? { ...draft, place: null } : draft;
};

/** True when there is nothing in it that would be missed. */
export const isBlank = (draft: ReportDraft): boolean =>
  draft.photos.length === 0 &&
  draft.categoryCode === null &&
  draft.words === "" &&
  draft.address === "";

export type Lack = "category" | "place" | "words" | "note";

/** What a draft still needs before it can be sent, in the order of the screen. */
export function lacks(draft: ReportDraft): Lack[] {
  const { place, address } = draft;
  const isPlaced = place !== null && (place.kind === "pin" || place.accuracyM <= COARSE_M);
  return [
    ...(draft.categoryCode === null ? (["category"] as const) : []),
    ...(!isPlaced && address.trim() === "" ? (["place"] as const) : []),
    ...(draft.words.trim() === "" ? (["words"] as const) : []),
    ...(draft.isSolved && draft.solvedNote.trim() === "" ? (["note"] as const) : []),
  ];
}
