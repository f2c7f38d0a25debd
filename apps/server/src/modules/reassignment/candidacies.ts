import type { CandidacyWay, Reassignment } from "@onegrid/contract";
import { sql } from "kysely";
import type { StaffCtx } from "../../platform/context.ts";
import { violatedConstraint, type Trx } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError } from "../../platform/problems.ts";
import { refusePersonalData } from "../notices/index.ts";
import { addNamedPerson, checkServes } from "../posts/index.ts";
import { performAct } from "./act.ts";
import { selectablePost } from "./offer-posts.ts";
import { alreadyCandidate, idTaken, noSuchCandidacy, unknownFormer } from "./problems.ts";
import type { Standing } from "./read-reassignments.ts";

export type NewCandidacy = {
  reassignmentId: string;
  candidacyId: string;
  postCode: string;
  personId?: string | undefined;
  formerCode?: string | undefined;
  way: CandidacyWay;
  words: string;
};

/** The person of an old post; whoever is not among the people yet becomes one, by name and grid. */
const personOfFormer = async (
  trx: Trx,
  ctx: StaffCtx,
  { row }: Standing,
  formerCode: string,
): Promise<string> => {
  const { countyCode } = ctx.county;
  const { rows } = await sql<{ name: string; gridCode: string; personId: string | null }>`
    SELECT person_name AS name, grid_code AS "gridCode", person_id AS "personId" FROM former_post
    WHERE county_code = ${countyCode} AND code = ${formerCode}
      AND starts_with(grid_code, ${row.streetCode}) FOR UPDATE`.execute(trx);
  const [former] = rows;
  if (former === undefined) throw new ProblemError(unknownFormer({ code: formerCode }));
  if (former.personId !== null) return former.personId;
  const personId = newId();
  await addNamedPerson(trx, ctx, { personId, name: former.name, gridCode: former.gridCode });
  await sql`UPDATE former_post SET person_id = ${personId}::uuid
    WHERE county_code = ${countyCode} AND code = ${formerCode}`.execute(trx);
  return personId;
};

/** Whether a candidacy is sent again. Throws `reassignment.id_taken`. */
export const sentBefore = (
  { posts }: Standing,
  { candidacyId, postCode }: { candidacyId: string; postCode: string },
): boolean => {
  const known = posts
    .flatMap(({ candidacies }) => candidacies)
    .find((each) => each.candidacyId === candidacyId);
  if (known === undefined) return false;
  if (known.postCode === postCode) return true;
  throw new ProblemError(idTaken());
};

/** What a failed insert means, in this module's words; any other error stays what it is. */
export const candidacyProblemOf = (error: unknown): unknown => {
  const constraint = violatedConstraint(error);
  if (constraint === "candidacy_once") return new ProblemError(alreadyCandidate());
  if (constraint === "candidacy_pkey") return new ProblemError(idTaken());
  return error;
};

export const insertCandidacy = async (
  trx: Trx,
  ctx: StaffCtx,
  standing: Standing,
  candidacy: NewCandidacy,
): Promise<void> => {
  const { formerCode, reassignmentId, candidacyId, postCode, way, words } = candidacy;
  refusePersonalData({ words }, new Set());
  const personId =
    candidacy.personId ?? (await personOfFormer(trx, ctx, standing, formerCode ?? ""));
  await checkServes(trx, ctx, personId);
  await trx
    .insertInto("candidacy")
    .values({
      county_code: ctx.county.countyCode,
      candidacy_id: candidacyId,
      reassignment_id: reassignmentId,
      post_code: postCode,
      person_id: personId,
      way,
      words,
      state: "entered",
    })
    .execute();
};

/**
 * Enters an application or a nomination; sent again it changes nothing. Throws `reassignment.*`,
 * `people.not_found`, `posts.person_left`.
 */
export const enterCandidacy = async (
  ctx: StaffCtx,
  candidacy: NewCandidacy,
): Promise<Reassignment> => {
  const { candidacyId, postCode } = candidacy;
  try {
    return await performAct(ctx, candidacy.reassignmentId, "enter", {
      prepare: (_trx, standing) =>
        sentBefore(standing, candidacy) ? null : selectablePost(standing, postCode),
      store: async (trx, standing) => {
        await insertCandidacy(trx, ctx, standing, candidacy);
        return { candidacyId, postCode, way: candidacy.way };
      },
    });
  } catch (error) {
    throw candidacyProblemOf(error);
  }
};

/**
 * Finds a candidate eligible or refuses with a reason; whoever was selected and is refused now is no
 * longer selected. Throws `reassignment.*`.
 */
export const reviewCandidacy = (
  ctx: StaffCtx,
  review: {
    reassignmentId: string;
    candidacyId: string;
    outcome: "eligible" | "refused";
    reason: string;
  },
): Promise<Reassignment> =>
  performAct(ctx, review.reassignmentId, "review", {
    prepare: (_trx, standing) => {
      const { candidacyId } = review;
      const found = standing.posts
        .flatMap(({ candidacies }) => candidacies)
        .find((each) => each.candidacyId === candidacyId);
      if (found === undefined) throw new ProblemError(noSuchCandidacy());
      return selectablePost(standing, found.postCode);
    },
    store: async (trx, _standing, post) => {
      const { countyCode } = ctx.county;
      const { reassignmentId, candidacyId, outcome, reason } = review;
      await sql`UPDATE candidacy SET state = ${outcome}, reason = ${reason}
        WHERE county_code = ${countyCode} AND candidacy_id = ${candidacyId}::uuid`.execute(trx);
      if (outcome === "refused" && post.selectedId === candidacyId) {
        await sql`UPDATE offered_post SET selected_id = NULL, selection_reason = NULL,
            notice_id = NULL
          WHERE county_code = ${countyCode} AND post_code = ${post.postCode}
            AND reassignment_id = ${reassignmentId}::uuid`.execute(trx);
      }
      return { candidacyId, postCode: post.postCode, outcome, reason };
    },
  });
