import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** One page; each system's part is loaded when it is first opened. Nothing is inlined: the server's policy forbids it. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/console/",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: {
      // marks of libraries for servers that render pages: this page is rendered in the browser
      onwarn: (warning, warn) => warning.code === "MODULE_LEVEL_DIRECTIVE" || warn(warning),
    },
  },
  // while one works on the console: `npx vite console` beside a running server
  server: { proxy: { "^/(?!console/|@|src/|node_modules/)": "http://127.0.0.1:8080" } },
});
