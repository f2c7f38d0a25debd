/** Imports run one way; see ARCHITECTURE.md. Each rule says why it is there. */

const PACKAGES = "^(packages|apps)/[^/]+/";

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** The workspaces that each workspace may import; everything else of ours is closed to it. */
const OPEN = {
  "packages/contract": [],
  "packages/domain": ["packages/contract"],
  "packages/geo": [],
  "packages/client": ["packages/contract"],
  "packages/ui": ["packages/contract", "packages/domain"],
  "apps/console": ["packages/(contract|domain|geo|client|ui)"],
  "apps/field": ["packages/(contract|domain|geo|client|ui)"],
  "apps/portal": ["packages/(contract|domain|geo|client|ui)"],
  "apps/server": ["packages/(contract|domain|geo|ui)"],
};

const TESTS = "\\.(unit|module|browser)\\.test\\.tsx?$|/test/";

module.exports = {
  forbidden: [
    ...Object.entries(OPEN).map(([workspace, open]) =>
      forbid(
        `one-way:${workspace}`,
        "contract ← domain ← server and contract ← client ← fronts, never back",
        // Browser tests drive the whole system, so they may start the server.
        { path: `^${workspace}/`, pathNot: "\\.(module|browser)\\.test\\.tsx?$|/test/" },
        { path: PACKAGES, pathNot: [workspace, ...open].map((path) => `^${path}/`) },
      ),
    ),
    forbid(
      "no-cycle",
      "A cycle means that two files are one. Types alone, and files loaded on demand, tie no knot",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "dynamic-import"] } },
    ),
    forbid(
      "domain-is-pure",
      "The rules do no I/O: no clock, no environment, no file, no socket",
      { path: "^packages/(domain|contract)/src/", pathNot: TESTS },
      { dependencyTypes: ["core"] },
    ),
    forbid(
      "module-through-its-door",
      "A module is used through its index.ts; another module's tables are read in *-queries.ts only",
      { path: "^apps/server/src/modules/([^/]+)/", pathNot: TESTS },
      {
        path: "^apps/server/src/modules/([^/]+)/",
        pathNot: ["^apps/server/src/modules/$1/", "/index\\.ts$", "-queries\\.ts$"],
      },
    ),
    forbid(
      "module-door-from-outside",
      "Whatever is not a module comes in through the module's index.ts as well",
      { path: "^apps/server/src/", pathNot: ["^apps/server/src/modules/", TESTS] },
      {
        path: "^apps/server/src/modules/[^/]+/",
        pathNot: ["^apps/server/src/modules/[^/]+/index\\.ts$", "-queries\\.ts$"],
      },
    ),
    forbid(
      "platform-below-modules",
      "The platform serves the modules and knows none of them",
      { path: "^apps/server/src/platform/", pathNot: TESTS },
      { path: "^apps/server/src/(modules|interfaces|demo|commands)/" },
    ),
    forbid(
      "interfaces-on-top",
      "Interfaces translate to and from the outside and use the modules, never the other way",
      { path: "^apps/server/src/(modules|platform)/" },
      { path: "^apps/server/src/interfaces/" },
    ),
    forbid(
      "no-tests-in-the-product",
      "What runs in a county does not import from tests",
      { path: "^(packages|apps)/[^/]+/src/", pathNot: TESTS },
      { path: TESTS },
    ),
    forbid(
      "declared-dependencies",
      "A package that a workspace uses stands in that workspace's package.json",
      { path: "^(packages|apps)/[^/]+/src/", pathNot: TESTS },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
    forbid(
      "resolvable",
      "An import that leads nowhere (geojson is types only: @types/geojson; virtual: is made by the build)",
      {},
      { couldNotResolve: true, pathNot: "^(geojson$|virtual:)" },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|node_modules)/" },
    tsPreCompilationDeps: true,
    // TypeScript 7 has no stable API yet for dependency-cruiser; swc parses the same syntax.
    parser: "swc",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default", "browser"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json", ".css"],
    },
  },
};
