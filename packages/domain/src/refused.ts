import type { Refusal } from "@onegrid/contract";

/** What a domain function answers instead of its value when there is none. Nothing is thrown. */
export type Refused = { readonly refused: Refusal };

/** Tells a refusal from a value. */
export const isRefused = <T>(answer: T | Refused): answer is Refused =>
  typeof answer === "object" && answer !== null && "refused" in answer;

/** A refusal as a domain function answers it. */
export const refuse = (
  code: string,
  status: Refusal["status"],
  detail: string,
  params?: Record<string, unknown>,
): Refused => ({ refused: { code, status, detail, ...(params && { params }) } });
