import type { CalledPost } from "@onegrid/contract";
import { sql } from "kysely";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { takeAct } from "./act.ts";
import { candidacyProblemOf, insertCandidacy, sentBefore } from "./candidacies.ts";
import { selectablePost } from "./offer-posts.ts";
import { callIsOver, notListed } from "./problems.ts";

type Called = { isListed: boolean; posts: CalledPost[] };

/** Who the signed-in account is in the list of people; undefined: nobody. */
const selectOwnPerson = async (trx: Trx, ctx: StaffCtx): Promise<string | undefined> => {
  const row = await trx
    .selectFrom("person")
    .select("person_id")
    .where("county_code", "=", ctx.county.countyCode)
    .where("account_id", "=", ctx.actor.accountId)
    .executeTakeFirst();
  return row?.person_id;
};

/** Posts of every street that calls now, with the candidacies of one person. */
const readCalled = async (trx: Trx, ctx: StaffCtx): Promise<Called> => {
  const { countyCode } = ctx.county;
  const personId = await selectOwnPerson(trx, ctx);
  const { rows } = await sql<CalledPost>`
    SELECT r.reassignment_id AS "reassignmentId", s.name AS "streetName",
      o.post_code AS "postCode", t.name AS "postName", g.name AS "gridName",
      coalesce(d.duties, '{}') AS duties,
      CASE WHEN c.candidacy_id IS NOT NULL THEN jsonb_build_object('candidacyId', c.candidacy_id,
        'way', c.way, 'state', c.state, 'reason', c.reason) END AS own
    FROM reassignment r
    JOIN offered_post o ON o.county_code = r.county_code
      AND o.reassignment_id = r.reassignment_id AND o.removed_at IS NULL
    JOIN post p ON p.county_code = o.county_code AND p.post_code = o.post_code
    JOIN post_template t ON t.county_code = p.county_code AND t.template_code = p.template_code
    LEFT JOIN grid g ON g.county_code = p.county_code AND g.grid_code = p.grid_code
      AND g.valid_to IS NULL
    LEFT JOIN grid s ON s.county_code = r.county_code AND s.grid_code = r.street_code
      AND s.valid_to IS NULL
    LEFT JOIN LATERAL (SELECT d.duties FROM duty_list d
      WHERE d.county_code = t.county_code AND d.template_code = t.template_code
      ORDER BY d.version DESC LIMIT 1) d ON true
    LEFT JOIN candidacy c ON c.county_code = o.county_code AND c.post_code = o.post_code
      AND c.reassignment_id = o.reassignment_id AND c.person_id = ${personId ?? null}::uuid
    WHERE r.county_code = ${countyCode} AND r.state = 'calling'
    ORDER BY p.grid_code, t.rank, o.post_code`.execute(trx);
  return { isListed: personId !== undefined, posts: rows };
};

/** Posts that may be applied for now, in the whole county. */
export const listCalledPosts = (ctx: StaffCtx): Promise<Called> =>
  inScope(ctx.db, scopeOf(ctx), (trx) => readCalled(trx, ctx));

/**
 * An application 报名 of the signed-in account's own person, while its street calls; sent again it
 * changes nothing. Throws `reassignment.not_found`, `.act_not_allowed`, `.not_listed`,
 * `.post_not_offered`, `.post_not_selectable`, `.already_candidate`, `.id_taken`,
 * `posts.person_left`, `notices.personal_data`.
 */
export const applyForPost = async (
  ctx: StaffCtx,
  application: { reassignmentId: string; candidacyId: string; postCode: string; words: string },
): Promise<Called> => {
  const { candidacyId, postCode, reassignmentId } = application;
  try {
    return await inScope(ctx.db, scopeOf(ctx), async (trx) => {
      await takeAct(trx, ctx, reassignmentId, "enter", {
        mayAct: ({ state }) => {
          if (state !== "calling") throw new ProblemError(callIsOver({ state }));
        },
        prepare: async (_trx, standing) => {
          const personId = await selectOwnPerson(trx, ctx);
          if (personId === undefined) throw new ProblemError(notListed());
          if (sentBefore(standing, application)) return null;
          selectablePost(standing, postCode);
          return personId;
        },
        store: async (_trx, standing, personId) => {
          const way = "applied" as const;
          await insertCandidacy(trx, ctx, standing, { ...application, personId, way });
          return { candidacyId, postCode, way };
        },
      });
      return readCalled(trx, ctx);
    });
  } catch (error) {
    throw candidacyProblemOf(error);
  }
};
