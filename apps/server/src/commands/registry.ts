import type { CommandEntry } from "./command.ts";

/**
 * The commands of the server, in the order of the help. A name of two words is a command and its
 * kind (`import grids`). `test` and `bench` are the launcher's own and live in tools/ and bench/.
 */
export const COMMANDS: Record<string, CommandEntry> = {
  start: {
    summary: "start a county: database, migrations, demo data on first run, server and worker",
    load: () => import("./start.ts"),
  },
  setup: {
    summary: "make the three administrators of a county, before it is served in production",
    load: () => import("./setup.ts"),
  },
  user: {
    summary: "list accounts, add one, set a new password, close or reopen one",
    load: () => import("./user.ts"),
  },
  "access matrix": {
    summary: "print which role may do what",
    load: () => import("./access.ts"),
  },
  "audit verify": {
    summary: "find every change and gap in the audit log",
    load: () => import("./audit.ts"),
  },
  keys: {
    summary: "change the data keys while serving (rotate), or tell them (status)",
    load: () => import("./keys.ts"),
  },
  "privacy inventory": {
    summary: "print every field that holds something about a person",
    load: () => import("./privacy.ts"),
  },
  county: {
    summary: "list the counties, or add one",
    load: () => import("./county.ts"),
  },
  "import grids": {
    summary: "import one level of a county's grids from GeoJSON or a zipped Shapefile",
    load: () => import("./import-grids.ts"),
  },
  "import catalogue": {
    summary: "load a code table or an authority list from JSON or CSV",
    load: () => import("./import-catalogue.ts"),
  },
  "train categories": {
    summary: "learn from closed cases which category people's words mean",
    load: () => import("./train-categories.ts"),
  },
  "import components": {
    summary: "load components from GeoJSON, a zipped Shapefile or CSV, with every fault",
    load: () => import("./import-components.ts"),
  },
  "import register": {
    summary: "bring a register in from XLSX or CSV, or write its template",
    load: () => import("./import-register.ts"),
  },
  "export grids": {
    summary: "write one level of grids as GeoJSON or a zipped Shapefile",
    load: async () => ({ command: (await import("./export-map.ts")).exportGridsCommand }),
  },
  "export components": {
    summary: "write all components as GeoJSON or a zipped Shapefile",
    load: async () => ({ command: (await import("./export-map.ts")).exportComponentsCommand }),
  },
  replay: {
    summary: "drive a file of real service requests through the real lifecycle",
    load: () => import("./replay.ts"),
  },
  "notify test": {
    summary: "send one test message by e-mail or text message",
    load: () => import("./notify-test.ts"),
  },
  backup: {
    summary: "write the whole installation into a folder, beside a running county",
    load: () => import("./backup.ts"),
  },
  restore: {
    summary: "load a backup into an empty installation",
    load: () => import("./restore.ts"),
  },
  doctor: {
    summary: "check versions, disk, database, migrations, case log and calendar",
    load: () => import("./doctor.ts"),
  },
};

/** Run by the launcher itself, listed with the others. */
export const LAUNCHER_COMMANDS: Record<string, string> = {
  test: "format, lint, types, import rules and all tests: test [unit|module|browser] [FILTER]",
  bench: "measure, each figure as a ratio against its limit",
};
