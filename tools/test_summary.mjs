// node tools/test_summary.mjs RESULTS: counts the cases of every step of ./test from its JUnit file and
// ends with "N passed, N failed". A step that failed without saying which case did counts as one failure.
import { existsSync, readFileSync } from "node:fs";

const results = process.argv[2];

function casesOf(file) {
  if (!existsSync(file)) {
    return [];
  }
  const cases = [];
  const tests = /<testcase\b([^>]*?)(\/>|>([\s\S]*?)<\/testcase>)/g;
  for (const [, head, , body = ""] of readFileSync(file, "utf8").matchAll(tests)) {
    const attribute = (name) => head.match(new RegExp(`(?:^|\\s)${name}="([^"]*)"`))?.[1] ?? "";
    const status = attribute("status");
    const skipped =
      /<skipped\b/.test(body) || status === "notrun" || status === "disabled" || attribute("result") === "skipped";
    const failed = /<(failure|error)\b/.test(body) || status === "fail";
    const name = [attribute("classname"), attribute("name")].filter(Boolean).join(" · ");
    cases.push({ name, test: attribute("name"), state: failed ? "failed" : skipped ? "skipped" : "passed" });
  }
  return cases;
}

// The cases inside a step; a failure that none of them shows gets a case of its own.
function withFailure(cases, failed, name) {
  if (failed && !cases.some((one) => one.state === "failed")) {
    return [...cases, { name, state: "failed" }];
  }
  return cases;
}

function casesOfStep({ state, name }) {
  const cases = casesOf(`${results}/${name}.xml`).flatMap((one) => {
    const inside = name === "ctest" ? casesOf(`${results}/gtest/${one.test}.xml`) : [];
    return inside.length > 0 ? withFailure(inside, one.state === "failed", one.name) : [one];
  });
  if (cases.length === 0) {
    return [{ name, state }];
  }
  return withFailure(cases, state === "failed", name);
}

const steps = readFileSync(`${results}/steps`, "utf8").trim().split("\n");
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
  const [state, name] = step.split(" ");
  const cases = casesOfStep({ state, name });
  const count = (wanted) => cases.filter((one) => one.state === wanted).length;
  for (const wanted of Object.keys(counts)) {
    counts[wanted] += count(wanted);
  }
  const skipped = count("skipped") > 0 ? `, ${count("skipped")} skipped` : "";
  console.log(`${name}: ${count("passed")} passed, ${count("failed")} failed${skipped}`);
  for (const { name: failure } of cases.filter((one) => one.state === "failed")) {
    console.log(`  failed: ${failure}`);
  }
}
if (counts.skipped > 0) {
  console.log(`${counts.skipped} skipped`);
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0);
