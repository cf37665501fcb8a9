// The page in Chinese, part by part: whatever a reader sees or hears is Chinese, or marked as English that the engine or a
// study wrote, or one of a few names.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./chromium.js";
import { opened } from "./page_reader.js";
import { latinProse } from "./prose.js";
import { serve, skip } from "./page_server.js";

// Names of people and their methods, of a data set, of formats, and of the models as a study calls them.
const names = [
  ...["Détente", "Caliendo", "Parro", "Krugman", "Melitz", "Kalai", "Smorodinsky", "Kydd", "Sobol", "coco"],
  ...["Natural", "Earth", "PIIE", "PNG", "SVG", "CSV", "TOML", "SHA", "ricardian", "krugman", "melitz"],
];

let browser, server;
before(async () => {
  if (!skip) [browser, server] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  server?.close();
});

const answered = (page) => page.locator(".answer:visible .report :is(h2, .headline)").first().waitFor();
const press = (name) => (page) => page.getByRole("button", { name }).click();
const ask = (name) => async (page) => {
  await press(name)(page);
  await answered(page);
};

const parts = [
  ["what happens", ""],
  ["194 countries", "&economy=world-2023"],
  [
    "what hangs on the model",
    "",
    async (page) => {
      await page.locator(".models[aria-busy=false]").waitFor();
      await page.locator(".models summary").click();
    },
  ],
  ["what is assumed", "", press("有哪些假设")],
  ["a best answer", "&tab=governments", ask(/最优应对$/)],
  ["a trade war", "&tab=governments", ask("贸易战")],
  ["talks", "&tab=governments", ask(/^谈判/)],
  [
    "a relation with its ledger",
    "&tab=relation",
    async (page) => {
      await answered(page);
      await page.locator(".whole > summary").click();
    },
  ],
  [
    "claims",
    "&tab=claims",
    async (page) => {
      await page.locator(".claims select").first().selectOption("studies/today.toml");
      await ask("检验")(page);
    },
  ],
  ["a study", "&tab=study", ask("运行研究")],
];

for (const [name, hash, act] of parts)
  test(`Chinese: ${name}`, { skip }, async () => {
    const { page, heard } = await opened({ browser, server }, `#language=zh${hash}`);
    await act?.(page);
    // Charts are drawn when they come into sight, and why and how sure when the page rests.
    await page.waitForTimeout(1500);
    await page.evaluate(async () => {
      for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
        scrollTo(0, y);
        await new Promise((done) => setTimeout(done, 60));
      }
    });
    await page.waitForTimeout(500);
    assert.deepEqual(await page.evaluate(latinProse, names), []);
    assert.deepEqual(heard, []);
    await page.close();
  });

test("English prose in a Chinese page is found", { skip }, async () => {
  const { page } = await opened({ browser, server }, "#language=zh");
  await page.evaluate(() => document.querySelector("main").append("Welfare by region"));
  const found = await page.evaluate(latinProse, names);
  assert.deepEqual(
    found.map((f) => f.split(":")[0]),
    ["Welfare", "region"],
  );
  await page.close();
});
