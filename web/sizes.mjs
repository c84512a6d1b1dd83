// Checks the budgets of the built workspace: node sizes.mjs, after npm run build. Sizes are gzip
// bytes of scripts that a route needs before it can be used; what is loaded later does not count.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("./dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", dist), "utf8"));
const sizes = new Map();

function sizeOf(file) {
  if (!sizes.has(file)) {
    sizes.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length);
  }
  return sizes.get(file);
}

/** The chunk of a source file with everything it imports before it runs. */
function closure(source, found = new Set()) {
  const chunk = manifest[source];
  if (!chunk) {
    throw new Error(`The build has no chunk for ${source}.`);
  }
  if (!found.has(source)) {
    found.add(source);
    for (const needed of chunk.imports ?? []) {
      closure(needed, found);
    }
  }
  return found;
}

const bytes = (sources) => {
  const files = new Set([...sources].map((source) => manifest[source].file));
  return [...files].reduce((sum, file) => sum + sizeOf(file), 0);
};

const entry = closure("index.html");
const withEntry = (source) => new Set([...entry, ...closure(source)]);
const scripts = Object.keys(manifest).filter((key) => manifest[key].file.endsWith(".js"));
const charts = closure("ui/charts/echarts.ts");

const budgets = [
  ["sign-in", bytes(withEntry("shell/SignInPage.tsx")), 240],
  ["first list", bytes(withEntry("shell/ListPage.tsx")), 240],
  ["dashboard without charts", bytes(withEntry("sales-hub/DashboardPage.tsx")), 245],
  ["record form", bytes(withEntry("shell/RecordPage.tsx")), 320],
  ["charts, loaded late", bytes([...charts].filter((source) => !entry.has(source))), 180],
  ["all scripts", bytes(scripts), 800],
];

let isOver = false;
for (const [name, size, limit] of budgets) {
  const kilobytes = size / 1000;
  const verdict = kilobytes > limit ? "OVER" : "ok";
  isOver ||= kilobytes > limit;
  console.log(
    `${verdict.padEnd(5)}${name.padEnd(28)}${kilobytes.toFixed(1).padStart(7)} of ${limit} kB`,
  );
}
process.exit(isOver ? 1 : 0);
