// The slider's engine with an economy open in it under a model. What is open is one thing: its bytes, its names, its base.
import { economyBytes, sourcesOf } from "../files.ts";
import { configurationOf, type Model } from "../model/options.ts";
import { factsOf, type Facts } from "../model/outcome.ts";
import type { EngineClient } from "./client.ts";
import type { Configured, Economy, Outcome } from "./types.ts";

export interface Opened {
  economy: string;
  bytes: Uint8Array;
  facts: Facts;
  /** The economy as observed, under the model. */
  base: Outcome | undefined;
  assumptions: string[];
  /** Whether the model counts as income what others count as sales. */
  salesAreIncome: boolean;
  /** The elasticities that the engine took: words, set and horizon by name, mean; empty where the economy has none. */
  taken: NonNullable<Configured["elasticities"]>;
  /** The models of the engine's table. */
  models: Model[];
}

/** What is to be opened: a state of the page, or a pin's model. */
export interface Wanted {
  economy: string;
  model: string;
  options?: Record<string, string | number | boolean>;
  horizon?: string;
  elasticities?: string;
}

const setFile = (name: string) => `elasticities/${name}.csv`;

export class Opener {
  private readonly facts = new Map<string, Facts>();
  private models: Promise<Model[]> | undefined;
  /** What was asked of the engine last, and what it says. */
  private last: { key: string; opened: Promise<Opened> } | undefined;

  constructor(private readonly engine: EngineClient) {}

  /** The files that it takes to open what is wanted: fetched before the engine is asked for anything. */
  async fetched({ economy, elasticities }: Wanted): Promise<Files> {
    const [bytes, sources] = await Promise.all([economyBytes(economy), elasticities ? sourcesOf() : undefined]);
    return { bytes, set: elasticities && sources?.[setFile(elasticities)] };
  }

  /** A set of elasticities for the engine, which has none but those that a reader asks for. */
  async bring(set: string): Promise<void> {
    const text = (await sourcesOf())[setFile(set)];
    if (text) await this.engine.source(setFile(set), text);
  }

  /**
   * Opens what is wanted. All calls are posted at once, so that of two openings the later is what stays; the engine that
   * is as it is wanted already is not asked.
   */
  open(wanted: Wanted, files: Files): Promise<Opened> {
    const key = JSON.stringify([wanted.economy, configurationOf(wanted)]);
    if (this.last?.key === key) return this.last.opened;
    const opened = this.post(wanted, files);
    const last = (this.last = { key, opened });
    opened.catch(() => {
      if (this.last === last) this.last = undefined;
    });
    return opened;
  }

  private async post(wanted: Wanted, { bytes, set }: Files): Promise<Opened> {
    const { engine } = this,
      { economy } = wanted;
    const again = engine.economy === economy && this.facts.has(economy);
    const described: Promise<Facts> = again
      ? Promise.resolve(this.facts.get(economy)!)
      : engine.open(bytes, economy).then((found: Omit<Economy, "name">) => factsOf({ ...found, name: economy }));
    const brought = set === undefined ? undefined : engine.source(setFile(wanted.elasticities!), set);
    const configured: Promise<Configured> = engine.configure(configurationOf(wanted));
    const models = (this.models ??= engine.models());
    models.catch(() => (this.models = undefined));
    const [facts, { base, assumptions = [], sales_are_income: salesAreIncome = false, elasticities: taken = {} }] =
      await Promise.all([described, configured, brought]);
    this.facts.set(economy, facts);
    return { economy, bytes, facts, base, assumptions, salesAreIncome, taken, models: await models.catch(() => []) };
  }
}

export interface Files {
  bytes: Uint8Array;
  /** The text of a set of elasticities. */
  set?: string;
}
