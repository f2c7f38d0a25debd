import {
  answerCallback as answerEndpoint,
  chooseMessages as messagesEndpoint,
  exportOwnData as exportEndpoint,
  getReceiptFeedback,
  getSatisfaction as satisfactionEndpoint,
  joinCase as joinEndpoint,
  joinCaseAsStaff,
  listCallbacks as callbacksEndpoint,
  listNearby as nearbyEndpoint,
  listPublicNearby,
  rateCase as rateEndpoint,
  removeOwnData as removeEndpoint,
  reopenCase as reopenEndpoint,
} from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { Tasks } from "../../platform/jobs.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { answerCallback, listCallbacks } from "./callbacks.ts";
import { drawSample } from "./draw-sample.ts";
import { joinCase } from "./join-case.ts";
import { listNearby } from "./nearby.ts";
import { exportOwnData, removeOwnData } from "./own-data.ts";
import { rateCase } from "./rate-case.ts";
import { chooseMessages, getFeedback } from "./receipt-feedback.ts";
import { reopenCase } from "./reopen-case.ts";
import { getSatisfaction } from "./satisfaction.ts";

export { listCallbacks } from "./callbacks.ts";
export { joinCase } from "./join-case.ts";
export { listNearby } from "./nearby.ts";
export { exportOwnData, removeOwnData } from "./own-data.ts";
export { rateCase } from "./rate-case.ts";
export { chooseMessages, getFeedback } from "./receipt-feedback.ts";
export { reopenCase } from "./reopen-case.ts";

/** Mounts what residents say back: receipts, me-too, call-backs and the totals of answers. */
export const mountFeedback: MountRoutes = (app, { gate, config }) => {
  mount(app, gate, listPublicNearby, (ctx, { query }) => listNearby(ctx, query, "public"));
  mount(app, gate, nearbyEndpoint, (ctx, { query }) => listNearby(ctx, query, "staff"));
  mount(app, gate, joinEndpoint, (ctx, { params, body }) =>
    joinCase(ctx, config, params.caseId, body),
  );
  mount(app, gate, joinCaseAsStaff, async (ctx, { params, body }) => {
    const page = { ...body, messages: { channel: "page" as const } };
    const { number } = await joinCase(ctx, config, params.caseId, page, "staff");
    return { number };
  });
  mount(app, gate, getReceiptFeedback, (ctx, { params }) =>
    getFeedback(ctx, config, params.receiptCode),
  );
  mount(app, gate, messagesEndpoint, (ctx, { params, body }) =>
    chooseMessages(ctx, config, params.receiptCode, body),
  );
  mount(app, gate, rateEndpoint, (ctx, { params, body }) =>
    rateCase(ctx, config, params.receiptCode, body),
  );
  mount(app, gate, reopenEndpoint, (ctx, { params, body }) =>
    reopenCase(ctx, config, params.receiptCode, body),
  );
  mount(app, gate, exportEndpoint, (ctx, { params }, { request, reply }) => {
    void reply.header("cache-control", "no-store");
    return exportOwnData(ctx, config, params.receiptCode, request.ip);
  });
  mount(app, gate, removeEndpoint, async (ctx, { params }, { request }) => {
    await removeOwnData(ctx, params.receiptCode, request.ip);
    return undefined;
  });
  mount(app, gate, callbacksEndpoint, (ctx) => listCallbacks(ctx, config));
  mount(app, gate, answerEndpoint, (ctx, { params, body }) =>
    answerCallback(ctx, params.callbackId, body),
  );
  mount(app, gate, satisfactionEndpoint, (ctx, { query }) => getSatisfaction(ctx, query));
};

export const feedbackTasks = { "feedback.draw_sample": drawSample } satisfies Tasks;
