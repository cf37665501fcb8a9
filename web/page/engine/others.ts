// One scenario under other models, one after the other, until a newer question comes.
import { Cancelled } from "./client.ts";

/** What a model said, or why it refused. */
export type Answer<Reading> = { reading: Reading } | { refused: string };

export class Others<Reading> {
  private answers = new Map<string, Answer<Reading>>();
  private question = "";
  private turn = 0;

  /** What follows is about `question`: answers to another are forgotten, and what is under way ends before its next model. */
  about(question: string): void {
    ++this.turn;
    if (question !== this.question) this.answers.clear();
    this.question = question;
  }

  of(key: string): Answer<Reading> | undefined {
    return this.answers.get(key);
  }

  keep(key: string, reading: Reading): void {
    this.answers.set(key, { reading });
  }

  /** True until a newer question comes. */
  get still(): () => boolean {
    const { turn } = this;
    return () => turn === this.turn;
  }

  /** Answers what has no answer yet. `solve` is told how to know whether its answer is still wanted. */
  async answer<Asked extends { key: string }>(
    list: Asked[],
    solve: (asked: Asked, still: () => boolean) => Promise<Reading>,
    told: () => void,
  ): Promise<void> {
    const { still } = this;
    for (const asked of list) {
      if (this.answers.has(asked.key)) continue;
      let answer: Answer<Reading>;
      try {
        answer = { reading: await solve(asked, still) };
      } catch (reason) {
        if (reason instanceof Cancelled) return;
        answer = { refused: (reason as Error).message };
      }
      if (!still()) return;
      this.answers.set(asked.key, answer);
      told();
    }
  }
}
