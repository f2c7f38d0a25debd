import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { CHUNK_MAX_BYTES, PHOTO_MAX_BYTES } from "@onegrid/contract";
import fc from "fast-check";
import sharp from "sharp";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../test/support/app.ts";
import { attachmentTasks } from "./index.ts";
import { PARTS_PER_ACCOUNT } from "./parts.ts";

let app: TestApp;
let worker: TestClient;
beforeAll(async () => {
  app = await testApp();
  worker = await app.as("worker1");
});
afterAll(() => app.close());

/** Noise, so that the file has some hundred kilobytes. */
const noisyPhoto = (side: number, seed: number): Promise<Buffer> => {
  let state = seed;
  const pixels = Buffer.alloc(side * side * 3);
  for (let i = 0; i < pixels.length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[i] = state >>> 24;
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .jpeg()
    .toBuffer();
};

const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

const address = (id: string, photo: Buffer, more: Record<string, string | number> = {}) =>
  `/api/v1/attachments/${id}/upload?${new URLSearchParams({
    totalBytes: String(photo.length),
    sha256: hashOf(photo),
    ...Object.fromEntries(Object.entries(more).map(([key, value]) => [key, String(value)])),
  }).toString()}`;

const send = (id: string, photo: Buffer, from: number, to: number, as = worker) =>
  as.call("PATCH", address(id, photo, { offset: from }), photo.subarray(from, to), {
    "content-type": "application/octet-stream",
  });

const parts = (): string[] => {
  const folder = join(app.config.filesDir, "incoming");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
};

const storedHash = async (id: string) => {
  const { rows } = await app.owner.query<{ hash: string }>(
    "SELECT encode(upload_sha256, 'hex') AS hash FROM attachment WHERE attachment_id = $1",
    [id],
  );
  return rows.map(({ hash }) => hash);
};

describe("a photo in pieces", () => {
  it("goes on where it stopped and is stored as it lay on the phone", async () => {
    const [id, photo] = [newId(), await noisyPhoto(400, 1)];
    const third = Math.ceil(photo.length / 3);
    expect((await worker.get(address(id, photo))).json()).toMatchObject({
      receivedBytes: 0,
      photo: null,
    });
    await send(id, photo, 0, third);
    const where = (await worker.get(address(id, photo))).json().receivedBytes;
    expect(where).toBe(third);
    const gap = await send(id, photo, third + 1, third + 5);
    expect(gap.json()).toMatchObject({
      code: "attachments.wrong_offset",
      params: { receivedBytes: third },
    });
    await send(id, photo, where, 2 * third);
    const last = await send(id, photo, 2 * third, photo.length);
    expect(last.json()).toMatchObject({ photo: { attachmentId: id, repeated: false } });
    expect(await storedHash(id)).toEqual([hashOf(photo)]);
    expect(parts()).toEqual([]);
    const again = await send(id, photo, 2 * third, photo.length);
    expect(again.json()).toMatchObject({ photo: { attachmentId: id, repeated: true } });
  });

  it("arrives whole, once, whatever pieces are cut, doubled or sent at the same time", async () => {
    const photo = await noisyPhoto(160, 2);
    const cuts = fc.array(fc.integer({ min: 1, max: photo.length - 1 }), { maxLength: 5 });
    const turns = fc.array(fc.constantFrom("twice", "together", "once"), {
      minLength: 8,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(cuts, turns, async (drawn, how) => {
        const id = newId();
        const ends = [...new Set(drawn), photo.length].toSorted((a, b) => a - b);
        let from = 0;
        for (const [i, to] of ends.entries()) {
          const piece = () => send(id, photo, from, to);
          const answers =
            how[i] === "together" ? await Promise.all([piece(), piece()]) : [await piece()];
          if (how[i] === "twice") answers.push(await piece());
          expect(answers.map((answer) => answer.statusCode)).toEqual(answers.map(() => 200));
          from = to;
        }
        expect(await storedHash(id)).toEqual([hashOf(photo)]);
      }),
      { numRuns: 25 },
    );
    expect(parts()).toEqual([]);
  });

  it("is refused when it is not what was announced, and may begin again", async () => {
    const [id, photo] = [newId(), await noisyPhoto(100, 3)];
    const other = Buffer.from(photo);
    other.writeUInt8(other.readUInt8(500) ^ 1, 500);
    const url = address(id, photo, { offset: 0 });
    const wrong = await worker.call("PATCH", url, other, { "content-type": "image/jpeg" });
    expect(wrong.json()).toMatchObject({ status: 422, code: "attachments.hash_mismatch" });
    expect((await send(id, photo, 0, photo.length)).json().photo).not.toBeNull();
    const taken = await worker.get(address(id, other));
    expect(taken.json()).toMatchObject({ status: 409, code: "attachments.id_taken" });
  });

  it("is refused by its first bytes, by its size and by the size of a piece", async () => {
    const text = Buffer.from("<html>not a photo, and long enough to tell</html>");
    const id = newId();
    expect((await send(id, text, 0, 40)).json()).toMatchObject({
      code: "attachments.unsupported_type",
    });
    expect(parts()).toEqual([]);
    const big = { totalBytes: PHOTO_MAX_BYTES + 1 };
    expect((await worker.get(address(id, text, big))).json()).toMatchObject({
      code: "attachments.too_large",
    });
    const photo = await noisyPhoto(1400, 4);
    expect(photo.length).toBeGreaterThan(CHUNK_MAX_BYTES);
    expect((await send(id, photo, 0, photo.length)).json()).toMatchObject({
      code: "attachments.piece_too_large",
    });
  });

  it("belongs to its account, and an unfinished one is swept away after a day", async () => {
    const [id, photo] = [newId(), await noisyPhoto(100, 5)];
    await send(id, photo, 0, 1000);
    const other = await app.as("head-grid1");
    expect((await other.get(address(id, photo))).json()).toMatchObject({ receivedBytes: 0 });
    expect((await app.anonymous.get(address(id, photo))).statusCode).toBe(401);
    const now = app.clock.now().getTime() / 1000;
    for (const path of parts()) utimesSync(path, now - 90_000, now - 90_000);
    await attachmentTasks["attachments.remove_unnamed"](app.services);
    expect(parts()).toEqual([]);
  });

  it("leaves no more than a few unfinished ones of an account on the disk", async () => {
    const photo = await noisyPhoto(60, 6);
    for (let i = 0; i < PARTS_PER_ACCOUNT + 5; i += 1) await send(newId(), photo, 0, 100);
    expect(parts().length).toBe(PARTS_PER_ACCOUNT);
    expect(parts().every((path) => statSync(path).size === 100)).toBe(true);
  });
});
