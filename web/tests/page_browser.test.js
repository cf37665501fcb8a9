// The page in a browser (headless Chromium), from a folder over HTTP and as one file from a disk: what a reader does, and
// what must never happen: a word on the console, a request elsewhere, something wider than the screen, a fault that axe
// finds. Pictures lie beside the page in screenshots/. DETENTE_PAGE: the folder that `make page` made.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./chromium.js";
import { opened as openedBy, solved } from "./page_reader.js";
import { folder, root, serve, skip } from "./page_server.js";

const pictures = join(folder, "../page-screenshots");
const single = `file://${join(folder, "detente.html")}`;
const axe = readFileSync(join(root, "web/node_modules/axe-core/axe.min.js"), "utf8");

let browser, server;
before(async () => {
  if (skip) return;
  mkdirSync(pictures, { recursive: true });
  [browser, server] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  server?.close();
});

const headline = (page) => page.locator(".headline").textContent();
const opened = (hash, options) => openedBy({ browser, server }, hash, options);

// What the bars of welfare say, by region.
const bars = (page) =>
  page.evaluate(() => {
    const chart = [...document.querySelectorAll("figure.live")][1].querySelector("[role=img]");
    return chart.getAttribute("aria-label");
  });

const changed = (page, start) =>
  page.waitForFunction(
    (text) =>
      [...document.querySelectorAll("figure.live")][1].querySelector("[role=img]").getAttribute("aria-label") !== text,
    start,
  );

test("a drag moves the charts, and only the last value stays", { skip }, async () => {
  const { page, heard } = await opened();
  const first = await bars(page),
    slider = page.locator(".line.open input[type=range]"),
    box = await slider.boundingBox();
  await page.mouse.move(box.x + box.width * 0.35, box.y + box.height / 2);
  await page.mouse.down();
  for (let k = 0; k <= 20; ++k) await page.mouse.move(box.x + box.width * (0.35 + 0.02 * k), box.y + box.height / 2);
  await page.mouse.up();
  await changed(page, first);
  const value = Number(await slider.inputValue());
  assert.ok(value > 80, `the slider stands at ${value}`);
  assert.match(page.url(), new RegExp(`add=${value / 100}\\b`));
  assert.match(await page.locator(".line.open output").textContent(), new RegExp(`\\+${value} points`));
  // The same by keyboard, and the address goes back with the browser.
  await slider.focus();
  const start = await bars(page);
  await page.keyboard.press("ArrowRight");
  await changed(page, start);
  assert.equal(Number(await slider.inputValue()), value + 1);
  assert.deepEqual(heard, []);
  await page.close();
});

test("back and forward go over the steps", { skip }, async () => {
  const { page, heard } = await opened();
  const truce = await bars(page);
  await page.getByRole("button", { name: "Free trade" }).click();
  await changed(page, truce);
  const free = await bars(page);
  await page.getByRole("tab", { name: "Study file" }).click();
  assert.match(await page.locator(".study textarea").inputValue(), /rate = 0\.0/);
  await page.goBack();
  await page.locator("#panel-outcome").waitFor({ state: "visible" });
  assert.equal(await bars(page), free);
  await page.goBack();
  await changed(page, free);
  assert.equal(await bars(page), truce);
  await page.goForward();
  await changed(page, truce);
  assert.equal(await bars(page), free);
  assert.deepEqual(heard, []);
  await page.close();
});

test("a link restores what was seen, pins and all, and says with what it was made", { skip }, async () => {
  const { page, heard } = await opened();
  await page.getByRole("button", { name: /Pin this scenario/ }).click();
  const slider = page.locator(".line.open input[type=range]");
  await slider.fill("75");
  await slider.dispatchEvent("change");
  await page.getByLabel("Show").selectOption("difference");
  await page.waitForFunction(() => document.querySelector(".certificate").textContent.includes("✓"));
  await page.waitForTimeout(300);
  const seen = await bars(page),
    link = page.url();
  assert.match(link, /economy=us-china-2017@[0-9a-f]{12}&engine=[\d.]+/);
  assert.match(link, /compare=difference/);
  const other = await opened(link.slice(link.indexOf("#")));
  await other.page.waitForTimeout(500);
  assert.equal(await bars(other.page), seen);
  assert.equal(await other.page.locator(".pinned li").count(), 1);
  assert.equal(await other.page.locator(".notice").isVisible(), false);
  const aged = await opened(link.slice(link.indexOf("#")).replace(/engine=[^&]*/, "engine=0.0.1"));
  assert.match(await aged.page.locator(".notice").textContent(), /0\.0\.1/);
  assert.deepEqual([...heard, ...other.heard, ...aged.heard], []);
  for (const p of [page, other.page, aged.page]) await p.close();
});

