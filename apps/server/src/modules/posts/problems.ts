import type { Refusal } from "@onegrid/contract";

type Params = Record<string, unknown>;

const refusal =
  (code: string, status: Refusal["status"], detail: string) =>
  (params: Params = {}): Refusal => ({ code, status, detail, params });

export const badCursor = refusal("posts.bad_cursor", 400, "the cursor is not one of this list");
export const unknownTemplate = refusal("posts.unknown_template", 422, "no such kind of post");
export const versionConflict = refusal(
  "posts.version_conflict",
  409,
  "another version is in force; read it again",
);
export const postNotFound = refusal("posts.not_found", 404, "no post has this code");
export const postCodeTaken = refusal("posts.code_taken", 409, "a post with this code exists");
export const unknownGrid = refusal("posts.unknown_grid", 422, "no such grid");
export const wrongGridLevel = refusal(
  "posts.wrong_grid_level",
  422,
  "this kind of post belongs to a grid of another level",
);
export const outsideScope = refusal("posts.outside_scope", 403, "that grid is not yours");
export const objectionOpen = refusal(
  "posts.objection_open",
  409,
  "a notice about this appointment runs, or an objection against it is open or was upheld",
);
export const idTaken = refusal("posts.id_taken", 409, "the id was used for another appointment");
export const noSuchAppointment = refusal(
  "posts.no_such_appointment",
  404,
  "no such appointment, or not yours",
);
export const alreadyEnded = refusal("posts.already_ended", 409, "the appointment has ended");
export const endsBeforeItBegins = refusal(
  "posts.ends_before_it_begins",
  422,
  "an appointment does not end before it begins",
);
export const tooManyPosts = refusal(
  "posts.too_many_posts",
  422,
  "one person may not hold so many posts at once",
);
export const personLeft = refusal("posts.person_left", 422, "the person has left");
export const personNotFound = refusal("people.not_found", 404, "no such person in your grids");
export const idNumberWrong = refusal(
  "people.id_number_wrong",
  422,
  "the check sign of the ID number does not fit",
);
export const alreadyThere = refusal(
  "people.already_there",
  409,
  "somebody with this ID number, or this id with other words, is there already",
);
export const unknownLogin = refusal("people.unknown_login", 422, "no account has this login");
export const loginTaken = refusal(
  "people.login_taken",
  409,
  "the account belongs to somebody else",
);
