import { join } from "node:path";
import type { Whereabouts } from "../platform/installation.ts";
import { databaseUrlFrom } from "./arguments.ts";

/** The repository's root. */
export const ROOT = join(import.meta.dirname, "..", "..", "..", "..");

/** Options that say where the installation lives; every command that opens it takes them. */
export const WHERE_OPTIONS = {
  data: { type: "string" },
  "database-url": { type: "string" },
} as const;

/** Help for WHERE_OPTIONS. */
export const WHERE_HELP = `  --data DIR            data directory (default: .onegrid/data)
  --database-url URL    a PostgreSQL server, 15 or later, instead of the embedded one; the address
                        is the owner's: postgres://OWNER:PASSWORD@HOST:5432/DATABASE
                        (or the variable DATABASE_URL; ONEGRID_APP_DATABASE_URL for the
                        application role when an administrator made it)`;

/** Turns WHERE_OPTIONS and the environment into whereabouts. Throws `cli.bad_database_url`. */
export function whereabouts(values: {
  data?: string | undefined;
  "database-url"?: string | undefined;
}): Whereabouts {
  const databaseUrl = values["database-url"] ?? process.env["DATABASE_URL"];
  const appDatabaseUrl = process.env["ONEGRID_APP_DATABASE_URL"];
  return {
    dataDir: values.data ?? join(ROOT, ".onegrid", "data"),
    databaseUrl: databaseUrl === undefined ? undefined : databaseUrlFrom(databaseUrl),
    appDatabaseUrl: appDatabaseUrl === undefined ? undefined : databaseUrlFrom(appDatabaseUrl),
  };
}
