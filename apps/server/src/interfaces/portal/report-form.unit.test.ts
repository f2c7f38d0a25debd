import { CONSENT_VERSION, ResidentReport } from "@onegrid/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formSeals } from "./form-seal.ts";
import { emptyForm, readReport, takeField } from "./report-form.ts";

const NOW = new Date("2026-11-24T02:00:00Z");
const seals = formSeals(new Uint8Array(32).fill(7));
const later = (ms: number) => new Date(NOW.getTime() + ms);

const filled = () => ({
  ...emptyForm(seals.seal(NOW)),
  categoryCode: "CG-101",
  description: "  路灯不亮\r\n三天了 ",
  address: "南门",
});

test("a filled form is a report; line ends and edges are tidied", () => {
  const read = readReport(filled());
  expect(read).toMatchObject({
    report: { description: "路灯不亮\n三天了", location: null, accuracyM: null, contact: null },
  });
});

test("what is missing is named at its field, one problem each", () => {
  const read = readReport(emptyForm(seals.seal(NOW)));
  expect(read).toEqual({
    problems: [
      { field: "categoryCode", code: "form.category_missing" },
      { field: "place", code: "cases.place_missing" },
      { field: "description", code: "form.description_missing" },
    ],
  });
});

test("a point does for a place, and only then counts its accuracy", () => {
  const pinned = { ...filled(), address: "", lng: "107.333", lat: "30.327", accuracyM: "20" };
  expect(readReport(pinned)).toMatchObject({
    report: { location: { lng: 107.333, lat: 30.327 }, accuracyM: 20, address: null },
  });
  expect(readReport({ ...filled(), accuracyM: "20" })).toMatchObject({
    report: { accuracyM: null },
  });
});

test("a contact is taken with the tick alone: 14 or older, and agreed to the present text", () => {
  const contact = "13800001111";
  const problem = { field: "contact", code: "cases.consent_missing" };
  expect(readReport({ ...filled(), contact })).toEqual({ problems: [problem] });
  expect(readReport({ ...filled(), contact, contactAgreed: "yes" })).toMatchObject({
    report: { contact, contactConsent: CONSENT_VERSION },
  });
  expect(readReport(filled())).toMatchObject({ report: { contact: null, contactConsent: null } });
});

test("whatever is sent, the answer is a valid report or problems, never a failure", () => {
  const names = fc.constantFrom(
    ...Object.keys(emptyForm(seals.seal(NOW))),
    "toString",
    "__proto__",
  );
  const values = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom("9".repeat(5000), "-181", "1e999", "NaN", "\u0000", "\ud800", " "),
  );
  const fields = fc.array(fc.tuple(names, values), { maxLength: 8 });
  fc.assert(
    fc.property(fields, (sent) => {
      const form = filled();
      for (const [name, value] of sent) takeField(form, name, value);
      expect(form.description.length).toBeLessThanOrEqual(4000);
      const read = readReport(form);
      const isSound =
        "report" in read ? ResidentReport.safeParse(read.report).success : read.problems.length > 0;
      expect(isSound).toBe(true);
    }),
    { numRuns: 50 },
  );
}, 30_000);

test("a form's id is good between three seconds and a day, and only with its own seal", () => {
  const form = seals.seal(NOW);
  expect(seals.check(form, later(1_000))).toBe("too_fast");
  expect(seals.check(form, later(3_000))).toBe("good");
  expect(seals.check(form, later(24 * 3_600_000))).toBe("good");
  expect(seals.check(form, later(24 * 3_600_000 + 1))).toBe("stale");
  const other = seals.seal(NOW);
  expect(seals.check({ ...form, seal: other.seal }, later(5_000))).toBe("forged");
  expect(seals.check({ caseId: "", seal: "" }, later(5_000))).toBe("forged");
  const stranger = formSeals(new Uint8Array(32).fill(8));
  expect(stranger.check(form, later(5_000))).toBe("forged");
});
