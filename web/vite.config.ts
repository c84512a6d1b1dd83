import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env.CASHLINE_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  base: "/app/",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") } },
  // The server puts the nonce of each answer here; Fluent's style tags take it over.
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    target: "es2022",
    sourcemap: false,
    // For sizes.mjs, which checks the budgets.
    manifest: "manifest.json",
    // Small files as data: URLs would need exceptions in the security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: {
    proxy: Object.fromEntries(
      ["/api", "/auth", "/documents", "/oauth2", "/shop", "/meet"].map((path) => [path, server]),
    ),
  },
});
