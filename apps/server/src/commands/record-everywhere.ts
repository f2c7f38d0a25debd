import { audit, type AuditAction } from "../modules/audit/index.ts";
import { readCounties } from "../modules/county/index.ts";
import { systemClock } from "../platform/clock.ts";
import { everywhere, systemActor } from "../platform/context.ts";
import { inScope, openDatabase } from "../platform/database.ts";
import type { Installation } from "../platform/installation.ts";

/** A line in each county's audit log about what was done to the whole installation. */
export const recordEverywhere = async (
  { appUrl }: Installation,
  action: AuditAction,
  detail: Record<string, string | number>,
): Promise<void> => {
  const { db, close } = openDatabase({ url: appUrl, maxConnections: 1 });
  try {
    for (const county of await readCounties(db)) {
      const { countyCode } = county;
      const actor = systemActor(countyCode);
      const ctx = { county, actor, clock: systemClock, requestId: "command line" };
      await inScope(db, everywhere(countyCode), (trx) =>
        audit(trx, ctx, { action, outcome: "done", detail }),
      );
    }
  } finally {
    await close();
  }
};
