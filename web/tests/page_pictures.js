// Takes the pictures of the manual (docs/images) from the page that `make page` made, with where their parts stand.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./chromium.js";
import { serve, skip } from "./page_server.js";
import { boxesFile, pictures, taken, views } from "./page_views.js";

if (skip) {
  console.error(`page_pictures: ${skip}`);
  process.exit(1);
}
const [browser, server] = await Promise.all([launch(), serve()]);
const boxes = {};
let bytes = 0;
for (const view of views) {
  const { picture, boxes: of } = await taken({ browser, server }, view);
  writeFileSync(join(pictures, `${view.name}.png`), picture);
  boxes[view.name] = of;
  bytes += picture.length;
  console.log(`${view.name}.png: ${(picture.length / 1024).toFixed(0)} KiB`);
}
const line = ([name, of]) =>
  ` ${JSON.stringify(name)}: {\n${Object.entries(of)
    .map(([part, box]) => `  ${JSON.stringify(part)}: [${box.join(", ")}]`)
    .join(",\n")}\n }`;
writeFileSync(boxesFile, `{\n${Object.entries(boxes).map(line).join(",\n")}\n}\n`);
console.log(`together ${(bytes / 1024).toFixed(0)} KiB`);
await browser.close();
server.close();
