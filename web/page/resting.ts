// What a slider has no time for, once it rests: why, how sure, and what other models say. By an engine of its own.
import { drawnBands, rangeBands, type Bands } from "./bands.ts";
import type { Answerer } from "./engine/answerer.ts";
import { Cancelled } from "./engine/client.ts";
import { Others } from "./engine/others.ts";
import type { Outcome } from "./engine/types.ts";
import { configurationOf, type Model } from "./model/options.ts";
import type { Facts } from "./model/outcome.ts";
import type { Scenario } from "./model/scenario.ts";
import type { Setting } from "./model/study.ts";
import { ownOf, readingOf, type Choice, type Reading, type Variant } from "./model/variants.ts";

/** What is looked at more closely. */
export interface Look {
  scenario: Scenario;
  setting: Setting;
  facts: Facts;
  /** Too many regions for what takes long. */
  large: boolean;
  /** The answer as the slider has it. */
  outcome: Outcome;
  /** What the engine is asked for the scenario, less what is named. */
  asked(without: string[]): unknown;
  choice: Choice;
  models: Model[];
  variants: Variant[];
}

export class Resting {
  bands: Bands | undefined;
  /** The scenario's answer with its decomposition. */
  detail: Outcome | undefined;
  drawing = false;
  /** The scenario under other models and options, as far as they have answered. */
  readonly others = new Others<Reading>();

  /** `tell` hears of what has changed. */
  constructor(
    private readonly by: Answerer,
    private readonly tell: (what: "detail" | "bands" | "models") => void,
  ) {}

  /** Another question stands on the page. */
  about(question: string): void {
    this.bands = this.detail = undefined;
    if (this.drawing) this.by.client.cancel();
    this.drawing = false;
    this.others.about(question);
  }

  /** Another economy or model is open. */
  forget(): void {
    this.bands = this.detail = undefined;
    this.drawing = false;
    this.by.client.cancel();
    this.by.forget();
  }

  /** `around`: other models are asked as well. */
  async look(question: Look, around: boolean): Promise<void> {
    const { still } = this.others;
    await this.closely(question, still);
    if (still() && around) await this.around(question, still);
  }

  private async closely(question: Look, still: () => boolean): Promise<void> {
    const { by } = this,
      { large, scenario, setting } = question;
    try {
      await by.prepared();
      if (!still()) return;
      if (!large) {
        await by.configured();
        if (!still()) return;
        const { answer } = await by.client.call<Outcome>("solve", question.asked([]));
        if (!still()) return;
        this.detail = answer;
      } else if (question.choice.horizon === "short") return; // nothing that is published says how sure
      this.drawing = true;
      this.tell("detail");
      this.tell("bands");
      const bands = await (large
        ? rangeBands(by, setting, question.asked(["parts", "trade"]), question.outcome)
        : drawnBands(by, setting, scenario));
      if (still()) this.bands = bands;
    } catch {
      // An economy without precisions has no bands, and a newer question ends an older one.
      if (still()) this.bands = undefined;
    } finally {
      if (still()) {
        this.drawing = false;
        this.tell("bands");
      }
    }
  }

  // Last of all: one model after the other, between two of which a newer question goes first.
  private async around(question: Look, still: () => boolean): Promise<void> {
    const { by, others } = this,
      { facts, variants, models, choice } = question,
      asked = question.asked(question.large ? ["parts", "trade"] : ["trade"]);
    const own = ownOf(variants, choice, models);
    if (own) others.keep(own.key, readingOf(facts, this.detail ?? question.outcome));
    const solve = async (variant: Variant, wanted: () => boolean): Promise<Reading> => {
      await by.prepared();
      if (!wanted()) throw new Cancelled();
      await by.client.configure(configurationOf(variant));
      if (!wanted()) throw new Cancelled();
      return readingOf(facts, (await by.client.call<Outcome>("solve", asked)).answer);
    };
    await others.answer(variants, solve, () => this.tell("models"));
    if (still()) await by.configured().catch(() => {});
  }
}
