import type { PortalObjectionForm } from "@onegrid/contract";
import { objectToNotice as objectEndpoint } from "@onegrid/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  getObjection,
  getPublicNotice,
  listPublicNotices,
  objectToNotice,
} from "../../modules/notices/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Services } from "../../platform/services.ts";
import { atomFeed } from "./atom-feed.ts";
import { formSeals } from "./form-seal.ts";
import type { PageSender } from "./send-page.ts";

const field = (most: number) =>
  z
    .string()
    .catch("")
    .transform((text) => text.slice(0, most).replaceAll("\r\n", "\n").toWellFormed());
const Form = z.object({
  objectionId: field(40),
  seal: field(40),
  postCode: field(40),
  words: field(4000),
  contact: field(240),
  website: field(40),
});

type Sent = z.output<typeof Form>;

const LONGEST_CODE = 60;
const typedCode = (text: string): string =>
  text.replaceAll(/[^0-9A-Za-z-]/g, "").slice(0, LONGEST_CODE);

/** Public notices, the feed of them, and objections with their receipts. */
export const mountNoticePages = (
  app: FastifyInstance,
  services: Services,
  pages: PageSender,
): void => {
  const seals = formSeals(services.config.dataKey);

  const emptyForm = (ctx: Ctx): PortalObjectionForm => {
    const { caseId: objectionId, seal } = seals.seal(ctx.clock.now());
    return { objectionId, seal, postCode: "", words: "", contact: "" };
  };

  app.get("/notices", async (request, reply) => {
    const ctx = await services.gate(request, "public", false);
    const { notices } = await listPublicNotices(ctx, {});
    return pages.send(request, reply, { page: "notices", notices });
  });

  app.get("/notices.atom", async (request, reply) => {
    const ctx = await services.gate(request, "public", false);
    const { notices } = await listPublicNotices(ctx, { limit: 50 });
    const origin = `${request.protocol}://${request.host}`;
    return reply
      .header("cache-control", "public, max-age=300")
      .type("application/atom+xml; charset=utf-8")
      .send(atomFeed(ctx.county.name, origin, notices, ctx.clock.now()));
  });

  const show = async (
    ctx: Ctx,
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
    noticeId: string,
    shown: { form: PortalObjectionForm; problem: string | null },
  ) =>
    pages.send(
      request,
      reply,
      { page: "notice", notice: await getPublicNotice(ctx, noticeId), ...shown },
      { status: shown.problem === null ? 200 : 422, keep: "own" },
    );

  app.get<{ Params: { noticeId: string } }>("/notices/:noticeId", async (request, reply) => {
    const ctx = await services.gate(request, "public", false);
    const raw = { request, reply };
    return show(ctx, raw, request.params.noticeId, { form: emptyForm(ctx), problem: null });
  });

  /** A receipt's code, or the code of what is wrong. */
  const take = async (
    ctx: Ctx,
    noticeId: string,
    sent: Sent,
  ): Promise<{ receiptCode: string } | { problem: string }> => {
    const age = seals.check({ caseId: sent.objectionId, seal: sent.seal }, ctx.clock.now());
    if (sent.website !== "") return { problem: "form.trap" };
    if (age === "too_fast") return { problem: "form.too_fast" };
    if (age !== "good") return { problem: "form.stale" };
    const body = objectEndpoint.body?.safeParse({
      objectionId: sent.objectionId,
      postCode: sent.postCode === "" ? null : sent.postCode,
      words: sent.words,
      contact: sent.contact.trim() === "" ? null : sent.contact,
    });
    if (body === undefined || !body.success) return { problem: "form.objection_words" };
    try {
      return await objectToNotice(ctx, services.config.dataKey, { noticeId, ...body.data });
    } catch (error) {
      if (!(error instanceof ProblemError) || error.refusal.status === 404) throw error;
      return { problem: error.refusal.code };
    }
  };

  app.post<{ Params: { noticeId: string } }>(
    "/notices/:noticeId/objections",
    async (request, reply) => {
      const ctx = await services.gate(request, "public", true);
      const { noticeId } = request.params;
      const sent = Form.parse(request.body ?? {});
      const taken = await take(ctx, noticeId, sent);
      if ("problem" in taken) {
        const { website: _trap, ...typed } = sent;
        const form =
          taken.problem === "form.stale" ? { ...emptyForm(ctx), words: sent.words } : typed;
        return show(ctx, { request, reply }, noticeId, { form, problem: taken.problem });
      }
      return reply
        .header("cache-control", "no-store")
        .redirect(`/objections/${taken.receiptCode}?sent=1`, 303);
    },
  );

  app.get<{ Params: { code: string }; Querystring: { sent?: string } }>(
    "/objections/:code",
    async (request, reply) => {
      const ctx = await services.gate(request, "public", false);
      const receiptCode = typedCode(request.params.code);
      const page = {
        page: "objection",
        receiptCode,
        objection: await getObjection(ctx, receiptCode),
        justSent: request.query.sent === "1",
      } as const;
      return pages.send(request, reply, page, { keep: "secret" });
    },
  );
};
