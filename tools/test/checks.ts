import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../root.ts";

/** A check without tests: a program whose exit code decides. */
export interface Check {
  name: string;
  /** Arguments of Node: a script and what it is given. */
  args: string[];
  /** Its last line is told also when all is well: it may not have been able to look. */
  isToldAlways?: boolean;
  /** What mends the usual failure. */
  remedy?: string;
}

function tool(path: string): string {
  return join(ROOT, "node_modules", path);
}

/** The static checks, quickest first. */
export function checks(): Check[] {
  const openapi = join(ROOT, "tools", "openapi.ts");
  return [
    {
      name: "format (oxfmt)",
      args: [tool("oxfmt/bin/oxfmt"), "--check"],
      remedy: "npx oxfmt",
    },
    { name: "lint (oxlint)", args: [tool("oxlint/bin/oxlint"), "--deny-warnings"] },
    { name: "file length", args: [join(ROOT, "tools", "file-length.ts")] },
    {
      name: "import rules (dependency-cruiser)",
      args: [
        tool("dependency-cruiser/bin/dependency-cruiser.mjs"),
        "--config",
        ".dependency-cruiser.cjs",
        "packages",
        "apps",
      ],
    },
    { name: "unused code (knip)", args: [tool("knip/bin/knip.js"), "--no-progress"] },
    { name: "types (tsc)", args: [tool("typescript/bin/tsc"), "--noEmit", "-p", "tsconfig.json"] },
    ...(existsSync(openapi)
      ? [
          {
            name: "OpenAPI document",
            args: [openapi, "--check"],
            remedy: "node tools/openapi.ts",
          },
        ]
      : []),
    {
      name: "licences and bill of materials",
      args: [join(ROOT, "tools", "dependencies", "bill.ts")],
      remedy: "tools/dependencies/licence-rules.ts says what is allowed",
    },
    {
      name: "advisories (npm audit)",
      args: [join(ROOT, "tools", "dependencies", "audit.ts")],
      isToldAlways: true,
    },
    { name: "fronts build (vite)", args: [join(ROOT, "tools", "build-fronts.ts")] },
  ];
}
