// A PostgreSQL server of its own on a temporary folder, reached through a socket in it.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const HOME = "/usr/lib/postgresql";

/** The newest server's folder of programs; undefined where none is installed. */
export function installedPrograms() {
  if (process.env.CASHLINE_POSTGRESQL_BIN) {
    return process.env.CASHLINE_POSTGRESQL_BIN;
  }
  const versions = existsSync(HOME) ? readdirSync(HOME) : [];
  return versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(HOME, version, "bin"))
    .find((folder) => existsSync(path.join(folder, "initdb")));
}

// PostgreSQL refuses to run as root.
const asItsUser =
  process.getuid() === 0
    ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
    : [];

function words(program, ...options) {
  const [first, ...rest] = [...asItsUser, path.join(installedPrograms(), program), ...options];
  return [first, rest];
}

export async function startCluster() {
  const folder = mkdtempSync(path.join(tmpdir(), "cashline-pg-"));
  chmodSync(folder, 0o777);
  const data = path.join(folder, "data");
  execFileSync(
    ...words("initdb", "-D", data, "-U", "cashline", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"),
    { stdio: "ignore", cwd: folder },
  );
  const server = spawn(
    ...words("postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"),
    { stdio: "ignore", cwd: folder },
  );
  const ended = new Promise((resolve) => server.once("exit", resolve));
  for (let tries = 0; !existsSync(path.join(folder, ".s.PGSQL.5432")); tries += 1) {
    if (tries > 200 || server.exitCode !== null) {
      throw new Error("PostgreSQL did not start.");
    }
    await sleep(50);
  }
  return {
    uri: `postgresql://cashline@/postgres?host=${encodeURIComponent(folder)}`,
    async stop() {
      // setpriv becomes the server, so the signal reaches it.
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
