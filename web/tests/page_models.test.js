// What hangs on the model, in a browser: its numbers beside those of a study with variants and of the page under each model,
// what a click does, what a newer question does, and what never happens in a frame.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./chromium.js";
import { opened as openedBy } from "./page_reader.js";
import { root, serve, skip } from "./page_server.js";

const axe = readFileSync(join(root, "web/node_modules/axe-core/axe.min.js"), "utf8");
let browser, server;
before(async () => {
  if (!skip) [browser, server] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  server?.close();
});

const answered = (page) => page.locator(".models[aria-busy=false]").waitFor();
const line = (page) => page.locator(".line-of-models").textContent();

/** The page at `hash` with every model answered and the table open. */
async function opened(hash, options) {
  const { page, heard } = await openedBy({ browser, server }, hash, options);
  await answered(page);
  await page.locator(".models summary").click();
  await page.locator(".models tbody tr").first().waitFor();
  return { page, heard };
}

async function saved(page, place, kind = "CSV") {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    place.getByRole("button", { name: kind, exact: true }).click(),
  ]);
  return readFileSync(await download.path(), "utf8");
}

const cells = (row) => [...row.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, c]) => c.replace(/^"|"$/g, ""));
/** Rows of a CSV by their first cell, each by column. */
function rowsOf(csv) {
  const [head, ...rows] = csv
    .replace("\ufeff", "")
    .trim()
    .split("\r\n")
    .filter((l) => !l.startsWith("#"))
    .map(cells);
  return Object.fromEntries(rows.map((r) => [r[0], Object.fromEntries(head.map((h, k) => [h, r[k]]))]));
}
const ofModels = async (page) => rowsOf(await saved(page, page.locator(".models")));
// All digits of the chart of welfare, by region: the page's own answer.
async function ofPage(page) {
  const rows = rowsOf(await saved(page, page.locator("figure.live").nth(1)));
  return Object.fromEntries(Object.values(rows).map((r) => [r.Region, Object.values(r)[2]]));
}

// The page's names of what each of these variants of a study is.
const variants = {
  "Long run": 'economy = { horizon = "long" }',
  "One elasticity for everything": 'economy = { elasticities = "uniform" }',
  "Elasticities from tariffs on products": 'economy = { elasticities = "fontagne-guimbard-orefice" }',
  "Elasticities from firms' sales": 'economy = { elasticities = "lashkaripour-lugovskyy" }',
  "Economies of scale by sector":
    'economy = { elasticities = "lashkaripour-lugovskyy" }\nmodel = { scale_economies = true }',
  "Balanced trade": 'model = { closure = "balanced" }',
  "Employment answers": "model = { labour_supply = 0.5 }",
  "Revenue replaces an income tax": 'model = { labour_supply = 0.5, revenue = "income_tax" }',
  "Scale and variety": 'model = { kind = "krugman" }',
};

test("numbers are those of a study with the same variants; what a model refuses has its reason", { skip }, async () => {
  const { page, heard } = await opened("");
  const shown = await ofModels(page);
  assert.deepEqual(Object.keys(shown), ["Comparative advantage", ...Object.keys(variants), "Firms that differ"]);
  assert.match(await page.locator(".models .refusal:not(:empty)").textContent(), /one sector, and this economy has 44/);
  assert.equal(await page.locator(".models [data-variant=melitz]").isDisabled(), true);
  const cellsOf = (key) => page.locator(`.models tr:has([data-variant=${key}]) td`).allTextContents();
  const table = await cellsOf("scale");
  const said = await line(page);
  await page.getByRole("tab", { name: "Study file" }).click();
  const area = page.locator(".study textarea");
  const blocks = Object.entries(variants).map(
    ([name, keys]) => `[[variant]]\nname = ${JSON.stringify(name)}\n${keys}\n`,
  );
  await area.fill([await area.inputValue(), ...blocks].join("\n"));
  await page.getByRole("button", { name: "Run the study" }).click();
  await page.locator(".study .report h1").waitFor();
  const results = JSON.parse(await saved(page, page.locator(".study .answer"), "Save results.json"));
  const [name] = Object.keys(results.scenarios);
  const names = new Intl.DisplayNames(["en"], { type: "region" });
  const word = { USA: "US", CHN: "CN", JPN: "JP", IND: "IN", BRA: "BR" };
  const column = (r) =>
    `${word[r] ? names.of(word[r]) : { EU: "European Union", ROW: "Rest of the world" }[r]}, percent`;
  const close = (text, value, where) =>
    assert.ok(
      Math.abs(Number(text) - value) <= 1e-9 * Math.max(1, Math.abs(value)),
      `${where}: ${text} on the page, ${value}`,
    );
  for (const { name: variant, status, welfare_percent } of results.variants) {
    assert.equal(status, "answered");
    for (const [region, value] of Object.entries(welfare_percent[name]))
      close(shown[variant][column(region)], value, `${variant}, ${region}`);
  }
  assert.equal(results.variants.length, Object.keys(variants).length);
  for (const [region, { welfare_percent }] of Object.entries(results.scenarios[name].regions))
    close(shown["Comparative advantage"][column(region)], welfare_percent, region);
  // The line and the table are these numbers, rounded.
  const china = results.variants.map((v) => v.welfare_percent[name].CHN);
  const rounded = (v) => `−${Math.abs(v).toFixed(2)}`;
  assert.ok(said.includes(`China ${rounded(Math.min(...china))} to ${rounded(Math.max(...china))}`), said);
  const scale = results.variants.find((v) => v.name === "Economies of scale by sector").welfare_percent[name];
  assert.deepEqual(table.slice(0, 2), [rounded(scale.USA), rounded(scale.CHN)]);
  assert.deepEqual(heard, []);
  await page.close();
});

