import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

/**
 * Draws the PNG icons of the manifest from icon.svg: `node apps/field/icons/make-icons.ts`.
 * The results are committed, so that a build needs no image library.
 */
const OUT = join(import.meta.dirname, "..", "public", "icons");
const SOURCE = join(import.meta.dirname, "icon.svg");
const BRAND = "#1f5fa8";

/** A launcher may cut a maskable icon to a circle of 80 %: the drawing keeps within it. */
const SAFE_ZONE = 0.8;
/** Rendered larger than needed, then scaled down: crisp edges. */
const DENSITY = 288;

const drawing = (sizePx: number) =>
  sharp(readFileSync(SOURCE), { density: DENSITY }).resize(sizePx);

async function padded(sizePx: number, share: number, name: string): Promise<void> {
  const innerPx = Math.round(sizePx * share);
  const input = await drawing(innerPx).flatten({ background: BRAND }).png().toBuffer();
  const canvas = { width: sizePx, height: sizePx, channels: 3 as const, background: BRAND };
  await sharp({ create: canvas }).composite([{ input }]).png().toFile(join(OUT, name));
}

mkdirSync(OUT, { recursive: true });
copyFileSync(SOURCE, join(OUT, "icon.svg"));
for (const sizePx of [192, 512]) {
  await drawing(sizePx)
    .png({ compressionLevel: 9 })
    .toFile(join(OUT, `icon-${sizePx}.png`));
}
await padded(512, SAFE_ZONE, "maskable-512.png");
await padded(180, 1, "apple-touch-180.png");
