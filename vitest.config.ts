import { defineConfig } from "vitest/config";

const roots = ["packages", "apps", "bench", "tools"];
const database = "apps/server/test/support/global-setup.ts";

/** The suffix of a test file decides its suite; see CONTRIBUTING.md. */
function include(suite: "unit" | "module" | "browser"): string[] {
  return roots.map((root) => `${root}/**/*.${suite}.test.{ts,tsx}`);
}

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: include("unit"), environment: "node" } },
      {
        test: {
          name: "module",
          include: include("module"),
          environment: "node",
          globalSetup: [database],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "browser",
          include: include("browser"),
          environment: "node",
          globalSetup: [database],
          // A browser and a server a file; most of their time is waiting, so two share two cores.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
