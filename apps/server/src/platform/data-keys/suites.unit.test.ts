import { createHash, createCipheriv } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dataKeyIdOf,
  openKept,
  sealToKeep,
  sealWithDataKey,
  setRing,
  type DataKey,
} from "./ring.ts";
import { SEALING, SUITES } from "./suites.ts";

const installation = new Uint8Array(32).fill(7);
const dataKeyOf = (suite: (typeof SUITES)[number]): DataKey => ({
  keyId: "0123456789abcdef",
  suite,
  key: new Uint8Array(32).fill(9),
});

describe.each(SUITES)("%s", (suite) => {
  const of = dataKeyOf(suite);
  it("opens for its owner alone and notices every changed bit", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), (text, owner, at) => {
        const whole = text.toWellFormed();
        const sealed = sealWithDataKey(of, owner, whole);
        setRing(installation, { keys: new Map([[of.keyId, of]]), current: of });
        expect(openKept(installation, owner, sealed)).toBe(whole);
        expect(dataKeyIdOf(sealed)).toBe(of.keyId);
        expect(() => openKept(installation, `${owner}x`, sealed)).toThrow(/./);
        const changed = Buffer.from(sealed);
        const place = 16 + (at % (changed.length - 16));
        changed[place] = (changed[place] ?? 0) ^ (1 << (at % 8));
        expect(() => openKept(installation, owner, changed)).toThrow(/./);
      }),
      { numRuns: 25 },
    );
  });
});

it("computes SM4 and SM3 as the standards' own examples", () => {
  // GB/T 32907-2016, annex A.1; GB/T 32905-2016, annex A.1.
  const key = Buffer.from("0123456789abcdeffedcba9876543210", "hex");
  const cipher = createCipheriv("sm4-ecb", key, null).setAutoPadding(false);
  expect(Buffer.concat([cipher.update(key), cipher.final()]).toString("hex")).toBe(
    "681edf34d206965e86b3e94f536e4246",
  );
  expect(createHash("sm3").update("abc").digest("hex")).toBe(
    "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
  );
});

it("goes on opening what the installation's key made, and seals nothing while it knows no ring", () => {
  const own = new Uint8Array(32).fill(5);
  const before = sealToKeep(own, "owner", "words");
  expect(dataKeyIdOf(before.ciphertext)).toBeNull();
  const of = dataKeyOf("aes_256_gcm");
  setRing(own, { keys: new Map([[of.keyId, of]]), current: of });
  expect(openKept(own, "owner", before.ciphertext)).toBe("words");
  const after = sealToKeep(own, "owner", "words");
  expect(after.keyId).toBe(of.keyId);
  setRing(own, { keys: new Map(), current: null });
  expect(() => openKept(own, "owner", after.ciphertext)).toThrow("server.unavailable");
  setRing(own, "unknown");
  expect(() => sealToKeep(own, "owner", "words")).toThrow("server.unavailable");
  expect(SEALING.aes_256_gcm.unseal(of.key, "owner", after.ciphertext.subarray(16))).toBe("words");
});
