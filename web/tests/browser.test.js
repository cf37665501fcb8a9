// Reports in a browser (headless Chromium), on a wide screen and on a phone: nothing on the console, nothing asked of a
// network, nothing wider than the screen, every chart drawn. Pictures lie in screenshots/ beside the outputs.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { heardOn, launch, noBrowser as skip } from "./chromium.js";
import { dataOf, folder, studies } from "./outputs.js";

const pictures = join(folder, "screenshots");

let browser;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  if (!skip) browser = await launch();
});
after(() => browser?.close());

async function opened(study, options) {
  const page = await browser.newPage({ viewport: { width: options.width, height: 900 }, colorScheme: options.scheme });
  page.setDefaultTimeout(120_000); // a busy machine is no fault of the page
  const heard = heardOn(page);
  await page.goto(`file://${join(folder, study, "report.html")}`);
  return { page, heard };
}

// Labels of charts that are cut off by the edge of their drawing.
const cutOff = () =>
  [...document.querySelectorAll("[role=img]")].flatMap((box) => {
    const edge = box.querySelector("svg").getBoundingClientRect();
    return [...box.querySelectorAll("text")]
      .filter((text) => text.textContent.trim())
      .map((text) => ({ text: text.textContent, at: text.getBoundingClientRect() }))
      .filter(({ at }) => at.left < edge.left - 1 || at.right > edge.right + 1)
      .map(({ text }) => `“${text}” in ${box.getAttribute("aria-label").slice(0, 60)}`);
  });

for (const study of studies)
  for (const [width, scheme] of [
    [1200, "light"],
    [390, "dark"],
  ])
    test(`${study} on ${width} pixels`, { skip }, async () => {
      const { page, heard } = await opened(study, { width, scheme });
      await page.screenshot({ path: join(pictures, `${study}-${width}.png`), fullPage: true });
      assert.equal(await page.title(), `${dataOf(`${study}/results.json`).study.title || "Report"} – Détente`);
      // The results, the script, and nothing that a name in a study could have added; no other source is allowed.
      assert.equal(await page.locator("script").count(), 2);
      const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
      assert.ok(policy.startsWith("default-src 'none'"));
      assert.ok((await page.locator("[role=img] svg").count()) > 0, "charts");
      assert.equal(await page.locator("[role=img]:not(:has(svg))").count(), 0, "charts without a drawing");
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.deepEqual(await page.evaluate(cutOff), []);
      // In wide letters, too: which fonts a reader has is not known.
      await page.evaluate(() => {
        for (const one of [document.body, ...document.querySelectorAll("select, button")])
          one.style.setProperty("font-family", "DejaVu Sans, Verdana", "important");
      });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.deepEqual(heard, []);
      await page.close();
    });

// Printing, another colour scheme and another width draw everything again.
test("a report is drawn again where the window changes", { skip }, async () => {
  const { page, heard } = await opened("every-question", { width: 1200, scheme: "light" });
  const width = () => page.locator("#summary + figure svg").evaluate((svg) => svg.getBoundingClientRect().width);
  const wide = await width();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 900 });
  await page.waitForFunction(
    (w) => document.querySelector("#summary + figure svg").getBoundingClientRect().width < w,
    wide,
  );
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator("details:not([open])").count(), 0);
  assert.equal(await width(), 660);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.ok((await width()) < 390);
  await page.locator("nav a[href='#words']").click();
  assert.ok(await page.locator("#words").evaluate((part) => part.open));
  assert.deepEqual(heard, []);
});
