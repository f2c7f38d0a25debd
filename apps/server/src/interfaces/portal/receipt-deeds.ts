import {
  PORTAL_RECEIPT_DEEDS,
  REOPEN_REASONS,
  text,
  type PortalReceiptDeed,
} from "@onegrid/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  chooseMessages,
  exportOwnData,
  rateCase,
  removeOwnData,
  reopenCase,
} from "../../modules/feedback/index.ts";
import {
  confirmByLink,
  offeredChannels,
  readLink,
  stopByLink,
} from "../../modules/notifications/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { NO_MESSAGING } from "../../platform/messaging-config.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Services } from "../../platform/services.ts";
import { languageOf } from "./preferences.ts";
import type { ShowReceipt } from "./receipt-routes.ts";
import type { PageSender } from "./send-page.ts";
import { readUpdatesWish } from "./updates-wish.ts";

const plain = (max: number, min: number) =>
  z
    .string()
    .transform((typed) => typed.replaceAll("\r\n", "\n"))
    .pipe(text(max, min));

const RatingForm = z.object({
  score: z.coerce.number().int().min(1).max(5),
  resolved: z.enum(["yes", "no"]).transform((answer) => answer === "yes"),
  words: plain(500, 0).catch(""),
});
const ReopeningForm = z.object({
  commandId: z.uuid(),
  reason: z.enum(REOPEN_REASONS),
  words: plain(500, 1),
});
const RemovalForm = z.object({ confirmed: z.literal("yes") });
const MessagesForm = z.object({
  stop: z.string().optional(),
  updatesTo: z.string().max(200).catch(""),
  updatesAgreed: z.string().catch(""),
});

/** Text fields as they were typed, to show them again. */
const typedIn = (body: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((body ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
      typeof value === "string" && name.length <= 20 ? [[name, value.slice(0, 600)]] : [],
    ),
  );

/** A form that is not filled as it must be, by the problem its page shows. */
const parse = <T>(schema: z.ZodType<T>, body: unknown, code: string): T => {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new ProblemError({ code, status: 422, detail: "the form is not filled" });
};

type Deed = {
  path: string;
  done: PortalReceiptDeed;
  work(ctx: Ctx, code: string, request: FastifyRequest): Promise<unknown>;
};

const deedsOf = ({ config }: Services): Deed[] => [
  {
    path: "rating",
    done: "rated",
    work: (ctx, code, { body }) =>
      rateCase(ctx, config, code, parse(RatingForm, body, "form.rating_missing")),
  },
  {
    path: "reopening",
    done: "reopened",
    work: (ctx, code, { body }) =>
      reopenCase(ctx, config, code, parse(ReopeningForm, body, "form.reason_missing")),
  },
  {
    path: "removal",
    done: "removed",
    work: (ctx, code, { body, ip }) => {
      parse(RemovalForm, body, "form.removal_unconfirmed");
      return removeOwnData(ctx, code, ip);
    },
  },
  {
    path: "messages",
    done: "messages",
    work: (ctx, code, request) => {
      const form = parse(MessagesForm, request.body, "form.bad_email");
      if (form.stop !== undefined) return chooseMessages(ctx, config, code, { channel: "page" });
      const offered = offeredChannels(config.messaging ?? NO_MESSAGING);
      const read = readUpdatesWish(form, languageOf(request), offered);
      if ("problem" in read || read.wish.channel === "page") {
        const code_ = "problem" in read ? read.problem.code : "form.bad_email";
        throw new ProblemError({ code: code_, status: 422, detail: "the form is not filled" });
      }
      return chooseMessages(ctx, config, code, read.wish);
    },
  },
];

/** What a receipt page sends back; each answers with the page again, so that going back is safe. */
export const mountReceiptDeeds = (
  app: FastifyInstance,
  services: Services,
  show: ShowReceipt,
): void => {
  app.post<{ Params: { code: string } }>("/receipts/:code/data", async (request, reply) => {
    const ctx = await services.gate(request, "public", true);
    const data = await exportOwnData(ctx, services.config, request.params.code, request.ip);
    return reply
      .header("cache-control", "no-store")
      .header("content-disposition", `attachment; filename="${data.number}.json"`)
      .type("application/json; charset=utf-8")
      .send(JSON.stringify(data, null, 2));
  });
  for (const { path, done, work } of deedsOf(services)) {
    app.post<{ Params: { code: string }; Querystring: { sent?: string } }>(
      `/receipts/:code/${path}`,
      async (request, reply) => {
        const ctx = await services.gate(request, "public", true);
        const { code } = request.params;
        try {
          await work(ctx, code, request);
        } catch (error) {
          const isOurs = error instanceof ProblemError && error.refusal.status < 500;
          if (!isOurs || error.refusal.status === 404) throw error;
          const problem = { code: error.refusal.code, typed: typedIn(request.body) };
          return show(ctx, request, reply, { status: error.refusal.status, problem });
        }
        return reply
          .header("cache-control", "no-store")
          .redirect(`/receipts/${encodeURIComponent(code)}?done=${done}#feedback`, 303);
      },
    );
  }
};

/** The deed that an address tells of; null for anything else. */
export const deedIn = (query: unknown): PortalReceiptDeed | null =>
  z.object({ done: z.enum(PORTAL_RECEIPT_DEEDS) }).safeParse(query).data?.done ?? null;

/**
 * Links in letters: looking changes nothing, since mail programs look by themselves; a button
 * confirms or stops. Mail programs stop by one POST of their own (RFC 8058).
 */
export const mountMessageLinks = (
  app: FastifyInstance,
  services: Services,
  pages: PageSender,
): void => {
  type Linked = { Params: { token: string } };
  const answer = async (
    request: FastifyRequest<Linked>,
    reply: FastifyReply,
    work: typeof readLink,
    changes: boolean,
  ) => {
    const ctx = await services.gate(request, "public", changes);
    const { token } = request.params;
    const state = await work(ctx, services.config, token).catch((error: unknown) => {
      if (error instanceof ProblemError && error.refusal.status === 404) return "unknown" as const;
      throw error;
    });
    const page = { page: "messages", token, state } as const;
    return pages.send(request, reply, page, {
      keep: "secret",
      status: state === "unknown" ? 404 : 200,
    });
  };
  app.get<Linked>("/messages/:token", (request, reply) => answer(request, reply, readLink, false));
  app.post<Linked>("/messages/:token", (request, reply) =>
    answer(request, reply, confirmByLink, true),
  );
  app.post<Linked>("/messages/:token/stop", (request, reply) =>
    answer(request, reply, stopByLink, true),
  );
};
