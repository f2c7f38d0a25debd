/**
 * Writes the bill of materials (SBOM, CycloneDX) of what is installed to .onegrid/sbom.cdx.json and
 * compares every licence with what is allowed. Reads the disk alone.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "../root.ts";
import { licenceFaults } from "./licence-rules.ts";

const Bill = z.object({
  bomFormat: z.literal("CycloneDX"),
  components: z.array(
    z.object({
      name: z.string(),
      group: z.string().optional(),
      version: z.string(),
      purl: z.string(),
      licenses: z
        .array(
          z.object({
            license: z
              .object({ id: z.string().optional(), name: z.string().optional() })
              .optional(),
            expression: z.string().optional(),
          }),
        )
        .default([]),
    }),
  ),
});

const text = execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--loglevel=error"], {
  cwd: ROOT,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
  stdio: ["ignore", "pipe", "inherit"],
});
const { components } = Bill.parse(JSON.parse(text));
const folder = join(ROOT, ".onegrid");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "sbom.cdx.json"), text);

const workspaces = z
  .object({ packages: z.record(z.string(), z.object({ link: z.boolean().optional() })) })
  .parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"))).packages;
const named = components.map(({ name, group, version, licenses }) => ({
  name: group === undefined ? name : `${group}/${name}`,
  version,
  licences: licenses.flatMap(({ license, expression }) => {
    const said = license?.id ?? license?.name ?? expression;
    return said === undefined ? [] : [said];
  }),
}));
const faults = licenceFaults(named, true);
for (const fault of faults) console.log(`✗ ${fault}`);
console.log(
  `${components.length} packages of ${Object.keys(workspaces).length} in the lock, ` +
    `${faults.length} licences that nobody allowed; .onegrid/sbom.cdx.json`,
);
if (components.length < 100) throw new Error("the bill of materials is nearly empty");
if (faults.length > 0) process.exitCode = 1;
