import type { PortalShell } from "@onegrid/contract";
import type { TFunction } from "i18next";

/** The shell of a page with its words and its moment, handed down to every part. */
export type View = PortalShell & { t: TFunction; at: Date };
