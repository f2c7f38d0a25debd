import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { main } from "./cli.ts";
import { COMMANDS, LAUNCHER_COMMANDS } from "./commands/registry.ts";

let out: MockInstance<typeof console.log>;
let err: MockInstance<typeof console.error>;

beforeEach(() => {
  out = vi.spyOn(console, "log").mockImplementation(() => {});
  err = vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

const printed = (spy: MockInstance) => spy.mock.calls.flat().join("\n");

describe("the command line", () => {
  it.each([[[]], [["--help"]], [["help"]]])("lists every command for %j", async (argv) => {
    expect(await main(argv)).toBe(0);
    for (const name of [...Object.keys(COMMANDS), ...Object.keys(LAUNCHER_COMMANDS)]) {
      expect(printed(out)).toMatch(new RegExp(`^  ${name} `, "m"));
    }
  });

  it.each([[["strat"]], [["toString"]], [["--version-of-what"]]])(
    "says that %j is no command, with exit code 2",
    async (argv) => {
      expect(await main(argv)).toBe(2);
      expect(printed(err)).toContain(`There is no command "${argv[0]}".`);
    },
  );

  it.each(Object.keys(COMMANDS))("prints the help of %s without doing anything", async (name) => {
    expect(await main([...name.split(" "), "--help"])).toBe(0);
    expect(printed(out)).toContain(`Usage: ./onegrid ${name}`);
  });

  it("answers a wrong option with the reason and exit code 2", async () => {
    expect(await main(["start", "--prot", "1"])).toBe(2);
    expect(printed(err)).toMatch(/'--prot'[\s\S]*See: \.\/onegrid start --help/);
  });
});
