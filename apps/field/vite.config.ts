import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { wordsInParts } from "./words-in-parts.ts";

const server = process.env["ONEGRID_DEV_SERVER"];
const BASE = "/field/";

/** MapLibre is about 1 MB and belongs to what must work offline. */
const PRECACHE_LARGEST_BYTES = 4 * 1024 * 1024;
const DAY_S = 24 * 60 * 60;

const pwa = VitePWA({
  base: BASE,
  scope: BASE,
  // The app registers by itself: the page's policy allows no inline script.
  injectRegister: false,
  registerType: "prompt",
  manifest: {
    id: BASE,
    name: "网格通 OneGrid",
    short_name: "网格通",
    description: "网格员手机端：待办、上报、办理，断网可用",
    lang: "zh-CN",
    start_url: BASE,
    scope: BASE,
    display: "standalone",
    orientation: "portrait",
    theme_color: "#1f5fa8",
    background_color: "#f4f6f8",
    icons: [
      { src: "icons/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "icons/icon-512.png", sizes: "512x512", type: "image/png" },
      {
        src: "icons/maskable-512.png",
        sizes: "512x512",
        type: "image/png",
        purpose: "maskable",
      },
    ],
    shortcuts: [{ name: "上报", url: `${BASE}#/report` }],
  },
  workbox: {
    globPatterns: ["**/*.{html,js,mjs,css,svg,png}"],
    maximumFileSizeToCacheInBytes: PRECACHE_LARGEST_BYTES,
    navigateFallback: `${BASE}index.html`,
    cleanupOutdatedCaches: true,
    runtimeCaching: [
      {
        // Outlines change rarely: show what is there, fetch what is new for the next time.
        urlPattern: ({ url }) => url.pathname.startsWith("/tiles/"),
        handler: "StaleWhileRevalidate",
        options: {
          cacheName: "onegrid-tiles",
          // 204: nothing lies in this tile, which is worth knowing offline too.
          cacheableResponse: { statuses: [200, 204] },
          expiration: { maxEntries: 400, maxAgeSeconds: 60 * DAY_S },
        },
      },
      {
        // A stored photo never changes under its address. Emptied at sign-out.
        urlPattern: ({ url }) => /^\/api\/v1\/attachments\/[^/]+\/thumb$/.test(url.pathname),
        handler: "CacheFirst",
        options: {
          cacheName: "onegrid-thumbs",
          cacheableResponse: { statuses: [200] },
          expiration: { maxEntries: 300, maxAgeSeconds: 14 * DAY_S },
        },
      },
    ],
  },
});

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: BASE,
  plugins: [react(), wordsInParts, pwa],
  build: {
    target: "es2023",
    chunkSizeWarningLimit: 1200,
    assetsInlineLimit: 0,
    // Every browser of this target knows modulepreload.
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  // The build for today's browsers; the package's own entry is the one for those of 2015.
  resolve: { alias: [{ find: /^dexie$/, replacement: "dexie/dist/modern/dexie.mjs" }] },
  server: server
    ? { proxy: { "/api": server, "/tiles": server }, host: "127.0.0.1" }
    : { host: "127.0.0.1" },
});
