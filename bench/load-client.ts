/**
 * Asks a server as fast as it answers (`connections` at once), or so often a second whatever it
 * answers (`rate`); a process of its own, so that the load does not share a thread with what looks on.
 * Reads a LoadOrder as JSON, prints a LoadResult as the last line.
 */
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { nextAsk, type Ask } from "./load-mix.ts";

export type LoadOrder = {
  url: string;
  headers: Record<string, string>;
  seconds: number;
  /** Closed loop: each connection asks again when it was answered. */
  connections?: number;
  /** Open loop: requests a second. */
  rate?: number;
};

export type LoadResult = {
  sent: number;
  seconds: number;
  accepted: number;
  /** 503 with Retry-After. */
  shed: number;
  /** 503 without it, other server errors, refusals of good requests, broken or late answers. */
  wrong: Record<string, number>;
  /** Of accepted requests, in the order of waiting. */
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
};

const ANSWER_MS = 15_000;
const TICK_MS = 5;

const order = JSON.parse(await text(process.stdin)) as LoadOrder;
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const target = new URL(order.url);
const tookMs: number[] = [];
const wrong: Record<string, number> = {};
let sent = 0;
let shed = 0;

const count = (what: string): void => {
  wrong[what] = (wrong[what] ?? 0) + 1;
};

const judge = (ask: Ask, status: number, body: string, hasRetryAfter: boolean, ms: number) => {
  if (status === 503 && hasRetryAfter) shed += 1;
  else if (status === 503) count("503 without Retry-After");
  else if (status >= 200 && status < 300 && (ask.accept?.(body) ?? true)) tookMs.push(ms);
  else count(`${ask.name} ${status} ${body.slice(0, 120)}`);
};

/** Resolves when it was answered or given up; never rejects. */
const send = (ask: Ask): Promise<void> =>
  new Promise((resolve) => {
    sent += 1;
    const begunAt = performance.now();
    const out = request(
      {
        agent,
        host: target.hostname,
        port: target.port,
        method: ask.method,
        path: ask.path,
        headers: {
          ...order.headers,
          ...(ask.body !== undefined && {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(ask.body),
          }),
        },
        timeout: ANSWER_MS,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          const hasRetryAfter = answer.headers["retry-after"] !== undefined;
          const body = Buffer.concat(chunks).toString();
          judge(ask, answer.statusCode ?? 0, body, hasRetryAfter, performance.now() - begunAt);
          resolve();
        });
      },
    );
    out.once("timeout", () => out.destroy(new Error("no answer in time")));
    out.once("error", (error) => {
      count(`${ask.name}: ${error.message}`);
      resolve();
    });
    out.end(ask.body);
  });

const closedLoop = (connections: number, until: number): Promise<unknown> =>
  Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) await send(nextAsk());
    }),
  );

const openLoop = async (rate: number, begunAt: number, until: number): Promise<void> => {
  const waiting = new Set<Promise<void>>();
  for (let asked = 0; performance.now() < until; await wait(TICK_MS)) {
    const due = ((performance.now() - begunAt) / 1000) * rate;
    for (; asked < due; asked += 1) {
      const answered = send(nextAsk());
      waiting.add(answered);
      void answered.then(() => waiting.delete(answered));
    }
  }
  await Promise.all(waiting);
};

const begunAt = performance.now();
const until = begunAt + order.seconds * 1000;
if (order.rate === undefined) await closedLoop(order.connections ?? 1, until);
else await openLoop(order.rate, begunAt, until);
tookMs.sort((a, b) => a - b);
const share = (part: number): number =>
  tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * part))] ?? 0;
const result: LoadResult = {
  sent,
  seconds: (performance.now() - begunAt) / 1000,
  accepted: tookMs.length,
  shed,
  wrong,
  p50Ms: share(0.5),
  p95Ms: share(0.95),
  p99Ms: share(0.99),
};
agent.destroy();
console.log(JSON.stringify(result));
