import type { PostRole } from "@onegrid/domain";
import { sql } from "kysely";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";

export type StaffedPosts = {
  templates: {
    templateCode: string;
    name: string;
    gridLevel: number;
    accountRole: PostRole;
    rank: number;
    duties: string[];
  }[];
  posts: {
    postCode: string;
    templateCode: string;
    gridCode: string;
    dutyPhone: string | null;
    serviceHours: string | null;
    openedOn: string;
    /** Who holds it from that day on. */
    holder: {
      personId: string;
      appointmentId: string;
      name: string;
      accountId: string | null;
    } | null;
  }[];
};

/**
 * Writes whole post lists that the program itself made: kinds of posts with their duty lists (which
 * are sample text in every county), posts, people and appointments, five statements for any number. Accounts stay as they
 * are: whoever makes them gives them the place of their post.
 */
export const loadPosts = (ctx: Ctx, { templates, posts }: StaffedPosts): Promise<void> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode, sample } = ctx.county;
    await sql`
      INSERT INTO post_template (county_code, template_code, name, grid_level, account_role, rank,
        sample)
      SELECT ${countyCode}, "templateCode", name, "gridLevel", "accountRole", rank, ${sample}
      FROM jsonb_to_recordset(${JSON.stringify(templates)}::jsonb) AS r("templateCode" text,
        name text, "gridLevel" smallint, "accountRole" text, rank smallint)`.execute(trx);
    await sql`
      INSERT INTO duty_list (county_code, template_code, version, duties, published_at, sample)
      SELECT ${countyCode}, "templateCode", 1, duties, ${ctx.clock.now()}, true
      FROM jsonb_to_recordset(${JSON.stringify(templates)}::jsonb)
        AS r("templateCode" text, duties text[])`.execute(trx);
    await sql`
      INSERT INTO post (county_code, post_code, template_code, grid_code, duty_phone,
        service_hours, opened_on, sample)
      SELECT ${countyCode}, "postCode", "templateCode", "gridCode", "dutyPhone", "serviceHours",
        "openedOn", ${sample}
      FROM jsonb_to_recordset(${JSON.stringify(posts)}::jsonb) AS r("postCode" text,
        "templateCode" text, "gridCode" text, "dutyPhone" text, "serviceHours" text,
        "openedOn" date)`.execute(trx);
    const held = posts.flatMap(({ postCode, gridCode, openedOn, holder }) =>
      holder === null ? [] : [{ postCode, gridCode, openedOn, ...holder }],
    );
    await sql`
      INSERT INTO person (county_code, person_id, name, grid_code, account_id, sample)
      SELECT ${countyCode}, "personId", name, "gridCode", "accountId", ${sample}
      FROM jsonb_to_recordset(${JSON.stringify(held)}::jsonb) AS r("personId" uuid, name text,
        "gridCode" text, "accountId" uuid)`.execute(trx);
    await sql`
      INSERT INTO appointment (county_code, appointment_id, post_code, person_id, begins_on, sample)
      SELECT ${countyCode}, "appointmentId", "postCode", "personId", "openedOn", ${sample}
      FROM jsonb_to_recordset(${JSON.stringify(held)}::jsonb) AS r("appointmentId" uuid,
        "postCode" text, "personId" uuid, "openedOn" date)`.execute(trx);
  });
