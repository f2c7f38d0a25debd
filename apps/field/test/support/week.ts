import { createHash } from "node:crypto";
import sharp from "sharp";
import { v7 as newId } from "uuid";

/** A number in [0, 1), the same ones for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A small picture of noise as the phone keeps one: JPEG, no two alike. */
async function smallPhoto(random: () => number): Promise<Buffer> {
  const side = 120 + Math.floor(random() * 200);
  const pixels = Buffer.alloc(side * side * 3);
  for (let i = 0; i < pixels.length; i += 1) pixels[i] = Math.floor(random() * 256);
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .jpeg()
    .toBuffer();
}

export type Week = {
  /** A queue as the app exports it. */
  file: Buffer;
  caseIds: string[];
  /** SHA-256 in hex of each photo as it lies in the queue. */
  photoHashes: Map<string, string>;
};

type WeekPlan = {
  accountId: string;
  categoryCode: string;
  reports: number;
  at: { longitude: number; latitude: number };
  seed: number;
};

/** A worker's week without a network: reports of seven days, two photos in three reports. */
export async function plannedWeek({
  accountId,
  categoryCode,
  reports,
  at,
  seed,
}: WeekPlan): Promise<Week> {
  const random = seeded(seed);
  const photoHashes = new Map<string, string>();
  const photos: { attachmentId: string; contentType: string; base64: string }[] = [];
  const items = [];
  for (let seq = 1; seq <= reports; seq += 1) {
    const id = newId();
    const photoIds: string[] = [];
    for (let n = seq % 3; n > 0; n -= 1) {
      const attachmentId = newId();
      const bytes = await smallPhoto(random);
      photoIds.push(attachmentId);
      photoHashes.set(attachmentId, createHash("sha256").update(bytes).digest("hex"));
      const base64 = bytes.toString("base64");
      photos.push({ attachmentId, contentType: "image/jpeg", base64 });
    }
    const madeAt = new Date(Date.now() - ((reports - seq) / reports) * 7 * 86_400_000);
    const report = {
      categoryCode,
      description: `第 ${seq} 条，断网时写下`,
      location: { lng: at.longitude, lat: at.latitude },
      accuracyM: 8,
      address: null,
      capturedAt: madeAt.toISOString(),
      componentCode: null,
      selfHandledNote: null,
    };
    const item = {
      kind: "report",
      id,
      accountId,
      seq,
      caseId: id,
      title: "周",
      photoIds,
      report,
      state: "waiting",
      attempts: 0,
      retryAt: 0,
      problem: null,
      reuploads: 0,
      madeAt: madeAt.toISOString(),
    };
    items.push({ item, body: { ...report, caseId: id, attachmentIds: photoIds } });
  }
  const whole = { format: "onegrid-outbox/2", accountId, items, photos };
  const caseIds = items.map(({ item }) => item.id);
  return { file: Buffer.from(JSON.stringify(whole)), caseIds, photoHashes };
}