test("a link that cannot be read says so and shows the usual beginning", { skip }, async () => {
  const { page, heard } = await opened("#economy=us-china-2017&scenario=USA~MARS~goods~add=0.1");
  assert.match(await page.locator(".notice").textContent(), /MARS/);
  assert.deepEqual(heard, []);
  await page.close();
});

test("two tabs do not know each other", { skip }, async () => {
  const context = await browser.newContext();
  const [a, b] = await Promise.all([opened("", { context }), opened("", { context })]);
  const start = await bars(b.page);
  await a.page.bringToFront();
  await a.page.getByRole("button", { name: "April 2025" }).click();
  await changed(a.page, start);
  assert.equal(await bars(b.page), start);
  assert.deepEqual([...a.heard, ...b.heard], []);
  await context.close();
});

test("charts are saved as PNG, SVG and CSV", { skip }, async () => {
  const { page, heard } = await opened();
  const figure = page.locator("figure.live").nth(1);
  for (const [kind, begins] of [
    ["PNG", "\x89PNG"],
    ["SVG", "<svg"],
    ["CSV", "\ufeff# title: Welfare by region"],
  ]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      figure.getByRole("button", { name: kind, exact: true }).click(),
    ]);
    assert.equal(download.suggestedFilename(), `detente-us-china-2017-ricardian-truce-welfare.${kind.toLowerCase()}`);
    const content = readFileSync(await download.path(), kind === "PNG" ? "latin1" : "utf8");
    assert.ok(content.startsWith(begins), `${kind}: ${content.slice(0, 20)}`);
    if (kind === "CSV") assert.match(content, /United States,-?\d+\.\d{6,}/);
  }
  assert.deepEqual(heard, []);
  await page.close();
});

test("what is assumed is one click away", { skip }, async () => {
  const { page, heard } = await opened();
  await page.getByRole("button", { name: "What is assumed" }).click();
  const words = await page.locator("dialog").textContent();
  for (const part of ["ricardian", "world value added", "million US dollars", "OECD", "SHA-256"])
    assert.ok(words.includes(part), part);
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "hidden" });
  assert.deepEqual(heard, []);
  await page.close();
});

test("options of the model go into the link, the study file and what is assumed", { skip }, async () => {
  const { page, heard } = await opened();
  await page.getByText("More: options of the model").click();
  await page.getByLabel("Trade deficits").selectOption("balanced");
  await page.waitForURL(/model=ricardian,closure:balanced/);
  // A model that has no scale elasticities refuses economies of scale, and says so; with a set that has them it takes them.
  await page.getByLabel(/^Economies of scale/).selectOption("true");
  await page.locator(".notice", { hasText: "psi" }).waitFor();
  await solved(page);
  assert.match(page.url(), /model=ricardian,closure:balanced&/);
  assert.equal(await page.getByLabel(/^Economies of scale/).inputValue(), "false");
  await page.getByLabel("Trade elasticities").selectOption("lashkaripour-lugovskyy");
  await page.waitForURL(/elasticities=lashkaripour-lugovskyy/);
  await page.getByLabel(/^Economies of scale/).selectOption("true");
  await page.waitForURL(/scale_economies:true&.*elasticities=lashkaripour-lugovskyy/);
  const link = page.url();
  await page.getByRole("button", { name: "What is assumed" }).click();
  assert.match(
    await page.locator("dialog").textContent(),
    /Trade deficits: none: trade is balanced; .*Employment.*: 0;/,
  );
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Study file" }).click();
  const study = await page.locator(".study textarea").inputValue();
  for (const line of ['elasticities = "lashkaripour-lugovskyy"', "scale_economies = true", 'closure = "balanced"'])
    assert.ok(study.includes(line), line);
  const other = await opened(link.slice(link.indexOf("#")));
  assert.equal(await other.page.getByLabel("Trade deficits").inputValue(), "balanced");
  const bad = await opened("#economy=us-china-2017&model=ricardian,labour_supply:1000");
  assert.match(await bad.page.locator(".notice").textContent(), /Employment.*1000/);
  assert.deepEqual([...heard, ...other.heard, ...bad.heard], []);
  for (const p of [page, other.page, bad.page]) await p.close();
});

