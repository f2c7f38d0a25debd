import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { ALERT_KINDS, type AlertRaised } from "@onegrid/contract";
import { isWithin, type Actor } from "@onegrid/domain";
import { z } from "zod";
import { ALERT_CHANNEL, changesOf } from "../../platform/changes.ts";
import type { Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Services } from "../../platform/services.ts";
import { sessionOf } from "../identity/index.ts";
import { CASE_CHANNEL, newsOf, type CaseNews } from "./case-feed.ts";
import { isStillSignedIn, type StreamSession } from "./case-stream-queries.ts";

const HEARTBEAT_MS = 15_000;
const IDLE_MINUTES = 30;
/** A reader this far behind is cut off; it comes back and reads the lists afresh. */
const BACKLOG_BYTES = 256 * 1024;
/** A browser comes back after so long. */
const RETRY_MS = 3_000;

/** Whether news concerns what the actor may see: the same rule as the policy on `cases`. */
export const mayHear = (actor: Actor, countyCode: string, news: CaseNews): boolean =>
  news.countyCode === countyCode &&
  (actor.role === "department"
    ? actor.unitCode !== null && news.units.includes(actor.unitCode)
    : isWithin(news.gridCode, actor.scopeCode));

const frame = ({ caseId, kind, version, gridCode }: CaseNews): string =>
  `event: case\nid: ${caseId}.${version}\ndata: ${JSON.stringify({ caseId, kind, version, gridCode })}\n\n`;

const AlertNews = z.tuple([z.string(), z.enum(ALERT_KINDS), z.uuid(), z.array(z.uuid())]);

type Stream = { ctx: Ctx; session: StreamSession; out: ServerResponse };

/** The open streams of a process. */
class Streams {
  readonly #open = new Set<Stream>();

  add(stream: Stream): void {
    this.#open.add(stream);
    stream.out.on("close", () => this.#open.delete(stream));
    stream.out.on("error", () => this.#open.delete(stream));
  }

  write(stream: Stream, text: string): void {
    if (stream.out.writableLength > BACKLOG_BYTES) stream.out.destroy();
    else if (!stream.out.writableEnded) stream.out.write(text);
  }

  tell(payload: string): void {
    if (this.#open.size === 0) return;
    for (const news of newsOf(payload)) {
      const text = frame(news);
      for (const stream of this.#open) {
        const { actor, county } = stream.ctx;
        if (mayHear(actor, county.countyCode, news)) this.write(stream, text);
      }
    }
  }

  /** The bell of those accounts has something new: which kind, about which case, no more. */
  ring(payload: string): void {
    const [countyCode, kind, caseId, accountIds] = AlertNews.parse(JSON.parse(payload));
    const text = `event: alert\ndata: ${JSON.stringify({ kind, caseId } satisfies AlertRaised)}\n\n`;
    for (const stream of this.#open) {
      const { actor, county } = stream.ctx;
      const isTheirs = actor.accountId !== null && accountIds.includes(actor.accountId);
      if (county.countyCode === countyCode && isTheirs) this.write(stream, text);
    }
  }

  closeAll(): void {
    for (const stream of this.#open) stream.out.end();
  }

  /** A comment to each, so that proxies keep the line open; ends those whose session has ended. */
  async beat(idleMinutes: number): Promise<void> {
    for (const stream of this.#open) {
      const { ctx, session } = stream;
      const scope = { countyCode: ctx.county.countyCode, scopeCode: "", unitCode: "" };
      const lives = await inScope(ctx.db, scope, (trx) =>
        isStillSignedIn(trx, scope.countyCode, session, ctx.clock.now(), idleMinutes),
      ).catch(() => true);
      if (lives) this.write(stream, ": still here\n\n");
      else stream.out.end();
    }
  }
}

/**
 * `GET /api/v1/events`: server-sent events named `case` (contract: CaseChanged) for cases in the
 * own scope, and `alert` (contract: AlertRaised) for the
 * own bell. They say that something changed, not what: whoever hears one reads the case through
 * the API. Nothing is replayed; a client that reconnects reads its lists again, and the server
 * ends all streams when it may itself have missed news.
 */
export const mountCaseStream = (app: FastifyInstance, services: Services): void => {
  const { gate, database, config } = services;
  const streams = new Streams();
  const changes = changesOf(database.db);
  const stopHearing = changes?.hear(CASE_CHANNEL, (payload) => {
    if (payload === null) streams.closeAll();
    else streams.tell(payload);
  });
  const stopRinging = changes?.hear(ALERT_CHANNEL, (payload) => {
    if (payload !== null) streams.ring(payload);
  });
  const idleMinutes = config.sessionIdleMinutes ?? IDLE_MINUTES;
  const heartbeat = setInterval(() => void streams.beat(idleMinutes), HEARTBEAT_MS);
  heartbeat.unref();
  app.addHook("preClose", async () => {
    clearInterval(heartbeat);
    stopHearing?.();
    stopRinging?.();
    streams.closeAll();
  });

  app.get("/api/v1/events", async (request, reply) => {
    const ctx = await gate(request, "cases.read", false);
    const { accountId, csrfToken } = sessionOf(request);
    if (!(await changes?.listening())) {
      throw new ProblemError({
        code: "server.unavailable",
        status: 503,
        detail: "changes cannot be heard at the moment; try again",
        params: { retryAfterSeconds: RETRY_MS / 1000 },
      });
    }
    const { scopeCode, unitCode } = ctx.actor;
    reply.hijack();
    const out = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) out.setHeader(name, value);
    }
    out.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      // nginx would hold the lines back otherwise.
      "x-accel-buffering": "no",
    });
    out.write(`retry: ${RETRY_MS}\n\n`);
    streams.add({ ctx, session: { accountId, csrfToken, scopeCode, unitCode }, out });
    return reply;
  });
};
