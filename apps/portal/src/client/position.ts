/** A fix worse than this is shown, but the place has to be put by hand. */
export const DOUBTFUL_M = 100;

export type Fix = { lng: number; lat: number; accuracyM: number };
export type NoFix = "denied" | "notFound";

const PATIENCE_MS = 20_000;

/** One position, asked for by the visitor's own press and never again by itself. */
export const currentFix = (): Promise<Fix | NoFix> =>
  new Promise((resolve) => {
    if (!("geolocation" in navigator)) {
      resolve("notFound");
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({ lng: coords.longitude, lat: coords.latitude, accuracyM: coords.accuracy }),
      (error) => resolve(error.code === error.PERMISSION_DENIED ? "denied" : "notFound"),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
    );
  });
