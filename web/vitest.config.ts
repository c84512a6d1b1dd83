import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") } },
  test: {
    environment: "jsdom",
    include: ["{api,ui,shell,sales-hub,back-office}/**/*.test.{ts,tsx}"],
  },
});
