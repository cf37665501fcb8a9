// The engine in a worker: one economy is open at a time. Everything comes in and goes out as JSON text inside; here it
// is parsed, so that the page's own thread has no long text to read.
import createEngine from "engine";
import { asThread } from "engine:thread";
import type { Call, Progress, Reply } from "./types.ts";

interface Engine {
  ccall(name: string, result: string, types: string[], values: number[]): string;
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(at: number): void;
  [name: string]: any;
}

const page = self as unknown as { postMessage(reply: Reply): void; onmessage: (event: MessageEvent<Call>) => void };
let engine: Engine | undefined;
let current = 0; // the call whose progress is told

/** What an engine without memory for an answer says. */
const noMemory = "the answer needs more memory than a browser gives a page: ask for less at a time, or use the command";

const encoder = new TextEncoder();

// Calls with `parts` in the engine's memory: its stack has no room for a reader's text, however long that is.
function called(name: string, parts: Uint8Array[], sized = false): any {
  const held: number[] = [],
    values: number[] = [];
  try {
    for (const bytes of parts) {
      const at = engine!._malloc(bytes.length + 1);
      if (!at) return { error: noMemory };
      held.push(at);
      engine!.HEAPU8.set(bytes, at);
      engine!.HEAPU8[at + bytes.length] = 0;
      values.push(at, ...(sized && held.length === 1 ? [bytes.length] : []));
    }
    return JSON.parse(
      engine!.ccall(
        name,
        "string",
        values.map(() => "number"),
        values,
      ),
    );
  } finally {
    held.forEach((at) => engine!._free(at));
  }
}

// A text ends at its first zero in C: there is none in what the engine reads.
const text = (name: string, ...values: string[]): any =>
  called(
    name,
    values.map((v) => encoder.encode(v.replaceAll("\0", "\ufffd"))),
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

const open = (bytes: Uint8Array, name: string): any => called("detente_open", [bytes, encoder.encode(name)], true);

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
