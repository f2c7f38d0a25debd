import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Grouping } from "./grouping.ts";

/** A statement that ends when told; keeps what each call brought. */
const held = () => {
  const calls: { items: readonly string[]; end: (error?: Error) => void }[] = [];
  const grouping = new Grouping<string, string>({
    inFlight: 2,
    size: 3,
    keyOf: (item) => item.slice(0, 1),
    run: (items) =>
      new Promise((resolve, reject) => {
        calls.push({
          items,
          end: (error) =>
            error ? reject(error) : resolve(items.map((i) => (i === "x" ? new Error(i) : i + "!"))),
        });
      }),
  });
  return { calls, grouping };
};

describe("Grouping", () => {
  it("runs a lone call at once and gathers what comes while statements are under way", async () => {
    const { calls, grouping } = held();
    const first = grouping.take("a");
    await turn();
    const second = grouping.take("b");
    await turn();
    const later = ["c", "d", "e", "f"].map((item) => grouping.take(item));
    await turn();
    expect(calls.map(({ items }) => items)).toEqual([["a"], ["b"]]);
    calls[0]?.end();
    expect(await first).toBe("a!");
    await turn();
    expect(calls[2]?.items).toEqual(["c", "d", "e"]);
    for (const nth of [1, 2]) calls[nth]?.end();
    expect(await second).toBe("b!");
    await turn();
    calls[3]?.end();
    expect(await Promise.all(later)).toEqual(["c!", "d!", "e!", "f!"]);
  });

  it("never puts two of one key into a statement", async () => {
    const { calls, grouping } = held();
    const both = [grouping.take("a1"), grouping.take("a2")];
    await turn();
    expect(calls.map(({ items }) => items)).toEqual([["a1"], ["a2"]]);
    for (const { end } of calls) end();
    expect(await Promise.all(both)).toEqual(["a1!", "a2!"]);
  });

  it("fails one alone, or all when the statement fails", async () => {
    const { calls, grouping } = held();
    const settled = Promise.allSettled([grouping.take("x"), grouping.take("y")]);
    await turn();
    calls[0]?.end();
    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    const all = Promise.allSettled([grouping.take("p"), grouping.take("q")]);
    await turn();
    calls[1]?.end(new Error("away"));
    expect((await all).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
