import type { FastifyInstance } from "fastify";
import { toString as qrCode } from "qrcode";
import { z } from "zod";
import { responsibleFor } from "../../modules/grids/index.ts";
import type { Services } from "../../platform/services.ts";
import { findPlaces } from "./find-places.ts";
import type { PageSender } from "./send-page.ts";
import { servingOf } from "./serving.ts";

const Asked = z.object({ q: z.string().max(200).catch("") });
const Paper = z.object({ paper: z.enum(["a4", "a3"]).catch("a4") });

/** 谁是我的网格员: the search by name, and the sign that hangs beside a door. */
export const mountWho = (app: FastifyInstance, services: Services, pages: PageSender): void => {
  app.get("/who", async (request, reply) => {
    const ctx = await services.gate(request, "public", false);
    const q = Asked.parse(request.query ?? {}).q.trim();
    const found = q === "" ? [] : await findPlaces(ctx, q.toWellFormed());
    return pages.send(request, reply, { page: "who", q, found });
  });

  app.get<{ Params: { gridCode: string } }>("/grids/:gridCode/sign", async (request, reply) => {
    const ctx = await services.gate(request, "public", false);
    const { paper } = Paper.parse(request.query ?? {});
    const { grid, chain } = await responsibleFor(ctx, request.params.gridCode);
    const address = `${request.protocol}://${request.host}/grids/${grid.gridCode}`;
    const svg = await qrCode(address, { type: "svg", errorCorrectionLevel: "Q", margin: 1 });
    return pages.send(request, reply, {
      page: "sign",
      grid,
      chain,
      serving: await servingOf(ctx, [grid.gridCode]),
      qrCode: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
      address,
      paper,
    });
  });
};
