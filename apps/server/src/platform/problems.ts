import { STATUS_CODES } from "node:http";
import type { FieldProblem, Problem, Refusal } from "@onegrid/contract";
import type { z } from "zod";

/** A refusal on its way to the edge. Only use cases and the edge itself throw it. */
export class ProblemError extends Error {
  override name = "ProblemError";
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`${refusal.code}: ${refusal.detail}`);
    this.refusal = refusal;
  }
}

/** RFC 9457 document of a refusal. */
export const problemDocument = (refusal: Refusal, requestId?: string): Problem => ({
  type: `urn:onegrid:problem:${refusal.code}`,
  title: STATUS_CODES[refusal.status] ?? "Error",
  status: refusal.status,
  code: refusal.code,
  detail: refusal.detail,
  ...(refusal.fields && { fields: refusal.fields }),
  ...(refusal.params && { params: refusal.params }),
  ...(requestId !== undefined && { requestId }),
});

const pointer = (where: string, path: PropertyKey[]): string =>
  [where, ...path.map(String)]
    .map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");

/** Every field a schema refused, with what it allows. `where` is `body`, `query` or `params`. */
export const fieldProblems = (error: z.ZodError, where: string): FieldProblem[] =>
  error.issues.slice(0, 50).map((issue) => ({
    field: pointer(where, issue.path),
    code: issue.code,
    allowed: issue.message,
  }));

export const invalidInput = (error: z.ZodError, where: string): Refusal => ({
  code: "request.invalid",
  status: 422,
  detail: `the ${where} does not fit; each field says what is allowed`,
  fields: fieldProblems(error, where),
});
