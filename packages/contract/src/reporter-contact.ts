import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Id } from "./primitives.ts";

/** Why somebody asks for a reporter's contact; recorded with who, when and which case. */
export const CONTACT_REASONS = [
  "ask_place",
  "ask_facts",
  "arrange_visit",
  "tell_result",
  "call_back",
  "emergency",
] as const;
export type ContactReason = (typeof CONTACT_REASONS)[number];

export const openReporterContact = endpoint({
  name: "cases.openContact",
  method: "POST",
  path: "/api/v1/cases/{caseId}/contact",
  permission: "contacts.open",
  summary: "The reporter's contact of one case; asking is written to the audit log",
  params: z.object({ caseId: Id }),
  body: z.strictObject({ reason: z.enum(CONTACT_REASONS) }),
  answer: z.object({ contact: z.string() }),
  problems: ["cases.not_found", "cases.no_contact"],
});
