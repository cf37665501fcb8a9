// Measures the page in headless Chromium over a local static server and prints a table:
//   node tests/page_measure.js [STEPS]     (DETENTE_PAGE: the folder, default build/page)
// The times of a drag are from the slider's event to the frame after its charts were drawn. Tasks of the page's own thread
// are told by the clock and by what the thread itself was at work, since other work of a busy machine is none of theirs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launch, whole } from "./chromium.js";
import { folder, serve, skip } from "./page_server.js";
import { tasksOf } from "./page_tasks.js";

if (skip) {
  console.log(skip);
  process.exit(77);
}
const steps = Number(process.argv[2] ?? 60);
const quantile = (values, q) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];
let failed = false;
/** `bound`: what the page promises; a task is held against it by the thread's own work. */
const tell = (what, value, bound, words = "") => {
  const over = bound !== undefined && value > bound;
  failed ||= over;
  const said = `${value.toFixed(value < 10 ? 2 : 0)}${words}`;
  console.log(`${what.padEnd(64)} ${said.padStart(22)}   ${bound ?? ""}${over ? "  over" : ""}`);
};
const ms = " ms";

const server = await serve();
// What a reader has, with all that a window needs.
const browser = await launch({ executablePath: whole, args: ["--no-sandbox"] });

async function opened(hash = "", { address = server.url } = {}) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  page.setDefaultTimeout(60_000);
  await page.addInitScript(() => {
    window.firstChart = new Promise((done) => {
      new PerformanceObserver((list) => {
        if (list.getEntriesByName("detente:drawn").length)
          requestAnimationFrame(() => setTimeout(() => done(performance.now())));
      }).observe({ entryTypes: ["mark"] });
    });
  });
  await page.goto(address + hash);
  const first = await page.evaluate(() => window.firstChart);
  return { page, first };
}

/** What `act` does to the page's own thread, with what follows in the second after it. */
async function watched(what, page, act) {
  const { work, clock, inside } = await tasksOf(browser, page, async () => {
    await act();
    await page.waitForTimeout(1000);
  });
  tell(`longest task: ${what}`, work, 50, ` ms (clock ${clock.toFixed(0)})`);
  if (clock > 50 && inside.length) console.log(`    ${inside.join("; ")}`);
}

// Steps of the slider one after the other, as a hand would make them.
const dragged = (page, count) =>
  page.evaluate(async (n) => {
    const slider = document.querySelector(".line.open input[type=range]");
    const times = [];
    for (let k = 0; k < n; ++k) {
      const drawn = new Promise((done) => {
        const seen = new PerformanceObserver((list) => {
          if (!list.getEntriesByName("detente:drawn").length) return;
          seen.disconnect();
          requestAnimationFrame(() => setTimeout(done));
        });
        seen.observe({ entryTypes: ["mark"] });
      });
      const began = performance.now();
      slider.value = String(5 + ((k * 7) % 90));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await drawn;
      times.push(performance.now() - began);
      await new Promise((done) => setTimeout(done, 16));
    }
    return times;
  }, count);

console.log(`${folder}, Chromium ${browser.version()}`);
const cold = [];
for (let k = 0; k < 3; ++k) {
  server.sent.bytes = 0;
  const { page, first } = await opened();
  cold.push(first);
  await page.close();
}
tell("first chart from a cold start, median of 3", quantile(cold, 0.5), 2000, ms);
tell("transfer for it, compressed", server.sent.bytes / 1e6, 2.5, " MB");

const addLine = async (page) => {
  if (!(await page.locator(".line.open input[type=range]").count())) await page.locator(".lines .add").click();
};
const modelsOf = (page) => page.locator(".models[aria-busy=false]").waitFor();
const bandsOf = (page) => page.locator("figure.live figcaption", { hasText: /Lines: / }).waitFor();

