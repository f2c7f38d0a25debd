/** Longest side that is kept, as large as the largest size the server stores. */
const LONGEST_SIDE_PX = 2560;
const QUALITY = 0.85;

/** The browser cannot decode this file as an image. */
export class UnreadablePhoto extends Error {
  override name = "UnreadablePhoto";
}

async function decode(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (cause) {
    throw new UnreadablePhoto("not an image this browser can decode", { cause });
  }
}

/**
 * Draws a photo anew as JPEG, at most 2,560 px on its longest side. Only pixels survive: EXIF with
 * its position and serial numbers stays behind. Throws `UnreadablePhoto`.
 */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  const bitmap = await decode(file);
  try {
    const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    const context = canvas.getContext("2d");
    if (context === null) throw new UnreadablePhoto("no canvas to draw on");
    context.imageSmoothingQuality = "high";
    // A transparent PNG would turn black in a JPEG.
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, "image/jpeg", QUALITY);
    });
    if (blob === null) throw new UnreadablePhoto("the canvas gave no image");
    return blob;
  } finally {
    bitmap.close();
  }
}
