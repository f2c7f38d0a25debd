import gcoord from "gcoord";

// Its types declare an ES module, its CommonJS build puts the same object on module.exports.
const { transform, WGS84, GCJ02 } = gcoord as unknown as typeof gcoord.default;

/** A tile of the usual web-mercator pyramid. */
export type TileAddress = { z: number; x: number; y: number };

/** A rectangle of GCJ-02 pixels, counted from the pyramid's north-west corner at its zoom. */
export type PixelBox = { left: number; top: number; width: number; height: number };

const TILE_PX = 256;

const lngOf = (x: number, z: number) => (x / 2 ** z) * 360 - 180;
const latOf = (y: number, z: number) =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI;

/** Web-mercator pixel of a place at a zoom. */
export const pixelOf = (lng: number, lat: number, z: number): { x: number; y: number } => {
  const side = TILE_PX * 2 ** z;
  const phi = (lat * Math.PI) / 180;
  return {
    x: ((lng + 180) / 360) * side,
    y: ((1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2) * side,
  };
};

/**
 * The box of GCJ-02 pixels that a WGS-84 tile shows. The offset between the systems changes by
 * less than 1 % of the way across a tile, so moving and stretching the box between two corners
 * is exact to about a pixel; a test measures it.
 */
export const gcj02Box = ({ z, x, y }: TileAddress): PixelBox => {
  const corner = (cx: number, cy: number) => {
    const [lng, lat] = transform<[number, number]>([lngOf(cx, z), latOf(cy, z)], WGS84, GCJ02);
    return pixelOf(lng, lat, z);
  };
  const northWest = corner(x, y);
  const southEast = corner(x + 1, y + 1);
  return {
    left: northWest.x,
    top: northWest.y,
    width: southEast.x - northWest.x,
    height: southEast.y - northWest.y,
  };
};

/** The provider's tiles that a box touches: one to four of them, rows from the north. */
export const tilesUnder = ({ left, top, width, height }: PixelBox, z: number): TileAddress[] => {
  const last = 2 ** z - 1;
  const range = (from: number, length: number) => {
    const first = Math.max(0, Math.floor(from / TILE_PX));
    const end = Math.min(last, Math.ceil((from + length) / TILE_PX) - 1);
    return Array.from({ length: Math.max(0, end - first + 1) }, (_, i) => first + i);
  };
  return range(top, height).flatMap((ty) => range(left, width).map((tx) => ({ z, x: tx, y: ty })));
};

/** `gcj02://z/x/y?template=…` → the tile and the provider's address; throws when it is not one. */
export const readAddress = (url: string): { tile: TileAddress; template: string } => {
  const match = /^gcj02:\/\/(\d+)\/(\d+)\/(\d+)\?(.*)$/.exec(url);
  const template = match && new URLSearchParams(match[4]).get("template");
  if (!match || !template) throw new Error(`not an address of a GCJ-02 tile: ${url}`);
  return {
    tile: { z: Number(match[1]), x: Number(match[2]), y: Number(match[3]) },
    template,
  };
};

const addressOf = (template: string, { z, x, y }: TileAddress) =>
  template.replaceAll("{z}", String(z)).replaceAll("{x}", String(x)).replaceAll("{y}", String(y));

const fetchTile = async (url: string, signal: AbortSignal): Promise<ImageBitmap> => {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`basemap tile answered ${response.status}`);
  return createImageBitmap(await response.blob());
};

/**
 * Protocol handler for MapLibre: draws the WGS-84 tile from the provider's tiles under it.
 * Browser only (OffscreenCanvas). Rejects when a tile cannot be had, as a plain source would.
 */
export const loadGcj02Tile = async (
  request: { url: string },
  { signal }: AbortController,
): Promise<{ data: ImageBitmap }> => {
  const { tile, template } = readAddress(request.url);
  const box = gcj02Box(tile);
  const canvas = new OffscreenCanvas(TILE_PX, TILE_PX);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no 2D canvas");
  context.scale(TILE_PX / box.width, TILE_PX / box.height);
  context.translate(-box.left, -box.top);
  await Promise.all(
    tilesUnder(box, tile.z).map(async (under) => {
      const image = await fetchTile(addressOf(template, under), signal);
      context.drawImage(image, under.x * TILE_PX, under.y * TILE_PX, TILE_PX, TILE_PX);
      image.close();
    }),
  );
  return { data: canvas.transferToImageBitmap() };
};
