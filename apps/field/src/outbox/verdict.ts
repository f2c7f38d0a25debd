import { ApiProblem, NoAnswer } from "@onegrid/client";
import type { Problem } from "@onegrid/contract";

/**
 * What a failed call means for the item it was about:
 * · retry — nothing was decided: no usable answer, or the server is busy;
 * · sign_in — the session is gone, the queue waits for the worker;
 * · renew — the session's token changed under us, read it again;
 * · refused — our server's no.
 */
export type Verdict =
  | { kind: "retry"; afterMs: number | null }
  | { kind: "sign_in" }
  | { kind: "renew" }
  | { kind: "refused"; problem: Problem };

const waitOf = (problem: Problem): number | null => {
  const seconds = problem.params?.["retryAfterSeconds"];
  return typeof seconds === "number" ? seconds * 1000 : null;
};

/** Judges a problem document, whether it answered a whole call or one item of it. */
export function verdictOfProblem(problem: Problem): Verdict {
  const { status, code } = problem;
  if (status === 401 || code === "identity.password_due") return { kind: "sign_in" };
  if (code === "identity.csrf") return { kind: "renew" };
  const isPassing =
    status >= 500 || status === 429 || status === 408 || code === "request.no_such_path";
  return isPassing ? { kind: "retry", afterMs: waitOf(problem) } : { kind: "refused", problem };
}

/** Judges what a call threw. Anything but the client's two errors is a defect and is rethrown. */
export function verdictOfError(error: unknown): Verdict {
  if (error instanceof ApiProblem) return verdictOfProblem(error.problem);
  if (error instanceof NoAnswer) return { kind: "retry", afterMs: null };
  throw error;
}
