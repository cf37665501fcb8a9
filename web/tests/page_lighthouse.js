// Lighthouse on the page over a local static server, as a desktop and as a phone, the median of three each:
//   node tests/page_lighthouse.js [RUNS] [--why]     (DETENTE_PAGE: the folder, default build/page)
// Its scores are printed and held against what the page promises; --why prints what takes points, run by run.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { whole } from "./chromium.js";
import { root, serve, skip } from "./page_server.js";

const installed = join(root, "web/lighthouse/node_modules");
const missing = existsSync(join(installed, "lighthouse")) ? skip : "no Lighthouse here: scripts/setup lighthouse";
if (missing) {
  console.log(missing);
  process.exit(77);
}
const runs = Number(process.argv.slice(2).find((a) => /^\d+$/.test(a)) ?? 3);
const why = process.argv.includes("--why");

const of = (path) => import(pathToFileURL(join(installed, path)));
const { default: lighthouse, desktopConfig } = await of("lighthouse/core/index.js");
const { launch } = await of("chrome-launcher/dist/index.js");

// Per hundred. Lighthouse's phone is one of 2016 on a slow network, and fetches two megabytes of model.
const promised = {
  desktop: { performance: 90, accessibility: 100, "best-practices": 100, seo: 100 },
  mobile: { performance: 50, accessibility: 100, "best-practices": 100, seo: 100 },
};
const figures = [
  ["first-contentful-paint", "first contentful paint"],
  ["largest-contentful-paint", "largest contentful paint"],
  ["speed-index", "speed index"],
  ["total-blocking-time", "total blocking time"],
  ["cumulative-layout-shift", "layout shift"],
];

const server = await serve();
const chrome = await launch({ chromePath: whole, chromeFlags: ["--headless=new", "--no-sandbox"] });
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function measured(config) {
  const { lhr } = await lighthouse(server.url, { port: chrome.port, output: "json", logLevel: "error" }, config);
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  return lhr;
}

/** What takes points, and the elements that Lighthouse names for it. */
function told({ categories, audits }) {
  for (const category of Object.values(categories))
    for (const { id } of category.auditRefs) {
      const audit = audits[id];
      if (audit.score === null || audit.score === 1 || audit.scoreDisplayMode === "informative") continue;
      console.log(`    ${category.id}: ${audit.title} ${audit.displayValue ?? ""}`);
      const items = (audit.details?.items ?? []).flatMap((item) => item.items ?? [item]);
      for (const item of items.slice(0, 5))
        if (item.node)
          console.log(`      ${item.node.selector} ${item.score ?? ""} ${(item.node.snippet ?? "").slice(0, 90)}`);
    }
}

let failed = false;
try {
  for (const [name, config] of [
    ["desktop", desktopConfig],
    ["mobile", undefined],
  ]) {
    const reports = [];
    for (let k = 0; k < runs; ++k) reports.push(await measured(config));
    if (name === "desktop") console.log(`Lighthouse ${reports[0].lighthouseVersion}, ${reports[0].userAgent}`);
    if (why) reports.forEach(told);
    for (const [category, bound] of Object.entries(promised[name])) {
      const score = Math.round(100 * median(reports.map((r) => r.categories[category].score)));
      if (score < bound) failed = true;
      console.log(
        `${name.padEnd(8)} ${category.padEnd(26)} ${String(score).padStart(9)}   ${score < bound ? "below " : ""}${bound}`,
      );
    }
    for (const [id, words] of figures) {
      const value = median(reports.map((r) => r.audits[id].numericValue));
      const shown = id === "cumulative-layout-shift" ? value.toFixed(3) : `${value.toFixed(0)} ms`;
      console.log(`${name.padEnd(8)} ${words.padEnd(26)} ${shown.padStart(9)}`);
    }
  }
} finally {
  await chrome.kill();
  server.close();
}
process.exit(failed ? 1 : 0);
