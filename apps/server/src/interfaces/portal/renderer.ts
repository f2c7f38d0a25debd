import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PortalShell, RenderPortalPage } from "@onegrid/contract";

/** A built portal: what draws the pages, and where their scripts and styles lie. */
export type Portal = {
  render: RenderPortalPage;
  assets: PortalShell["assets"];
  /** Folder of the hashed files, served at /portal/. */
  clientDir: string;
};

const ENTRY = "src/client/main.ts";
const BASE = "/portal/";

type Manifest = Record<string, { file: string; css?: string[] } | undefined>;

const isRenderer = (module: unknown): module is { renderPage: RenderPortalPage } =>
  typeof module === "object" &&
  module !== null &&
  "renderPage" in module &&
  typeof module.renderPage === "function";

/** Loads a built portal from its folder; null when there is none, throws when it is broken. */
export const loadPortal = async (portalDir: string): Promise<Portal | null> => {
  const clientDir = join(portalDir, "client");
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(join(clientDir, "manifest.json"), "utf8")) as Manifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const entry = manifest[ENTRY];
  const file = join(portalDir, "server", "render.js");
  const module: unknown = await import(pathToFileURL(file).href);
  if (entry === undefined || !isRenderer(module)) {
    throw new TypeError(`${portalDir} does not hold a portal of this version; build it again`);
  }
  return {
    render: module.renderPage,
    assets: {
      script: BASE + entry.file,
      styles: (entry.css ?? []).map((css) => BASE + css),
    },
    clientDir,
  };
};
