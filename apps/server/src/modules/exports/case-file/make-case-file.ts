import type { EXPORT_LANGUAGES } from "@onegrid/contract";
import sharp from "sharp";
import type { Config } from "../../../platform/config.ts";
import { scopeOf, type StaffCtx } from "../../../platform/context.ts";
import { inScope } from "../../../platform/database.ts";
import { readVisiblePhotos } from "../../attachments/index.ts";
import { audit } from "../../audit/index.ts";
import { getCase } from "../../cases/index.ts";
import { drawCaseFile } from "./draw-case-file.ts";

/** Sharp enough on half a page of A4. */
const WIDTH_PX = 900;

const jpegOf = (photo: Buffer): Promise<Buffer> =>
  sharp(photo)
    .resize({ width: WIDTH_PX, withoutEnlargement: true })
    .flatten({ background: "#ffffff" })
    .jpeg({ quality: 82 })
    .toBuffer();

/**
 * The file of a case as a PDF, as the account sees the case, with its number for a name. Asking is
 * written to the audit log before anything is handed out. Throws `cases.not_found`.
 */
export const makeCaseFile = async (
  ctx: StaffCtx,
  config: Pick<Config, "filesDir">,
  { caseId, language }: { caseId: string; language: (typeof EXPORT_LANGUAGES)[number] },
): Promise<{ number: string; pdf: Buffer }> => {
  const shown = await getCase(ctx, caseId);
  const stored = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await audit(trx, ctx, { action: "cases.file", outcome: "done", subject: caseId });
    return readVisiblePhotos(trx, config, ctx.county.countyCode, shown.attachmentIds);
  });
  const photos = new Map<string, Buffer>();
  for (const [id, photo] of stored) photos.set(id, await jpegOf(photo));
  const { name, timeZone } = ctx.county;
  const pdf = await drawCaseFile({
    shown,
    photos,
    county: { name, timeZone },
    language,
    at: ctx.clock.now(),
    role: ctx.actor.role,
  });
  return { number: shown.number, pdf };
};
