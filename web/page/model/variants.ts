// The short list of other models and options under which the page answers a scenario again (docs/page.md says why these),
// and what it reads out of the answers.
import { known } from "../../report/numbers.js";
import type { Outcome } from "../engine/types.ts";
import { startOf, type Model, type Option, type Options, type Value } from "./options.ts";
import { welfareOf, worldDollars, type Facts } from "./outcome.ts";

/** What a reader could choose under "Economy and model", as the page's state has it. */
export interface Choice {
  model: string;
  options?: Options;
  horizon?: string;
  elasticities?: string;
}

export interface Variant extends Choice {
  /** Its words are `variant_KEY` in texts_models.ts. */
  key: string;
}

// Each changes one thing against the first of its list, with what belongs to it; scale economies come with the set before
// them. Another model is as it stands.
const lists: Record<string, Variant[]> = {
  "us-china-2017": [
    { key: "inputs", model: "ricardian" },
    { key: "long", model: "ricardian", horizon: "long" },
    { key: "uniform", model: "ricardian", elasticities: "uniform" },
    { key: "products", model: "ricardian", elasticities: "fontagne-guimbard-orefice" },
    { key: "firms", model: "ricardian", elasticities: "lashkaripour-lugovskyy" },
    {
      key: "scale",
      model: "ricardian",
      options: { scale_economies: true },
      elasticities: "lashkaripour-lugovskyy",
    },
    { key: "balanced", model: "ricardian", options: { closure: "balanced" } },
    { key: "employment", model: "ricardian", options: { labour_supply: 0.5 } },
    { key: "tax", model: "ricardian", options: { labour_supply: 0.5, revenue: "income_tax" } },
    { key: "krugman", model: "krugman" },
    { key: "melitz", model: "melitz" },
  ],
  "world-2023": [
    { key: "world", model: "melitz" },
    { key: "world_tax", model: "melitz", options: { revenue: "income_tax" } },
    { key: "world_employment", model: "melitz", options: { labour_supply: 0 } },
    { key: "world_balanced", model: "melitz", options: { closure: "balanced" } },
    { key: "world_low", model: "melitz", options: { trade_elasticity: 2.8 } },
    { key: "world_high", model: "melitz", options: { trade_elasticity: 4.5 } },
    { key: "world_pass", model: "melitz", options: { pass_through: 0.25 } },
    { key: "world_nobody", model: "melitz", options: { marketing_labour: "none" } },
    { key: "world_inputs", model: "ricardian" },
    { key: "world_krugman", model: "krugman" },
  ],
};

function takes(option: Option | undefined, value: Value): boolean {
  if (!option) return false;
  if (option.kind === "number")
    return typeof value === "number" && value >= (option.low ?? -Infinity) && value <= (option.high ?? Infinity);
  return option.kind === "flag"
    ? typeof value === "boolean"
    : !option.choices || option.choices.includes(String(value));
}

/**
 * The list of an economy: what the engine's table and the published sets beside the page have of it. An economy without a
 * list of its own is asked under every model of the table.
 */
export function variantsOf(economy: string, models: Model[], sets: string[]): Variant[] {
  const list: Variant[] = lists[economy] ?? models.map(({ name }) => ({ key: name, model: name }));
  return list.filter(({ model, options, elasticities }) => {
    const row = models.find((m) => m.name === model);
    const options_ = Object.entries(options ?? {});
    return (
      row !== undefined &&
      options_.every(([name, value]) =>
        takes(
          row.options.find((o) => o.name === name),
          value,
        ),
      ) &&
      (elasticities === undefined || sets.includes(elasticities))
    );
  });
}

/** True where both are the same to the engine: an option that is set to where it starts is none. */
export function sameChoice(a: Choice, b: Choice, models: Model[]): boolean {
  const table = models.find((m) => m.name === a.model)?.options ?? [];
  const at = (c: Choice, o: Option) => c.options?.[o.name] ?? startOf(c.model, o);
  return (
    a.model === b.model &&
    (a.horizon ?? "") === (b.horizon ?? "") &&
    (a.elasticities ?? "") === (b.elasticities ?? "") &&
    table.every((o) => at(a, o) === at(b, o))
  );
}

/** The variant that the page itself stands on, if the list has it. */
export const ownOf = (list: Variant[], page: Choice, models: Model[]): Variant | undefined =>
  list.find((v) => sameChoice(v, page, models));

/** What is kept of an answer, by region in percent; `world` in dollars a year, where the economy is in money. */
export interface Reading {
  welfare: Record<string, number>;
  /** Of models whose welfare is taken apart. */
  terms?: Record<string, number>;
  world?: number;
}

export function readingOf(facts: Facts, outcome: Outcome): Reading {
  const { regions } = facts.economy;
  const by = (value: (region: string) => number | undefined) => {
    const all = regions.flatMap((r) => (known(value(r)) ? [[r, value(r)!] as const] : []));
    return all.length ? Object.fromEntries(all) : undefined;
  };
  return {
    welfare: by((r) => welfareOf(outcome, r)) ?? {},
    terms: by((r) => outcome.regions[r]?.decomposition?.terms_of_trade_percent),
    world: facts.factor ? worldDollars(facts, outcome) : undefined,
  };
}

export type Measure = "welfare" | "terms";

/** What a region comes to over several answers; `turns` where its sign is not the same in all that move it. */
export interface Span {
  region: string;
  low: number;
  high: number;
  turns: boolean;
}

const still = 5e-5; // what the page prints as zero

export function spansOf(readings: Reading[], regions: string[], measure: Measure = "welfare"): Span[] {
  return regions.flatMap((region) => {
    const values = readings.map((r) => r[measure]?.[region]).filter(known);
    if (!values.length) return [];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return [{ region, low, high, turns: low <= -still && high >= still }];
  });
}
