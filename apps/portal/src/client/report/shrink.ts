/** The server keeps at most this many pixels a side, so more would only cost the visitor data. */
const LONGEST_SIDE_PX = 2560;
/** Below this size there is nothing worth saving. */
const SMALL_BYTES = 400 * 1024;
const QUALITY = 0.85;

/** Width and height that fit into the longest side, never larger than the picture is. */
export const fitted = (
  widthPx: number,
  heightPx: number,
  longestPx = LONGEST_SIDE_PX,
): { widthPx: number; heightPx: number } => {
  const scale = Math.min(1, longestPx / Math.max(widthPx, heightPx));
  return {
    widthPx: Math.max(1, Math.round(widthPx * scale)),
    heightPx: Math.max(1, Math.round(heightPx * scale)),
  };
};

/**
 * A smaller JPEG of a photo, the right way up and without its metadata; the file itself when it
 * is small already or this browser cannot read it — the server then says what is wrong with it.
 */
export const shrink = async (file: Blob): Promise<Blob> => {
  if (file.size <= SMALL_BYTES) return file;
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const { widthPx, heightPx } = fitted(image.width, image.height);
    const canvas = document.createElement("canvas");
    canvas.width = widthPx;
    canvas.height = heightPx;
    canvas.getContext("2d")?.drawImage(image, 0, 0, widthPx, heightPx);
    image.close();
    const smaller = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, "image/jpeg", QUALITY);
    });
    return smaller !== null && smaller.size < file.size ? smaller : file;
  } catch {
    return file;
  }
};
