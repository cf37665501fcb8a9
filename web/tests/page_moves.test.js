// From one economy, model or address to another while files are late, come never, or the reader goes on: what is seen is
// what was asked last, and numbers, names, address and files are those of one economy. DETENTE_PAGE: what `make page` made.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { launch } from "./chromium.js";
import { opened as openedBy, solved } from "./page_reader.js";
import { serve, skip } from "./page_server.js";

let browser, server;
before(async () => {
  if (skip) return;
  [browser, server] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  server?.close();
});
const opened = (hash, options) => openedBy({ browser, server }, hash, options);

/**
 * A page of its own at `hash`, whose requests for an economy's file are held until `release`: a page that rests fetches
 * what may come next.
 */
async function holding(economy, hash) {
  const context = await browser.newContext({ acceptDownloads: true }),
    waiting = [];
  let open = false;
  await context.route(`**/${economy}-*.economy`, (route) => (open ? route.continue() : waiting.push(route)));
  return {
    ...(await opened(hash, { context })),
    asked: () => waiting.length,
    release: async (act = (route) => route.continue()) => {
      open = true;
      await Promise.all(waiting.splice(0).map(act));
    },
    hold: () => (open = false),
    end: () => context.close(),
  };
}

const until = async (what, holds) => {
  for (let k = 0; k < 200; ++k) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`not within 10 s: ${what}`);
};

/** What a reader sees of where the page is. */
const seen = (page) =>
  page.evaluate(() => ({
    // Bands come a while after the answer.
    headline: document.querySelector(".headline").textContent.replace(/ ?[(（][^)）]*[)）]/g, ""),
    certificate: document.querySelector(".certificate").textContent.slice(0, 3),
    economy: document.querySelector(".settings select").value,
    words: document.querySelector(".settings p").textContent,
    notice: document.querySelector(".notice").hidden ? "" : document.querySelector(".notice").textContent,
    bars: [...document.querySelectorAll("figure.live")][1].querySelector("[role=img]").getAttribute("aria-label"),
  }));

/** The page at rest: what it shows is what a fresh page shows at the same address. */
async function isWhatItsAddressSays(page) {
  await solved(page);
  const { hash } = new URL(page.url()),
    fresh = await opened(hash);
  const both = async () => [
    { ...(await seen(page)), notice: "" },
    { ...(await seen(fresh.page)), notice: "" },
  ];
  // Figures are drawn a while after the answer has come.
  for (let k = 0; k < 100; ++k) {
    const [one, other] = await both();
    if (isDeepStrictEqual(one, other) && /\d/.test(one.bars)) break;
    await page.waitForTimeout(100);
  }
  const [one, other] = await both();
  assert.deepEqual(one, other);
  assert.equal(new URL(page.url()).hash, hash);
  await fresh.page.close();
  return { ...one, notice: (await seen(page)).notice, hash };
}

