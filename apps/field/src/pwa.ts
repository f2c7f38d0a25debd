import { useSyncExternalStore } from "react";

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

function announce(worker: ServiceWorker | null): void {
  waiting = worker;
  for (const listener of listeners) listener();
}

function watch(registration: ServiceWorkerRegistration): void {
  const look = () => {
    // Without a controller this is the first install: there is nothing older to update.
    if (registration.waiting && navigator.serviceWorker.controller) announce(registration.waiting);
  };
  look();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
}

/** Keeps the app on the phone, so that it starts without a network. Only in a built app. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const { BASE_URL } = import.meta.env;
  void navigator.serviceWorker.register(`${BASE_URL}sw.js`, { scope: BASE_URL }).then(watch);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True when a newer version lies ready and waits for the worker's word. */
export const useUpdateReady = (): boolean =>
  useSyncExternalStore(subscribe, () => waiting !== null);

/** Changes to the newer version. The queue lies in the database and is not touched. */
export function updateNow(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
    once: true,
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  waiting?.postMessage({ type: "SKIP_WAITING" });
}
