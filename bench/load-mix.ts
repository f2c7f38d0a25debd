/** What people ask a server for, as requests that can be sent without end. */
import { randomInt } from "node:crypto";
import { v7 as newId } from "uuid";
import { MINI } from "../apps/server/test/support/mini-county.ts";

export type Ask = {
  name: string;
  method: "GET" | "POST";
  path: string;
  body?: string;
  /** Whether an answer of 2xx is the one that was meant. */
  accept?(text: string): boolean;
};

type Answer = { results?: { outcome: string }[] };

const reportAsk = (): Ask => {
  const report = {
    caseId: newId(),
    categoryCode: MINI.categories.litter,
    description: "公交站旁堆放垃圾，已有三天，影响通行。",
    location: { lng: 107.05, lat: 30.05 },
    accuracyM: 8,
    address: "南门社区公交站",
    capturedAt: null,
    attachmentIds: [],
    componentCode: null,
    selfHandledNote: null,
  };
  return {
    name: "report",
    method: "POST",
    path: "/api/v1/cases",
    body: JSON.stringify({ reports: [report] }),
    accept: (text) => (JSON.parse(text) as Answer).results?.[0]?.outcome === "accepted",
  };
};

const LISTS = ["", "?open=true&sort=due", "?mine=true&sort=due", "?net=city_management"].map(
  (query): Ask => ({ name: "list", method: "GET", path: `/api/v1/cases${query}` }),
);

/** A third reports, two thirds list pages: what phones and desks ask for most. */
export const nextAsk = (): Ask =>
  randomInt(3) === 0 ? reportAsk() : (LISTS[randomInt(LISTS.length)] as Ask);
