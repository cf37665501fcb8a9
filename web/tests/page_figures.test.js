// The figures of the page in a browser: what their files say and in which unit, against the engine's own numbers; what is
// compared, under which model; what a reader sees where there is little room. DETENTE_PAGE: the folder that `make page`
// made, DETENTE_WASM: the engine that it was made from.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./chromium.js";
import { loadEngine } from "./engine.js";
import { opened as openedBy, solved } from "./page_reader.js";
import { root, serve, skip as noPage } from "./page_server.js";

const wasm = process.env.DETENTE_WASM ?? join(root, "build/wasm");
const skip = noPage || (existsSync(join(wasm, "detente.wasm")) ? false : `no ${wasm}: make wasm makes it`);

let browser, server, engine;
before(async () => {
  if (skip) return;
  [browser, server, engine] = await Promise.all([launch(), serve(), loadEngine(wasm)]);
});
after(async () => {
  await browser?.close();
  server?.close();
  engine?.close();
});

const opened = (hash, options) => openedBy({ browser, server }, hash, options);
const figure = (page, title) => page.locator("figure.live", { has: page.locator("h3", { hasText: title }) });

// One saved file of a figure: its name and its text.
async function saved(page, title, kind = "CSV") {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    figure(page, title).getByRole("button", { name: kind, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

// A CSV file as R and pandas read it: lines that begin with # are comments.
function read(text) {
  assert.equal(text[0], "\ufeff", "a byte order mark");
  const lines = text.slice(1).trimEnd().split("\r\n");
  const head = lines.filter((l) => l.startsWith("# ")).map((l) => l.slice(2));
  const cells = (line) => [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map((m) => m[1].replace(/^"|"$/g, ""));
  const [columns, ...rows] = lines.filter((l) => !l.startsWith("#")).map(cells);
  for (const row of rows) assert.equal(row.length, columns.length, row.join());
  return { head: (name) => head.filter((l) => l.startsWith(`${name}: `)), columns, rows };
}

const close = (found, expected, what) =>
  assert.ok(Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${what}: ${found}, ${expected}`);

// The truce, as the page has it, answered by the engine without the page.
function truce(configuration) {
  const economy = engine.open(readFileSync(join(wasm, "us-china-2017.economy")), "us-china-2017");
  const { base } = engine.call("detente_configure", configuration);
  const both = (column, importer, exporter) => ({ importer, exporter, sector: "goods", add_column: column });
  const outcome = engine.call("detente_solve", {
    tariff: [
      both("us_tariff_increase_on_chn", "USA", "CHN"),
      both("chn_tariff_increase_on_usa", "CHN", "USA"),
      { importer: "USA", exporter: "CHN", sector: "goods", add: 0.2 },
      { importer: "CHN", exporter: "USA", sector: "goods", add: 0.1 },
    ],
  });
  assert.equal(outcome.error, undefined);
  return { economy, base, outcome };
}
const ricardian = { model: { kind: "ricardian" }, elasticities: {} };

test(
  "every figure's CSV says unit, scenario and source, and has the engine's numbers in that unit",
  { skip },
  async () => {
    const { economy, base, outcome } = truce(ricardian);
    const { page, heard } = await opened("#economy=us-china-2017");
    const [us, cn] = ["USA", "CHN"].map((r) => economy.regions.indexOf(r)),
      of = outcome.regions.USA,
      million = 1e6,
      people = JSON.parse(readFileSync(join(root, "web/page/model/population.json"), "utf8")).people.USA;
    const change = (outcome.trade[cn][us] - base.trade[cn][us]) / 1e3;
    const dollars = "billion 2017 US dollars a year";
    const sector = economy.sectors.indexOf("D26"),
      price = outcome.sectors.price_percent[us][sector];
    const files = new Map();
    for (const [title, name, column, row, value] of [
      ["Welfare around", "map", "change of real income, The truce (percent)", "USA", of.welfare_percent],
      ["Welfare by", "welfare", "change of real income, The truce (percent)", "USA", of.welfare_percent],
      ["Real wages", "real-wages", "change of the real wage, The truce (percent)", "USA", of.real_wage_percent],
      [
        "Who gains",
        "money",
        "change of real income, The truce (2017 US dollars a year per person, people of 2017)",
        "USA",
        (of.ev * million) / people,
      ],
      ["Trade that moves", "flows", `change of exports, The truce (${dollars})`, "CHN USA", change],
      ["Tariff revenue", "revenue", `Tariff revenue, The truce (${dollars})`, "USA", of.tariff_revenue / 1e3],
      ["Tariff revenue", "revenue", `Tariff revenue, base (${dollars})`, "USA", base.regions.USA.tariff_revenue / 1e3],
      [
        "What goods cost",
        "prices-USA",
        "price against wages, The truce (percent)",
        "D26",
        100 * ((1 + price / 100) / of.wage_hat - 1),
      ],
      ["What goods cost", "prices-USA", "price in world value added (percent)", "D26", price],
      ["Who sells", "exports", `exports, The truce (${dollars})`, "USA,CHN", outcome.trade[us][cn] / 1e3],
      ["Who sells", "exports", `exports, base (${dollars})`, "USA,CHN", base.trade[us][cn] / 1e3],
      [
        "Who sells",
        "exports",
        "change of exports, The truce (percent)",
        "USA,CHN",
        100 * (outcome.trade[us][cn] / base.trade[us][cn] - 1),
      ],
    ]) {
      // Each once: a browser stops a page that saves more than ten files in a row.
      if (!files.has(title)) files.set(title, await saved(page, title));
      const file = files.get(title);
      assert.equal(file.name, `detente-us-china-2017-ricardian-truce-${name}.csv`);
      const { head, columns, rows } = read(file.text);
      const at = columns.indexOf(column);
      assert.ok(at > 0, `${name}: ${column} is none of ${columns.join(" | ")}`);
      const found = rows.find((r) => (name === "exports" ? `${r[0]},${r[2]}` : r[0]) === row);
      // Prices are in the engine's answer to seven digits.
      close(Number(found[at]), value, `${name}, ${column}`);
      assert.match(head("scenario")[0], /now: The truce \[ricardian\] !truce\|USA~CHN/);
      assert.match(head("economy")[0], /us-china-2017; .*2017; million US dollars; SHA-256 [0-9a-f]{12}/);
      assert.match(head("source")[0], /OECD/);
      assert.match(head("model")[0], /\[ricardian\]; Trade deficits: stay as observed; .*short run/);
      assert.match(head("elasticities")[0], /caliendo-parro/);
      assert.match(head("engine")[0], /\d+\.\d+\.\d+\+[0-9a-f]{8}$/);
      assert.match(head("date")[0] ?? head("saved on")[0], /\d{4}-\d\d-\d\d$/);
      assert.match(head("link")[0], /#economy=us-china-2017@[^,]*scenario=!truce/);
    }
    assert.deepEqual(heard, []);
    await page.close();
  },
);

test("employment's CSV has the engine's numbers, where work answers to wages", { skip }, async () => {
  const { outcome } = truce({ model: { kind: "ricardian", labour_supply: 0.5 }, elasticities: {} });
  const { page, heard } = await opened("#economy=us-china-2017&model=ricardian,labour_supply:0.5");
  const { name, text } = await saved(page, "Employment");
  assert.match(name, /-employment\.csv$/);
  const { columns, rows } = read(text),
    at = columns.indexOf("change of employment, The truce (percent)");
  assert.ok(at > 0, columns.join(" | "));
  for (const [region, ...cells] of rows) {
    const of = outcome.regions[region];
    close(Number(cells[at - 1]), of.employment_percent, region);
  }
  assert.ok(
    rows.some((r) => Math.abs(Number(r[at])) > 0.01),
    "some employment changes",
  );
  assert.deepEqual(heard, []);
  await page.close();
});

test("a saved picture has unit, legend, scale, model, horizon, elasticities and engine", { skip }, async () => {
  const { page, heard } = await opened("#economy=us-china-2017&horizon=long");
  await page.getByRole("button", { name: /Pin this/ }).click();
  await page.getByRole("button", { name: "Free trade" }).click();
  await page.locator("figure.map figcaption", { hasText: "Shown: Free trade" }).waitFor();
  const map = await saved(page, "Welfare around", "SVG");
  assert.match(map.name, /^detente-us-china-2017-ricardian-long-free-beside-[0-9a-f]{6}-map\.svg$/);
  for (const part of ["percent", "linearGradient", "≤ −", "Shown: Free trade"])
    assert.ok(map.text.includes(part), part);
  const { text } = await saved(page, "Welfare by", "SVG");
  const words = text.replace(/<\/text><text[^>]*>/g, " ");
  for (const part of [
    "now: Free trade",
    "The truce",
    "model: Caliendo–Parro",
    "long run",
    "elasticities caliendo-parro",
    new Date().toISOString().slice(0, 10),
  ])
    assert.ok(words.includes(part), part);
  assert.match(words, /Détente \d+\.\d+\.\d+\+[0-9a-f]{8} · us-china-2017 \(2017\)/);
  assert.deepEqual(heard, []);
  await page.close();
});

// The numbers of an open table: heads, and cells by the row's name.
const tableOf = async (page, title) => {
  const part = figure(page, title);
  if (
    !(await part
      .locator("details")
      .getAttribute("open")
      .then((o) => o !== null))
  )
    await part.locator("summary").click();
  const [heads, ...rows] = await part
    .locator("tr")
    .evaluateAll((all) => all.map((tr) => [...tr.children].map((c) => c.textContent)));
  return { heads, row: (name) => rows.find((r) => r[0] === name) };
};
const numberIn = (text) => Number(text.replace("−", "-").replace("+", ""));

test("a pin keeps the model that it was answered under, and so does its link", { skip }, async () => {
  const { page, heard } = await opened("#economy=us-china-2017");
  await page.getByRole("button", { name: /Pin this/ }).click();
  await page.locator(".settings select").nth(1).selectOption("krugman");
  await page.waitForURL(/model=krugman/);
  await page.locator(".pinned", { hasText: "The truce (Caliendo–Parro)" }).waitFor();
  await solved(page);
  const expected = [truce({ model: { kind: "krugman" }, elasticities: {} }), truce(ricardian)].map(
    ({ outcome }) => outcome.regions.CHN.welfare_percent,
  );
  assert.ok(Math.abs(expected[0] - expected[1]) > 0.05, "the two models differ");
  const check = async (tab) => {
    const { columns, rows } = read((await saved(tab, "Welfare by")).text);
    const china = rows.find((r) => r[0] === "CHN");
    const at = ["now: The truce", "The truce (Caliendo–Parro)"].map((of) =>
      columns.indexOf(`change of real income, ${of} (percent)`),
    );
    at.forEach((k, n) => close(Number(china[k]), expected[n], columns[k]));
  };
  await check(page);
  const other = await opened(page.url().slice(page.url().indexOf("#")));
  await check(other.page);
  // Back to the pin: its model, too.
  await other.page.locator(".pinned button").first().click();
  await other.page.waitForURL(/model=ricardian/);
  assert.equal(await other.page.locator(".settings select").nth(1).inputValue(), "ricardian");
  assert.deepEqual([...heard, ...other.heard], []);
  for (const p of [page, other.page]) await p.close();
});

test(
  "a difference is one in every part: tables, headline, captions, revenue, map, and each pin",
  { skip },
  async () => {
    const { page, heard } = await opened("#economy=us-china-2017");
    await page.getByRole("button", { name: /Pin this/ }).click();
    await page.getByRole("button", { name: "2018–19", exact: true }).click();
    await page.waitForTimeout(800);
    await solved(page);
    await page.getByRole("button", { name: /Pin this/ }).click();
    await page.getByRole("button", { name: "Free trade" }).click();
    await page.waitForTimeout(800);
    const level = await tableOf(page, "Welfare by");
    const [now, truceThere, earlier] = level.row("China").slice(1, 4).map(numberIn);
    const start = await page.locator(".headline").textContent();
    await page.getByLabel("Show").selectOption("difference");
    await page.waitForFunction((text) => document.querySelector(".headline").textContent !== text, start);
    await page.waitForTimeout(300);
    const apart = await tableOf(page, "Welfare by");
    assert.deepEqual(apart.heads.slice(1), [
      "now less “The truce” (percentage points)",
      "now less “2018–19” (percentage points)",
    ]);
    const [first, second] = apart.row("China").slice(1).map(numberIn);
    assert.ok(Math.abs(first - (now - truceThere)) < 0.02 && Math.abs(second - (now - earlier)) < 0.02);
    assert.match(await page.locator(".headline").textContent(), /^Against “The truce”: .* points/);
    assert.match(await figure(page, "Tariff revenue").locator("figcaption").textContent(), /more or less than under/);
    assert.match(await figure(page, "Welfare around").locator("figcaption").textContent(), /less “The truce”/);
    await page.getByLabel(/^Map, matrix/).selectOption("1");
    await page.locator(".headline", { hasText: "Against “2018–19”" }).waitFor();
    await figure(page, "Who sells").locator("figcaption", { hasText: "less “2018–19”" }).waitFor();
    assert.match(await figure(page, "Who sells").locator("figcaption").textContent(), /points\..*less “2018–19”/);
    assert.match(page.url(), /compare=difference&against=1/);
    assert.deepEqual(heard, []);
    await page.close();
  },
);

test("bands stay beside what is pinned, of the scenario that stands", { skip }, async () => {
  const { page, heard } = await opened("#economy=us-china-2017");
  await page.getByRole("button", { name: /Pin this/ }).click();
  await figure(page, "Welfare by").locator("figcaption", { hasText: "Lines are of The truce alone" }).waitFor();
  const { heads, row } = await tableOf(page, "Welfare by");
  assert.equal(heads.length, 5);
  assert.match(heads[3], /^lowest of nine tenths of 64 draws, now: The truce \(percent\)$/);
  const [low, high] = row("China").slice(3).map(numberIn);
  assert.ok(low < high);
  assert.deepEqual(heard, []);
  await page.close();
});

test("every story comes back from its link as it was, its open line too", { skip }, async () => {
  const { page, heard } = await opened("#economy=us-china-2017");
  // Its lines, which of them is open, and where the slider stands.
  const linesOn = (tab) =>
    tab.evaluate(() =>
      [...document.querySelectorAll(".line")].map((line) => [
        line.classList.contains("open") ? line.querySelector("output").textContent : line.textContent,
        line.classList.contains("open"),
      ]),
    );
  let open = 0;
  for (const story of await page.locator(".stories .chips button").allTextContents()) {
    await page.getByRole("button", { name: story, exact: true }).click();
    await page.locator(".chips [aria-pressed=true]", { hasText: story }).waitFor();
    await solved(page);
    // Another line as well, where another has a slider.
    for (const line of [undefined, page.locator(".line.closed[data-place] button.words").first()]) {
      if (line && !(await line.count())) continue;
      await line?.click();
      const lines = await linesOn(page),
        other = await opened(page.url().slice(page.url().indexOf("#")));
      assert.deepEqual(await linesOn(other.page), lines, story);
      open += lines.filter(([, is]) => is).length;
      await other.page.close();
    }
  }
  assert.ok(open >= 6, "lines are open");
  assert.deepEqual(heard, []);
  await page.close();
});

test(
  "194 countries: a headline of the largest, bands that hold their point, a table and a file of all",
  { skip },
  async () => {
    const { page, heard } = await opened("#economy=world-2023");
    assert.match(await page.locator(".headline").textContent(), /^Among the 40 largest economies, /);
    await figure(page, "Welfare by").locator("figcaption", { hasText: "trade elasticity of 2.8" }).waitFor();
    const { columns, rows } = read((await saved(page, "Welfare by")).text);
    assert.equal(rows.length, 194);
    assert.match(columns[3], /^lowest, trade elasticity 2\.8 to 4\.5 \(percent\)$/);
    for (const [code, , value, low, high] of rows)
      assert.ok(Number(low) <= Number(value) && Number(value) <= Number(high), `${code}: ${low} ${value} ${high}`);
    const all = read((await saved(page, "Who sells")).text);
    assert.equal(all.rows.length, 194 * 193);
    const table = figure(page, "Who sells");
    await table.locator("summary").click();
    for (let from = 0; from < 180; from += 15) {
      await table.getByText(`rows ${from + 1} to ${from + 15} of 194`).waitFor();
      await table.getByRole("button", { name: "Next rows" }).click();
    }
    await table.getByText("rows 181 to 194 of 194").waitFor();
    await page.waitForFunction(() => document.querySelectorAll(".wide tbody tr").length === 14);
    assert.ok(await table.getByRole("button", { name: "Next rows" }).isDisabled());
    assert.equal(await table.locator("thead th").count(), 195);
    assert.deepEqual(heard, []);
    await page.close();
  },
);

test("an embedded page says of which scenario its numbers are, and how sure", { skip }, async () => {
  const { page, heard } = await opened("#economy=us-china-2017&embed=1", { width: 640, height: 760 });
  const told = page.locator(".told");
  assert.match(await told.textContent(), /The truce.*On top of 2018–19.*one of its 4 lines/);
  await figure(page, "Welfare by")
    .locator("figcaption", { hasText: /nine in ten of \d+ draws/ })
    .waitFor();
  await page.locator(".quick input").fill("60");
  await told.getByText("raise by +60 points").waitFor();
  assert.equal(await told.locator("li").count(), 4);
  assert.deepEqual(heard, []);
  await page.close();
});

test("on a phone what is chosen comes into sight, and a drag moves nothing", { skip }, async () => {
  const { page, heard } = await opened("#economy=us-china-2017", { width: 390, height: 780 });
  await page.getByRole("button", { name: "April 2025" }).click();
  await solved(page);
  const gist = page.locator(".gist");
  assert.ok(await gist.isVisible(), "what the story comes to");
  const scroll = () => page.evaluate(() => scrollY);
  const still = await scroll();
  for (const value of ["30", "60", "90"]) await page.locator(".quick input").fill(value);
  await page.waitForTimeout(800);
  assert.equal(await scroll(), still);
  await gist.click();
  await page.waitForFunction(() => document.querySelector(".headline").getBoundingClientRect().top < 200);
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(() => document.getElementById("tab-claims").click());
  // As high as the page goes: all of a short part can be seen.
  await page.waitForFunction(() => {
    const [part, foot] = ["#panel-claims", ".foot"].map((s) => document.querySelector(s).getBoundingClientRect());
    return part.top < 200 || part.bottom < foot.top;
  });
  assert.deepEqual(heard, []);
  await page.close();
});