test("the horizon's mean, sets without errors, and what the study file has of the bands", { skip }, async () => {
  const first = await opened("#elasticities=caliendo-parro"),
    settings = await first.page.locator(".settings").textContent();
  assert.match(settings, /Mean over goods now: 4\.03/);
  assert.match(settings, /the set's own: estimated for the long run/);
  assert.ok(await first.page.locator(".settings option[value=melitz]").evaluate((option) => option.disabled));
  await first.page.getByRole("tab", { name: "Study file" }).click();
  assert.match(await first.page.locator(".study textarea").inputValue(), /\[uncertainty\]\ndraws = 64\nseed = 1/);
  const second = await opened("#elasticities=fontagne-guimbard-orefice");
  await second.page.locator("figure.live", { hasText: "says nothing of how sure it is" }).waitFor();
  await second.page.getByRole("tab", { name: "Study file" }).click();
  assert.doesNotMatch(await second.page.locator(".study textarea").inputValue(), /uncertainty/);
  assert.deepEqual([...first.heard, ...second.heard], []);
  for (const { page } of [first, second]) await page.close();
});

test("a schedule's part, several exporters, and another form that keeps the level", { skip }, async () => {
  const { page, heard } = await opened("#");
  await page.getByRole("button", { name: "22 July 2026" }).click();
  // Who acted first is looked at.
  await page.getByRole("heading", { name: "Why? United States" }).waitFor();
  await page.locator(".line.closed button.words").first().click();
  const whole = await page.locator(".line.part .level").textContent();
  await page.locator(".line.part").getByLabel("Exporter").selectOption("CHN");
  await page.waitForFunction((text) => document.querySelector(".line.part .level").textContent !== text, whole);
  assert.match(page.url(), /@effective-2026-07~%2A~CHN|@effective-2026-07~\*~CHN/);
  await page.locator(".line.part .remove").click();
  const open = page.locator(".line.open:not(.part)"),
    level = () => open.locator(".level").textContent();
  await open.getByLabel("Exporter").selectOption("+");
  await open.getByRole("checkbox", { name: "Brazil" }).check();
  await page.waitForURL(/~(USA\+BRA|BRA\+USA)~/);
  assert.ok(await open.getByRole("checkbox", { name: "Brazil" }).isChecked());
  assert.ok(await open.getByRole("checkbox", { name: "Brazil" }).evaluate((box) => box === document.activeElement));
  const held = await level();
  for (const [form, words] of [
    ["scale", /%/],
    ["rate", /%/],
    ["add", /\+10 points/],
  ]) {
    await open.getByLabel("How").selectOption(form);
    await page.waitForURL(new RegExp(`${form}=`));
    assert.match(await open.locator("output").textContent(), words);
    assert.equal((await level()).slice(0, -6), held.slice(0, -6));
  }
  await open.locator("input[type=range]").fill("-30");
  await page.waitForFunction(() => /subsid/.test(document.querySelector(".line.open .level").textContent));
  assert.deepEqual(heard, []);
  await page.close();
});

test("governments: a trade war with the report's own parts", { skip }, async () => {
  const { page, heard } = await opened("#tab=governments");
  await page.getByRole("button", { name: "Trade war" }).click();
  await page.locator(".answer:visible .report h2").first().waitFor();
  assert.match(await page.locator(".answer:visible .report").textContent(), /gap/i);
  await page.locator(".answer:visible .report [role=img]").first().scrollIntoViewIfNeeded();
  await page.locator(".answer:visible .report [role=img] svg").first().waitFor();
  // Best answers are below the truce, and both are better off there: said first.
  assert.match(await page.locator(".answer:visible .lower").textContent(), /lower tariffs .* both are better off/);
  await page.getByRole("button", { name: /^Talks/ }).click();
  await page.locator(".answer:visible .report h2", { hasText: "deal" }).waitFor();
  await page.getByRole("button", { name: /^Best answer/ }).click();
  await page.locator(".answer:visible .report h2", { hasText: "best answer" }).waitFor();
  await page.getByRole("button", { name: "The study behind this answer" }).click();
  assert.match(await page.locator(".study textarea").inputValue(), /\[\[optimal\]\]/);
  assert.deepEqual(heard, []);
  await page.close();
});

test("a relation with the ledger, its region and a history that plays", { skip }, async () => {
  const { page, heard } = await opened("#tab=relation");
  await page.locator(".answer:visible .report h3", { hasText: "For whom the agreement holds" }).waitFor();
  await page.locator(".whole > summary").click();
  await page.locator(".whole", { hasText: /Busan/ }).waitFor();
  await page.getByRole("button", { name: /Play/ }).click();
  await page.waitForFunction(() => document.querySelectorAll(".strip .later").length > 0);
  assert.deepEqual(heard, []);
  await page.close();
});

test("levers of a relation are answered as they move, stand in the link and go back", { skip }, async () => {
  const { page, heard } = await opened("#tab=relation");
  const answer = page.locator(".answer:visible .report");
  const said = (words) => answer.getByText(words).first().waitFor();
  await page.locator(".whole > summary").click();
  await said(/at a discount rate of 4 %/);
  await page.getByLabel("How much each year's wait costs").fill("20");
  await said(/at a discount rate of 20 %/);
  await page.getByLabel("How reliable each side is").selectOption("own");
  await said(/USA 95 %, CHN 95 % a year/);
  assert.match(page.url(), /relation=discount:0.2,fidelity:0.95\+0.95/);
  await page.reload();
  await page.locator(".whole > summary").click();
  await said(/at a discount rate of 20 %/);
  await said(/USA 95 %, CHN 95 % a year/);
  await page.goBack();
  await said(/at a discount rate of 20 %/);
  await page.goBack();
  await said(/at a discount rate of 4 %/);
  assert.deepEqual(heard, []);
  await page.close();
});

test("an answer to another scenario than the page's says so", { skip }, async () => {
  const { page, heard } = await opened("#tab=governments");
  const old = page.locator(".answer:visible .old", { hasText: "question of before" });
  await page.getByRole("button", { name: /^Best answer/ }).click();
  await page.locator(".answer:visible .report h2").waitFor();
  assert.equal(await old.isVisible(), false);
  await page.getByRole("button", { name: "April 2025" }).click();
  await old.waitFor();
  await page.getByRole("button", { name: /^Best answer/ }).click();
  await old.waitFor({ state: "hidden" });
  assert.deepEqual(heard, []);
  await page.close();
});

test("a dropped study is answered; a bad one says what is wrong and where", { skip }, async () => {
  const { page, heard } = await opened();
  const drop = (name, text) =>
    page.evaluate(
      ([n, content]) => {
        const data = new DataTransfer();
        data.items.add(new File([content], n, { type: "text/plain" }));
        document.getElementById("page").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
      },
      [name, text],
    );
  const study = readFileSync(join(root, "web/tests/studies/page.toml"), "utf8");
  await drop("mine.toml", study);
  await page.locator(".study textarea").waitFor();
  await page.getByRole("button", { name: "Run the study" }).click();
  await page.locator(".study .report h1").waitFor();
  assert.match(await page.locator(".study .report h1").textContent(), /A study for the page/);
  assert.match(await page.locator(".answer:visible .report").textContent(), /holds/);
  await drop("bad.toml", study.replace('importer = "USA"', 'importer = "UAS"'));
  await page.getByRole("button", { name: "Run the study" }).click();
  const failed = await page.locator(".answer:visible .failed").first().textContent();
  assert.match(failed, /UAS/);
  assert.match(failed, /USA/); // the nearest valid name
  assert.deepEqual(heard, []);
  await page.close();
});

test("a long answer is cancelled, and the slider never stops", { skip }, async () => {
  const { page, heard } = await opened("#tab=study");
  const study = readFileSync(join(root, "web/tests/studies/page.toml"), "utf8");
  await page.locator(".study textarea").fill(study + "\n[uncertainty]\ndraws = 4000\n");
  await page.getByRole("button", { name: "Run the study" }).click();
  await page.waitForFunction(() => document.querySelector(".working progress")?.hasAttribute("value"));
  const slider = page.locator(".line.open input[type=range]");
  const start = await page.locator(".certificate").textContent();
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((text) => document.querySelector(".certificate").textContent !== text, start);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.locator(".answer:visible p[role=status]", { hasText: "Cancelled" }).waitFor();
  // Another engine has taken the place of the one that was ended.
  await page.locator(".study textarea").fill(study);
  await page.getByRole("button", { name: "Run the study" }).click();
  await page.locator(".study .report h1").waitFor();
  assert.deepEqual(heard, []);
  await page.close();
});

test("194 countries, in another model", { skip }, async () => {
  const { page, heard } = await opened("#economy=world-2023");
  assert.match(await headline(page), /falls most|rises most/);
  await page.getByRole("button", { name: "Ten percent on everyone" }).click();
  await solved(page);
  // When it rests there are bands, though this economy has nothing to draw.
  const welfare = page.locator("figure.live", { hasText: "trade elasticity of 2.8" });
  await welfare.locator("summary").click();
  const [columns, first] = await welfare.locator("tr").allTextContents();
  assert.match(columns, /lowest, trade elasticity 2\.8 to 4\.5.*highest/);
  assert.match(first, /\d.*\d/);
  // Trade follows the slider while it moves.
  const flows = page.locator("figure.live", { hasText: "Trade that moves most" }).locator("[role=img]");
  await flows.scrollIntoViewIfNeeded();
  const label = await flows.getAttribute("aria-label");
  const moved = await page.evaluate(async (start) => {
    const slider = document.querySelector(".line input[type=range]");
    const [chart] = [...document.querySelectorAll("figure.live")]
      .filter((f) => f.textContent.includes("Trade that moves most"))
      .map((f) => f.querySelector("[role=img]"));
    // A hand that does not rest: less than half a second between two steps.
    for (let k = 0; k < 100; ++k) {
      slider.value = String(20 + k / 2);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((done) => setTimeout(done, 100));
      if (chart.getAttribute("aria-label") !== start) return k;
    }
    return undefined;
  }, label);
  assert.notEqual(moved, undefined, "trade flows change while the slider moves");
  await page.getByRole("button", { name: "What is assumed" }).click();
  assert.match(await page.locator("dialog").textContent(), /melitz/);
  await page.keyboard.press("Escape");
  // A country that charges nothing: work, its cost and what comes from abroad, and no revenue; and the base has no tariffs.
  await page.locator(".why select").selectOption("VNM");
  const why = page.locator(".why", { hasText: "Vietnam: real income changes by" });
  await why.waitFor();
  assert.match(await why.textContent(), /real wages buy.*less work.*what work costs.*receives from abroad/);
  assert.doesNotMatch(await why.textContent(), /revenue/);
  assert.match(await page.locator(".settings").textContent(), /every tariff is 0/);
  assert.match(await page.locator("figure.revenue").textContent(), /base .* has no tariffs/);
  assert.deepEqual(heard, []);
  await page.close();
});

test("Chinese, kept in the link", { skip }, async () => {
  const { page, heard } = await opened();
  await page.getByRole("button", { name: "中文" }).click();
  await page.locator("h1", { hasText: "缓和" }).waitFor();
  assert.match(await headline(page), /中国|美国/);
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
  assert.match(page.url(), /language=zh/);
  assert.deepEqual(heard, []);
  await page.close();
});

test("embedded: the map and the certificate, and a way to the whole", { skip }, async () => {
  const { page, heard } = await opened("#economy=us-china-2017&embed=1");
  assert.equal(await page.getByRole("tab").first().isVisible(), false);
  assert.ok(await page.locator(".certificate").isVisible());
  assert.doesNotMatch(await page.locator(".open-whole").getAttribute("href"), /embed/);
  assert.deepEqual(heard, []);
  await page.close();
});

test("without a network, once it is there", { skip }, async () => {
  const context = await browser.newContext();
  const { page, heard } = await opened("", { context });
  await page.waitForTimeout(700); // the page rests, and fetches what a reader may want next
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(1500);
  await context.setOffline(true);
  const start = await bars(page);
  await page.getByRole("button", { name: "April 2025" }).click();
  await changed(page, start);
  await page.getByRole("tab", { name: /governments/ }).click();
  await page.getByRole("button", { name: "Trade war" }).click();
  await page.locator(".governments .report h2").first().waitFor();
  assert.deepEqual(heard, []);
  await context.close();
});

test("with threads where the host keeps the page apart from others, and the same answer", { skip }, async (t) => {
  const files = JSON.parse(/id="files">([^<]*)</.exec(readFileSync(join(folder, "index.html"), "utf8"))[1]);
  if (!files["engine-threads"])
    return t.skip("this page was built without the engine with threads: make page THREADS=yes");
  const study = `${readFileSync(join(root, "web/tests/studies/page.toml"), "utf8")}\n[uncertainty]\ndraws = 24\n`;
  const answers = [];
  for (const isolated of [false, true]) {
    const host = await serve({ isolated });
    const { page, heard } = await opened("#tab=study", { address: host.url, home: host.url });
    assert.equal(await page.evaluate(() => crossOriginIsolated), isolated);
    await page.locator(".study textarea").fill(study);
    await page.getByRole("button", { name: "Run the study" }).click();
    await page.waitForFunction(() => document.querySelector(".working progress")?.hasAttribute("value"));
    await page.locator(".study .report h1").waitFor();
    const engines = host.sent.files.filter((f) => f.endsWith(".wasm")).map((f) => f.slice(1));
    assert.deepEqual(engines, [files[isolated ? "engine-threads" : "engine"]], "one engine is fetched");
    answers.push({
      report: await page.locator(".study .report").innerText(),
      headline: await page.locator(".headline").textContent(),
      workers: page.workers().length,
    });
    assert.deepEqual(heard, []);
    await page.close();
    host.close();
  }
  assert.equal(answers[1].report, answers[0].report);
  assert.equal(answers[1].headline, answers[0].headline);
  assert.ok(answers[1].workers > answers[0].workers, "threads are workers of their own");
});

test("one file from a disk", { skip }, async () => {
  const context = await browser.newContext({ offline: true });
  const { page, heard } = await opened("", { context, address: single });
  page.on("request", (r) => assert.match(r.url(), /^(file|blob|data):/));
  const start = await bars(page);
  await page.getByRole("button", { name: "April 2025" }).click();
  await changed(page, start);
  await page.locator(".settings select").first().selectOption("world-2023");
  await page.locator(".settings p", { hasText: "194" }).waitFor();
  await solved(page);
  assert.deepEqual(heard, []);
  await context.close();
});

for (const file of ["index.html", "detente.html"])
  test(`the content security policy of ${file} has no exceptions`, { skip }, () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(readFileSync(join(folder, file), "utf8"))[1];
    assert.ok(policy.startsWith("default-src 'none'"));
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|https?:|\*/);
  });

