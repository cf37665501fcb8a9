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
  const ask = (name, types, values) => JSON.parse(module.ccall(name, "string", types, values));
  return {
    module,
    call(name, question) {
      const text = typeof question === "string" ? question : JSON.stringify(question);
      return question === undefined ? ask(name, [], []) : ask(name, ["string"], [text]);
    },
    source: (name, text) => ask("detente_source", ["string", "string"], [name, text]),
    open(bytes, name = null) {
      const at = module._malloc(bytes.length);
      module.HEAPU8.set(bytes, at);
      const answer = ask("detente_open", ["number", "number", "string"], [at, bytes.length, name]);
      module._free(at);
      return answer;
    },
  };
}
