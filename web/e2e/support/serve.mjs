// Serves a fresh demo company on a free port until it is told to stop, and takes its folder away then.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const data = mkdtempSync(path.join(tmpdir(), "cashline-e2e-"));
const server = spawn(
  process.env.CASHLINE_PROGRAM,
  ["serve", "--data", data, "--port", "0", "--demo"],
  { stdio: ["ignore", "inherit", "inherit"] },
);
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, () => server.kill("SIGTERM"));
}
server.once("exit", (code) => {
  rmSync(data, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});
