import { useCallback, useEffect, useRef, useState } from "react";
import type { Place } from "./draft.ts";

export type Locating = "idle" | "asking" | "denied" | "failed";

/** Good enough to stop asking at once. */
const SHARP_M = 20;
/** A first fix is often coarse; the device gets this long to sharpen it. */
const PATIENCE_MS = 20_000;

type Fix = Extract<Place, { kind: "fix" }>;

const fixOf = ({ coords }: GeolocationPosition): Fix => ({
  kind: "fix",
  lng: coords.longitude,
  lat: coords.latitude,
  accuracyM: Math.round(coords.accuracy),
  at: new Date().toISOString(),
});

/**
 * Asks the device where it is, only while a report is being written and only by the worker's act:
 * until the fix is sharp, the patience ends or the screen is left. Each better fix goes to
 * `onFix`; nothing is kept of the others.
 */
export function useLocate(onFix: (fix: Fix) => void): {
  locating: Locating;
  ask: () => void;
  stop: () => void;
} {
  const [locating, setLocating] = useState<Locating>("idle");
  const stopAsking = useRef<() => void>(() => {});

  const stop = useCallback(() => {
    stopAsking.current();
    setLocating("idle");
  }, []);

  const ask = useCallback(() => {
    stopAsking.current();
    if (!("geolocation" in navigator)) {
      setLocating("failed");
      return;
    }
    setLocating("asking");
    let best = Number.POSITIVE_INFINITY;
    const end = (how: Locating) => {
      stopAsking.current();
      setLocating(how);
    };
    const watch = navigator.geolocation.watchPosition(
      (position) => {
        const fix = fixOf(position);
        if (fix.accuracyM >= best) return;
        best = fix.accuracyM;
        onFix(fix);
        if (best <= SHARP_M) end("idle");
      },
      (error) => {
        if (error.code === error.PERMISSION_DENIED) end("denied");
        else if (best === Number.POSITIVE_INFINITY) end("failed");
      },
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
    );
    const timer = setTimeout(
      () => end(best === Number.POSITIVE_INFINITY ? "failed" : "idle"),
      PATIENCE_MS,
    );
    stopAsking.current = () => {
      navigator.geolocation.clearWatch(watch);
      clearTimeout(timer);
      stopAsking.current = () => {};
    };
  }, [onFix]);

  useEffect(() => () => stopAsking.current(), []);
  return { locating, ask, stop };
}
