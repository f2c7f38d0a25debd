import type { Refusal } from "@onegrid/contract";

const refusal = (code: string, status: Refusal["status"], detail: string): Refusal => ({
  code,
  status,
  detail,
});

export const notClosed = refusal("feedback.not_closed", 409, "only a closed case is rated");
export const alreadyRated = refusal("feedback.already_rated", 409, "this receipt has rated before");
export const notReporter = refusal(
  "feedback.not_reporter",
  403,
  "only whoever reported it rates and reopens a case",
);
export const reopenNotPossible = refusal(
  "feedback.reopen_not_possible",
  409,
  "a case is reopened once, within its days after closing",
);
export const callbackNotFound = refusal(
  "feedback.callback_not_found",
  404,
  "no call of the sample has this id",
);
export const callbackDone = refusal("feedback.callback_done", 409, "this call is done");
export const answerIncomplete = refusal(
  "feedback.answer_incomplete",
  422,
  "an answer names score and resolved; without an answer neither is allowed",
);