for (const [economy, bound, story] of [
  ["us-china-2017", 100, "April 2025"],
  ["world-2023", 300, "Ten percent on everyone"],
]) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  await watched(`${economy} is opened, to its bands and other models`, page, async () => {
    await page.goto(`${server.url}#economy=${economy}`);
    await bandsOf(page);
    const began = performance.now();
    await modelsOf(page);
    tell(`${economy}: other models, after the bands`, performance.now() - began, undefined, ms);
  });
  await watched(`${economy}: a story, to its bands`, page, async () => {
    await page.getByRole("button", { name: story }).first().click();
    await page.waitForTimeout(400);
    await bandsOf(page);
  });
  await addLine(page);
  await dragged(page, 10);
  const times = await dragged(page, steps);
  tell(`${economy}: drag to redrawn charts, p95 of ${steps}`, quantile(times, 0.95), bound, ms);
  tell(`${economy}: the same, median`, quantile(times, 0.5), undefined, ms);
  await watched(`${economy}: 20 steps of a drag`, page, () => dragged(page, 20));
  await page.close();
}

// A trade war from the button to its answer, and what it does to the page's own thread; talks take longer.
async function answered(page, button) {
  await page.evaluate(() => document.querySelector(".governments .report").replaceChildren());
  await page.locator(".deed button").nth(button).click();
  await page.locator(".governments .report h2").first().waitFor();
  await page.locator(".governments .answered p.small").waitFor();
}
{
  const { page } = await opened();
  await bandsOf(page);
  await watched("the tab of governments", page, () => page.locator("#tab-governments").click());
  await watched("a trade war, the first", page, () => answered(page, 1));
  await watched("a trade war, again", page, () => answered(page, 1));
  const times = [];
  for (let k = 0; k < 5; ++k) {
    const began = performance.now();
    await answered(page, 1);
    times.push(performance.now() - began);
  }
  tell("trade war, median of 5", quantile(times, 0.5), 500, ms);
  await watched("talks", page, () => answered(page, 2));
  const holds = page.locator(".relation .report .headline");
  await watched("the tab of the relation, with its answer", page, async () => {
    await page.locator("#tab-relation").click();
    await holds.waitFor();
  });
  const wait = page.getByLabel("How much each year's wait costs");
  await watched("a lever of the relation, to its answer", page, async () => {
    const began = performance.now();
    await wait.fill("12");
    await page.locator(".relation .report[aria-busy]").waitFor();
    await page.locator(".relation .report:not([aria-busy])").waitFor();
    tell("a lever of the relation, to its answer", performance.now() - began, undefined, ms);
  });
  await watched("all of the relation unfolded", page, () => page.locator(".whole > summary").click());
  await watched("back to the map", page, () => page.locator("#tab-outcome").click());
  await page.close();
}

// The same study with the engine that has threads and with the one that has none.
const study = [
  'title = "Draws"\n[economy]\nname = "us-china-2017"\n[model]\nkind = "ricardian"\n',
  '[[scenario]]\nname = "up"\ntariff = [{ importer = "USA", exporter = "CHN", sector = "goods", add = 0.10 }]\n',
  "[uncertainty]\ndraws = 5000\n",
].join("");
const { "engine-threads": threaded } = JSON.parse(
  /id="files">([^<]*)</.exec(readFileSync(join(folder, "index.html"), "utf8"))[1],
);
if (!threaded) console.log("no engine with threads beside this page: make page THREADS=yes");
for (const isolated of threaded ? [false, true] : [false]) {
  const host = await serve({ isolated });
  const { page } = await opened("", { address: host.url });
  await bandsOf(page);
  await page.locator("#tab-study").click();
  const times = [];
  for (let k = 0; k < 3; ++k) {
    await page.evaluate(() => document.querySelector(".study .report")?.replaceChildren());
    await page.locator(".study textarea").fill(study);
    const began = performance.now();
    await page.getByRole("button", { name: "Run the study" }).click();
    await page.locator(".study .report h1").waitFor();
    times.push(performance.now() - began);
  }
  tell(`5,000 draws, ${isolated ? "with threads" : "without threads"}, least of 3`, Math.min(...times), undefined, ms);
  await page.close();
  host.close();
}
await browser.close();
server.close();
process.exit(failed ? 1 : 0);
