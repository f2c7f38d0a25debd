import type { NearbyCase, PortalReportForm, ResidentReport } from "@onegrid/contract";
import { soundsUrgent } from "@onegrid/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { joinCase, listNearby } from "../../modules/feedback/index.ts";
import { categoriesOf } from "../../modules/catalogue/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Services } from "../../platform/services.ts";
import type { FormSeals } from "./form-seal.ts";
import { withPlaces } from "./places.ts";
import type { PageSender } from "./send-page.ts";

/** What a reporter should see before the report goes out. */
export type BeforeSending = { urgent: boolean; cases: NearbyCase[]; withinM: number };

const namedPlaces = async (ctx: Ctx, cases: NearbyCase[]): Promise<NearbyCase[]> => {
  const codes = await withPlaces(
    ctx,
    cases.map((item) => ({
      ...item,
      holderName: null,
      dueAt: null,
      closedAt: null,
      sample: false,
    })),
  );
  return cases.map((item, at) => ({ ...item, gridName: codes[at]?.gridName ?? item.gridName }));
};

/**
 * Danger, by category or by words, and open cases of the same kind near the place. Null when there
 * is nothing to say. A report by address alone is compared with nothing.
 */
export const beforeSending = async (
  ctx: Ctx,
  report: ResidentReport,
): Promise<BeforeSending | null> => {
  const { categoryCode, location } = report;
  const categories = await categoriesOf(ctx.db, ctx.county.countyCode);
  const isEmergency = categories.get(categoryCode)?.emergency ?? false;
  const urgent = isEmergency || soundsUrgent(report.description);
  const { cases, withinM } =
    location === null
      ? { cases: [], withinM: 0 }
      : await listNearby(ctx, { ...location, categoryCode }, "public");
  if (!urgent && cases.length === 0) return null;
  return { urgent, cases: await namedPlaces(ctx, cases), withinM };
};

/** The step itself: the form goes along unseen, so that it can be sent on or taken back. */
export const showBeforeSending = (
  pages: PageSender,
  request: FastifyRequest,
  reply: FastifyReply,
  form: PortalReportForm,
  step: BeforeSending,
) =>
  pages.send(
    request,
    reply,
    { page: "nearby", form: { ...form, asked: "yes" }, ...step },
    { keep: "secret" },
  );

const JoinForm = z.object({
  joinCaseId: z.uuid(),
  caseId: z.string().max(40).catch(""),
  seal: z.string().max(40).catch(""),
});

/** “It is the same thing”: follows it with the id of the form that is left unsent. */
export const mountJoining = (app: FastifyInstance, services: Services, seals: FormSeals): void => {
  app.post("/report/join", async (request, reply) => {
    const ctx = await services.gate(request, "public", true);
    const form = JoinForm.safeParse(request.body ?? {});
    const isOurs = form.success && seals.check(form.data, ctx.clock.now()) !== "forged";
    if (!isOurs) {
      throw new ProblemError({
        code: "request.invalid",
        status: 422,
        detail: "the form is not one that this server gave out",
      });
    }
    const { receiptCode } = await joinCase(ctx, services.config, form.data.joinCaseId, {
      followerId: form.data.caseId,
      messages: { channel: "page" },
    });
    return reply
      .header("cache-control", "no-store")
      .redirect(`/receipts/${receiptCode}?sent=1`, 303);
  });
};
