// The page for a reader without a mouse, without a screen, on paper, and by a link: what a keyboard reaches and keeps,
// what is said aloud, what is printed, and what an address that cannot be followed leads to.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./chromium.js";
import { opened as openedBy, solved } from "./page_reader.js";
import { folder, serve, skip } from "./page_server.js";

let browser, server;
before(async () => {
  if (!skip) [browser, server] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  server?.close();
});
const drop = (page, name, bytes) =>
  page.evaluate(
    ([n, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(content)], n));
      document.getElementById("page").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
    },
    [name, bytes],
  );
const opened = (hash, options) => openedBy({ browser, server }, hash, options);

// What has the focus, by its name.
const focused = (page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    const label = at.closest("label");
    return at === document.body
      ? "body"
      : (at.getAttribute("aria-label") ?? (label?.querySelector("span") ?? label ?? at).textContent).trim();
  });

// Tab until what has the focus is called so.
async function tabTo(page, name, key = "Tab") {
  for (let k = 0; k < 90; ++k) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (name.test(at)) return at;
  }
  throw new Error(`the keyboard does not come to ${name}`);
}

test("by keyboard alone: a story, another importer, a tariff, an answer, the certificate", { skip }, async () => {
  const { page, heard } = await opened();
  await tabTo(page, /^Free trade$/);
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "Free trade");
  await tabTo(page, /^\+ Add/);
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "Importer"); // of the change that was added
  // The arrows go through the countries, one after the other.
  const importer = page.locator(".line.open select").first();
  const seen = new Set([await importer.inputValue()]);
  for (let k = 0; k < 3; ++k) {
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(page), "Importer");
    seen.add(await importer.inputValue());
  }
  assert.equal(seen.size, 4);
  await tabTo(page, /^How$/);
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), "How");
  await page.keyboard.press("ArrowUp");
  await tabTo(page, /^Tariff of /);
  const tariff = Number(await page.locator(".line.open input[type=range]").inputValue());
  await page.keyboard.press("PageUp");
  assert.ok(Number(await page.locator(".line.open input[type=range]").inputValue()) > tariff);
  await solved(page);
  // Another change is opened, and the focus is in it; it is removed, and the focus is at its neighbour.
  await tabTo(page, /^.* on .*: all goods, set to/, "Shift+Tab");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "Importer");
  await tabTo(page, /^Remove: /);
  await page.keyboard.press("Enter");
  assert.notEqual(await focused(page), "body");
  await tabTo(page, /^⚲ /);
  await page.keyboard.press("Enter");
  assert.match(await focused(page), /^⚲ /);
  await tabTo(page, /^Unpin/);
  await page.keyboard.press("Enter");
  assert.notEqual(await focused(page), "body");
  await tabTo(page, /^What happens$/);
  await page.keyboard.press("ArrowRight");
  await tabTo(page, /^Trade war$/);
  await page.keyboard.press("Enter");
  await page.locator(".answer:visible .report h2").first().waitFor();
  assert.equal(await focused(page), "Trade war");
  await tabTo(page, /^What is assumed$/);
  assert.match(await page.locator(".certificate").textContent(), /✓/);
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("dialog").evaluate((d) => d.scrollTop), 0);
  assert.equal(await focused(page), "What is assumed"); // its heading, where reading begins
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "What is assumed");
  assert.deepEqual(heard, []);
  await page.close();
});

test("by keyboard alone: model, region, language and a cancelled answer keep the focus", { skip }, async () => {
  const { page, heard } = await opened();
  await tabTo(page, /^Model$/);
  await page.keyboard.press("ArrowDown");
  await page.waitForURL(/model=(?!ricardian)/);
  await solved(page);
  await page.waitForTimeout(800);
  assert.equal(await focused(page), "Model");
  await page.locator(".why select").focus();
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), "Region");
  await page.getByRole("tab", { name: "Study file" }).click();
  const text = page.locator(".study textarea");
  const asked = (await text.inputValue()).replace(/\n\[uncertainty\][^]*/, "");
  await text.fill(`${asked}\n[uncertainty]\ndraws = 4000\n`);
  await page.getByRole("button", { name: "Run the study" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Cancel" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".answer:visible [role=status]", { hasText: "Cancelled" }).waitFor();
  assert.equal(await focused(page), "Run the study");
  await page.getByRole("button", { name: "中文" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: "缓和" }).waitFor();
  assert.equal(await focused(page), "中文");
  assert.deepEqual(heard, []);
  await page.close();
});

