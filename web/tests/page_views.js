// Views of the page that the manual shows: how a reader comes there, the picture, and where its named parts stand. Two
// pictures are compared as a person would from across the room: by the mean colours of a coarse grid, and by the places
// of the parts. Fonts of another machine move letters, and neither.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { opened } from "./page_reader.js";
import { root } from "./page_server.js";

export const pictures = join(root, "docs/images");
export const boxesFile = join(pictures, "page-boxes.json");

const answered = (page) => page.locator(".answer:visible .report :is(h2, .headline)").first().waitFor();
const ask = (name) => async (page) => {
  await page.getByRole("button", { name }).click();
  await answered(page);
};
const toPart = (selector, text) => (page) =>
  page
    .locator(selector, { hasText: text })
    .first()
    .evaluate((part) => scrollTo(0, part.getBoundingClientRect().top + scrollY - 16));

/** By the name of the file in docs/images. */
export const views = [
  { name: "page", hash: "", width: 1200, height: 860, scheme: "light" },
  { name: "page-phone", hash: "", width: 390, height: 780, scheme: "dark" },
  { name: "page-war", hash: "#tab=governments", width: 1200, height: 760, scheme: "light", acts: [ask("Trade war")] },
  {
    name: "page-relation",
    hash: "#tab=relation",
    width: 1200,
    height: 760,
    scheme: "light",
    acts: [answered, toPart(".answer h3", "For whom the agreement holds")],
  },
  { name: "page-chinese", hash: "#language=zh", width: 390, height: 780, scheme: "light" },
  { name: "page-embed", hash: "#economy=us-china-2017&embed=1", width: 640, height: 700, scheme: "light" },
];

const parts = [".head", ".controls", ".line.open", ".tabs", ".headline", "figure.live", ".answer figure", ".foot"];

/** Where each named part that is in sight stands: [left, top, width, height] in pixels. */
const boxesOf = (page) =>
  page.evaluate(
    (selectors) =>
      Object.fromEntries(
        selectors.flatMap((selector) => {
          const seen = [...document.querySelectorAll(selector)].find((part) => {
            const { width, height, top, bottom } = part.getBoundingClientRect();
            return width > 0 && height > 0 && bottom > 0 && top < innerHeight;
          });
          if (!seen) return [];
          const { left, top, width, height } = seen.getBoundingClientRect();
          return [[selector, [left, top, width, height].map(Math.round)]];
        }),
      ),
    parts,
  );

/** The picture of a view as PNG, and the boxes of its parts. */
export async function taken({ browser, server }, { hash, width, height, scheme, acts = [] }, spoil = undefined) {
  const { page } = await opened({ browser, server }, hash, { width, height, scheme });
  await page.evaluate(() => document.fonts.ready);
  for (const act of acts) await act(page);
  // Why and how sure come when the page rests.
  await page.waitForTimeout(1500);
  if (!hash) await page.waitForFunction(() => document.querySelectorAll(".why p").length > 0);
  if (spoil) await page.evaluate(spoil);
  await page.waitForTimeout(300);
  const result = { picture: await page.screenshot(), boxes: await boxesOf(page) };
  await page.close();
  return result;
}

export const stored = (name) => readFileSync(join(pictures, `${name}.png`));

const cell = 40; // pixels

/** How far apart two pictures are on a coarse grid: the mean over its cells, and the worst cell, from 0 to 1. */
export async function distance(browser, one, other) {
  const page = await browser.newPage();
  const found = await page.evaluate(
    async ([pngs, side]) => {
      const grids = await Promise.all(
        pngs.map(async (png) => {
          const image = new Image();
          image.src = `data:image/png;base64,${png}`;
          await image.decode();
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [image.width, image.height];
          const on = canvas.getContext("2d", { willReadFrequently: true });
          on.drawImage(image, 0, 0);
          const means = [];
          for (let y = 0; y + side <= image.height; y += side)
            for (let x = 0; x + side <= image.width; x += side) {
              const { data } = on.getImageData(x, y, side, side);
              const sum = [0, 0, 0];
              for (let k = 0; k < data.length; k += 4) for (let c = 0; c < 3; ++c) sum[c] += data[k + c];
              means.push(sum.map((s) => s / (side * side * 255)));
            }
          return { size: [image.width, image.height].join("x"), means };
        }),
      );
      const [a, b] = grids;
      if (a.size !== b.size) return { size: `${a.size} and ${b.size}` };
      const apart = a.means.map((m, k) => Math.max(...m.map((v, c) => Math.abs(v - b.means[k][c]))));
      return { mean: apart.reduce((s, v) => s + v, 0) / apart.length, worst: Math.max(...apart) };
    },
    [[one, other].map((png) => png.toString("base64")), cell],
  );
  await page.close();
  return found;
}

/** What moved, or is not there any more: a sentence for each part. Fonts move what stands below long text. */
export function moved(before, now, { width, height }) {
  const room = [0.03 * width, 0.12 * height, 0.05 * width, 0.12 * height];
  return Object.entries(before).flatMap(([part, box]) => {
    if (!now[part]) return [`${part} is not there any more`];
    const sides = ["left", "top", "width", "height"].filter((_, k) => Math.abs(box[k] - now[part][k]) > room[k]);
    return sides.length ? [`${part}: ${sides.join(", ")}: ${box.join(" ")} before, ${now[part].join(" ")} now`] : [];
  });
}
