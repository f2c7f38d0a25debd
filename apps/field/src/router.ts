import { useSyncExternalStore } from "react";

/** Screens live behind '#', so that a cold start offline needs one cached page and no server. */
export type Route =
  | { name: "tasks" }
  | { name: "patrol" }
  | { name: "staff" }
  | { name: "task"; caseId: string }
  | { name: "report" }
  | { name: "queue" }
  | { name: "alerts" }
  | { name: "me" };

/** The address of a route, for links. */
export const hrefOf = (route: Route): string =>
  route.name === "task"
    ? `#/task/${route.caseId}`
    : route.name === "tasks"
      ? "#/"
      : `#/${route.name}`;

const PLAIN = ["patrol", "report", "queue", "me", "staff", "alerts"] as const;

/** The route of an address; unknown ones lead to the tasks. */
export function routeOf(hash: string): Route {
  const [name, id] = hash.replace(/^#\/?/, "").split("/");
  if (name === "task" && id) return { name, caseId: id };
  return { name: PLAIN.find((plain) => plain === name) ?? "tasks" };
}

function subscribe(listener: () => void): () => void {
  globalThis.addEventListener("hashchange", listener);
  return () => globalThis.removeEventListener("hashchange", listener);
}

export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash);

export function go(route: Route): void {
  location.hash = hrefOf(route);
}
