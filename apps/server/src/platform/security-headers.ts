import type { FastifyHelmetOptions } from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

export type PagePolicy = {
  /** Admits the style elements that carry it; without one a page's styles are files alone. */
  styleNonce?: string;
  /** Where pictures and map tiles may come from beside this server; nowhere unless told. */
  tileHosts?: readonly string[];
};

/**
 * Content security policy of a page. Scripts, styles, fonts and workers are files of this server:
 * no inline script or style, no style attribute in markup, no eval, no frame, no foreign form.
 */
export const pagePolicy = ({ styleNonce, tileHosts = [] }: PagePolicy = {}): string =>
  [
    ["default-src", "'self'"],
    ["base-uri", "'none'"],
    ["object-src", "'none'"],
    ["frame-ancestors", "'none'"],
    ["form-action", "'self'"],
    ["script-src", "'self'"],
    ["style-src", "'self'", ...(styleNonce === undefined ? [] : [`'nonce-${styleNonce}'`])],
    // data: and blob: are what the page itself drew or took with the camera.
    ["img-src", "'self'", "data:", "blob:", ...tileHosts],
    ["connect-src", "'self'", ...tileHosts],
    ["worker-src", "'self'"],
    ["manifest-src", "'self'"],
  ]
    .map((words) => words.join(" "))
    .join("; ");

/**
 * Policy of a script that runs as a worker: a worker obeys its own file's policy, not the page's.
 * MapLibre's worker fetches the vector tiles, which are our own.
 */
export const workerPolicy = (): string =>
  "default-src 'none'; script-src 'self'; connect-src 'self'";

/**
 * Whether a built file is the script of a worker: Vite keeps the word in its name; the service
 * worker is sw.js, which imports workbox. Without a policy of its own it could import nothing, and
 * the phone would not start offline.
 */
export const isWorkerFile = (path: string): boolean =>
  /(?:worker-[A-Za-z0-9_-]{8,}\.m?js|[\\/]sw\.js|[\\/]workbox-[a-f0-9]+\.js)(?:\.(?:br|gz))?$/.test(
    path,
  );

/** The host of a county's basemap as a policy names it; none without a basemap. */
export const tileHosts = (basemap: { urlTemplate: string } | null): string[] => {
  const address = basemap?.urlTemplate.replaceAll(/\{\w+\}/g, "0");
  return address !== undefined && URL.canParse(address) ? [new URL(address).origin] : [];
};

/** What is not a page may fetch nothing and be framed by nobody, should a browser ever show it. */
const NOT_A_PAGE = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** A place and a photo are taken by a person's act, a passkey proves who it is; nothing else. */
const OWN_PERMISSIONS = [
  "geolocation",
  "camera",
  "microphone",
  "publickey-credentials-create",
  "publickey-credentials-get",
];
const NO_PERMISSIONS =
  "accelerometer autoplay bluetooth browsing-topics display-capture gyroscope hid idle-detection " +
  "magnetometer midi payment serial usb";
const PERMISSIONS_POLICY = [
  ...OWN_PERMISSIONS.map((name) => `${name}=(self)`),
  ...NO_PERMISSIONS.split(" ").map((name) => `${name}=()`),
].join(", ");

const YEAR_SECONDS = 365 * 86_400;

/** Headers of every answer; a page replaces the policy by its own `pagePolicy`. */
export const helmetOptions = ({
  secureCookies,
}: {
  /** Behind TLS: browsers are told never to come without it. */
  secureCookies: boolean;
}): FastifyHelmetOptions => ({
  contentSecurityPolicy: { useDefaults: false, directives: NOT_A_PAGE },
  strictTransportSecurity: secureCookies
    ? { maxAge: YEAR_SECONDS, includeSubDomains: false }
    : false,
  referrerPolicy: { policy: "same-origin" },
  frameguard: { action: "deny" },
});

/** Sends the permissions policy with every answer; helmet knows none. */
export const sendPermissionsPolicy = (app: FastifyInstance): void => {
  app.addHook("onRequest", async (_request, reply) => {
    void reply.header("permissions-policy", PERMISSIONS_POLICY);
  });
};
