// The page's folder over HTTP, compressed as any host would; what was sent is counted.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { noBrowser } from "./chromium.js";

export const root = resolve(fileURLToPath(new URL(".", import.meta.url)), "../..");
export const folder = resolve(process.env.DETENTE_PAGE ?? join(root, "build/page"));

/** Why a test of the page cannot run here; false where it can. */
export const skip = existsSync(join(folder, "index.html")) ? noBrowser : "no page here: make page makes it";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

// What a host adds for threads (docs/page.md).
const apart = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

export async function serve({ isolated = false } = {}) {
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
      // A name in assets/ changes with what is in the file.
      "cache-control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      ...(isolated ? apart : {}),
    });
    response.end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, sent, close: () => server.close() };
}
