// convert.mjs PACKAGE OUT: turns the lexicon of the npm package vader-sentiment into sorted tables of C++ rows.
// Valences become thousandths; a later duplicate of a token wins, as in the package's own reader. Fails when
// the package does not look as expected, so that a changed package never becomes an empty lexicon.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [packageFolder, out] = process.argv.slice(2);
const read = (name) => readFileSync(join(packageFolder, name), "utf8");
const fail = (text) => {
    console.error(`convert.mjs: ${text}`);
    process.exit(1);
};

// "1.9" → 1900, exactly: the lexicon has one decimal, constants at most three.
const thousandths = (text) => {
    const match = /^(-?)(\d+)(?:\.(\d{1,3}))?$/.exec(text.trim());
    if (!match) {
        fail(`"${text}" is no valence`);
    }
    const value = Number(match[2]) * 1000 + Number((match[3] ?? "").padEnd(3, "0"));
    return match[1] ? -value : value;
};

const quoted = (text) => `"${text.replace(/[\\"?]/g, (character) => `\\${character}`)}"`;
const bytewise = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const rows = (name, type, lines) =>
    `inline constexpr ${type} ${name}[] = {\n${lines.map((line) => `    ${line},\n`).join("")}};\n`;

const lexicon = new Map();
for (const line of read("vader_lexicon.txt").split(/\r?\n/)) {
    const [token, mean] = line.split("\t");
    if (mean !== undefined) {
        lexicon.set(token.trim(), thousandths(mean));
    }
}
if (lexicon.size < 7000) {
    fail(`only ${lexicon.size} tokens in vader_lexicon.txt`);
}

const source = read("src/vaderSentiment.js");
const block = (start, end) => {
    const from = source.indexOf(start);
    const to = source.indexOf(end, from);
    if (from < 0 || to < 0) {
        fail(`no ${start} in src/vaderSentiment.js`);
    }
    return source.slice(from + start.length, to);
};
const increment = thousandths(/B_INCR = ([\d.-]+)/.exec(source)?.[1] ?? "none");
const negations = [...block("NEGATE = [", "];").matchAll(/'([^']+)'|"([^"]+)"/g)].map((m) => m[1] ?? m[2]);
const boosters = new Map(
    [...block("BOOSTER_DICT = {", "};").matchAll(/(?:'([^']+)'|(\w+)): (B_INCR|B_DECR)/g)].map((m) => [
        m[1] ?? m[2],
        m[3] === "B_INCR" ? increment : -increment,
    ]),
);
if (negations.length < 50 || boosters.size < 60) {
    fail(`${negations.length} negations and ${boosters.size} boosters are too few`);
}

const valued = (map) => [...map].sort(([a], [b]) => bytewise(a, b)).map(([token, value]) => `{ ${quoted(token)}, ${value} }`);
mkdirSync(dirname(out), { recursive: true });
writeFileSync(
    out,
    `// Made by tools/lexicon/convert.mjs from the npm package vader-sentiment; see NOTICE.\n` +
        rows("vader_lexicon_rows", "LexiconRow", valued(lexicon)) +
        rows("vader_booster_rows", "LexiconRow", valued(boosters)) +
        rows("vader_negation_rows", "std::string_view", [...new Set(negations)].sort(bytewise).map(quoted)),
);
