import type { CaseSort } from "@onegrid/contract";
import { z } from "zod";
import { ProblemError } from "../../platform/problems.ts";
import { badCursor } from "./problems.ts";

/** Where a page ended: the sort key of its last row, to the microsecond as the database has it. */
export type CaseCursor = { sort: CaseSort; key: string; caseId: string };

const Wire = z.tuple([
  z.enum(["due", "reported_desc"]),
  // A case without a deadline comes last in the order of work.
  z.union([z.literal("infinity"), z.iso.datetime({ precision: 6 })]),
  z.uuid(),
]);

/** Opaque text of a cursor. */
export const writeCursor = ({ sort, key, caseId }: CaseCursor): string =>
  Buffer.from(JSON.stringify([sort, key, caseId])).toString("base64url");

/** Reads a cursor of a list sorted this way; throws `cases.bad_cursor` for any other text. */
export const readCursor = (text: string, sort: CaseSort): CaseCursor => {
  try {
    const [cursorSort, key, caseId] = Wire.parse(
      JSON.parse(Buffer.from(text, "base64url").toString("utf8")),
    );
    // PostgreSQL has no year 0.
    if (cursorSort !== sort || key.startsWith("0000")) throw new ProblemError(badCursor());
    return { sort, key, caseId };
  } catch {
    throw new ProblemError(badCursor());
  }
};
