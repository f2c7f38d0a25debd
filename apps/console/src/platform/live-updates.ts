import { CaseChanged } from "@onegrid/contract";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

const EVENTS = "/api/v1/events";
/** A busy minute must not turn into a reload a case. */
const SETTLE_MS = 800;
/** EventSource tries again by itself unless the server refused; then we do, this much later. */
const REOPEN_MS = 10_000;

export type LiveState = "live" | "paused";

const parsed = (data: unknown): CaseChanged | undefined => {
  try {
    return CaseChanged.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
};

const collector = (queries: QueryClient) => {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    for (const caseId of changed) void queries.invalidateQueries({ queryKey: ["case", caseId] });
    changed.clear();
    void queries.invalidateQueries({ queryKey: ["cases"] });
    void queries.invalidateQueries({ queryKey: ["board"] });
  };
  return {
    add: (caseId: string) => {
      changed.add(caseId);
      timer ??= setTimeout(flush, SETTLE_MS);
    },
    stop: () => clearTimeout(timer),
  };
};

/** Whatever was missed while the line was down: everything about cases may be old. */
const refreshAll = (queries: QueryClient) => {
  for (const key of ["cases", "case", "board", "alerts"]) {
    void queries.invalidateQueries({ queryKey: [key] });
  }
};

/** Listens to changes of cases while the caller is on screen, and says whether the line is up. */
export const useLiveUpdates = (): LiveState => {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>("paused");

  useEffect(() => {
    const collected = collector(queries);
    let source: EventSource;
    let reopening: ReturnType<typeof setTimeout> | undefined;
    let lostBefore = false;
    const open = () => {
      source = new EventSource(EVENTS);
      source.addEventListener("open", () => {
        if (lostBefore) refreshAll(queries);
        lostBefore = false;
        setState("live");
      });
      source.addEventListener("case", (message: MessageEvent<unknown>) => {
        const change = parsed(message.data);
        if (change) collected.add(change.caseId);
      });
      source.addEventListener("alert", () => {
        void queries.invalidateQueries({ queryKey: ["alerts"] });
      });
      source.addEventListener("error", () => {
        lostBefore = true;
        setState("paused");
        if (source.readyState !== EventSource.CLOSED) return;
        reopening = setTimeout(open, REOPEN_MS);
      });
    };
    open();
    return () => {
      clearTimeout(reopening);
      collected.stop();
      source.close();
    };
  }, [queries]);

  return state;
};
