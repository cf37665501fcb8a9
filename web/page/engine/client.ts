// The page's side of the engine: promises for calls, progress, and cancelling by ending the worker and opening another.
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

interface Waiting {
  done(answer: any): void;
  failed(reason: Error): void;
  progress?: (at: Progress) => void;
}

export interface Answer<T> {
  answer: T;
  milliseconds: number;
}

type Body = Call extends infer C ? (C extends Call ? Omit<C, "id"> : never) : never;

export class EngineClient {
  private worker: WorkerLike | undefined;
  private waiting = new Map<number, Waiting>();
  private last = 0;
  private opened: { bytes: Uint8Array; name: string } | undefined;
  private sources: [string, string][] = [];
  private configuration: Configuration | undefined;

  /** `module` is compiled once for all workers. `threads` are for an engine that has them. */
  constructor(
    private readonly module: Promise<WebAssembly.Module>,
    private readonly makeWorker: () => WorkerLike,
    private readonly threads = 1,
  ) {}

  /** Opens an economy in the compact format. A worker that follows a cancelled one opens it again. */
  async open(bytes: Uint8Array, name: string): Promise<any> {
    this.opened = { bytes, name };
    this.configuration = undefined;
    if (!this.worker) await this.start(false);
    return (await this.post({ call: "open", bytes, name })).answer;
  }

  /** A file that a study may name: schedules, ledgers, sets of elasticities. */
  async source(name: string, text: string): Promise<void> {
    this.sources.push([name, text]);
    if (this.worker) await this.post({ call: "source", name, text });
  }

  async configure(configuration: Configuration): Promise<any> {
    const before = this.configuration;
    this.configuration = configuration;
    try {
      return (await this.call("configure", configuration)).answer;
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
    call: "configure" | "solve" | "war" | "best" | "run",
    argument: unknown,
    progress?: (at: Progress) => void,
  ): Promise<Answer<T>> {
    if (!this.worker) await this.start(true);
    return this.post({ call, argument }, progress);
  }

  async models(): Promise<any[]> {
    if (!this.worker) await this.start(true);
    return (await this.post({ call: "models" })).answer;
  }

  get busy(): boolean {
    return this.waiting.size > 0;
  }

  /** Ends whatever is being computed; those who wait for it get `Cancelled`. The next call starts another worker. */
  cancel(): void {
    this.worker?.terminate();
    this.worker = undefined;
    const left = [...this.waiting.values()];
    this.waiting.clear();
    left.forEach((w) => w.failed(new Cancelled()));
  }

  private async start(again: boolean): Promise<void> {
    const worker = this.makeWorker();
    this.worker = worker;
    worker.onmessage = ({ data }) => this.hear(data);
    worker.onerror = (event) => {
      const reason = new Error(event?.message || "the engine stopped");
      this.worker = undefined;
      const left = [...this.waiting.values()];
      this.waiting.clear();
      left.forEach((w) => w.failed(reason));
    };
    const module = await this.module;
    if (this.worker !== worker) throw new Cancelled();
    // Posted together: the worker answers in order, and what follows waits behind them.
    const steps = [this.post({ call: "start", module, threads: this.threads })];
    for (const [name, text] of this.sources) steps.push(this.post({ call: "source", name, text }));
    if (again && this.opened) steps.push(this.post({ call: "open", ...this.opened }));
    if (again && this.configuration) steps.push(this.post({ call: "configure", argument: this.configuration }));
    await Promise.all(steps);
  }

  private post(body: Body, progress?: (at: Progress) => void): Promise<Answer<any>> {
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { done: resolve, failed: reject, progress });
      this.worker!.postMessage({ id, ...body });
    });
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
