import {
  answerObjection as answerEndpoint,
  getNotice as getEndpoint,
  getObjection as getObjectionEndpoint,
  getPublicNotice as getPublicEndpoint,
  listNotices as listEndpoint,
  listPublicNotices as listPublicEndpoint,
  objectToNotice as objectEndpoint,
  publishNotice as publishEndpoint,
  putNotice as putEndpoint,
  withdrawNotice as withdrawEndpoint,
} from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { answerObjection, getObjection, objectToNotice } from "./objections.ts";
import { publishNotice, withdrawNotice } from "./publish-notice.ts";
import { getNotice, getPublicNotice, listNotices, listPublicNotices } from "./read-notices.ts";
import { putNotice } from "./write-notice.ts";

export const mountNotices: MountRoutes = (app, { gate, config: { dataKey } }) => {
  mount(app, gate, listEndpoint, (ctx, { query }) => listNotices(ctx, query));
  mount(app, gate, getEndpoint, (ctx, { params }) => getNotice(ctx, params.noticeId));
  mount(app, gate, putEndpoint, (ctx, { params, body }) => putNotice(ctx, { ...params, ...body }));
  mount(app, gate, publishEndpoint, (ctx, { params, body }) =>
    publishNotice(ctx, params.noticeId, body.baseVersion),
  );
  mount(app, gate, withdrawEndpoint, (ctx, { params, body }) =>
    withdrawNotice(ctx, params.noticeId, body),
  );
  mount(app, gate, answerEndpoint, (ctx, { params, body }) =>
    answerObjection(ctx, params.objectionId, body),
  );
  mount(app, gate, listPublicEndpoint, (ctx, { query }) => listPublicNotices(ctx, query));
  mount(app, gate, getPublicEndpoint, (ctx, { params }) => getPublicNotice(ctx, params.noticeId));
  mount(app, gate, objectEndpoint, (ctx, { params, body }) =>
    objectToNotice(ctx, dataKey, { ...params, ...body }),
  );
  mount(app, gate, getObjectionEndpoint, (ctx, { params }, { reply }) => {
    void reply.header("cache-control", "no-store");
    return getObjection(ctx, params.receiptCode);
  });
};
