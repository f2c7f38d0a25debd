import type { Refusal } from "@onegrid/contract";

/** What a domain function answers instead of its value when there is none. Nothing is thrown. */
export type Refused = { readonly refused: Refusal };

/** Tells a refusal from a value. */
export const isRefused = <T>(answer: T | Refused): answer is Refused =>
  typeof answer === "object" && answer !== null && "refused" in answer;
