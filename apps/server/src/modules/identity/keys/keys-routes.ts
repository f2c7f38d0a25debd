import { addApiKey, listApiKeys as listEndpoint, revokeApiKey as revoke } from "@onegrid/contract";
import type { FastifyInstance } from "fastify";
import { mount, type Gate } from "../../../platform/http.ts";
import { listApiKeys, makeApiKey, revokeApiKey } from "./manage-keys.ts";

/** The security administrator's desk for machines. */
export const mountApiKeys = (app: FastifyInstance, gate: Gate): void => {
  mount(app, gate, listEndpoint, async (ctx) => ({ keys: await listApiKeys(ctx) }));

  mount(app, gate, addApiKey, (ctx, { body }, { request, reply }) => {
    void reply.header("cache-control", "no-store");
    return makeApiKey(ctx, body, request.ip);
  });

  mount(app, gate, revoke, async (ctx, { params }, { request }) => {
    await revokeApiKey(ctx, params.keyId, request.ip);
    return undefined;
  });
};
