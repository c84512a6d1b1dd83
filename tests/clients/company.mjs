// A server of its own on a temporary folder, and programs that may talk to it.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));

export function program() {
  const named = process.env.CASHLINE_PROGRAM;
  const candidates = named
    ? [named]
    : ["release", "test", "dev"].map((preset) =>
        path.join(here, "../../build", preset, "cashline"),
      );
  const found = candidates.find((candidate) => existsSync(candidate));
  if (!found) {
    throw new Error(`Build cashline first: none of ${candidates.join(", ")} exists.`);
  }
  return found;
}

/** Runs a command on the company's folder and reads the JSON it prints. */
export function command(company, ...words) {
  const output = execFileSync(program(), [...words, "--data", company.data], { encoding: "utf8" });
  return JSON.parse(output);
}

/**
 * `database` is a function that answers the address of a PostgreSQL; `data` a folder that is opened
 * as it is and stays.
 */
export async function startCompany({ content = "--empty", database, data: given, env } = {}) {
  const data = given ?? mkdtempSync(path.join(tmpdir(), "cashline-clients-"));
  const words = ["serve", "--data", data, "--port", "0"];
  if (content) {
    words.push(content);
  }
  if (database) {
    words.push("--database", await database());
  }
  const server = spawn(program(), words, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).on("line", (line) => {
      const match = /^listening on (http:\/\/\S+)$/.exec(line);
      if (match) {
        resolve(match[1]);
      }
    });
    ended.then((code) => reject(new Error(`The server ended with ${code} before it listened.`)));
  });
  return {
    data,
    url,
    async stop() {
      server.kill("SIGTERM");
      const code = await ended;
      if (!given) {
        rmSync(data, { recursive: true, force: true });
      }
      return code;
    },
  };
}

/** A function for onTokenRefresh: asks the token endpoint the first time, then keeps the token. */
export function tokenSource(company, { client_id, client_secret }, tenant = "contoso") {
  let token;
  return async () => {
    token ??= fetch(`${company.url}/${tenant}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id,
        client_secret,
        scope: `${company.url}/.default`,
      }),
    }).then(async (answer) => {
      if (!answer.ok) {
        throw new Error(`No token: ${answer.status} ${await answer.text()}`);
      }
      return (await answer.json()).access_token;
    });
    return token;
  };
}
