// Makes the page: build/page/ (static files with relative addresses) and build/page/detente.html (one file that opens
// from a disk). `node page/build.js WASM OUT [WASM_THREADS]`: WASM is a folder with detente.mjs, detente.wasm and
// NAME.economy, WASM_THREADS one with the same engine with threads; OUT then has both, and a page fetches the one that its
// host lets it run.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { shapes } from "./shapes.js";
import { elasticities, engineVersion, sources, stories } from "./stories.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = resolve(here, "../..");
const wasmFolder = resolve(process.argv[2] ?? join(root, "build/wasm"));
const out = resolve(process.argv[3] ?? join(root, "build/page"));
const threadsFolder = process.argv[4] && resolve(process.argv[4]);

const sha256 = (bytes, form = "hex") => createHash("sha256").update(bytes).digest(form);
const read = (name) => readFileSync(join(wasmFolder, name));

for (const folder of [wasmFolder, threadsFolder])
  for (const file of ["detente.mjs", "detente.wasm"])
    if (folder && !existsSync(join(folder, file))) {
      console.error(`page: ${join(folder, file)} is missing: make ${basename(folder)}`);
      process.exit(1);
    }

const wasm = read("detente.wasm");
const threaded = threadsFolder && readFileSync(join(threadsFolder, "detente.wasm"));
const economies = readdirSync(wasmFolder)
  .filter((f) => f.endsWith(".economy"))
  .sort()
  .map((f) => ({ name: basename(f, ".economy"), bytes: read(f), hash: sha256(read(f)).slice(0, 12) }));
if (!economies.length) {
  console.error(`page: no NAME.economy in ${wasmFolder}: make page packs them`);
  process.exit(1);
}

// What the bundle knows of what was built beside it.
const data = {
  engine: `${engineVersion(root)}+${sha256(wasm).slice(0, 8)}`,
  economies: economies.map(({ name, hash }) => ({ name, hash })),
  elasticities: elasticities(root),
  ...stories(
    root,
    economies.map((e) => e.name),
  ),
};
const made = { "detente:data": data, "detente:shapes": shapes() };
const dataModule = {
  name: "detente-data",
  resolveId: (id) => (id in made ? `\0${id}` : undefined),
  load: (id) =>
    id.slice(1) in made ? `export default JSON.parse(${JSON.stringify(JSON.stringify(made[id.slice(1)]))})` : undefined,
};
// The engine is handed its compiled module; it looks for no file beside itself. Its threads run the same script, which
// holds what emscripten would have fetched for them.
const threadModule = (folder) =>
  [
    [
      '(e.data.urlOrBlob?import(e.data.urlOrBlob):import("./detente.mjs"))',
      "Promise.resolve({ default: createEngine })",
    ],
    ["var Module={};", "var Module={ locateFile: (name) => name };"],
  ].reduce(replaced, readFileSync(join(folder, "detente.worker.js"), "utf8"));
function replaced(text, [part, other]) {
  if (!text.includes(part)) throw new Error(`page: emscripten's script has no ${part}`);
  return text.replace(part, () => other);
}
const engineModules = (folder, threads) => ({
  name: "detente-engine",
  enforce: "pre",
  resolveId: (id) =>
    id === "engine" ? join(folder, "detente.mjs") : id === "engine:thread" ? "\0engine:thread" : undefined,
  load: (id) => {
    if (id !== "\0engine:thread") return undefined;
    return threads
      ? `import createEngine from "engine"; export function asThread() {\n${threadModule(folder)}\n}`
      : "export const asThread = undefined;";
  },
  transform: (code, id) =>
    id.endsWith("detente.mjs") ? code.replaceAll("import.meta.url", "self.location.href") : undefined,
});

