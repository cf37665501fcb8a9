// The page's folder over HTTP, compressed as any host would; what was sent is counted. And a browser to look at it.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

export const root = resolve(fileURLToPath(new URL(".", import.meta.url)), "../..");
export const folder = resolve(process.env.DETENTE_PAGE ?? join(root, "build/page"));

export function findChromium() {
  for (const name of ["chromium", "chromium-browser", "google-chrome"])
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      continue;
    }
  return undefined;
}

const program = findChromium();
/** Why a test of the page cannot run here; false where it can. */
export const skip = !existsSync(join(folder, "index.html"))
  ? "no page here: make page makes it"
  : program
    ? false
    : "no Chromium here: scripts/setup web installs it";

export const launch = () => chromium.launch({ executablePath: program, args: ["--no-sandbox"] });

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

export async function serve() {
  const packed = new Map();
  const sent = { bytes: 0, files: [] };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).replace(/\/$/, "/index.html");
    const file = join(folder, path);
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    if (!packed.has(file)) packed.set(file, gzipSync(readFileSync(file), { level: 9 }));
    const body = packed.get(file);
    sent.bytes += body.length;
    sent.files.push(path);
    response.writeHead(200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "content-encoding": "gzip",
      "content-length": body.length,
    });
    response.end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, sent, close: () => server.close() };
}
