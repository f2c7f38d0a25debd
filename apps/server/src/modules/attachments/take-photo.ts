import type { Readable } from "node:stream";
import type { Photo } from "@onegrid/contract";
import type { Ctx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Services } from "../../platform/services.ts";
import { diskFileStore } from "./file-store.ts";
import { incomingFolder } from "./folders.ts";
import { uploadedTooMuch } from "./problems.ts";
import { withUpload } from "./receive-upload.ts";
import { storePhoto } from "./store-photo.ts";
import { budgetOf } from "./upload-budget.ts";

/**
 * Stores a photo that came in another way than by its own request, such as a part of a form.
 * `idOf` makes its id from the SHA-256 of its bytes, so that the same form sent again names the
 * same photos. `address` (an `addressKey`) pays for it out of the hour's budget.
 * Throws what `withUpload` and `storePhoto` throw, and `request.too_many`.
 */
export const takePhoto = async (
  services: Pick<Services, "config" | "database">,
  ctx: Ctx,
  address: string,
  source: Readable,
  idOf: (sha256: Buffer) => string,
): Promise<Photo> => {
  const budget = budgetOf(services);
  const nowMs = ctx.clock.now().getTime();
  const wait = budget.waitSeconds(address, nowMs);
  if (wait > 0) throw new ProblemError(uploadedTooMuch(wait));
  const store = diskFileStore(services.config.filesDir);
  return withUpload(source, incomingFolder(services.config), (upload) => {
    budget.spend(address, upload.bytes, nowMs);
    return storePhoto(ctx, store, idOf(upload.sha256), upload);
  });
};