async function bundled(input, format, plugins) {
  const result = await build({
    configFile: false,
    root: here,
    logLevel: "error",
    plugins,
    build: {
      write: false,
      target: "es2022",
      cssCodeSplit: false,
      modulePreload: false,
      rollupOptions: {
        input: join(here, input),
        output: { format, inlineDynamicImports: true, name: "detente" },
        onwarn: (warning, warn) => (warning.code === "EVAL" ? undefined : warn(warning)),
      },
    },
  });
  const { output } = Array.isArray(result) ? result[0] : result;
  return {
    script: output.find((o) => o.type === "chunk").code,
    style: output.find((o) => o.type === "asset" && o.fileName.endsWith(".css"))?.source ?? "",
  };
}

const page = await bundled("main.ts", "es", [dataModule]);
const worker = await bundled("engine/worker.ts", "iife", [engineModules(wasmFolder, false)]);
const texts = Buffer.from(JSON.stringify(sources(root)));

const template = readFileSync(join(here, "index.html"), "utf8");
// A function, so that a $ in what is put in is no pattern.
const filled = (markers) =>
  Object.entries(markers).reduce(
    (text, [name, value]) => text.replace(`<!--DETENTE:${name}-->`, () => value),
    template,
  );

// The folder: every file's name carries its content's hash, so that a host may keep files for ever.
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "assets"), { recursive: true });
const files = {};
function asset(key, stem, ending, content) {
  const name = `assets/${stem}-${sha256(content).slice(0, 10)}.${ending}`;
  writeFileSync(join(out, name), content);
  files[key] = name;
  return name;
}
const scriptName = asset("page", "page", "js", page.script);
const styleName = asset("style", "page", "css", page.style);
asset("worker", "engine", "js", worker.script);
asset("engine", "detente", "wasm", wasm);
if (threaded) {
  const other = await bundled("engine/worker.ts", "iife", [engineModules(threadsFolder, true)]);
  asset("worker-threads", "engine-threads", "js", other.script);
  asset("engine-threads", "detente-threads", "wasm", threaded);
}
asset("sources", "sources", "json", texts);
for (const e of economies) asset(e.name, e.name, "economy", e.bytes);

const quoted = (text) => `'sha256-${sha256(text, "base64")}'`;
const open = "default-src 'none'; base-uri 'none'; form-action 'none'";
// The engine is fetched while the page's script is: which one, the browser knows by then (engineKind of files.ts).
const early = `{const l=document.createElement("link");l.rel="preload";l.as="fetch";l.crossOrigin="";l.href=${
  threaded ? `crossOriginIsolated?"${files["engine-threads"]}":` : ""
}"${files.engine}";document.head.append(l)}`;
writeFileSync(
  join(out, "index.html"),
  filled({
    POLICY: `${open}; script-src 'self' ${quoted(early)} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src blob:`,
    STYLE: `<link rel="stylesheet" href="${styleName}">\n<script>${early}</script>`,
    FILES: JSON.stringify(files),
    SCRIPT: `<script type="module" src="${scriptName}"></script>`,
  }),
);

// The single file: everything inline, compressed where it is no text of the page; scripts and styles by their hash.
const embedded = (key, content) =>
  `<script type="text/plain" id="file-${key}">${gzipSync(content, { level: 9 }).toString("base64")}</script>`;
const script = page.script.replaceAll("</script", "<\\/script");
writeFileSync(
  join(out, "detente.html"),
  filled({
    POLICY: `${open}; script-src ${quoted(script)} 'wasm-unsafe-eval'; style-src ${quoted(page.style)}; img-src data: blob:; worker-src blob:`,
    STYLE: `<style>${page.style}</style>`,
    FILES: "{}",
    SCRIPT: [
      embedded("worker", worker.script),
      embedded("engine", wasm),
      embedded("sources", texts),
      ...economies.map((e) => embedded(e.name, e.bytes)),
      `<script type="module">${script}</script>`,
    ].join("\n"),
  }),
);

const size = (bytes) => `${(gzipSync(bytes).length / 1024).toFixed(0)} KiB`;
console.log(
  `page: ${out}: script ${size(page.script)}, engine ${size(wasm)}${threaded ? ` (with threads ${size(threaded)})` : ""}, ${economies.map((e) => `${e.name} ${size(e.bytes)}`).join(", ")} (compressed)`,
);
