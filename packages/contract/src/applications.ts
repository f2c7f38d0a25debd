import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code, Id, text } from "./primitives.ts";
import { Candidacy } from "./reassignment.ts";

/** A post that is called for, as somebody sees it who may apply. */
export const CalledPost = z.object({
  reassignmentId: Id,
  streetName: z.string().nullable(),
  postCode: Code,
  postName: z.string(),
  gridName: z.string().nullable(),
  duties: z.array(z.string()),
  /** One's own candidacy; null: none. */
  own: Candidacy.pick({ candidacyId: true, way: true, state: true, reason: true }).nullable(),
});
export type CalledPost = z.infer<typeof CalledPost>;

const CalledPosts = z.object({
  /** False: the account is no person's in the staff list, so that it cannot apply. */
  isListed: z.boolean(),
  posts: z.array(CalledPost),
});

export const listCalledPosts = endpoint({
  name: "reassignments.called",
  method: "GET",
  path: "/api/v1/my/called-posts",
  permission: "signed_in",
  summary: "Posts that may be applied for now, with one's own applications",
  answer: CalledPosts,
});

export const applyForPost = endpoint({
  name: "reassignments.apply",
  method: "POST",
  path: "/api/v1/my/applications",
  permission: "signed_in",
  summary: "Apply for a post from one's own account; sending the same id again changes nothing",
  body: z.strictObject({
    reassignmentId: Id,
    candidacyId: Id,
    postCode: Code,
    /** Why one fits. */
    words: text(500),
  }),
  answer: CalledPosts,
  problems: [
    "reassignment.not_found",
    "reassignment.act_not_allowed",
    "reassignment.step_incomplete",
    "reassignment.not_listed",
    "reassignment.post_not_offered",
    "reassignment.post_not_selectable",
    "reassignment.already_candidate",
    "reassignment.id_taken",
    "people.not_found",
    "posts.person_left",
    "notices.personal_data",
  ],
});
