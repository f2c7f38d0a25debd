import type { z } from "zod";
import type { Category } from "./catalogue.ts";
import type { County } from "./county.ts";
import type { EndpointAnswer } from "./endpoint.ts";
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
  contact: string;
  /** Photos that already arrived; unticking one leaves it out. */
  attachmentIds: string[];
};

export const PORTAL_REPORT_FIELDS = [
  "categoryCode",
  "description",
  "place",
  "photos",
  "contact",
] as const;
export type PortalReportField = (typeof PORTAL_REPORT_FIELDS)[number];

/** Something wrong with a form; `field` null concerns the whole of it. */
export type PortalFormProblem = {
  field: PortalReportField | null;
  code: string;
  params?: Record<string, unknown>;
};

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
    }
  | {
      page: "receipt";
      receiptCode: string;
      receipt: PortalReceipt;
      /** True right after reporting: thanks, and the code to keep, come first. */
      justSent: boolean;
      emergency: boolean;
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
