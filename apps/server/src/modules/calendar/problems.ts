import type { FieldProblem, Refusal } from "@onegrid/contract";

export const versionConflict = (baseVersion: number, version: number): Refusal => ({
  code: "calendar.version_conflict",
  status: 409,
  detail: "somebody changed the calendar in the meantime; read it again",
  params: { baseVersion, version },
});

/** `fields` names each window that is none. */
export const windowsInvalid = (fields: FieldProblem[]): Refusal => ({
  code: "calendar.windows_invalid",
  status: 422,
  detail: "working windows come in order, have a length and do not overlap",
  fields,
});

/** `fields` names each day that does not belong to the year or stands twice. */
export const daysInvalid = (year: number, fields: FieldProblem[]): Refusal => ({
  code: "calendar.day_outside_year",
  status: 422,
  detail: `each day lies in ${year} and is named once`,
  fields,
});
