import type { EndpointAnswer } from "./endpoint.ts";
import type { Grid, Responsible } from "./grids.ts";
import type { getObjection, PublicNotice } from "./notices.ts";
import type { Post, PostTemplate } from "./posts.ts";

/** Who serves a grid in which post, what they are to do, and the notices that concern it. */
export type GridServing = {
  /** Of the grid itself and of those above it, smallest grid first. */
  posts: Post[];
  /** Duty lists of the kinds of posts among them. */
  templates: PostTemplate[];
  notices: PublicNotice[];
};

/** A place that answers what somebody looked for. */
export type FoundPlace = {
  kind: "estate" | "grid";
  name: string;
  gridCode: string;
  /** Names from the level-1 grid down. */
  path: string[];
  /** False: sounds or looks alike. */
  isExact: boolean;
};

/** The objection form as the visitor left it. */
export type PortalObjectionForm = {
  objectionId: string;
  seal: string;
  postCode: string;
  words: string;
  contact: string;
};

export type PortalNoticePage =
  | { page: "notices"; notices: PublicNotice[] }
  | {
      page: "notice";
      notice: PublicNotice;
      form: PortalObjectionForm;
      /** Code of what is wrong with the form. */
      problem: string | null;
    }
  | {
      page: "objection";
      receiptCode: string;
      objection: EndpointAnswer<typeof getObjection>;
      justSent: boolean;
    }
  | { page: "who"; q: string; found: FoundPlace[] }
  | {
      /** 门牌公示: what hangs beside a door, for printing. */
      page: "sign";
      grid: Grid;
      chain: Responsible["chain"];
      serving: GridServing;
      /** The grid's page as a QR code, data URI. */
      qrCode: string;
      address: string;
      paper: "a4" | "a3";
    };