test("an answer is said in a region that stays, and an old one looks old", { skip }, async () => {
  const { page, heard } = await opened("#tab=governments");
  const region = await page.locator("#panel-governments .answered > [role=status]").first().elementHandle();
  await page.getByRole("button", { name: "Trade war" }).click();
  await page.locator(".answer:visible .report h2").first().waitFor();
  await page.waitForFunction((r) => /Answered in/.test(r.textContent), region);
  assert.ok(await region.evaluate((r) => r.isConnected));
  const said = await region.textContent();
  assert.match(said, /Answered in [\d.]+ s .*tariff/i);
  await page.getByRole("tab", { name: "Study file" }).click();
  await page.getByRole("button", { name: "Run the study" }).click();
  await page.locator(".study .report h1").waitFor();
  await page.locator(".study textarea").fill("title = 1");
  await page.locator(".study .old").waitFor();
  await page.getByRole("button", { name: "Run the study" }).click();
  await page.locator(".study .failed").first().waitFor();
  assert.equal(await page.locator(".study .report").textContent(), "");
  assert.deepEqual(heard, []);
  await page.close();
});

for (const [hash, said] of [
  ["#economy=nowhere", /no economy “nowhere”/],
  ["#economy=world-2023&scenario=!april", /no story “april”/],
  ["#tab=foo", /no part “foo”/],
  ["#language=xx", /no language “xx”/],
  ["#region=XYZ&between=USA+MARS", /“XYZ”.*“MARS”/],
])
  test(`a link to what is not there says so: ${hash}`, { skip }, async () => {
    const { page, heard } = await opened(hash);
    assert.match(await page.locator(".notice").textContent(), said);
    assert.ok(await page.locator(".headline").first().isVisible());
    assert.doesNotMatch(await page.locator(".headline").first().textContent(), /Nothing moves/);
    assert.deepEqual(heard, []);
    await page.close();
  });

test("back from Chinese is English again", { skip }, async () => {
  const { page, heard } = await opened("#tab=outcome");
  await page.getByRole("button", { name: "中文" }).click();
  await page.locator("h1", { hasText: "缓和" }).waitFor();
  await page.goBack();
  await page.locator("h1", { hasText: "Détente" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.deepEqual(heard, []);
  await page.close();
});

test("a study of another economy opens it; what is no text is refused", { skip }, async () => {
  const { page, heard } = await opened("#tab=study");
  const text = page.locator(".study textarea");
  await text.fill('title = "T"\n[economy]\nname = "world-2023"\n\n[[scenario]]\nname = "same"\n');
  await page.getByRole("button", { name: "Run the study" }).click();
  await page.locator(".study .report h1").waitFor();
  assert.match(await page.locator(".study .report").textContent(), /194/);
  await page.getByRole("button", { name: "Take the scenario again" }).click();
  await page.getByRole("button", { name: "Run the study" }).click();
  await page.locator(".study .report h1", { hasText: /^(?!T$)/ }).waitFor();
  assert.doesNotMatch(await page.locator(".study .report").textContent(), /194 regions/);
  const stood = await text.inputValue();
  await drop(page, "pic.png", [0x89, 0x50, 0x4e, 0x47, 0, 1, 2]);
  await page.locator(".study [role=status]", { hasText: "pic.png" }).waitFor();
  assert.equal(await text.inputValue(), stood);
  assert.deepEqual(heard, []);
  await page.close();
});

// What is in a chart and stands outside the paper's width.
test("printed: every chart fits the paper, opened numbers and what is assumed are on it", { skip }, async () => {
  for (const hash of ["", "#language=zh", "#tab=relation"]) {
    const { page, heard } = await opened(hash, { width: 1600, height: 900 });
    const whole = !hash.includes("tab");
    if (whole) await page.locator("figure.live summary").nth(1).click();
    else {
      await page.locator(".whole > summary").click();
      await page.locator(".whole h2").waitFor();
    }
    const wide = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("figure [role=img] svg")]
          .map((svg) => Math.round(svg.getBoundingClientRect().width))
          .filter((w) => w > 0),
      );
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const printed = await wide();
    assert.ok(printed.length >= (whole ? 7 : 3), `${printed.length} charts`);
    assert.ok(Math.max(...printed) <= 660, printed.join(" "));
    const tables = await page.locator("details.numbers[open]").evaluateAll((all) => all.map((d) => d.innerText));
    assert.equal(tables.length, whole ? 1 : 0);
    for (const text of tables) assert.match(text, /\d/);
    assert.match(await page.locator(".on-paper").innerText(), /SHA-256/);
    assert.equal(await page.locator("input[type=range]:visible").count(), 0);
    await page.emulateMedia({ media: "screen" });
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await page.locator(".on-paper").isVisible(), false);
    if (whole) assert.ok(Math.max(...(await wide())) > 660, "on the screen as wide as before");
    assert.deepEqual(heard, []);
    await page.close();
  }
});

