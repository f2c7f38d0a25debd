import { componentTile } from "../../modules/components/index.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { readyTile, sendTile, tileAddress, type TileParams } from "./tile-answer.ts";

/**
 * Vector tiles of components, layer "components":
 * · `/tiles/components/{z}/{x}/{y}.mvt` — all of the county's, for staff;
 * · `/tiles/public-components/{z}/{x}/{y}.mvt` — those everybody may see.
 */
export const mountComponentTiles: MountRoutes = (app, { gate }) => {
  app.get<{ Params: TileParams }>("/tiles/components/:z/:x/:y.mvt", async (request, reply) => {
    const ctx = await gate(request, "signed_in", false);
    const tile = await componentTile(ctx, tileAddress(request.params), "all");
    return sendTile(request, reply, await readyTile(tile), {
      "cache-control": "private, max-age=60",
      vary: "Cookie, Host, Accept-Encoding",
    });
  });

  app.get<{ Params: TileParams }>(
    "/tiles/public-components/:z/:x/:y.mvt",
    async (request, reply) => {
      const ctx = await gate(request, "public", false);
      const tile = await componentTile(ctx, tileAddress(request.params), "public");
      return sendTile(request, reply, await readyTile(tile), {
        "cache-control": "public, max-age=60",
        vary: "Host, Accept-Encoding",
      });
    },
  );
};
