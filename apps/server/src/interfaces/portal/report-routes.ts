import type {
  MessageWish,
  PortalFormProblem,
  PortalReportForm,
  ResidentReport,
} from "@onegrid/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { CONTACT_KEPT_DAYS, reportAsResident } from "../../modules/cases/index.ts";
import { categoriesOf } from "../../modules/catalogue/index.ts";
import { chooseMessages } from "../../modules/feedback/index.ts";
import { offeredChannels } from "../../modules/notifications/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { NO_MESSAGING } from "../../platform/messaging-config.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Services } from "../../platform/services.ts";
import { beforeSending, mountJoining, showBeforeSending } from "./before-sending.ts";
import { formSeals, type FormAge } from "./form-seal.ts";
import { languageOf } from "./preferences.ts";
import { readForm, type SentForm } from "./read-form.ts";
import { emptyForm, problemOfRefusal, readReport } from "./report-form.ts";
import type { PageSender } from "./send-page.ts";
import { readUpdatesWish } from "./updates-wish.ts";

/** What a form's age or trap says to the person in front of it, if there is one. */
const WORDS_OF_AGE: Partial<Record<FormAge, string>> = {
  too_fast: "form.too_fast",
  stale: "form.stale",
  forged: "form.stale",
};

const suspicions = ({ age, trapped }: SentForm): PortalFormProblem[] => {
  if (trapped) return [{ field: null, code: "form.trap" }];
  const code = WORDS_OF_AGE[age];
  return code === undefined ? [] : [{ field: null, code }];
};

/** The report page: shown, filled in, shown again with what was wrong, or answered with a receipt. */
export const mountReport = (app: FastifyInstance, services: Services, pages: PageSender): void => {
  const { config } = services;
  const seals = formSeals(config.dataKey);
  const offered = offeredChannels(config.messaging ?? NO_MESSAGING);
  mountJoining(app, services, seals);

  const show = async (
    ctx: Ctx,
    request: FastifyRequest,
    reply: FastifyReply,
    form: PortalReportForm,
    problems: PortalFormProblem[],
  ) => {
    const categories = await categoriesOf(ctx.db, ctx.county.countyCode);
    return pages.send(
      request,
      reply,
      {
        page: "report",
        categories: [...categories.values()].filter(({ active }) => active),
        form,
        problems,
        contactKeptDays: CONTACT_KEPT_DAYS,
        offered,
      },
      { status: problems.length === 0 ? 200 : 422, keep: "own" },
    );
  };

  /** A receipt's code, or what is wrong and the form to show again. */
  const take = async (
    ctx: Ctx,
    form: PortalReportForm,
    report: ResidentReport,
    wish: MessageWish,
  ): Promise<
    { receiptCode: string } | { form: PortalReportForm; problems: PortalFormProblem[] }
  > => {
    try {
      const receipt = await reportAsResident(ctx, config.dataKey, report);
      // Sent again after a crash in between, both are found done or are done now.
      if (wish.channel !== "page") await chooseMessages(ctx, config, receipt.receiptCode, wish);
      return receipt;
    } catch (error) {
      if (!(error instanceof ProblemError) || error.refusal.status >= 500) throw error;
      const { code } = error.refusal;
      if (code === "cases.id_taken") {
        // Sent before, then changed: what is in front of them becomes a report of its own.
        const fresh = { ...form, ...seals.seal(ctx.clock.now()), attachmentIds: [] };
        return { form: fresh, problems: [{ field: null, code: "form.already_sent" }] };
      }
      const kept = code === "cases.unknown_attachment" ? { ...form, attachmentIds: [] } : form;
      return { form: kept, problems: [problemOfRefusal(error.refusal)] };
    }
  };

  app.get("/report", async (request, reply) => {
    const ctx = await services.gate(request, "public", false);
    return show(ctx, request, reply, emptyForm(seals.seal(ctx.clock.now())), []);
  });

  app.post("/report", async (request, reply) => {
    const ctx = await services.gate(request, "public", true);
    const sent = await readForm({ services, ctx, request }, seals);
    const renewed = sent.age === "stale" || sent.age === "forged";
    const form = renewed ? { ...sent.form, ...seals.seal(ctx.clock.now()) } : sent.form;
    const read = readReport(form);
    const wrong = "problems" in read ? read.problems : [];
    const updates = readUpdatesWish(form, languageOf(request), offered);
    const unclear = "problem" in updates ? [updates.problem] : [];
    const problems = [...suspicions(sent), ...sent.photoProblems, ...wrong, ...unclear];
    if (problems.length > 0 || !("report" in read) || !("wish" in updates)) {
      return show(ctx, request, reply, form, problems);
    }
    const step = form.asked === "yes" ? null : await beforeSending(ctx, read.report);
    if (step !== null) return showBeforeSending(pages, request, reply, form, step);
    const taken = await take(ctx, form, read.report, updates.wish);
    if ("problems" in taken) return show(ctx, request, reply, taken.form, taken.problems);
    return reply
      .header("cache-control", "no-store")
      .redirect(`/receipts/${taken.receiptCode}?sent=1`, 303);
  });
};
