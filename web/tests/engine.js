// The engine in WebAssembly under Node.js.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The engine of a folder with detente.mjs, with its calls as functions of JSON values. */
export async function loadEngine(folder) {
  // What emscripten 3.1.6 expects under Node.js and ES modules do not have.
  Object.assign(globalThis, { require: createRequire(import.meta.url), __dirname: folder });
  const { default: create } = await import(pathToFileURL(join(folder, "detente.mjs")));
  const module = await create({ wasmBinary: readFileSync(join(folder, "detente.wasm")) });
  // Bytes and texts go into the engine's memory: what ccall copies by itself goes over its stack, which data outgrow.
  const ask = (name, values) => {
    const at = [];
    const given = values.map((value) => {
      if (typeof value === "number") return value;
      const bytes = typeof value === "string" ? new TextEncoder().encode(`${value}\0`) : value;
      at.push(module._malloc(bytes.length));
      module.HEAPU8.set(bytes, at.at(-1));
      return at.at(-1);
    });
    try {
      return JSON.parse(module.ccall(name, "string", Array(given.length).fill("number"), given));
    } finally {
      at.forEach((pointer) => module._free(pointer));
    }
  };
  return {
    module,
    call(name, question) {
      if (question === undefined) return ask(name, []);
      return ask(name, [typeof question === "string" ? question : JSON.stringify(question)]);
    },
    source: (name, text) => ask("detente_source", [name, text]),
    // With threads: their workers wait for work until they are told to end.
    close: () => module.PThread?.terminateAllThreads(),
    open: (bytes, name = "") => ask("detente_open", [bytes, bytes.length, name]),
  };
}
