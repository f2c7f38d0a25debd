import type { OfferedPost, Reassignment } from "@onegrid/contract";
import { selectedOf } from "@onegrid/domain";
import { sql } from "kysely";
import { v5 } from "uuid";
import type { StaffCtx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import { appointInTransaction } from "../posts/index.ts";
import { performAct } from "./act.ts";
import { beginsTooEarly } from "./problems.ts";

/** The same post and candidate have the same appointment, however often it is sent. */
const NAMESPACE = "6b7f7a2e-6d0a-5c63-9a51-3c0a2f6c9e11";

const appointmentOf = (post: OfferedPost, beginsOn: string) => {
  const selected = selectedOf(post);
  if (selected === undefined) return [];
  const { candidacyId, personId } = selected;
  const appointmentId = v5(`${candidacyId} ${beginsOn}`, NAMESPACE);
  return [{ appointmentId, postCode: post.postCode, personId, beginsOn }];
};

/**
 * Appoints everybody who is free: the term is over, and no objection is open or was upheld. All of
 * them or nobody. Throws `reassignment.*` and what an appointment throws.
 */
export const appointSelected = (
  ctx: StaffCtx,
  { reassignmentId, beginsOn }: { reassignmentId: string; beginsOn: string },
): Promise<Reassignment> =>
  performAct(ctx, reassignmentId, "appoint", {
    prepare: (_trx, { row, posts }) => {
      if (row.endsOn !== null && beginsOn < row.endsOn) {
        throw new ProblemError(beginsTooEarly({ endsOn: row.endsOn }));
      }
      return posts
        .filter(({ state }) => state === "free")
        .flatMap((post) => appointmentOf(post, beginsOn));
    },
    store: async (trx, _standing, appointments) => {
      for (const appointment of appointments) {
        await appointInTransaction(trx, ctx, appointment);
        const { appointmentId, postCode } = appointment;
        await sql`UPDATE offered_post SET appointment_id = ${appointmentId}::uuid
          WHERE county_code = ${ctx.county.countyCode} AND post_code = ${postCode}
            AND reassignment_id = ${reassignmentId}::uuid`.execute(trx);
      }
      return { appointed: appointments.length, beginsOn };
    },
  });
