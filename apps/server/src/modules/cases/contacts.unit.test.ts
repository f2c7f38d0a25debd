import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openContact, sealContact } from "./contacts.ts";

const KEY = Buffer.alloc(32, 1);
const COUNTY = "500231";
const CASE = "0192f0c1-0000-7000-8000-000000000001";

describe("a resident's contact", () => {
  it("comes back as it was, and is sealed differently each time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (contact) => {
        const sealed = sealContact(KEY, COUNTY, CASE, contact);
        expect(openContact(KEY, COUNTY, CASE, sealed)).toBe(contact);
        expect(sealContact(KEY, COUNTY, CASE, contact).ciphertext).not.toEqual(sealed.ciphertext);
      }),
    );
  });

  it("opens with no other key, for no other case or county, and not when a bit was changed", () => {
    const sealed = sealContact(KEY, COUNTY, CASE, "13800000000");
    const refused = "unable to authenticate data";
    expect(() => openContact(Buffer.alloc(32, 2), COUNTY, CASE, sealed)).toThrow(refused);
    expect(() => openContact(KEY, "500232", CASE, sealed)).toThrow(refused);
    expect(() => openContact(KEY, COUNTY, CASE.replace("1", "2"), sealed)).toThrow(refused);
    for (let byte = 0; byte < sealed.ciphertext.length; byte += 1) {
      const ciphertext = Buffer.from(sealed.ciphertext);
      ciphertext.writeUInt8(ciphertext.readUInt8(byte) ^ 1, byte);
      expect(() => openContact(KEY, COUNTY, CASE, { ...sealed, ciphertext })).toThrow(refused);
    }
  });
});
