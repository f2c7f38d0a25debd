import { Readable } from "node:stream";
import { getPhoto, getUpload, patchUpload, PHOTO_MAX_BYTES, putPhoto } from "@onegrid/contract";
import type { FastifyInstance } from "fastify";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { mount, type Raw } from "../../platform/http.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { MountRoutes, Services } from "../../platform/services.ts";
import { addressKey } from "../identity/index.ts";
import { findVisibleContent } from "./attachment-store.ts";
import { diskFileStore, type FileStore } from "./file-store.ts";
import { incomingFolder } from "./folders.ts";
import { photoKey } from "./photo-files.ts";
import { notFound, tooLarge, unsupportedType, uploadedTooMuch } from "./problems.ts";
import { receivePiece, uploadProgress, type PhotoPlaces } from "./receive-piece.ts";
import { withUpload } from "./receive-upload.ts";
import { storePhoto } from "./store-photo.ts";
import { budgetOf } from "./upload-budget.ts";

/** Refuses by the announced length, before a byte is read. */
const checkLength = ({ request, reply }: Raw): void => {
  if (Number(request.headers["content-length"] ?? 0) <= PHOTO_MAX_BYTES) return;
  // What is still on its way is not waited for.
  void reply.header("connection", "close");
  throw new ProblemError(tooLarge);
};

const mountUpload = (app: FastifyInstance, services: Services, places: PhotoPlaces): void => {
  const { gate } = services;
  const { store, folder } = places;
  const budget = budgetOf(services);

  mount(app, gate, putPhoto, async (ctx, { params }, raw) => {
    checkLength(raw);
    const { body, ip } = raw.request;
    if (!(body instanceof Readable)) throw new ProblemError(unsupportedType("unknown"));
    const address = ctx.actor.accountId === null ? addressKey(ip) : null;
    const nowMs = ctx.clock.now().getTime();
    const wait = address === null ? 0 : budget.waitSeconds(address, nowMs);
    if (wait > 0) throw new ProblemError(uploadedTooMuch(wait));
    return withUpload(body, folder, (upload) => {
      if (address !== null) budget.spend(address, upload.bytes, nowMs);
      return storePhoto(ctx, store, params.attachmentId, upload);
    });
  });

  mount(app, gate, patchUpload, async (ctx, { params, query }, { request }) => {
    const { offset, ...whole } = query;
    const { body } = request;
    if (!(body instanceof Readable)) throw new ProblemError(unsupportedType("unknown"));
    return receivePiece(ctx, places, { ...params, ...whole }, offset, body);
  });
};

/** The stored size with headers that let a browser keep it: the address names the content. */
const sendPhoto = async (
  ctx: Ctx,
  store: FileStore,
  { attachmentId, size }: { attachmentId: string; size: "thumb" | "screen" | "full" },
  { request, reply }: Raw,
) => {
  const { countyCode } = ctx.county;
  const sha256 = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    findVisibleContent(trx, countyCode, attachmentId),
  );
  if (sha256 === null) throw new ProblemError(notFound);
  const etag = `"${sha256.toString("hex")}-${size}"`;
  void reply.headers({ etag, "cache-control": "private, max-age=31536000, immutable" });
  if (request.headers["if-none-match"] === etag) return reply.status(304).send();
  const bytes = await store.get(photoKey(countyCode, sha256, size));
  if (bytes === null) {
    request.log.error({ attachmentId, size }, "the file of a photo is missing");
    throw new ProblemError(notFound);
  }
  return reply.type("image/webp").send(bytes);
};

export const mountAttachments: MountRoutes = async (app, services) => {
  const store = diskFileStore(services.config.filesDir);
  const places = { store, folder: incomingFolder(services.config) };
  mount(app, services.gate, getUpload, (ctx, { params, query }) =>
    uploadProgress(ctx, places, { ...params, ...query }),
  );
  mount(app, services.gate, getPhoto, (ctx, { params }, raw) => sendPhoto(ctx, store, params, raw));
  await app.register(async (scope) => {
    // Whatever it claims to be, the body is passed on unread: the use case judges its bytes.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => {
      done(null, payload);
    });
    mountUpload(scope, services, places);
  });
};
