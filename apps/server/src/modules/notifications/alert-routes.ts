import { listAlerts, readAlerts, type Alert, type EndpointAnswer } from "@onegrid/contract";
import { sql } from "kysely";
import { z } from "zod";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { mount } from "../../platform/http.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { caseNumber } from "../cases/index.ts";
import { badAlertCursor } from "./problems.ts";

const PAGE = 30;

type AlertRow = {
  alert_id: string;
  kind: Alert["kind"];
  case_id: string;
  params: Alert["params"];
  raised_at: Date;
  read_at: Date | null;
  reported_at: Date;
  case_number: string;
  category_name: string;
  grid_name: string;
  sort_key: string;
};

const Position = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

const readPosition = (cursor: string): z.infer<typeof Position> => {
  try {
    return Position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw new ProblemError(badAlertCursor);
  }
};

const unreadOf = async (trx: Trx, ctx: StaffCtx): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM staff_alert
    WHERE county_code = ${ctx.county.countyCode} AND account_id = ${ctx.actor.accountId}::uuid
      AND read_at IS NULL`.execute(trx);
  return rows[0]?.n ?? 0;
};

/** A page of the account's alerts with the cases they are about: two statements. */
const list = (
  ctx: StaffCtx,
  query: { cursor?: string | undefined; limit?: number | undefined },
): Promise<EndpointAnswer<typeof listAlerts>> => {
  const { countyCode, timeZone } = ctx.county;
  const after = query.cursor === undefined ? null : readPosition(query.cursor);
  const limit = query.limit ?? PAGE;
  const older =
    after === null
      ? sql``
      : sql`AND (s.raised_at, s.alert_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { rows } = await sql<AlertRow>`
      SELECT s.alert_id, s.kind, s.case_id, s.params, s.raised_at, s.read_at, c.reported_at,
        c.case_number, k.name AS category_name, g.name AS grid_name,
        to_char(s.raised_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS sort_key
      FROM staff_alert s
      JOIN cases c ON c.county_code = s.county_code AND c.case_id = s.case_id
      JOIN category k ON k.county_code = c.county_code AND k.category_code = c.category_code
        AND k.version = c.category_version
      JOIN grid g ON g.county_code = c.county_code AND g.grid_code = c.grid_code
        AND g.version = c.grid_version
      WHERE s.county_code = ${countyCode} AND s.account_id = ${ctx.actor.accountId}::uuid ${older}
      ORDER BY s.raised_at DESC, s.alert_id DESC LIMIT ${limit + 1}`.execute(trx);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      alerts: page.map((row) => ({
        alertId: row.alert_id,
        kind: row.kind,
        caseId: row.case_id,
        number: caseNumber(row.reported_at, row.case_number, timeZone),
        categoryName: row.category_name,
        gridName: row.grid_name,
        params: row.params,
        raisedAt: row.raised_at.toISOString(),
        readAt: row.read_at?.toISOString() ?? null,
      })),
      unread: await unreadOf(trx, ctx),
      nextCursor:
        rows.length > limit && last !== undefined
          ? Buffer.from(JSON.stringify([last.sort_key, last.alert_id])).toString("base64url")
          : null,
    };
  });
};

/** Mounts the bell: the account's own alerts and reading them. */
export const mountAlerts: MountRoutes = (app, { gate }) => {
  mount(app, gate, listAlerts, (ctx, { query }) => list(ctx, query));
  mount(app, gate, readAlerts, (ctx, { body }) =>
    inScope(ctx.db, scopeOf(ctx), async (trx) => {
      const which =
        body.what === "some"
          ? sql`AND alert_id = ANY (${body.alertIds}::uuid[])`
          : sql`AND raised_at <= ${ctx.clock.now()}::timestamptz`;
      await sql`
        UPDATE staff_alert SET read_at = ${ctx.clock.now()}::timestamptz
        WHERE county_code = ${ctx.county.countyCode}
          AND account_id = ${ctx.actor.accountId}::uuid AND read_at IS NULL ${which}`.execute(trx);
      return { unread: await unreadOf(trx, ctx) };
    }),
  );
};