async function csvOf(page) {
  const figure = page.locator("figure.live").nth(1);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    figure.getByRole("button", { name: "CSV", exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

const go = (page, hash) => page.evaluate((h) => (location.hash = h), hash);

test("an economy that comes after the reader went back is not shown", { skip }, async () => {
  const { page, heard, asked, release, end } = await holding("world-2023", "#economy=us-china-2017");
  await go(page, "#economy=world-2023");
  await until("the world is asked for", asked);
  await page.goBack();
  await release();
  const { economy } = await isWhatItsAddressSays(page);
  assert.equal(economy, "us-china-2017");
  const { name, text } = await csvOf(page);
  assert.match(name, /us-china-2017/);
  assert.match(text, /economy: us-china-2017/);
  assert.match(text, /^CHN,China,/m);
  assert.doesNotMatch(text, /^AFG,/m);
  assert.deepEqual(heard, []);
  await end();
});

test(
  "while an economy is loaded the page says so, answers its slider, and then shows the economy",
  { skip },
  async () => {
    const { page, heard, release, end } = await holding("world-2023", "#economy=us-china-2017");
    await page.locator(".settings select").first().selectOption("world-2023");
    await page.locator(".notice", { hasText: "Loading" }).waitFor();
    const start = await seen(page);
    const slider = page.locator(".line.open input[type=range]");
    await slider.fill("90");
    await slider.dispatchEvent("change");
    await until("an answer to the slider", async () => (await seen(page)).bars !== start.bars);
    assert.match(page.url(), /us-china-2017.*add=0\.9/);
    // Another part is looked at meanwhile, and stays.
    await page.getByRole("tab", { name: "Claims" }).click();
    await release();
    await page.waitForURL(/economy=world-2023/);
    assert.match(page.url(), /tab=claims/);
    await page.getByRole("tab", { name: "What happens" }).click();
    const { economy, words } = await isWhatItsAddressSays(page);
    assert.equal(economy, "world-2023");
    assert.match(words, /194/);
    // Back over what was done, in order.
    for (const one of [/world-2023.*tab=claims/, /us-china-2017.*tab=claims/, /us-china-2017.*add=0\.9/]) {
      await page.goBack();
      await until(`the address ${one}`, () => one.test(page.url()));
    }
    assert.equal((await isWhatItsAddressSays(page)).economy, "us-china-2017");
    assert.deepEqual(heard, []);
    await end();
  },
);

test(
  "an economy that does not come: the page stays, says so, and its address is of what it shows",
  { skip },
  async () => {
    // What fails is on the console.
    const { page, asked, release, hold, end } = await holding("world-2023", "#economy=us-china-2017");
    await page.locator(".settings select").first().selectOption("world-2023");
    await until("the world is asked for", asked);
    await release((route) => route.abort());
    await page.locator(".notice", { hasText: "could not be loaded" }).waitFor();
    const stays = await seen(page);
    assert.equal(stays.economy, "us-china-2017");
    assert.doesNotMatch(page.url(), /world-2023/);
    assert.doesNotMatch(stays.notice, /Loading/);
    // By an address: it goes back to what is seen.
    hold();
    await go(page, "#economy=world-2023");
    await until("the world is asked for again", asked);
    await release((route) => route.abort());
    await page.waitForURL(/economy=us-china-2017@/);
    assert.equal((await isWhatItsAddressSays(page)).economy, "us-china-2017");
    // And again, when it can be had.
    await page.locator(".settings select").first().selectOption("world-2023");
    await page.waitForURL(/economy=world-2023/);
    assert.equal((await isWhatItsAddressSays(page)).economy, "world-2023");
    await end();
  },
);

test("back twice at once, across economies", { skip }, async () => {
  const { page, heard } = await opened("#economy=us-china-2017&scenario=!free");
  await go(page, "#economy=world-2023&scenario=VNM~USA~goods~add=0.3");
  await until("the world", async () => (await seen(page)).economy === "world-2023");
  await go(page, "#economy=us-china-2017&scenario=!april");
  await until("April", async () => (await seen(page)).economy === "us-china-2017");
  await solved(page);
  await page.evaluate(() => (history.back(), history.back()));
  await page.waitForURL(/!free/);
  const { economy, notice, headline } = await isWhatItsAddressSays(page);
  assert.equal(economy, "us-china-2017");
  assert.equal(notice, "");
  assert.doesNotMatch(headline, /No answer/);
  await page.evaluate(() => history.forward());
  await page.waitForURL(/VNM/);
  assert.equal((await isWhatItsAddressSays(page)).economy, "world-2023");
  assert.deepEqual(heard, []);
  await page.close();
});

test("twenty changes in a second: the last of each is what stands", { skip }, async () => {
  const { page, heard } = await opened("#economy=us-china-2017");
  // As a person cannot, and a script can: whatever controls stand there are set, one every 45 ms.
  const words = await page.evaluate(async () => {
    const set = (label, k) => {
      const select = [...document.querySelectorAll(".settings select")].find((s) =>
        s.closest("label").textContent.startsWith(label),
      );
      const options = select ? [...select.options].filter((o) => !o.disabled) : [];
      if (!options.length) return;
      select.value = options[k % options.length].value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const said = [];
    for (let k = 0; k < 20; ++k) {
      if (k % 5 === 4) document.querySelector(`.languages button:nth-child(${1 + (Math.floor(k / 5) % 2)})`).click();
      else set(["Model", "Horizon", "Model", "Economy"][k % 5], k + Math.floor(k / 5));
      await new Promise((done) => setTimeout(done, 45));
      said.push(document.querySelector(".headline")?.textContent ?? "");
    }
    return said;
  });
  for (const text of words) assert.doesNotMatch(text, /undefined|Cannot read/);
  // Until nothing is under way any more.
  await page.waitForTimeout(1000);
  let last = "";
  await until("the same address for a second", async () => {
    const now = page.url();
    await page.waitForTimeout(1000);
    const still = now === last && now === page.url();
    last = now;
    return still;
  });
  const { headline } = await isWhatItsAddressSays(page);
  assert.doesNotMatch(headline, /undefined|Cannot read|No answer/);
  assert.deepEqual(heard, []);
  await page.close();
});

test("two changes of the model in one go are both made; one that is refused changes nothing", { skip }, async () => {
  const { page, heard } = await opened("#economy=us-china-2017");
  const choose = (label, value) =>
    page.evaluate(
      ([l, v]) => {
        const select = [...document.querySelectorAll(".settings select")].find((s) =>
          s.closest("label").textContent.startsWith(l),
        );
        select.value = v;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      },
      [label, value],
    );
  await Promise.all([choose("Model", "krugman"), choose("Horizon", "long")]);
  await page.waitForURL(/model=krugman&horizon=long/);
  await isWhatItsAddressSays(page);
  await go(page, "#economy=us-china-2017&scenario=!april");
  await page.locator(".settings .more input[type=number]").first().waitFor({ state: "attached" });
  await page.waitForTimeout(500);
  const stood = await seen(page);
  await page.evaluate(() => {
    const input = document.querySelector(".settings .more input[type=number]");
    input.value = "-7";
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await page.locator(".notice", { hasText: "stays as it was" }).waitFor();
  assert.deepEqual({ ...(await seen(page)), notice: "" }, stood);
  await isWhatItsAddressSays(page);
  assert.deepEqual(heard, []);
  await page.close();
});

// A page without what it needs at its start.
async function begun(hash, files) {
  const context = await browser.newContext();
  for (const [name, body] of Object.entries(files))
    await context.route(`**/${name}*`, (route) => route.fulfill({ status: 200, body }));
  const page = await context.newPage();
  page.setDefaultTimeout(Number(process.env.DETENTE_PATIENCE ?? 60_000));
  await page.goto(server.url + hash);
  return { page, context };
}

test("a page that could not begin hears of another address, and of a file that comes at last", { skip }, async () => {
  const { page, context } = await begun("#economy=us-china-2017", { "us-china-2017-": "garbage" });
  await page.locator(".failed", { hasText: "not the file that this page was built with" }).waitFor();
  await go(page, "#economy=world-2023");
  await solved(page);
  assert.equal((await seen(page)).economy, "world-2023");
  // The spoiled file is asked for again, and said to be none.
  await page.locator(".settings select").first().selectOption("us-china-2017");
  await page.locator(".notice", { hasText: "could not be loaded" }).waitFor();
  await context.unroute("**/us-china-2017-*");
  // One that was on its way before is spoiled, too.
  await until("the economy can be had", async () => {
    await page.locator(".settings select").first().selectOption("us-china-2017");
    await page.waitForTimeout(500);
    return /us-china-2017@/.test(page.url());
  });
  assert.equal((await isWhatItsAddressSays(page)).economy, "us-china-2017");
  await context.close();
});

test("without the files of studies a page begins all the same, and says what is missing", { skip }, async () => {
  const { page, context } = await begun("#elasticities=fontagne-guimbard-orefice", { "sources-": "{not json" });
  await solved(page);
  const { notice } = await seen(page);
  assert.match(notice, /“fontagne-guimbard-orefice” did not come \(.*sources-.*not the file/);
  assert.doesNotMatch(page.url(), /elasticities=font.*elasticities/);
  await context.close();
});

test("a link of ten thousand pins opens with as many as have room", { skip }, async () => {
  const { page, heard } = await opened(`#${"pin=a:!truce&".repeat(7000)}`);
  const { notice } = await seen(page);
  assert.match(notice, /6,?980 pins more than the 20/);
  assert.equal(await page.locator(".pinned li").count(), 20);
  await page.getByRole("button", { name: /Pin this scenario/ }).click();
  await page.locator(".notice", { hasText: "Unpin one first" }).waitFor();
  assert.equal(await page.locator(".pinned li").count(), 20);
  assert.deepEqual(heard, []);
  await page.close();
});

test("an address that becomes a frame's lays the page out as one, and back", { skip }, async () => {
  const { page, heard } = await opened("#economy=us-china-2017");
  const tabs = page.locator("[role=tablist]");
  await go(page, "#economy=us-china-2017&embed=1");
  await tabs.waitFor({ state: "hidden" });
  await page.goBack();
  await tabs.waitFor();
  assert.deepEqual(heard, []);
  await page.close();
});

test("an engine that ends by itself is followed by another; nobody is said to have refused", { skip }, async () => {
  const context = await browser.newContext();
  // Workers that a test can end as a browser that runs out of memory does.
  await context.addInitScript(() => {
    const Real = globalThis.Worker;
    globalThis.made = [];
    globalThis.Worker = class extends Real {
      constructor(...given) {
        super(...given);
        globalThis.made.push(this);
      }
      postMessage(message, ...rest) {
        if (globalThis.dies === message.call && globalThis.times-- > 0) {
          this.terminate();
          setTimeout(() => this.onerror?.({ message: "out of memory" }));
        } else super.postMessage(message, ...rest);
      }
    };
  });
  const { page, heard } = await opened("#economy=us-china-2017", { context });
  const notice = page.locator(".notice"),
    dies = (call, times) => page.evaluate(([c, n]) => Object.assign(globalThis, { dies: c, times: n }), [call, times]);
  await page.waitForTimeout(1500);
  await dies("configure", 1);
  await page.locator(".settings select").first().selectOption("world-2023");
  await page.waitForURL(/world-2023/);
  assert.equal(await notice.isVisible(), false);
  await isWhatItsAddressSays(page);
  await dies("configure", 2);
  await page.locator(".settings select").first().selectOption("us-china-2017");
  await notice.filter({ hasText: "The engine stopped (out of memory)" }).waitFor();
  assert.equal((await seen(page)).economy, "world-2023");
  await dies("", 0);
  await page.locator(".settings select").first().selectOption("us-china-2017");
  await page.waitForURL(/us-china-2017@/);
  await isWhatItsAddressSays(page);
  // One that ends while governments answer says so; asked again, it answers.
  await page.getByRole("tab", { name: "What governments would choose" }).click();
  await dies("run", 1);
  await page.getByRole("button", { name: "Trade war" }).click();
  await page.locator(".governments .failed", { hasText: "out of memory" }).waitFor();
  await page.getByRole("button", { name: "Trade war" }).click();
  await page.locator(".governments .report h2").first().waitFor();
  assert.deepEqual(heard, []);
  await context.close();
});
