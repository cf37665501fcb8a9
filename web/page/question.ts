// A longer question of one part of the page, and its answer: both stay while the page is laid out anew.
import { Cancelled } from "./engine/client.ts";
import type { Run, Runs } from "./engine/runs.ts";
import type { Progress } from "./engine/types.ts";

export interface Asked {
  /** The text of a study, and its name. */
  text: string;
  name: string;
  /** What the part itself wants to know of it later. */
  note?: unknown;
}

export interface Answered extends Asked {
  results: any;
  seconds: number;
}

export class Question {
  state: "nothing" | "working" | "answered" | "cancelled" | "failed" = "nothing";
  asked: Asked | undefined;
  /** The last answer that came; of an earlier question where the one that was asked last failed. */
  answer: Answered | undefined;
  reason = "";
  /** Whether another is being computed before it. */
  waits = false;
  progress: Progress | undefined;
  /** Hears of every change: whoever shows it. */
  changed: () => void = () => {};
  /** What `ask` gives, of what was asked last. */
  current: Promise<Answered | undefined> = Promise.resolve(undefined);
  private run: Run | undefined;

  constructor(private readonly runs: Runs) {}

  /** Ends what was asked before. The answer; undefined where it was cancelled, failed, or something else was asked. */
  ask(asked: Asked): Promise<Answered | undefined> {
    return (this.current = this.begin(asked));
  }

  private async begin(asked: Asked): Promise<Answered | undefined> {
    this.run?.end();
    this.asked = asked;
    const began = performance.now();
    const mine = (): boolean => this.run === run;
    const run = this.runs.start(
      asked.text,
      asked.name,
      () => mine() && this.set({ waits: false }),
      (progress) => mine() && this.set({ progress }),
    );
    this.run = run;
    this.set({ state: "working", waits: run.waits, progress: undefined });
    try {
      const results = await run.results;
      if (!mine()) return undefined;
      this.run = undefined;
      const answer = { ...asked, results, seconds: (performance.now() - began) / 1000 };
      this.set({ state: "answered", answer });
      return answer;
    } catch (reason) {
      if (!mine()) return undefined;
      this.run = undefined;
      if (reason instanceof Cancelled) this.set({ state: "cancelled" });
      else this.set({ state: "failed", reason: (reason as Error).message });
      return undefined;
    }
  }

  /** Ends it, for the reader's sake. */
  end(): void {
    this.run?.end();
  }

  /** As if nothing had been asked. */
  forget(): void {
    this.run?.end();
    this.run = this.asked = this.answer = undefined;
    this.set({ state: "nothing" });
  }

  private set(patch: Partial<Pick<Question, "state" | "waits" | "progress" | "answer" | "reason">>): void {
    Object.assign(this, patch);
    this.changed();
  }
}
