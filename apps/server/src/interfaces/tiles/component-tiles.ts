import { componentTile } from "../../modules/components/index.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { readyTile, sendTile, tileAddress, type TileParams } from "./tile-answer.ts";

/**
 * Vector tiles of components: `/tiles/components/{z}/{x}/{y}.mvt`, layer "components". Public, but
 * staff see more of them, so no shared cache keeps an answer.
 */
export const mountComponentTiles: MountRoutes = (app, { gate }) => {
  app.get<{ Params: TileParams }>("/tiles/components/:z/:x/:y.mvt", async (request, reply) => {
    const ctx = await gate(request, "public", false);
    const tile = await componentTile(ctx, tileAddress(request.params));
    return sendTile(request, reply, await readyTile(tile), {
      "cache-control": "private, max-age=60",
      vary: "Cookie, Host, Accept-Encoding",
    });
  });
};
