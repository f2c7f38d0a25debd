import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { NONCE_PLACEHOLDER, styleNonce } from "./vite-style-nonce.ts";

const server = process.env["ONEGRID_DEV_SERVER"];

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/console/",
  plugins: [react(), styleNonce()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    target: "es2023",
    // MapLibre and ECharts are big by nature; each is a chunk of its own that loads when drawn.
    chunkSizeWarningLimit: 1200,
    // The page's policy allows no inline script and no data: font.
    assetsInlineLimit: 0,
  },
  worker: { format: "es" },
  server: server
    ? { proxy: { "/api": server, "/tiles": server }, host: "127.0.0.1" }
    : { host: "127.0.0.1" },
});
