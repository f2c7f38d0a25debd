import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accessOf,
  checkAppointment,
  isHeldOn,
  isIdNumber,
  maskIdNumber,
  maskPhone,
} from "./index.ts";

const FACTS = {
  post: { openedOn: "2026-01-01", closedOn: null },
  ofPost: [],
  ofPerson: [],
  leftOn: null,
  maxPostsPerPerson: 2,
};
const from = (beginsOn: string, endsOn: string | null = null) => ({ beginsOn, endsOn });

describe("an appointment", () => {
  it.each([
    [from("2026-02-01"), FACTS, null],
    [from("2025-12-31"), FACTS, "posts.post_not_open"],
    [
      from("2026-06-01"),
      { ...FACTS, post: { openedOn: "2026-01-01", closedOn: "2026-06-01" } },
      "posts.post_not_open",
    ],
    [from("2026-02-01"), { ...FACTS, leftOn: "2026-02-01" }, "posts.person_left"],
    [from("2026-02-01"), { ...FACTS, ofPost: [from("2026-01-01", "2026-02-01")] }, null],
    [from("2026-02-01"), { ...FACTS, ofPost: [from("2026-03-01")] }, "posts.post_taken"],
    [from("2026-02-01"), { ...FACTS, ofPerson: [from("2025-01-01")] }, null],
    [
      from("2026-02-01"),
      { ...FACTS, ofPerson: [from("2025-01-01"), from("2026-05-01")] },
      "posts.too_many_posts",
    ],
    // One ends before the other begins: never three at once.
    [
      from("2026-02-01"),
      { ...FACTS, ofPerson: [from("2025-01-01", "2026-05-01"), from("2026-05-01")] },
      null,
    ],
  ] as const)("%#", (tenure, facts, code) => {
    expect(checkAppointment(tenure, facts)?.refused.code ?? null).toBe(code);
  });

  it("is granted one after another without ever passing the limit", () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, "0")}`);
    const tenure = fc
      .tuple(day, fc.option(day))
      .map(([a, b]) => from(b !== null && b < a ? b : a, b !== null && b < a ? a : b));
    fc.assert(
      fc.property(
        fc.array(tenure, { maxLength: 20 }),
        fc.integer({ min: 1, max: 3 }),
        (all, max) => {
          const held: ReturnType<typeof from>[] = [];
          for (const wanted of all.filter(({ beginsOn, endsOn }) => beginsOn !== endsOn)) {
            const facts = { ...FACTS, ofPerson: held, maxPostsPerPerson: max };
            if (checkAppointment(wanted, facts) === null) held.push(wanted);
          }
          for (let n = 1; n <= 28; n += 1) {
            const on = `2026-02-${String(n).padStart(2, "0")}`;
            expect(held.filter((each) => isHeldOn(each, on)).length).toBeLessThanOrEqual(max);
          }
        },
      ),
    );
  });
});

it("gives the access of the post nearest to the county, and none without a post", () => {
  const worker = {
    ...from("2026-01-01", "2026-06-01"),
    role: "worker",
    gridCode: "g3",
    gridLevel: 3,
  } as const;
  const head = { ...from("2026-02-01"), role: "head", gridCode: "g2", gridLevel: 2 } as const;
  expect(accessOf([worker, head], "2026-01-15")).toEqual({ role: "worker", scopeCode: "g3" });
  expect(accessOf([worker, head], "2026-03-01")).toEqual({ role: "head", scopeCode: "g2" });
  expect(accessOf([worker], "2026-06-01")).toBeNull();
});

it("masks what is personal and knows an ID number by its check sign", () => {
  expect(maskPhone("13812345678")).toBe("138****5678");
  expect(maskPhone("12345")).toBe("****");
  expect(maskIdNumber("11010519491231002X")).toBe("110105********002X");
  expect(isIdNumber("11010519491231002X")).toBe(true);
  expect(isIdNumber("110105194912310021")).toBe(false);
});
