import type { z } from "zod";
import type { Category } from "./catalogue.ts";
import type { County } from "./county.ts";
import type { EndpointAnswer } from "./endpoint.ts";
import type { SendingChannel } from "./feedback-words.ts";
import type { NearbyCase, ReceiptFeedback } from "./followers.ts";
import type { Grid, Responsible } from "./grids.ts";
import type { GridServing, PortalNoticePage } from "./portal-notice-pages.ts";
import type { PublicCase } from "./public-cases.ts";
import type { getReceipt, listPublicCases } from "./public-cases.ts";
import type { Net } from "./words.ts";

/*
 * What the server hands to the portal's renderer, which is built apart from it (apps/portal) and
 * loaded when the server starts. Plain data; the renderer does no I/O.
 */

/** What every page of the portal needs beside its own data. */
export type PortalShell = {
  county: County;
  language: "zh-CN" | "en";
  /** 长辈版: bigger letters and targets, by the visitor's choice. */
  largeText: boolean;
  /** Path and query of this page, to come back to after a preference changed. */
  path: string;
  /** The server's present, ISO 8601. */
  now: string;
  /** Addresses of the built style sheets and of the enhancement script. */
  assets: { styles: string[]; script: string };
};

/** The report form as the visitor left it: what was typed, unparsed, so that nothing is lost. */
export type PortalReportForm = {
  /** Chosen by the server when the form was first shown: sending it twice is one report. */
  caseId: string;
  /** Proves that `caseId`, and the time inside it, came from this server. */
  seal: string;
  categoryCode: string;
  description: string;
  address: string;
  lng: string;
  lat: string;
  accuracyM: string;
  /** 部件 that was tapped on the map, and its name to show again; "" for none. */
  componentCode: string;
  componentName: string;
  contact: string;
  /** "yes" when the consent beside the contact was ticked. */
  contactAgreed: string;
  /** Where to send news of it, an e-mail address or a mobile number; "" for the page alone. */
  updatesTo: string;
  /** "yes" when the consent beside the field was ticked. */
  updatesAgreed: string;
  /** "yes" once the step before sending (danger, the same nearby) was seen. */
  asked: string;
  /** Photos that already arrived; unticking one leaves it out. */
  attachmentIds: string[];
};

export const PORTAL_REPORT_FIELDS = [
  "categoryCode",
  "description",
  "place",
  "photos",
  "contact",
  "updates",
] as const;
export type PortalReportField = (typeof PORTAL_REPORT_FIELDS)[number];

/** Something wrong with a form; `field` null concerns the whole of it. */
export type PortalFormProblem = {
  field: PortalReportField | null;
  code: string;
  params?: Record<string, unknown>;
};

/** What a receipt page can be sent back with. */
export const PORTAL_RECEIPT_DEEDS = ["rated", "reopened", "messages", "removed"] as const;
export type PortalReceiptDeed = (typeof PORTAL_RECEIPT_DEEDS)[number];

export type PortalReceipt = z.output<(typeof getReceipt)["answer"]>;

export type PortalPage =
  | PortalNoticePage
  | { page: "home"; recent: PublicCase[] }
  | {
      page: "report";
      categories: Category[];
      form: PortalReportForm;
      problems: PortalFormProblem[];
      /** How long a way to reach the reporter is kept, as the consent beside it says. */
      contactKeptDays: number;
      /** Channels beside the page that news can be sent by. */
      offered: SendingChannel[];
    }
  | {
      /** The step before sending: danger calls first, and the same thing may be known already. */
      page: "nearby";
      form: PortalReportForm;
      urgent: boolean;
      cases: NearbyCase[];
      withinM: number;
    }
  | {
      page: "receipt";
      receiptCode: string;
      receipt: PortalReceipt;
      /** True right after reporting: thanks, and the code to keep, come first. */
      justSent: boolean;
      emergency: boolean;
      feedback: ReceiptFeedback;
      /** What the visitor has just done on this page; null on the first look. */
      done: PortalReceiptDeed | null;
      /** Why it was not done, and what was typed. */
      problem: { code: string; typed: Record<string, string> } | null;
      /** Id of a reopening that is sent from this page: pressed twice, it is one. */
      commandId: string;
    }
  | {
      page: "messages";
      token: string;
      /** `unknown`: the link is not one of ours, or its follower is gone. */
      state: "waits" | "confirmed" | "stopped" | "unknown";
    }
  | { page: "track"; receiptCode: string; problem: string | null }
  | {
      page: "cases";
      list: EndpointAnswer<typeof listPublicCases>;
      filters: { net: Net | null; grid: string | null; cursor: string | null };
      /** Level-1 grids to choose from. */
      gridChoices: Pick<Grid, "gridCode" | "name">[];
      /** The grid that the list is limited to. */
      grid: Grid | null;
    }
  | {
      page: "grids";
      grids: Grid[];
      place: ({ lng: number; lat: number } & Responsible) | null;
    }
  | {
      page: "grid";
      grid: Grid;
      chain: Responsible["chain"];
      children: Grid[];
      serving: GridServing;
    }
  | {
      page: "problem";
      status: number;
      code: string;
      params: Record<string, unknown>;
      requestId: string;
    };

/** What a built renderer exports: the whole HTML document of a page. */
export type RenderPortalPage = (page: PortalPage, shell: PortalShell) => string;
