import { z } from "zod";

/** One field that is wrong, and what is allowed there. */
export const FieldProblem = z.object({
  /** JSON pointer into the request, e.g. `/reports/0/location/lng`. */
  field: z.string(),
  code: z.string(),
  /** What would be accepted, in words for a developer; fronts translate by `code`. */
  allowed: z.string(),
});
export type FieldProblem = z.infer<typeof FieldProblem>;

/** RFC 9457 problem document. `code` is stable and dotted: `<module>.<what>`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  fields: z.array(FieldProblem).optional(),
  /** Values a translated message may name, e.g. `{ state: "closed", allowed: [] }`. */
  params: z.record(z.string(), z.unknown()).optional(),
  /** Quote this to whoever runs the server. */
  requestId: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** What domain functions return instead of throwing; the HTTP edge turns it into a `Problem`. */
export type Refusal = {
  code: string;
  status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;
  detail: string;
  fields?: FieldProblem[];
  params?: Record<string, unknown>;
};
