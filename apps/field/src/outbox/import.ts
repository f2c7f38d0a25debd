import { CaseCommand, CaseReport, joinCaseAsStaff, PatrolLook } from "@onegrid/contract";
import { db } from "../storage/database.ts";
import { EXPORT_FORMAT } from "./export.ts";
import type { OutboxItem, OutboxPhoto } from "./item.ts";

/** The file is not one that this app wrote, or it is another account's. */
export class WrongFile extends Error {
  override name = "WrongFile";
  readonly why: "format" | "account";

  constructor(why: "format" | "account") {
    super(`this file cannot be taken in: ${why}`);
    this.why = why;
  }
}

const BODIES = {
  report: CaseReport,
  command: CaseCommand,
  look: PatrolLook,
  join: joinCaseAsStaff.body,
} as const;

type Entry = { item: OutboxItem; body: unknown };
type Exported = {
  accountId: string;
  items: Entry[];
  photos: { attachmentId: string; contentType: string; base64: string }[];
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** An entry whose body the server would understand. */
const isEntry = (value: unknown): value is Entry => {
  if (!isRecord(value) || !isRecord(value["item"])) return false;
  const { kind, id, photoIds } = value["item"];
  const schema = BODIES[kind as keyof typeof BODIES];
  return (
    schema !== undefined &&
    typeof id === "string" &&
    Array.isArray(photoIds) &&
    schema.safeParse(value["body"]).success
  );
};

function parse(text: string): Exported {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw new WrongFile("format");
  }
  if (!isRecord(file) || file["format"] !== EXPORT_FORMAT) throw new WrongFile("format");
  const { items, photos, accountId } = file;
  if (!Array.isArray(items) || !Array.isArray(photos) || !items.every(isEntry)) {
    throw new WrongFile("format");
  }
  return { accountId: String(accountId), items, photos: photos as Exported["photos"] };
}

async function photosOf(file: Exported): Promise<Map<string, Blob>> {
  const blobs = new Map<string, Blob>();
  for (const { attachmentId, contentType, base64 } of file.photos) {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    blobs.set(attachmentId, new Blob([bytes], { type: contentType }));
  }
  return blobs;
}

/**
 * Takes a queue that was exported to a file back into the outbox, on this phone or another one of
 * the same account. What is here already, or was sent from here, is left alone; ids stay, so what
 * the server took meanwhile is not made twice. Answers how many were added and how many were
 * known. Throws `WrongFile`; then nothing was stored.
 */
export async function importQueue(
  accountId: string,
  file: Blob,
): Promise<{ added: number; known: number }> {
  const exported = parse(await file.text());
  if (exported.accountId !== accountId) throw new WrongFile("account");
  const blobs = await photosOf(exported);
  return db.transaction("rw", db.items, db.photos, db.meta, db.sent, async () => {
    let added = 0;
    for (const { item } of exported.items) {
      if ((await db.items.get(item.id)) ?? (await db.sent.get(item.id))) continue;
      const seq = ((await db.meta.get("seq"))?.value ?? 0) + 1;
      await db.meta.put({ key: "seq", value: seq });
      await db.items.add({ ...item, accountId, seq, attempts: 0, retryAt: 0 });
      const photos = item.photoIds.flatMap((photoId): OutboxPhoto[] => {
        const blob = blobs.get(photoId);
        const common = { photoId, itemId: item.id, accountId, uploaded: false, sha256: null };
        // It may have been sent in part from the other phone: ask before sending.
        return blob === undefined ? [] : [{ ...common, blob, tries: 1 }];
      });
      await db.photos.bulkPut(photos);
      added += 1;
    }
    return { added, known: exported.items.length - added };
  });
}