test("the code to embed has the whole link; a page from a disk says why it has none", { skip }, async () => {
  const { page, heard } = await opened();
  await page.getByRole("button", { name: "Embed" }).click();
  const code = await page
    .getByRole("dialog", { name: /Code to embed/ })
    .getByRole("textbox")
    .inputValue();
  assert.match(code, /src="http[^"]*#economy=us-china-2017@[0-9a-f]{12}&engine=[^"]*embed=1&scenario=[^"]*"/);
  assert.deepEqual(heard, []);
  const disk = await opened("", { address: `file://${join(folder, "detente.html")}`, home: "file:" });
  await disk.page.getByRole("button", { name: "Embed" }).click();
  assert.match(await disk.page.getByRole("dialog").textContent(), /Put it on a host/);
  assert.equal(await disk.page.getByRole("dialog").getByRole("textbox").count(), 0);
  for (const p of [page, disk.page]) await p.close();
});

for (const [width, height] of [
  [600, 500],
  [340, 500],
])
  test(`embedded in ${width} by ${height}: headline, map, slider and certificate are in sight`, { skip }, async () => {
    const { page, heard } = await opened("#economy=us-china-2017&embed=1", { width, height });
    const [foot, map, slider] = await page.evaluate(() =>
      [".foot", "figure.map [role=img]", ".foot input[type=range]"].map((s) => {
        const box = document.querySelector(s).getBoundingClientRect();
        return { top: box.top, bottom: box.bottom, width: box.width };
      }),
    );
    assert.ok(foot.bottom - foot.top < 60, `the foot takes ${foot.bottom - foot.top}`);
    assert.ok(map.bottom <= foot.top, "the map is above the foot");
    assert.ok(slider.width > 80 && slider.bottom <= height);
    assert.ok(await page.locator(".certificate").isVisible());
    assert.deepEqual(heard, []);
    await page.close();
  });

for (const [hash, width, height, most] of [
  ["", 360, 780, 0.16],
  ["#tab=study", 360, 780, 0.09],
  ["", 640, 320, 0],
  ["", 1200, 900, 0.07],
])
  test(`the foot at ${width} by ${height} ${hash}: little of the screen`, { skip }, async () => {
    const { page } = await opened("", { width, height });
    if (hash) await page.locator("#tab-study").evaluate((tab) => tab.click()); // it shrinks with what is read
    await page.waitForTimeout(300);
    const share = await page.evaluate(() => {
      const foot = document.querySelector(".foot");
      return getComputedStyle(foot).position === "fixed" ? foot.offsetHeight / innerHeight : 0;
    });
    assert.ok(share <= most, `${share}`);
    if (width > 900) {
      const [column, foot] = await page.evaluate(() =>
        [".controls", ".foot"]
          .map((s) => document.querySelector(s).getBoundingClientRect())
          .map((r) => [r.top, r.bottom]),
      );
      assert.ok(column[1] <= foot[0], "the left column ends above the foot");
    }
    await page.close();
  });

test("the chosen tab is in sight on a phone", { skip }, async () => {
  const { page } = await opened("#tab=study", { width: 360, height: 780 });
  await page.waitForTimeout(300);
  const [left, right] = await page.locator("#tab-study").evaluate((tab) => {
    const box = tab.getBoundingClientRect();
    return [box.left, box.right];
  });
  assert.ok(left >= 0 && right <= 360, `${left} to ${right}`);
  await page.close();
});
