// The engine in a worker: one economy is open at a time. Everything comes in and goes out as JSON text inside; here it
// is parsed, so that the page's own thread has no long text to read.
import createEngine from "engine";
import { asThread } from "engine:thread";
import type { Call, Progress, Reply } from "./types.ts";

interface Engine {
  ccall(name: string, result: string, types: string[], values: unknown[]): string;
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(at: number): void;
  [name: string]: any;
}

const page = self as unknown as { postMessage(reply: Reply): void; onmessage: (event: MessageEvent<Call>) => void };
let engine: Engine | undefined;
let current = 0; // the call whose progress is told

const text = (name: string, ...values: string[]): any =>
  JSON.parse(
    engine!.ccall(
      name,
      "string",
      values.map(() => "string"),
      values,
    ),
  );

async function start(module: WebAssembly.Module, threads: number): Promise<object> {
  engine = (await createEngine({
    // Threads that wait for work beside this worker's own: one at least, or emscripten waits for ever.
    threads: Math.max(1, threads - 1),
    // No file is looked for: a worker that the single file made has no folder. A thread runs this same script.
    locateFile: (name: string) => (name.endsWith(".worker.js") ? `${self.location.href}#thread` : name),
    // Compiled once by the page; a worker that follows a cancelled one starts at once.
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, from: WebAssembly.Module) => void,
    ) {
      WebAssembly.instantiate(module, imports).then((instance) => done(instance, module));
      return {};
    },
    onProgress: (what: string, done: number, total: number) => {
      const progress: Progress = { what, done, total };
      page.postMessage({ id: current, progress });
    },
    // What the engine would say on a terminal belongs to nobody here.
    print: () => {},
    printErr: () => {},
  })) as Engine;
  return {};
}

function open(bytes: Uint8Array, name: string): any {
  const at = engine!._malloc(bytes.length);
  engine!.HEAPU8.set(bytes, at);
  const answer = engine!.ccall("detente_open", "string", ["number", "number", "string"], [
    at,
    bytes.length,
    name,
  ] as unknown[]);
  engine!._free(at);
  return JSON.parse(answer);
}

function answerTo(message: Call): any {
  switch (message.call) {
    case "start":
      return start(message.module, message.threads);
    case "open":
      return open(message.bytes, message.name);
    case "source":
      return engine!._detente_source ? text("detente_source", message.name, message.text) : {};
    case "models":
      return engine!._detente_models ? text("detente_models") : [];
    default: {
      const name = `detente_${message.call}`;
      if (!engine![`_${name}`]) return { error: `this engine has no ${name}` };
      return text(name, JSON.stringify(message.argument));
    }
  }
}

// One after the other: a start is not done when the next message comes.
let before: Promise<unknown> = Promise.resolve();
function listen(): void {
  page.onmessage = ({ data }) => {
    before = before.then(async () => {
      current = data.id;
      const began = performance.now();
      try {
        const answer = await answerTo(data);
        if (answer.error) page.postMessage({ id: data.id, error: answer.error });
        else page.postMessage({ id: data.id, answer, milliseconds: performance.now() - began });
      } catch (fault) {
        page.postMessage({ id: data.id, error: fault instanceof Error ? fault.message : String(fault) });
      }
    });
  };
}

if (asThread && self.location.hash === "#thread") asThread();
else listen();
