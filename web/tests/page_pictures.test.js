// The page looks as it does in the manual: every picture of docs/images against one that is taken now, by the mean
// colours of cells of 40 pixels and by where the named parts stand. After a change that is meant: web/run page_pictures.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch } from "./chromium.js";
import { serve, skip } from "./page_server.js";
import { boxesFile, distance, moved, stored, taken, views } from "./page_views.js";

const meanMost = 0.03, // of the way from black to white, over all cells
  // A machine without a font for the script draws boxes in place of its characters.
  meanOf = (view) => (view.hash.includes("language=zh") ? 0.1 : meanMost),
  bytesMost = 1_000_000;

let browser, server;
before(async () => {
  if (!skip) [browser, server] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  server?.close();
});

const boxes = JSON.parse(readFileSync(boxesFile, "utf8"));

for (const view of views)
  test(`${view.name}.png is what the page looks like`, { skip }, async () => {
    const now = await taken({ browser, server }, view);
    assert.deepEqual(moved(boxes[view.name], now.boxes, view), []);
    const { size, mean } = await distance(browser, stored(view.name), now.picture);
    assert.equal(size, undefined, `sizes: ${size}`);
    assert.ok(mean < meanOf(view), `the pictures are ${mean.toFixed(4)} apart, more than ${meanOf(view)}`);
  });

test("a page without its map, in other colours, or with its columns exchanged looks otherwise", { skip }, async () => {
  const [view] = views,
    apart = async (spoil) => (await distance(browser, stored(view.name), (await taken(...spoil)).picture)).mean;
  const tools = { browser, server };
  assert.ok((await apart([tools, { ...view, scheme: "dark" }])) > meanMost);
  const without = await taken(tools, view, () => {
    document.querySelector("figure.live").style.display = "none";
  });
  const exchanged = await taken(tools, view, () => {
    document.querySelector(".work").style.direction = "rtl";
  });
  for (const { picture, boxes: now } of [without, exchanged]) {
    const { mean } = await distance(browser, stored(view.name), picture);
    assert.ok(mean > meanMost || moved(boxes[view.name], now, view).length > 0);
  }
  assert.ok(moved(boxes[view.name], exchanged.boxes, view).length > 0);
});

test("the pictures are small enough for a repository", () => {
  const bytes = views.reduce((sum, { name }) => sum + stored(name).length, 0);
  assert.ok(bytes < bytesMost, `${bytes} bytes`);
});
