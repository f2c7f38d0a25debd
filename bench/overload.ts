/**
 * Five times what the server can do. Its capacity is measured first: 64 connections that ask again as
 * soon as they were answered, a third reports, two thirds list pages. Then five times as many requests
 * a second come, whatever it answers. It has to refuse what is too much at once (503 with
 * Retry-After, nothing else), go on answering the rest quickly, and keep its memory.
 *
 *     ./onegrid bench overload [--seconds=60] [--times=5]
 */
import { parseArgs } from "node:util";
import { setTimeout as wait } from "node:timers/promises";
import { openFaultSite } from "./fault-site.ts";
import { report } from "./lib.ts";
import { load, residentMiB, shown, tellWrong } from "./load.ts";

const CONNECTIONS = 64;
/** Slower than at capacity, at most so many times … */
const SLOWER = 5;
/**
 * … or than this, whichever is more: the server lets in what it answers within 0.8 s for half of those
 * who ask, so that a slow machine serves a few slowly rather than refuse them.
 */
const SLOWEST_MS = 2_000;
/** The refused cost time as well; at least so much of the capacity must remain. */
const USEFUL = 0.4;
/** Connections of the refused take memory; more than this is a queue. */
const MEMORY = 1.5;
const LIVE_MS = 2_000;
const LOOK_MS = 1_000;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    times: { type: "string", default: "5" },
  },
});
const seconds = Number(values.seconds);
const times = Number(values.times);

const site = await openFaultSite();
try {
  await site.untilReady();
  const to = { url: site.directUrl, headers: site.headers };
  const resident = () => residentMiB(site.programs.pid("server"));
  await load({ ...to, seconds: 5, connections: CONNECTIONS });
  const begunMiB = resident();
  const capacity = await load({ ...to, seconds: Math.min(20, seconds), connections: CONNECTIONS });
  console.log(shown("at capacity", capacity));
  const beforeMiB = resident();
  const perSecond = capacity.accepted / capacity.seconds;

  const ended = new AbortController();
  let mostMiB = 0;
  let notLive = 0;
  const looking = (async () => {
    for (; !ended.signal.aborted; await wait(LOOK_MS)) {
      mostMiB = Math.max(mostMiB, resident());
      const begunAt = performance.now();
      const status = await site.statusOf("/healthz");
      if (status !== 200 || performance.now() - begunAt > LIVE_MS) notLive += 1;
    }
  })();
  const over = await load({ ...to, seconds, rate: perSecond * times });
  ended.abort();
  await looking;
  console.log(shown(`${times} × offered`, over));
  await wait(LOOK_MS);
  const after = await load({ ...to, seconds: 5, connections: CONNECTIONS });
  console.log(shown("afterwards", after));
  console.log(
    `        resident: ${Math.round(begunMiB)} MiB warm, ${Math.round(beforeMiB)} at capacity, ` +
      `${Math.round(mostMiB)} at most in overload, ${Math.round(resident())} afterwards`,
  );

  const offered = over.sent / over.seconds / perSecond;
  report({
    name: "load that was offered",
    value: offered,
    limit: times,
    unit: "× capacity",
    ratio: offered / times,
    goal: 0.8,
    against: "what was asked for",
    why: "the load generator shares the machine and cannot ask so often: nothing is proven",
  });
  const slowestMs = Math.max(SLOWEST_MS, capacity.p95Ms * SLOWER);
  report({
    name: "95th percentile of accepted requests in overload",
    value: over.p95Ms,
    limit: slowestMs,
    unit: "ms",
    ratio: slowestMs / over.p95Ms,
    against: `${SLOWER} × that at capacity, at least ${SLOWEST_MS / 1000} s`,
    why: "more is let in than is answered in time",
  });
  report({
    name: "accepted in overload",
    value: over.accepted / over.seconds,
    limit: perSecond * USEFUL,
    unit: "requests/s",
    ratio: over.accepted / over.seconds / (perSecond * USEFUL),
    against: `${USEFUL} × capacity`,
    why: "refusing costs more than it may",
  });
  report({
    name: "memory in overload",
    value: mostMiB,
    limit: beforeMiB * MEMORY,
    unit: "MiB",
    ratio: (beforeMiB * MEMORY) / mostMiB,
    against: `${MEMORY} × that at capacity`,
    why: "something is kept for each refused request",
  });
  const bad = tellWrong(over.wrong) + tellWrong(after.wrong) + tellWrong(capacity.wrong) + notLive;
  report({
    name: "answers that are neither accepted nor refused with 503 and Retry-After",
    value: bad,
    limit: 0,
    unit: "answers",
    ratio: bad === 0 ? 1 : 0,
    against: `none; ${notLive} of them /healthz in more than ${LIVE_MS / 1000} s`,
    why: "named above",
  });
} finally {
  await site.close();
}
