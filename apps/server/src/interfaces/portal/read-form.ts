import { createHash } from "node:crypto";
import { PassThrough } from "node:stream";
import type { MultipartFile } from "@fastify/multipart";
import { PHOTOS_PER_CASE, type PortalFormProblem, type PortalReportForm } from "@onegrid/contract";
import type { FastifyRequest } from "fastify";
import { takePhoto } from "../../modules/attachments/index.ts";
import { addressKey } from "../../modules/identity/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Services } from "../../platform/services.ts";
import type { FormAge, FormSeals } from "./form-seal.ts";
import { emptyForm, problemOfRefusal, takeField, TRAP_FIELD } from "./report-form.ts";

/** A form as it came in, what its photos ran into, and whether a program filled it. */
export type SentForm = {
  form: PortalReportForm;
  age: FormAge;
  trapped: boolean;
  photoProblems: PortalFormProblem[];
};

/** The same photo in the same form gets the same id (UUIDv8), so that a form may be sent again. */
const photoId = (caseId: string, sha256: Buffer): string => {
  const bytes = createHash("sha256").update(caseId).update("\0").update(sha256).digest();
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
};

/** A file field without a file sends one of no name: read and forgotten. */
const isEmpty = (part: MultipartFile): boolean =>
  part.filename === "" || part.filename === undefined;

type Intake = { services: Services; ctx: Ctx; request: FastifyRequest };

/** Stores one photo of a form; a refusal becomes a problem of the form, which reads on. */
const takePart = async (
  { services, ctx, request }: Intake,
  part: MultipartFile,
  { form, photoProblems }: SentForm,
): Promise<void> => {
  // The form's stream goes on whatever becomes of this photo.
  const through = new PassThrough();
  part.file.pipe(through);
  try {
    const { attachmentId } = await takePhoto(
      services,
      ctx,
      addressKey(request.ip),
      through,
      (sha256) => photoId(form.caseId, sha256),
    );
    if (!form.attachmentIds.includes(attachmentId)) form.attachmentIds.push(attachmentId);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    photoProblems.push({ ...problemOfRefusal(error.refusal), field: "photos" });
  } finally {
    part.file.unpipe(through);
    part.file.resume();
  }
};

/**
 * Reads the report form as browsers send it, photos included, part by part: nothing but the photo
 * in hand is held. Photos of a form that this server did not give out are not stored.
 */
export const readForm = async (intake: Intake, seals: FormSeals): Promise<SentForm> => {
  const now = intake.ctx.clock.now();
  const sent: SentForm = {
    form: emptyForm({ caseId: "", seal: "" }),
    age: "forged",
    trapped: false,
    photoProblems: [],
  };
  for await (const part of intake.request.parts()) {
    if (part.type === "field") {
      if (typeof part.value !== "string") continue;
      if (part.fieldname === TRAP_FIELD) sent.trapped = part.value !== "";
      else takeField(sent.form, part.fieldname, part.value);
      continue;
    }
    const { form } = sent;
    const isWanted = part.fieldname === "photos" && !isEmpty(part);
    if (!isWanted || seals.check(form, now) === "forged") part.file.resume();
    else if (form.attachmentIds.length < PHOTOS_PER_CASE) await takePart(intake, part, sent);
    else {
      part.file.resume();
      sent.photoProblems.push({
        field: "photos",
        code: "form.too_many_photos",
        params: { most: PHOTOS_PER_CASE },
      });
    }
  }
  sent.age = seals.check(sent.form, now);
  return sent;
};
