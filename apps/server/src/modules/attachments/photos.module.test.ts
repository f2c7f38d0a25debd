import { existsSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PHOTO_MAX_BYTES } from "@onegrid/contract";
import sharp from "sharp";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { attachmentTasks } from "./index.ts";

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const put = (body: Buffer, id = newId(), headers: Record<string, string> = {}) =>
  app.anonymous.call("PUT", `/api/v1/attachments/${id}`, body, {
    "content-type": "image/jpeg",
    ...headers,
  });

/** A picture with something to compress: a gradient, red at the left. */
const picture = (width: number, height: number) => {
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    pixels[i * 3] = 255 - Math.floor(((i % width) / width) * 255);
    pixels[i * 3 + 1] = Math.floor((i / width / height) * 255);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
};

const fileOf = async (id: string, size: "thumb" | "screen" | "full") => {
  const { rows } = await app.owner.query(
    "SELECT encode(sha256, 'hex') AS hash FROM attachment WHERE attachment_id = $1",
    [id],
  );
  const hash = rows[0].hash as string;
  const file = `${hash}-${size}.webp`;
  return join(app.config.filesDir, "photos", MINI.county, hash.slice(0, 2), file);
};
const stored = async (...photo: Parameters<typeof fileOf>) => sharp(await fileOf(...photo));

const incoming = () => {
  const folder = join(app.config.filesDir, "incoming");
  return existsSync(folder) ? readdirSync(folder) : [];
};

/** A case that names photos, written past the modules under test. */
const insertCase = async (gridCode: string, attachmentIds: string[]) => {
  const caseId = newId();
  await app.owner.query(
    `INSERT INTO cases (county_code, case_id, state, tier, holder_code, grid_code, grid_version,
       description, category_code, category_version, net, source, report_hash, attachment_ids,
       reported_at, version)
     VALUES ($1, $2, 'reported', 'level1', $3, $4, 1, 'x', $5, 1, 'city_management', 'worker',
       sha256('x'), $6, $7, 1)`,
    [
      MINI.county,
      caseId,
      gridCode.slice(0, 9),
      gridCode,
      MINI.categories.litter,
      attachmentIds,
      app.clock.now(),
    ],
  );
  await app.owner.query("UPDATE attachment SET case_id = $1 WHERE attachment_id = ANY ($2)", [
    caseId,
    attachmentIds,
  ]);
};

describe("an uploaded photo", () => {
  it("is stored in three sizes, upright, without a trace of its metadata", async () => {
    const jpeg = await picture(3000, 2000)
      .withExif({
        IFD0: { Make: "SecretPhone", Orientation: "6" },
        IFD3: { GPSLatitude: "30/1 20/1 0/1", GPSLatitudeRef: "N" },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(jpeg).metadata()).exif).toBeDefined();
    const id = newId();
    const answer = await put(jpeg, id);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ widthPx: 1707, heightPx: 2560, repeated: false });
    for (const [size, longest] of [
      ["thumb", 320],
      ["screen", 1280],
      ["full", 2560],
    ] as const) {
      const image = await stored(id, size);
      const { format, width, height, exif, icc, xmp, iptc, orientation } = await image.metadata();
      expect({ format, longest: Math.max(width, height) }).toEqual({ format: "webp", longest });
      expect([exif, icc, xmp, iptc, orientation]).toEqual(Array(5).fill(undefined));
    }
    // Turned a quarter to the right, the red left edge lies at the top.
    const [red = 0] = await (
      await stored(id, "thumb")
    )
      .extract({ left: 100, top: 2, width: 1, height: 1 })
      .raw()
      .toBuffer();
    expect(red).toBeGreaterThan(240);
    expect(incoming()).toEqual([]);
  });

  it("may be JPEG, PNG or WebP, moving or small, by its bytes and not by its name", async () => {
    const png = await picture(40, 30).png().toBuffer();
    expect((await put(png)).json()).toMatchObject({ widthPx: 40, heightPx: 30 });
    const frames = [
      await picture(20, 20).png().toBuffer(),
      await picture(20, 20).negate().png().toBuffer(),
    ];
    const moving = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    expect((await sharp(moving).metadata()).pages).toBe(2);
    expect((await put(moving)).json()).toMatchObject({ widthPx: 20, heightPx: 20 });
    const grey = await picture(30, 30).greyscale().png().toBuffer();
    expect((await put(grey)).statusCode).toBe(200);
  });

  it("is the same again under the same id, and refused with other bytes", async () => {
    const id = newId();
    const first = await picture(50, 50).png().toBuffer();
    const other = await picture(51, 50).png().toBuffer();
    const answers = await Promise.all([put(first, id), put(first, id), put(first, id)]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(answers.filter((answer) => answer.json().repeated === false)).toHaveLength(1);
    expect((await put(first, id)).json().repeated).toBe(true);
    const refused = await put(other, id);
    expect([refused.statusCode, refused.json().code]).toEqual([409, "attachments.id_taken"]);
  });

  it("belongs to the account that sent it, or to nobody", async () => {
    const png = await picture(10, 10).png().toBuffer();
    const worker = await app.as("worker1");
    const [own, nobodys] = [newId(), newId()];
    await worker.put(`/api/v1/attachments/${own}`, png);
    await put(png, nobodys);
    const { rows } = await app.owner.query(
      `SELECT t.attachment_id AS id, a.login FROM attachment t
         LEFT JOIN account a USING (county_code, account_id) WHERE t.attachment_id = ANY ($1)`,
      [[own, nobodys]],
    );
    expect(new Map(rows.map(({ id, login }) => [id, login]))).toEqual(
      new Map([
        [own, "worker1"],
        [nobodys, null],
      ]),
    );
  });
});