for (const [hash, keys] of [
  ["", ["scale", "krugman", "long"]],
  ["#economy=world-2023", ["world_tax", "world_low", "world_inputs"]],
])
  test(
    `a row's button puts the page under its model, to the same digits: ${hash || "us-china-2017"}`,
    { skip },
    async () => {
      const { page, heard } = await opened(hash);
      const shown = await ofModels(page);
      const said = await line(page);
      for (const key of keys) {
        const button = page.locator(`[data-variant=${key}]`);
        await button.focus();
        await page.keyboard.press("Enter");
        await page.locator(`[data-variant=${key}][aria-pressed=true]`).waitFor();
        assert.equal(await page.locator(".models [aria-pressed=true]").count(), 1);
        await answered(page);
        const own = shown[await button.textContent()];
        const found = await ofPage(page);
        for (const [region, value] of Object.entries(found))
          assert.equal(value, own[`${region}, percent`], `${key}, ${region}`);
        assert.ok(Object.keys(found).length >= 7);
        const settings = own.Settings.split(",").filter((s) => !/^(horizon|elasticities):/.test(s));
        assert.ok(decodeURIComponent(page.url()).includes(`model=${settings.join(",")}&`), page.url());
        await button.focus(); // saving took it
        await page.waitForTimeout(800);
        assert.equal(await button.evaluate((b) => b === document.activeElement), true, "the focus stays");
      }
      // What is compared is the same, whichever of them is the page's own.
      const again = await ofModels(page);
      for (const [name, row] of Object.entries(again))
        for (const [column, value] of Object.entries(row))
          if (column.endsWith("percent") && !column.includes("terms"))
            assert.equal(value, shown[name][column], `${name}, ${column}`);
      const ranges = (text) => text.match(/United States [^,]*?%/)[0];
      assert.equal(ranges(await line(page)), ranges(said));
      assert.deepEqual(heard, []);
      await page.close();
    },
  );

test(
  "terms of trade, too, where welfare is taken apart; the choice stays while scenarios change",
  { skip },
  async () => {
    const { page, heard } = await opened("");
    const choice = page.locator(".models select");
    await choice.selectOption("terms");
    const usa = (key) => page.locator(`.models tr:has([data-variant=${key}]) td`).first().textContent();
    assert.match(await usa("inputs"), /^\+0\.\d+$/);
    assert.match(await usa("scale"), /^−0\.\d+$/);
    assert.equal(await usa("krugman"), "–");
    assert.match(await line(page), /Terms of trade change sign: .*United States/);
    const truce = await usa("inputs");
    await page.getByRole("button", { name: "April 2025" }).click();
    await page.locator(".models[aria-busy=true]").waitFor();
    await answered(page);
    assert.equal(await choice.inputValue(), "terms");
    assert.notEqual(await usa("inputs"), truce);
    assert.match(await usa("scale"), /^[−+]0\.\d+$/);
    assert.deepEqual(heard, []);
    await page.close();
  },
);

test("options that the list does not have stand first, as the page's own", { skip }, async () => {
  const { page, heard } = await opened("#model=ricardian,labour_supply:0.3");
  const first = page.locator(".models tbody button").first();
  assert.equal(await first.textContent(), "As set on this page");
  assert.equal(await first.getAttribute("aria-pressed"), "true");
  assert.match(await line(page), /Across 11 models/);
  assert.deepEqual(heard, []);
  await page.close();
});

test("a newer question goes first, and the table says that answers are to come", { skip }, async () => {
  const { page, heard } = await opened("#economy=world-2023");
  const slider = page.locator(".lines .add");
  await slider.click();
  await answered(page);
  const first = await line(page);
  const range = page.locator(".line.open input[type=range]");
  for (const value of ["40", "60"]) {
    await range.fill(value);
    await page.locator(".models[aria-busy=true]").waitFor();
    assert.match(await line(page), /of 10 answered/);
    // Some have answered, and the slider moves again.
    await page.waitForFunction(() => /[3-9] of 10/.test(document.querySelector(".line-of-models").textContent));
  }
  await answered(page);
  const at60 = await line(page);
  assert.notEqual(at60, first);
  const fresh = await opened(page.url().slice(page.url().indexOf("#")));
  assert.equal(await line(fresh.page), at60);
  assert.deepEqual([...heard, ...fresh.heard], []);
  await Promise.all([page.close(), fresh.page.close()]);
});

test("in a frame nothing of it is answered", { skip }, async () => {
  const { page, heard } = await openedBy({ browser, server }, "#economy=us-china-2017&embed=1");
  await page.waitForTimeout(1500);
  assert.equal(await page.locator(".models").isVisible(), false);
  assert.equal(await line(page), "");
  assert.deepEqual(heard, []);
  await page.close();
});

for (const [width, scheme, hash] of [
  [1200, "dark", ""],
  [390, "light", ""],
  [390, "dark", "#economy=world-2023&language=zh"],
])
  test(
    `open, on ${width} pixels, ${scheme}${hash}: as wide as the screen, and nothing that axe finds`,
    { skip },
    async () => {
      const { page, heard } = await opened(hash, { width, scheme });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      // Numbers stand below their regions.
      const places = await page.evaluate(() => {
        const edges = (row) => [...row.cells].map((c) => Math.round(c.getBoundingClientRect().right));
        const [head, ...rows] = document.querySelectorAll(".models tr:not(.change)");
        return rows.map((row) => [edges(row).join(), edges(head).join()]);
      });
      assert.ok(places.length >= 10);
      for (const [row, head] of places) assert.equal(row, head);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      assert.deepEqual(
        violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`),
        [],
      );
      assert.deepEqual(heard, []);
      await page.close();
    },
  );
