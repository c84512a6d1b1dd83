// The program as scripts drive it: commands beside a running server, the data folder and what it
// remembers, the pages that are linked in.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { installedPrograms, startCluster } from "./cluster.mjs";
import { command, program, startCompany } from "./company.mjs";

function run(...words) {
  const done = spawnSync(program(), words, { encoding: "utf8" });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

const modeOf = (file) => (statSync(file).mode & 0o777).toString(8);

async function signIn(company, username, password) {
  const answer = await fetch(`${company.url}/auth/sign-in`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  return answer.status;
}

describe("commands", () => {
  const data = mkdtempSync(path.join(tmpdir(), "cashline-commands-"));
  let company;
  before(async () => {
    company = await startCompany({ data });
  });
  after(async () => {
    await company?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it("work inside the server that has the folder open", async () => {
    assert.equal(modeOf(path.join(data, "control.sock")), "600");
    const added = command(company, "user", "add", "--name", "eve", "--last-name", "Evans",
      "--role", "Salesperson");
    assert.ok(added.password.length >= 12);
    assert.equal(await signIn(company, "eve", added.password), 204);
    const changed = command(company, "user", "set-password", "--name", "eve");
    assert.equal(await signIn(company, "eve", added.password), 401);
    assert.equal(await signIn(company, "eve", changed.password), 204);
    const verified = run("verify", "--data", data, "--json");
    assert.equal(verified.code, 0, verified.out + verified.err);
  });

  it("say what is wrong and end with 1", () => {
    const unknown = run("user", "add", "--data", data, "--name", "x", "--role", "No Such Role");
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /role_unknown/);
    const twice = run("user", "add", "--data", data, "--name", "eve", "--role", "Salesperson");
    assert.equal(twice.code, 1);
  });

  it("refuse what needs the folder alone while the server runs", () => {
    const second = run("serve", "--data", data, "--port", "0");
    assert.equal(second.code, 1);
    assert.match(second.err, /data_in_use/);
    const copy = path.join(data, "..", `${path.basename(data)}.backup`);
    const backup = run("backup", copy, "--data", data);
    assert.equal(backup.code, 0, backup.err);
    const restore = run("restore", copy, "--data", data);
    assert.notEqual(restore.code, 0);
    rmSync(copy, { recursive: true, force: true });
  });

  it("work without a server, too", async () => {
    assert.equal(await company.stop(), 0);
    company = undefined;
    const added = JSON.parse(
      execFileSync(program(), ["user", "add", "--data", data, "--name", "max", "--last-name", "Moss",
        "--role", "Salesperson"], { encoding: "utf8" }),
    );
    company = await startCompany({ data, content: "" });
    assert.equal(await signIn(company, "max", added.password), 204);
  });
});

describe("pages", () => {
  let company;
  before(async () => {
    company = await startCompany();
  });
  after(() => company.stop());

  it("are linked into the program", async (context) => {
    const page = await fetch(`${company.url}/app/t/lead`);
    if (page.status === 404) {
      return context.skip("This program was built without the workspace.");
    }
    const html = await page.text();
    assert.match(page.headers.get("content-type"), /^text\/html/);
    assert.doesNotMatch(html, /__CSP_NONCE__/);
    const policy = page.headers.get("content-security-policy");
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    assert.ok(nonce && html.includes(nonce));
    const [, script] = /src="(\/app\/assets\/[^"]+\.js)"/.exec(html);
    const asset = await fetch(company.url + script);
    assert.equal(asset.status, 200);
    assert.match(asset.headers.get("cache-control"), /immutable/);
    assert.match(asset.headers.get("content-type"), /javascript/);
    assert.equal((await fetch(`${company.url}/app/assets/none.js`)).status, 404);
  });

  it("begin at the shop, and health and metrics answer", async () => {
    const front = await fetch(`${company.url}/`, { redirect: "manual" });
    assert.equal(front.headers.get("location"), "/shop/");
    assert.equal((await fetch(`${company.url}/health`)).status, 200);
    assert.match(await (await fetch(`${company.url}/metrics`)).text(), /^# (HELP|TYPE) /m);
  });
});

const skip = installedPrograms() ? false : "No PostgreSQL server is installed.";
describe("a database of one's own", { skip }, () => {
  const data = mkdtempSync(path.join(tmpdir(), "cashline-database-"));
  const configuration = path.join(data, "cashline.toml");
  let cluster;
  before(async () => {
    cluster = await startCluster();
  });
  after(async () => {
    await cluster?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it("is remembered by the folder, for its owner only", async () => {
    const first = await startCompany({ data, database: async () => cluster.uri });
    const added = command(first, "user", "add", "--name", "eve", "--last-name", "Evans",
      "--role", "Salesperson");
    assert.equal(await first.stop(), 0);
    assert.equal(modeOf(configuration), "600");
    assert.ok(readFileSync(configuration, "utf8").includes(cluster.uri));
    const again = await startCompany({ data, content: "" });
    assert.equal(await signIn(again, "eve", added.password), 204);
    assert.equal(await again.stop(), 0);
    const other = run("serve", "--data", data, "--port", "0", "--database", "postgresql:///other");
    assert.equal(other.code, 1);
    assert.match(other.err, /database_differs/);
  });

  it("may be named by the environment", async () => {
    writeFileSync(configuration, 'database = { env = "CASHLINE_TEST_DATABASE" }\n', { mode: 0o600 });
    const missing = run("verify", "--data", data);
    assert.equal(missing.code, 1);
    assert.match(missing.err, /configuration_incomplete/);
    const env = { CASHLINE_TEST_DATABASE: cluster.uri };
    const company = await startCompany({ data, content: "", env });
    assert.equal((await fetch(`${company.url}/health`)).status, 200);
    assert.equal(await company.stop(), 0);
  });
});
