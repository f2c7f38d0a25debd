import {
  CONSENT_VERSION,
  PHOTOS_PER_CASE,
  ResidentReport,
  type PortalFormProblem,
  type PortalReportField,
  type PortalReportForm,
  type Refusal,
} from "@onegrid/contract";
import type { z } from "zod";

/** The hidden field that people leave empty. */
export const TRAP_FIELD = "website";

type TextField = Exclude<keyof PortalReportForm, "attachmentIds">;

/** Longest text taken from a field, so that a form shown again is no bigger than one filled. */
const LONGEST: Record<TextField, number> = {
  caseId: 40,
  seal: 40,
  categoryCode: 40,
  description: 4000,
  address: 800,
  lng: 30,
  lat: 30,
  accuracyM: 30,
  componentCode: 40,
  componentName: 100,
  contact: 240,
  contactAgreed: 3,
  updatesTo: 200,
  updatesAgreed: 3,
  asked: 3,
};

/** A form with nothing in it but its id. */
export const emptyForm = ({
  caseId,
  seal,
}: {
  caseId: string;
  seal: string;
}): PortalReportForm => ({
  caseId,
  seal,
  categoryCode: "",
  description: "",
  address: "",
  lng: "",
  lat: "",
  accuracyM: "",
  componentCode: "",
  componentName: "",
  contact: "",
  contactAgreed: "",
  updatesTo: "",
  updatesAgreed: "",
  asked: "",
  attachmentIds: [],
});

/** Puts one field that came in into the form; fields that it does not know are left out. */
export const takeField = (form: PortalReportForm, name: string, value: string): void => {
  if (name === "attachmentIds") {
    if (form.attachmentIds.length <= PHOTOS_PER_CASE) form.attachmentIds.push(value.slice(0, 40));
  } else if (Object.hasOwn(LONGEST, name)) {
    const field = name as TextField;
    form[field] = value.slice(0, LONGEST[field]);
  }
};

const numberOrNull = (text: string): number | null =>
  text.trim() === "" || !Number.isFinite(Number(text)) ? null : Number(text);

/** Line ends as browsers send them in forms (CRLF) become those of everybody else. */
const plain = (text: string): string => text.replaceAll("\r\n", "\n").trim();

const orNull = (text: string): string | null => (plain(text) === "" ? null : plain(text));

const FIELD_OF: Record<string, PortalReportField> = {
  categoryCode: "categoryCode",
  description: "description",
  address: "place",
  location: "place",
  accuracyM: "place",
  componentCode: "place",
  attachmentIds: "photos",
  contact: "contact",
};

const problemOf = (issue: z.core.$ZodIssue): PortalFormProblem => ({
  field: FIELD_OF[String(issue.path[0])] ?? null,
  code: issue.code === "too_big" ? "form.too_long" : "form.bad_characters",
});

/** One problem a field is enough to mend it. */
const onePerField = (problems: PortalFormProblem[]): PortalFormProblem[] =>
  problems.filter(
    (problem, at) => problems.findIndex(({ field }) => field === problem.field) === at,
  );

/** What a filled form reports, or what is wrong with it, field by field. */
export const readReport = (
  form: PortalReportForm,
): { report: ResidentReport } | { problems: PortalFormProblem[] } => {
  const [lng, lat] = [numberOrNull(form.lng), numberOrNull(form.lat)];
  const location = lng === null || lat === null ? null : { lng, lat };
  const address = orNull(form.address);
  const missing: PortalFormProblem[] = [];
  if (form.categoryCode === "") {
    missing.push({ field: "categoryCode", code: "form.category_missing" });
  }
  if (location === null && address === null) {
    missing.push({ field: "place", code: "cases.place_missing" });
  }
  if (plain(form.description) === "") {
    missing.push({ field: "description", code: "form.description_missing" });
  }
  if (orNull(form.contact) !== null && form.contactAgreed !== "yes") {
    missing.push({ field: "contact", code: "cases.consent_missing" });
  }
  if (form.attachmentIds.length > PHOTOS_PER_CASE) {
    missing.push({
      field: "photos",
      code: "form.too_many_photos",
      params: { most: PHOTOS_PER_CASE },
    });
  }
  const parsed = ResidentReport.safeParse({
    caseId: form.caseId,
    categoryCode: form.categoryCode,
    description: plain(form.description),
    location,
    accuracyM: location === null ? null : numberOrNull(form.accuracyM),
    address,
    componentCode: orNull(form.componentCode),
    attachmentIds: form.attachmentIds.slice(0, PHOTOS_PER_CASE),
    contact: orNull(form.contact),
    contactConsent: form.contactAgreed === "yes" ? CONSENT_VERSION : null,
  });
  if (parsed.success && missing.length === 0) return { report: parsed.data };
  const wrong = parsed.success ? [] : parsed.error.issues.map(problemOf);
  return { problems: onePerField([...missing, ...wrong]) };
};

const PLACE_OF_REFUSAL: Record<string, PortalReportField> = {
  "cases.place_missing": "place",
  "cases.unknown_component": "place",
  "cases.unknown_category": "categoryCode",
  "cases.unknown_attachment": "photos",
};

/** A refusal of the use case, at the field that it is about. */
export const problemOfRefusal = ({ code, params }: Refusal): PortalFormProblem => ({
  field: PLACE_OF_REFUSAL[code] ?? null,
  code,
  ...(params && { params }),
});
