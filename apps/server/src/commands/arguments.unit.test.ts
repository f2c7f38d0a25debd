import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databaseUrlFrom, portFrom, readArguments } from "./arguments.ts";

const OPTIONS = { port: { type: "string" }, dry: { type: "boolean", default: false } } as const;

describe("readArguments", () => {
  it("reads options in either form and the words between them", () => {
    const { values, positionals } = readArguments("x", ["a", "--port=1", "b", "--dry"], OPTIONS, 2);
    expect({ ...values }).toEqual({ port: "1", dry: true });
    expect(positionals).toEqual(["a", "b"]);
  });

  it.each([[["--prot", "1"]], [["--port"]], [["--dry=yes"]], [["-x"]]])(
    "refuses %j and points to the command's help",
    (argv) => {
      expect(() => readArguments("start", argv, OPTIONS)).toThrow(
        expect.objectContaining({
          code: "cli.bad_option",
          hint: "See: ./onegrid start --help",
        }),
      );
    },
  );

  it("refuses a word too many by name", () => {
    expect(() => readArguments("start", ["one", "two"], OPTIONS, 1)).toThrow(
      expect.objectContaining({
        code: "cli.too_many_words",
        message: '"two" is one word too many.',
      }),
    );
  });
});

describe("portFrom", () => {
  it("takes every port and nothing else", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65_535 }), (port) => portFrom(String(port)) === port),
    );
    for (const text of ["", "-1", "65536", "80a", "8 0", "1e3", "0x50", "٨٠"]) {
      expect(() => portFrom(text)).toThrow(expect.objectContaining({ code: "cli.bad_port" }));
    }
  });
});

describe("databaseUrlFrom", () => {
  it("takes both names of the scheme", () => {
    for (const url of ["postgres://a:b@h:5432/d", "postgresql:///d?host=/run/postgresql"]) {
      expect(databaseUrlFrom(url)).toBe(url);
    }
  });

  it("refuses other addresses without repeating the password in them", () => {
    for (const url of ["mysql://a:geheim@h/d", "postgres://a:geheim@h", "geheim", ""]) {
      expect(() => databaseUrlFrom(url)).toThrow(
        expect.objectContaining({
          code: "cli.bad_database_url",
          message: expect.not.stringContaining("geheim"),
        }),
      );
    }
  });
});
