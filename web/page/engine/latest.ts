// The latest question wins: while one is being answered, only the newest of those that came since is kept, so that a
// drag never piles up.

export class Latest<Question, Answer> {
  private running = false;
  private next: { question: Question } | undefined;

  constructor(
    private readonly answer: (question: Question) => Promise<Answer>,
    private readonly show: (answer: Answer, question: Question) => void | Promise<void>,
    private readonly failed: (reason: unknown, question: Question) => void,
  ) {}

  /** True while something is being answered or waits for it. */
  get busy(): boolean {
    return this.running || this.next !== undefined;
  }

  ask(question: Question): void {
    this.next = { question };
    if (!this.running) void this.work();
  }

  private async work(): Promise<void> {
    this.running = true;
    while (this.next) {
      const { question } = this.next;
      this.next = undefined;
      try {
        await this.show(await this.answer(question), question);
      } catch (reason) {
        this.failed(reason, question);
      }
    }
    this.running = false;
  }
}
