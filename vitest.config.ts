import { defineConfig } from "vitest/config";

const roots = ["packages", "apps", "bench", "tools"];
const database = "apps/server/test/support/global-setup.ts";

/** The suffix of a test file decides its suite; see CONTRIBUTING.md. */
function include(suite: "unit" | "module" | "browser"): string[] {
  return roots.map((root) => `${root}/**/*.${suite}.test.{ts,tsx}`);
}

// By itself vitest leaves one core free; tests on a database wait for it half of their time.
const maxWorkers = 2;

// The files of a worker share what they import: loading the server anew for each file was a third
// of the time. Tests keep what they change in their own database and server.
const isolate = false;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: include("unit"),
          environment: "node",
          maxWorkers,
          isolate,
          // The first help that a command prints loads the whole server.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "module",
          include: include("module"),
          environment: "node",
          maxWorkers,
          isolate,
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
          // A browser and a server a file.
          maxWorkers,
          isolate,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
