// The page's side of the engine: promises for calls, progress, and cancelling by ending the worker and opening another.
// A call is posted before anything else can happen: calls are answered in the order in which they were made.
import type { Call, Configuration, Progress, Reply } from "./types.ts";

/** The part of a Worker that is used, so that a test can bring its own. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: { data: Reply }) => void) | null;
  onerror?: ((event: any) => void) | null;
}

/** An answer that will never come because the reader asked for something else. */
export class Cancelled extends Error {
  constructor() {
    super("cancelled");
    this.name = "Cancelled";
  }
}

/** The worker ended by itself: what was asked may be asked again of another. */
export class EngineStopped extends Error {}

interface Waiting {
  done(answer: any): void;
  failed(reason: unknown): void;
  progress?: (at: Progress) => void;
}

export interface Answer<T> {
  answer: T;
  milliseconds: number;
}

type Body = Call extends infer C ? (C extends Call ? Omit<C, "id"> : never) : never;

export class EngineClient {
  private worker: WorkerLike | undefined;
  /** What is posted when the engine's module has come. */
  private held: { id: number }[] | undefined;
  /** Done when a worker is as the one before it was. */
  private begun: Promise<unknown> = Promise.resolve();
  private waiting = new Map<number, Waiting>();
  private last = 0;
  private opened: { bytes: Uint8Array; name: string } | undefined;
  private readonly sources = new Map<string, string>();
  private configuration: Configuration | undefined;

  /** `module` is compiled once for all workers. `threads` are for an engine that has them. */
  constructor(
    private readonly module: Promise<WebAssembly.Module>,
    private readonly makeWorker: () => WorkerLike,
    private readonly threads = 1,
  ) {}

  /** Opens an economy in the compact format. A worker that follows a cancelled one opens it again. */
  async open(bytes: Uint8Array, name: string): Promise<any> {
    const opened = (this.opened = { bytes, name });
    this.configuration = undefined;
    if (!this.worker) this.start(false);
    try {
      return (await this.post({ call: "open", bytes, name })).answer;
    } catch (reason) {
      if (!(reason instanceof Cancelled) && this.opened === opened) this.opened = undefined;
      throw reason;
    }
  }

  /** The economy that the next call is about. */
  get economy(): string | undefined {
    return this.opened?.name;
  }

  /** A file that a study may name: schedules, ledgers, sets of elasticities. */
  async source(name: string, text: string): Promise<void> {
    if (this.sources.get(name) === text) return;
    this.sources.set(name, text);
    if (this.worker) await this.post({ call: "source", name, text });
  }

  async configure(configuration: Configuration): Promise<any> {
    if (!this.worker) this.start(true);
    const before = this.configuration;
    this.configuration = configuration;
    try {
      return (await this.post({ call: "configure", argument: configuration })).answer;
    } catch (reason) {
      // What was refused changed nothing; a worker to come is not asked for it again.
      if (!(reason instanceof Cancelled) && this.configuration === configuration) this.configuration = before;
      throw reason;
    }
  }

  /** What the engine was last asked to be, and did not refuse. */
  get configured(): Configuration | undefined {
    return this.configuration;
  }

  async call<T = any>(
    call: "solve" | "war" | "best" | "run",
    argument: unknown,
    progress?: (at: Progress) => void,
  ): Promise<Answer<T>> {
    if (!this.worker) this.start(true);
    return this.post({ call, argument }, progress);
  }

  async models(): Promise<any[]> {
    if (!this.worker) this.start(true);
    return (await this.post({ call: "models" })).answer;
  }

  /** Ends whatever is being computed; those who wait for it get `Cancelled`. The next call starts another worker. */
  cancel(): void {
    this.end(new Cancelled());
  }

  private end(reason: unknown): void {
    this.worker?.terminate();
    this.worker = this.held = undefined;
    const left = [...this.waiting.values()];
    this.waiting.clear();
    left.forEach((w) => w.failed(reason));
  }

  private start(again: boolean): void {
    const worker = (this.worker = this.makeWorker());
    worker.onmessage = ({ data }) => this.hear(data);
    const stopped = (reason: unknown) => {
      if (this.worker === worker) this.end(reason);
    };
    worker.onerror = (event) => stopped(new EngineStopped(event?.message || "the engine stopped"));
    this.held = [];
    this.begun = Promise.resolve();
    // Posted together: the worker answers in order, and what follows waits behind them.
    const steps: Promise<unknown>[] = [];
    for (const [name, text] of this.sources) steps.push(this.post({ call: "source", name, text }));
    if (again && this.opened) steps.push(this.post({ call: "open", ...this.opened }));
    if (again && this.configuration) steps.push(this.post({ call: "configure", argument: this.configuration }));
    const begun = new Promise((done, failed) => {
      this.waiting.set(++this.last, { done, failed });
    });
    const id = this.last;
    this.module.then((module) => {
      if (this.worker !== worker) return;
      worker.postMessage({ id, call: "start", module, threads: this.threads });
      for (const message of this.held ?? []) worker.postMessage(message);
      this.held = undefined;
    }, stopped);
    this.begun = Promise.all([begun, ...steps]);
    this.begun.catch(() => {}); // whoever asked hears of it
  }

  private async post(body: Body, progress?: (at: Progress) => void): Promise<Answer<any>> {
    const id = ++this.last;
    const answer = new Promise<Answer<any>>((done, failed) => {
      this.waiting.set(id, { done, failed, progress });
    });
    const message = { id, ...body };
    if (this.held) this.held.push(message);
    else this.worker!.postMessage(message);
    return (await Promise.all([answer, this.begun]))[0];
  }

  private hear(reply: Reply): void {
    const waiting = this.waiting.get(reply.id);
    if (!waiting) return;
    if ("progress" in reply) {
      waiting.progress?.(reply.progress);
      return;
    }
    this.waiting.delete(reply.id);
    if ("error" in reply) waiting.failed(new Error(reply.error));
    else waiting.done({ answer: reply.answer, milliseconds: reply.milliseconds });
  }
}
