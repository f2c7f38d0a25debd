import type { Category } from "@onegrid/contract";
import { enqueue } from "../outbox/enqueue.ts";
import { enqueueLook } from "../outbox/enqueue-look.ts";
import { kickSender } from "../outbox/run-sender.ts";
import { db } from "../storage/database.ts";
import { COARSE_M, type ReportDraft } from "./draft.ts";

/** A coarse fix is not a place: with an address beside it, the address alone is sent. */
const placeOf = ({ place }: ReportDraft) => {
  if (place === null || (place.kind === "fix" && place.accuracyM > COARSE_M)) {
    return { location: null, accuracyM: null };
  }
  const { lng, lat } = place;
  return { location: { lng, lat }, accuracyM: place.kind === "fix" ? place.accuracyM : null };
};

/** 我也遇到: the draft is the same thing as an open case, which gets one follower more. */
export async function joinInstead(
  draft: ReportDraft,
  caseId: string,
  title: string,
): Promise<void> {
  const { accountId, spot } = draft;
  await enqueue({ kind: "join", accountId, caseId, title }, []);
  if (spot) await enqueueLook(spot, "wrong", spot.name ?? title);
  kickSender();
}

/** Puts a finished draft into the outbox and remembers the category for the next time. */
export async function sendReport(draft: ReportDraft, category: Category): Promise<void> {
  const { accountId, photos } = draft;
  const { categoryCode, name } = category;
  const now = new Date().toISOString();
  const address = draft.address.trim();
  await enqueue(
    {
      kind: "report",
      accountId,
      title: name,
      report: {
        categoryCode,
        description: draft.words.trim(),
        ...placeOf(draft),
        address: address === "" ? null : address,
        capturedAt: draft.seenAt ?? now,
        componentCode:
          draft.place?.kind === "pin" ? (draft.place.component?.componentCode ?? null) : null,
        selfHandledNote: draft.isSolved ? draft.solvedNote.trim() : null,
      },
    },
    photos,
  );
  if (draft.spot) await enqueueLook(draft.spot, "wrong", draft.spot.name ?? name);
  await db.uses.put({ accountId, categoryCode, usedAt: now });
  kickSender();
}
