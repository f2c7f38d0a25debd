import type { TFunction } from "i18next";

type ProblemLike = { problem: { code: string; params?: Record<string, unknown> | undefined } };

const hasProblem = (error: unknown): error is ProblemLike =>
  typeof error === "object" && error !== null && "problem" in error;

/** What to tell a person of whatever a call threw. */
export const problemWords = (t: TFunction, error: unknown): string => {
  if (!hasProblem(error)) return t("problem>noAnswer");
  const { code, params } = error.problem;
  return t([`problem>${code}`, "problem>unknown"], { code, ...params });
};