test("a script or a style that is not the page's does not run", { skip }, async () => {
  const { page, heard } = await opened();
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.intruder = true";
    document.body.append(script);
    return window.intruder === true;
  });
  assert.equal(ran, false);
  assert.ok(heard.some((h) => h.includes("Content Security Policy")));
  await page.close();
});

const views = [
  ["outcome", ""],
  ["governments", "#tab=governments"],
  ["relation", "#tab=relation"],
  ["claims", "#tab=claims"],
  ["study", "#tab=study"],
  ["world", "#economy=world-2023"],
  ["chinese", "#language=zh"],
];
for (const [name, hash] of views)
  for (const [width, scheme] of [
    [1200, "light"],
    [360, "dark"],
  ])
    test(
      `${name} on ${width} pixels, ${scheme}: as wide as the screen, and nothing that axe finds`,
      { skip },
      async () => {
        const { page, heard } = await opened(hash, { width, scheme });
        await page.waitForTimeout(900);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`) });
        await page.evaluate(axe); // by the inspector, past the page's policy
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        assert.deepEqual(
          violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`),
          [],
        );
        assert.deepEqual(heard, []);
        await page.close();
      },
    );

test("printed: everything on white, no controls", { skip }, async () => {
  const { page, heard } = await opened("", { scheme: "dark" });
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".tabs").isVisible(), false);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  await page.pdf({ path: join(pictures, "printed.pdf") });
  assert.deepEqual(heard, []);
  await page.close();
});
