import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { newId } from "../../platform/ids.ts";
import { z } from "zod";
import { getReceiptCase } from "../../modules/cases/index.ts";
import { categoriesOf } from "../../modules/catalogue/index.ts";
import { getFeedback } from "../../modules/feedback/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Services } from "../../platform/services.ts";
import { withPlace } from "./places.ts";
import { deedIn, mountReceiptDeeds } from "./receipt-deeds.ts";
import type { PageSender } from "./send-page.ts";

type ReceiptRequest = { Params: { code: string }; Querystring: { sent?: string } };

/** Draws the page of the receipt that a request names. */
export type ShowReceipt = (
  ctx: Ctx,
  request: FastifyRequest<ReceiptRequest>,
  reply: FastifyReply,
  options?: { status?: number; problem?: { code: string; typed: Record<string, string> } | null },
) => Promise<FastifyReply>;

const LONGEST_CODE = 60;

const Asked = z.object({ receiptCode: z.string().max(LONGEST_CODE).catch("") });

/** What somebody typed, without what cannot be part of a code; spaces come from reading aloud. */
const typedCode = (text: string): string => text.replaceAll(/[^0-9A-Za-z-]/g, "");

/** Asking for a report by its code, and the page that the code opens. */
export const mountReceipts = (
  app: FastifyInstance,
  services: Services,
  pages: PageSender,
): void => {
  app.get("/track", async (request, reply) => {
    await services.gate(request, "public", false);
    return pages.send(request, reply, { page: "track", receiptCode: "", problem: null });
  });

  // By POST, so that the code stands neither in a log of addresses nor in what a form leaves behind.
  app.post("/track", async (request, reply) => {
    // Guessing codes is an anonymous change to the gate: it counts turns by address.
    const ctx = await services.gate(request, "public", true);
    const { receiptCode } = Asked.parse(request.body ?? {});
    try {
      await getReceiptCase(ctx, typedCode(receiptCode));
    } catch (error) {
      if (!(error instanceof ProblemError) || error.refusal.status !== 404) throw error;
      const page = { page: "track", receiptCode, problem: error.refusal.code } as const;
      return pages.send(request, reply, page, { status: 404 });
    }
    return reply
      .header("cache-control", "no-store")
      .redirect(`/receipts/${typedCode(receiptCode)}`, 303);
  });

  const show: ShowReceipt = async (ctx, request, reply, { status = 200, problem = null } = {}) => {
    const receiptCode = typedCode(request.params.code).slice(0, LONGEST_CODE);
    const [receipt, categories, feedback] = await Promise.all([
      getReceiptCase(ctx, receiptCode).then((found) => withPlace(ctx, found)),
      categoriesOf(ctx.db, ctx.county.countyCode),
      getFeedback(ctx, services.config, receiptCode),
    ]);
    return pages.send(
      request,
      reply,
      {
        page: "receipt",
        receiptCode,
        receipt,
        feedback,
        justSent: request.query.sent === "1",
        emergency: categories.get(receipt.categoryCode)?.emergency ?? false,
        done: deedIn(request.query),
        problem,
        commandId: newId(),
      },
      { keep: "secret", status },
    );
  };

  app.get<ReceiptRequest>("/receipts/:code", async (request, reply) =>
    show(await services.gate(request, "public", false), request, reply),
  );
  mountReceiptDeeds(app, services, show);
};
