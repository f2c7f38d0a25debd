import sharp from "sharp";

/**
 * A photo as a phone makes it: larger than what is kept, with EXIF that names a place and a
 * device. `seed` makes each one different.
 */
export async function phonePhoto(seed: number): Promise<Buffer> {
  const background = { r: (seed * 53) % 256, g: (seed * 97) % 256, b: (seed * 193) % 256 };
  return sharp({ create: { width: 3000, height: 2000, channels: 3, background } })
    .withExif({
      IFD0: { Make: "Secret", Model: `Device ${seed}` },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "30/1 18/1 0/1" },
    })
    .jpeg()
    .toBuffer();
}

/** As Playwright takes a chosen file. */
export const asFile = (buffer: Buffer) => ({
  name: "IMG_0001.jpg",
  mimeType: "image/jpeg",
  buffer,
});
