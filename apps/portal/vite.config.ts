import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));

/**
 * One `vite build` makes both halves: `client/` (hashed scripts and styles, with a manifest) and
 * `server/render.js` (the renderer that the server loads).
 */
const twoHalves: Plugin = {
  name: "portal-two-halves",
  config: (config) => {
    const outDir = config.build?.outDir ?? "dist";
    return {
      environments: {
        client: {
          build: {
            outDir: join(outDir, "client"),
            manifest: "manifest.json",
            rolldownOptions: { input: join(root, "src/client/main.ts") },
          },
        },
        ssr: {
          resolve: { noExternal: true },
          define: { "process.env.NODE_ENV": JSON.stringify("production") },
          build: {
            outDir: join(outDir, "server"),
            ssr: true,
            emitAssets: false,
            rolldownOptions: { input: { render: join(root, "src/render.tsx") } },
          },
        },
      },
    };
  },
};

/** Smaller files gain nothing, and every answer costs headers anyway. */
const WORTH_COMPRESSING_BYTES = 1024;
/** 6 of 11: what follows takes many times as long for one part in twenty. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } };

/** Beside each script and style its .br and .gz, so that the server compresses no file twice. */
const compressed: Plugin = {
  name: "portal-compressed",
  applyToEnvironment: ({ name }) => name === "client",
  writeBundle: ({ dir = "" }, bundle) => {
    for (const [name, output] of Object.entries(bundle)) {
      const bytes = Buffer.from(output.type === "chunk" ? output.code : output.source);
      if (!/\.(m?js|css)$/.test(name) || bytes.length < WORTH_COMPRESSING_BYTES) continue;
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes, BROTLI));
      writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    }
  },
};

export default defineConfig({
  root,
  base: "/portal/",
  plugins: [react(), twoHalves, compressed],
  builder: {},
  build: {
    target: "es2022",
    // MapLibre is one big chunk by nature; it loads on pages with a map only.
    chunkSizeWarningLimit: 1200,
    // The page's policy allows no data: script and no inline style sheet.
    assetsInlineLimit: 0,
  },
});
