import { expect, it } from "vitest";
import { EXCEPTIONS, licenceFaults } from "./licence-rules.ts";

const of = (name: string, ...licences: string[]) => ({ name, version: "1.0.0", licences });
const faults = (...components: ReturnType<typeof of>[]) => licenceFaults(components, false);

it("takes free licences, also by choice, and names every other", () => {
  expect(
    faults(of("a", "MIT"), of("b", "(MIT OR GPL-3.0)"), of("c", "Apache-2.0 AND MIT")),
  ).toEqual([]);
  expect(faults(of("a", "GPL-3.0-only"), of("b"), of("c", "MIT AND GPL-2.0"))).toEqual([
    "a@1.0.0: licence GPL-3.0-only",
    "b@1.0.0: licence none",
    "c@1.0.0: licence MIT AND GPL-2.0",
  ]);
});

it("takes an exception by its name under its licence alone, and says which are not needed", () => {
  expect(faults(of("geos-wasm", "LGPL-3.0-or-later"))).toEqual([]);
  expect(faults(of("geos-wasm", "AGPL-3.0"))).toEqual(["geos-wasm@1.0.0: licence AGPL-3.0"]);
  expect(faults(of("@img/sharp-libvips-linux-arm64", "LGPL-3.0-or-later"))).toEqual([]);
  expect(licenceFaults([], true)).toContain("geos-wasm: an exception that nothing needs");
  for (const { why } of Object.values(EXCEPTIONS)) expect(why.length).toBeGreaterThan(10);
});
