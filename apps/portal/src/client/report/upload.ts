import type { Problem } from "@onegrid/contract";

/** Thrown by `upload`: the server's problem, or null when no usable answer came. */
export class UploadFailed extends Error {
  override name = "UploadFailed";
  readonly problem: Problem | null;

  constructor(problem: Problem | null) {
    super(problem?.code ?? "no answer");
    this.problem = problem;
  }
}

const PATIENCE_MS = 120_000;

const problemIn = (body: unknown): Problem | null =>
  typeof body === "object" && body !== null && "code" in body && "status" in body
    ? (body as Problem)
    : null;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/**
 * Sends one photo under an id of our choice; sending it again is harmless. XMLHttpRequest because
 * fetch tells nothing of how far an upload has come. `onProgress` gets 0 to 1.
 */
export const upload = (
  attachmentId: string,
  photo: Blob,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `/api/v1/attachments/${attachmentId}`);
    request.timeout = PATIENCE_MS;
    request.setRequestHeader("content-type", photo.type || "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener("load", () => {
      const body = parse(request.responseText);
      const arrived =
        request.status === 200 &&
        typeof body === "object" &&
        body !== null &&
        "attachmentId" in body &&
        body.attachmentId === attachmentId;
      // A captive portal's 200 is no arrival: only our own answer names the photo.
      if (arrived) resolve();
      else reject(new UploadFailed(problemIn(body)));
    });
    for (const event of ["error", "timeout", "abort"] as const) {
      request.addEventListener(event, () => reject(new UploadFailed(null)));
    }
    signal.addEventListener("abort", () => request.abort());
    request.send(photo);
  });