describe("what is no photo", () => {
  const code = async (body: Buffer, headers: Record<string, string> = {}) => {
    const answer = await put(body, newId(), headers);
    return `${answer.statusCode} ${answer.json().code}`;
  };

  const count = async () => {
    const { rows } = await app.owner.query("SELECT count(*)::int AS n FROM attachment");
    return rows[0].n as number;
  };

  it("is refused with a code for each reason, and leaves nothing behind", async () => {
    const before = await count();
    const jpeg = await picture(800, 600).jpeg().toBuffer();
    const png = await picture(800, 600).png().toBuffer();
    expect(await code(Buffer.from("#!/bin/sh\necho hello\n".repeat(40)))).toBe(
      "415 attachments.unsupported_type",
    );
    expect(await code(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'></svg>"))).toBe(
      "415 attachments.unsupported_type",
    );
    expect(await code(Buffer.from([0xff, 0xd8]))).toBe("415 attachments.unsupported_type");
    expect(await code(jpeg.subarray(0, jpeg.length / 2))).toBe("422 attachments.unreadable");
    expect(await code(png.subarray(0, 3000))).toBe("422 attachments.unreadable");
    expect(await code(Buffer.concat([jpeg.subarray(0, 4), Buffer.alloc(5000, 7)]))).toBe(
      "422 attachments.unreadable",
    );
    expect(await count()).toBe(before);
    expect(incoming()).toEqual([]);
  });

  it("names HEIC and says what to do", async () => {
    const head = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from("ftypheic\0\0\0\0mif1heic"),
    ]);
    const answer = await put(Buffer.concat([head, Buffer.alloc(200)]));
    expect(answer.json()).toMatchObject({
      code: "attachments.unsupported_type",
      params: { found: "heic", allowed: ["jpeg", "png", "webp"] },
    });
    expect(answer.json().detail).toContain("Most Compatible");
  });

  it("too many pixels are refused before they are decoded", async () => {
    const bomb = await sharp({
      create: { width: 10_000, height: 6_000, channels: 3, background: "white" },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(PHOTO_MAX_BYTES);
    const before = process.memoryUsage.rss();
    expect(await code(bomb)).toBe("413 attachments.too_many_pixels");
    // Decoded it would take 180 MB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
  });

  it("too many bytes are refused by the announced length and by those that come", async () => {
    const jpeg = await picture(100, 100).jpeg().toBuffer();
    const large = Buffer.concat([jpeg, Buffer.alloc(PHOTO_MAX_BYTES)]);
    expect(await code(large)).toBe("413 attachments.too_large");
    const { address } = await listening();
    const response = await fetch(`${address}/api/v1/attachments/${newId()}`, {
      method: "PUT",
      // A stream has no length to announce.
      body: new Blob([large]).stream(),
      duplex: "half",
    } as RequestInit);
    expect(((await response.json()) as { code: string }).code).toBe("attachments.too_large");
    // The rest of the body may still be on its way when the refusal arrives.
    await expect.poll(incoming).toEqual([]);
  });

  const listening = async () => ({
    address: await app.http.listen({ host: "127.0.0.1", port: 0 }),
  });
});

describe("reading a photo", () => {
  it("shows those of cases in the own scope, to nobody else", async () => {
    const id = newId();
    const unnamed = newId();
    const png = await picture(400, 400).png().toBuffer();
    await put(png, id);
    await put(png, unnamed);
    await insertCase(MINI.grid1, [id]);
    const url = `/api/v1/attachments/${id}/thumb`;
    const statusFor = async (login: Parameters<TestApp["as"]>[0], at = url) =>
      (await (await app.as(login)).get(at)).statusCode;
    expect(await statusFor("worker1")).toBe(200);
    expect(await statusFor("street1")).toBe(200);
    expect(await statusFor("centre")).toBe(200);
    for (const login of ["worker2", "street2", "city-management", "other-centre"] as const) {
      expect([login, await statusFor(login)]).toEqual([login, 404]);
    }
    expect((await app.anonymous.get(url)).statusCode).toBe(401);
    expect(await statusFor("centre", `/api/v1/attachments/${unnamed}/thumb`)).toBe(404);
    const answer = await (await app.as("worker1")).get(url);
    expect(answer.headers).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
    expect((await sharp(answer.rawPayload).metadata()).width).toBe(320);
    const kept = await (
      await app.as("worker1")
    ).call("GET", url, undefined, {
      "if-none-match": String(answer.headers.etag),
    });
    expect([kept.statusCode, kept.rawPayload.length]).toEqual([304, 0]);
  });
});

describe("photos nobody named", () => {
  it("go after a day with their files, but not files that another photo has", async () => {
    const { services } = app;
    const [alone, twin, named] = [newId(), newId(), newId()];
    await put(await picture(61, 61).png().toBuffer(), alone);
    const shared = await picture(62, 62).png().toBuffer();
    await put(shared, twin);
    await put(shared, named);
    await insertCase(MINI.grid1, [named]);
    const files = [await fileOf(alone, "full"), await fileOf(twin, "full")];
    const begun = app.clock.now();
    app.clock.set(new Date(begun.getTime() + 23 * 3_600_000));
    await attachmentTasks["attachments.remove_unnamed"](services);
    const left = async () => {
      const { rows } = await app.owner.query(
        "SELECT attachment_id AS id FROM attachment WHERE attachment_id = ANY ($1)",
        [[alone, twin, named]],
      );
      return rows.map(({ id }) => id as string).sort();
    };
    expect(await left()).toEqual([alone, twin, named].sort());
    app.clock.set(new Date(begun.getTime() + 25 * 3_600_000));
    const leftover = join(app.config.filesDir, "incoming", newId());
    writeFileSync(leftover, "cut off");
    utimesSync(leftover, begun, new Date(begun.getTime() - 3_600_000));
    await attachmentTasks["attachments.remove_unnamed"](services);
    expect(await left()).toEqual([named]);
    expect(existsSync(leftover)).toBe(false);
    const { rows } = await app.owner.query(
      `SELECT j.payload FROM graphile_worker._private_jobs j
         JOIN graphile_worker._private_tasks t ON t.id = j.task_id
        WHERE t.identifier = 'attachments.remove_files'`,
    );
    expect(rows).toHaveLength(1);
    // Twice, as after a crash between the work and its confirmation.
    await attachmentTasks["attachments.remove_files"](services, rows[0].payload);
    await attachmentTasks["attachments.remove_files"](services, rows[0].payload);
    expect(files.map((file) => existsSync(file))).toEqual([false, true]);
    app.clock.set(begun);
  });
});
