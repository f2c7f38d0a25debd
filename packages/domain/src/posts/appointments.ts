import type { Refusal } from "@onegrid/contract";
import type { GridLevel } from "../grids/code.ts";
import type { Refused } from "../refused.ts";

/** Days from `beginsOn` to the day before `endsOn`; null: no end is known. */
export type Tenure = { beginsOn: string; endsOn: string | null };

const overlap = (a: Tenure, b: Tenure): boolean =>
  (b.endsOn === null || a.beginsOn < b.endsOn) && (a.endsOn === null || b.beginsOn < a.endsOn);

export const isHeldOn = ({ beginsOn, endsOn }: Tenure, day: string): boolean =>
  beginsOn <= day && (endsOn === null || day < endsOn);

const no = (code: string, detail: string, params: Record<string, unknown> = {}): Refused => {
  const refused: Refusal = { code: `posts.${code}`, status: 422, detail, params };
  return { refused };
};

export type AppointmentFacts = {
  /** When the post exists. */
  post: { openedOn: string; closedOn: string | null };
  /** Who holds, held or will hold the post. */
  ofPost: readonly Tenure[];
  /** What the person holds, held or will hold. */
  ofPerson: readonly Tenure[];
  leftOn: string | null;
  maxPostsPerPerson: number;
};

/** The most tenures of a list that run at once within `within`, itself counted. */
const mostAtOnce = (within: Tenure, tenures: readonly Tenure[]): number => {
  const begins = [within, ...tenures.filter((each) => overlap(within, each))];
  return Math.max(
    ...begins
      .map(({ beginsOn }) => beginsOn)
      .filter((day) => isHeldOn(within, day))
      .map((day) => begins.filter((each) => isHeldOn(each, day)).length),
  );
};

/**
 * Null when somebody may be appointed. A post is held by one person at a time; a person holds as
 * many at once as the county allows. Refuses with `posts.post_not_open`, `.post_taken`,
 * `.person_left`, `.too_many_posts`.
 */
export const checkAppointment = (tenure: Tenure, facts: AppointmentFacts): Refused | null => {
  const { post, ofPost, ofPerson, leftOn, maxPostsPerPerson } = facts;
  if (
    tenure.beginsOn < post.openedOn ||
    (post.closedOn !== null && tenure.beginsOn >= post.closedOn)
  ) {
    return no("post_not_open", "the post does not exist on that day", { ...post });
  }
  if (leftOn !== null && tenure.beginsOn >= leftOn) {
    return no("person_left", "the person has left", { leftOn });
  }
  if (ofPost.some((held) => overlap(held, tenure))) {
    return no("post_taken", "somebody holds the post on some of these days");
  }
  if (mostAtOnce(tenure, ofPerson) > maxPostsPerPerson) {
    return no("too_many_posts", "one person may not hold so many posts at once", {
      max: maxPostsPerPerson,
    });
  }
  return null;
};

export type PostRole = "worker" | "head" | "street";
export type HeldPost = Tenure & { role: PostRole; gridCode: string; gridLevel: GridLevel };

const ROLE_ORDER: readonly PostRole[] = ["street", "head", "worker"];

/**
 * What an account may do on a day by the posts its person holds: the post nearest to the county
 * decides, since its scope holds the others of the same branch. Null: no post, no access.
 */
export const accessOf = (
  held: readonly HeldPost[],
  day: string,
): { role: PostRole; scopeCode: string } | null => {
  const [first] = held
    .filter((post) => isHeldOn(post, day))
    .toSorted(
      (a, b) =>
        a.gridLevel - b.gridLevel || ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role),
    );
  return first === undefined ? null : { role: first.role, scopeCode: first.gridCode };
};
