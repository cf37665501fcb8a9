// Longer answers, one after the other in the order in which they were asked for: none ends another.
import type { Answerer } from "./answerer.ts";
import { Cancelled } from "./client.ts";
import type { Progress } from "./types.ts";

export interface Run {
  /** The results; `Cancelled` where it was ended. */
  results: Promise<any>;
  /** Whether another is being computed before it. */
  waits: boolean;
  /** Ends this one, whether it is being computed or waits for its turn. */
  end(): void;
}

export class Runs {
  private before: Promise<unknown> = Promise.resolve();
  private left = 0;

  constructor(private readonly by: Answerer) {}

  /** `begun` is told when the study's turn has come. */
  start(study: string, name: string, begun: () => void, progress: (at: Progress) => void): Run {
    let stop = (_reason: unknown) => {},
      ended = false,
      running = false;
    const stopped = new Promise<never>((_, failed) => (stop = failed));
    const waits = this.left++ > 0;
    const answer = this.before.then(async () => {
      if (ended) throw new Cancelled();
      running = true;
      begun();
      return this.by.run(study, name, progress, () => !ended);
    });
    const over = () => {
      running = false;
      --this.left;
    };
    this.before = answer.then(over, over);
    const end = () => {
      ended = true;
      stop(new Cancelled());
      // An idle engine stays, open and warm.
      if (running) this.by.client.cancel();
    };
    return { results: Promise.race([answer, stopped]), waits, end };
  }
}
