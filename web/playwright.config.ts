// The story in a browser, against a real server of its own (e2e/support/serve.mjs). One company, one
// worker, files in the order of their names: each act goes on where the one before it ended.
import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";

// CASHLINE_E2E_URL names a server that runs already: for working at one act after another.
const running = process.env.CASHLINE_E2E_URL;
if (!process.env.CASHLINE_PROGRAM && !running) {
  throw new Error(
    "Set CASHLINE_PROGRAM to the built program, for example CASHLINE_PROGRAM=$PWD/build/test/cashline.",
  );
}
// Chromium refuses to sandbox itself for root.
const isRoot = process.getuid?.() === 0;

const server: NonNullable<PlaywrightTestConfig["webServer"]> = {
  command: "node e2e/support/serve.mjs",
  wait: { stdout: /listening on (?<cashline_url>http:\/\/\S+)/ },
  timeout: 60_000,
  stderr: "pipe",
  gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
};

export default defineConfig({
  testDir: "e2e",
  testMatch: "act-*.spec.ts",
  workers: 1,
  fullyParallel: false,
  retries: 0,
  // An act needs what the acts before it made.
  maxFailures: 1,
  // An act takes some seconds; on a machine that builds at the same time it takes long.
  timeout: 300_000,
  expect: { timeout: 10_000 },
  outputDir: "../build/results/e2e",
  reporter: "list",
  use: {
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    viewport: { width: 1366, height: 800 },
    locale: "en-IE",
    timezoneId: "Europe/Dublin",
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CASHLINE_CHROMIUM ?? "/usr/bin/chromium",
      args: isRoot ? ["--no-sandbox"] : [],
    },
  },
  ...(running ? {} : { webServer: server }),
});
