import type { Refusal } from "@onegrid/contract";

/** What a domain function answers: a value, or the reason why there is none. Nothing is thrown. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

/** Wraps a value. */
export const accept = <T>(value: T): Outcome<T> => ({ ok: true, value });

/** Wraps a refusal. */
export const refuse = (refusal: Refusal): Outcome<never> => ({ ok: false, refusal });
