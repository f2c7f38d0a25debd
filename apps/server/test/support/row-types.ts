import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const FILE = join(import.meta.dirname, "../../src/platform/schema.gen.ts");

/** Arguments of node that run the row-type generator against a migrated database. */
export const rowTypeArguments = (ownerUrl: string, ...more: string[]): string[] => {
  const manifest = createRequire(import.meta.url).resolve("kysely-codegen/package.json");
  return [
    join(dirname(manifest), "dist/cli/bin.js"),
    "--dialect=postgres",
    `--url=${ownerUrl}`,
    "--date-parser=string",
    "--include-pattern=public.*",
    "--exclude-pattern=public.schema_migration",
    `--out-file=${FILE}`,
    ...more,
  ];
};
