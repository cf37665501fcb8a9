// Measures the page in headless Chromium over a local static server and prints a table:
//   node tests/page_measure.js [STEPS]     (DETENTE_PAGE: the folder, default build/page)
// The times of a drag are from the slider's event to the frame after its charts were drawn.
import { launch } from "./chromium.js";
import { folder, serve, skip } from "./page_server.js";

if (skip) {
  console.log(skip);
  process.exit(77);
}
const steps = Number(process.argv[2] ?? 60);
const quantile = (values, q) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];
const rows = [];
const tell = (what, value, bound) => {
  rows.push({ what, value, bound });
  console.log(`${what.padEnd(66)} ${value.padStart(12)}   ${bound}`);
};
const ms = (v) => `${v.toFixed(0)} ms`;

const server = await serve();
const browser = await launch();

async function opened(hash = "", viewport = { width: 1200, height: 900 }) {
  const page = await browser.newPage({ viewport });
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) =>
      list.getEntries().forEach((e) => window.longTasks.push([e.startTime, e.duration])),
    ).observe({ entryTypes: ["longtask"] });
    window.firstChart = new Promise((done) => {
      new PerformanceObserver((list) => {
        if (list.getEntriesByName("detente:drawn").length)
          requestAnimationFrame(() => setTimeout(() => done(performance.now())));
      }).observe({ entryTypes: ["mark"] });
    });
  });
  await page.goto(server.url + hash);
  const first = await page.evaluate(() => window.firstChart);
  return { page, first };
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

const longest = (page, since) =>
  page.evaluate((t) => Math.max(0, ...window.longTasks.filter(([at]) => at >= t).map(([, d]) => d)), since);

console.log(`${folder}, Chromium ${browser.version()}`);
const cold = [];
for (let k = 0; k < 3; ++k) {
  server.sent.bytes = 0;
  server.sent.files = [];
  const { page, first } = await opened();
  cold.push(first);
  await page.close();
}
tell("first chart from a cold start, median of 3", ms(quantile(cold, 0.5)), "2000 ms");
tell("transfer for it, compressed", `${(server.sent.bytes / 1e6).toFixed(2)} MB`, "2.5 MB");

for (const [economy, bound] of [
  ["us-china-2017", 100],
  ["world-2023", 300],
]) {
  const { page } = await opened(`#economy=${economy}`);
  await page.waitForTimeout(1500);
  if (!(await page.locator(".line.open input[type=range]").count())) await page.locator(".lines .add").click();
  await dragged(page, 10);
  const since = await page.evaluate(() => performance.now());
  const times = await dragged(page, steps);
  tell(`${economy}: drag to redrawn charts, p95 of ${steps}`, ms(quantile(times, 0.95)), `${bound} ms`);
  tell(`${economy}: the same, median`, ms(quantile(times, 0.5)), "");
  tell(`${economy}: longest task while dragging`, ms(await longest(page, since)), "");
  await page.close();
}

// A trade war from the button to its answer, and what it does to the page's own thread.
{
  const { page } = await opened();
  await page.locator("#tab-governments").click();
  await page.waitForTimeout(3000); // the engine for longer answers is open, and has drawn its bands
  const war = page.locator(".deed button").nth(1);
  for (const name of ["first", "again"]) {
    const since = await page.evaluate(() => performance.now());
    await war.click();
    await page.locator(".governments .report h2, .governments .failed").first().waitFor({ timeout: 60_000 });
    await page.locator(".governments .answer > p[role=status]").waitFor({ timeout: 60_000 });
    const said = await page.locator(".governments .answer > p[role=status]").textContent();
    tell(`trade war, ${name}: ${said}`, ms((await page.evaluate(() => performance.now())) - since), "500 ms");
    tell("  longest task of the page meanwhile", ms(await longest(page, since)), "50 ms");
    await page.evaluate(() => document.querySelector(".governments .report").replaceChildren());
  }
  await page.close();
}
await browser.close();
server.close();
