import type { Refusal } from "@onegrid/contract";
import { z } from "zod";
import { ProblemError } from "./problems.ts";

const Key = z.string().regex(/^[0-9A-Za-z-]{1,40}$/);

/** Opaque text of where a list that is ordered by code ended. */
export const writeCodeCursor = (code: string): string => Buffer.from(code).toString("base64url");

/** The code after which a list goes on; throws `refusal` for a text that no list gave out. */
export const readCodeCursor = (cursor: string, refusal: Refusal): string => {
  const read = Key.safeParse(Buffer.from(cursor, "base64url").toString("utf8"));
  if (!read.success) throw new ProblemError(refusal);
  return read.data;
};
