// What the page reads out of an answer of the engine, whatever the model leaves out.
import { known } from "../../report/numbers.js";
import type { Economy, Outcome } from "../engine/types.ts";
import { factorOf } from "../language.ts";
import { peopleOf } from "./areas.ts";

/** Numbers of an economy that every chart needs, worked out once. */
export interface Facts {
  economy: Economy;
  /** Dollars for each unit of the economy's money. */
  factor: number;
  people: Map<string, number>;
  /** Regions from the largest to the smallest. */
  bySize: string[];
}

export function factsOf(economy: Economy): Facts {
  const added = economy.value_added;
  // What is left of the world is no country, however large: it stands last.
  const rest = (r: string) => r === "ROW" || r === "REST";
  const size = (r: string) => (rest(r) ? -1 : added ? (added[economy.regions.indexOf(r)] ?? 0) : 0);
  return {
    economy,
    factor: factorOf(economy.unit),
    people: peopleOf(economy.regions),
    bySize: added ? [...economy.regions].sort((a, b) => size(b) - size(a)) : economy.regions,
  };
}

const of = (outcome: Outcome | undefined, region: string, key: string): number | undefined => {
  const value = outcome?.regions[region]?.[key];
  return known(value) ? value : undefined;
};

export const welfareOf = (outcome: Outcome | undefined, region: string) => of(outcome, region, "welfare_percent");

export const realWageOf = (outcome: Outcome | undefined, region: string) => of(outcome, region, "real_wage_percent");

/** Absent where the model has no choice of how much is worked. */
export const employmentOf = (outcome: Outcome | undefined, region: string) => of(outcome, region, "employment_percent");

/** The change of real income in dollars a year. */
export const dollarsOf = (facts: Facts, outcome: Outcome | undefined, region: string): number | undefined => {
  const ev = of(outcome, region, "ev");
  return ev === undefined ? undefined : ev * facts.factor;
};

export function dollarsForEach(facts: Facts, outcome: Outcome | undefined, region: string): number | undefined {
  const total = dollarsOf(facts, outcome, region),
    people = facts.people.get(region);
  return total === undefined || !people ? undefined : total / people;
}

export const worldDollars = (facts: Facts, outcome: Outcome): number =>
  facts.economy.regions.reduce((sum, r) => sum + (dollarsOf(facts, outcome, r) ?? 0), 0);

export const revenueOf = (facts: Facts, outcome: Outcome | undefined, region: string): number | undefined => {
  const revenue = of(outcome, region, "tariff_revenue");
  return revenue === undefined ? undefined : revenue * facts.factor;
};

/** Trade between regions, exporter by importer, in the economy's money. */
export interface Trade {
  now: number[][];
  base: number[][];
}

/** `base` is what the results have at `base`: the economy as observed. */
export function tradeOf(base: Outcome | undefined, outcome: Outcome | undefined): Trade | undefined {
  return outcome?.trade && base?.trade ? { now: outcome.trade, base: base.trade } : undefined;
}

export interface Flow {
  exporter: string;
  importer: string;
  base: number;
  now: number;
}

const moving = new WeakMap<number[][], Flow[]>(); // a chart asks several times

/** The flows between regions that move most, in dollars, the largest change first. */
export function movingFlows(facts: Facts, trade: Trade, count: number): Flow[] {
  const kept = moving.get(trade.now);
  if (kept?.length === count) return kept;
  const { regions } = facts.economy;
  // 194 countries have 37,000 flows: only those that are among the largest so far become more than numbers.
  const top: { change: number; i: number; j: number }[] = [];
  trade.now.forEach((row, i) =>
    row.forEach((value, j) => {
      const change = Math.abs(value - trade.base[i][j]);
      if (i === j || !(change >= 0) || (top.length === count && change <= top[count - 1].change)) return;
      const at = top.findIndex((t) => t.change < change);
      top.splice(at < 0 ? top.length : at, 0, { change, i, j });
      if (top.length > count) top.pop();
    }),
  );
  const flows = top.map(({ i, j }) => ({
    exporter: regions[i],
    importer: regions[j],
    base: trade.base[i][j] * facts.factor,
    now: trade.now[i][j] * facts.factor,
  }));
  moving.set(trade.now, flows);
  return flows;
}

/** The change of what buyers of `region` pay, by sector, percent, in units of the model's numeraire. */
export function pricesOf(
  facts: Facts,
  outcome: Outcome | undefined,
  region: string,
): (number | undefined)[] | undefined {
  return outcome?.sectors?.price_percent[facts.economy.regions.indexOf(region)];
}

/** The same in hours of the region's own wage: whatever the numeraire is, the ratio of a price to a wage is the same. */
export function pricesInWork(
  facts: Facts,
  outcome: Outcome | undefined,
  region: string,
): (number | undefined)[] | undefined {
  const wage = of(outcome, region, "wage_hat");
  if (!wage) return undefined;
  return pricesOf(facts, outcome, region)?.map((p) => (known(p) ? 100 * ((1 + p / 100) / wage - 1) : undefined));
}

/** The regions that a chart shows: all of few, else the largest, and those that the reader works with. */
export function shownRegions(facts: Facts, most: number, always: string[]): string[] {
  const { bySize } = facts;
  if (bySize.length <= most + 5) return bySize;
  const chosen = new Set([...always.filter((r) => bySize.includes(r)), ...bySize]);
  const kept = new Set([...chosen].slice(0, most));
  return bySize.filter((r) => kept.has(r));
}

/** The least and the most of `value` among regions. */
export function extremesOf(
  regions: string[],
  value: (region: string) => number | undefined,
): { best?: string; worst?: string; moved: boolean } {
  const sorted = regions.filter((r) => known(value(r))).sort((a, b) => value(b)! - value(a)!);
  const still = (r: string | undefined) => r === undefined || Math.abs(value(r)!) < 5e-5;
  return { best: sorted[0], worst: sorted.at(-1), moved: !(still(sorted[0]) && still(sorted.at(-1))) };
}
