// The headline: who loses most and who gains most, among economies of some size, and whether that is sure.
import { known } from "../../report/numbers.js";
import type { App } from "../app.ts";
import { dollars, joined, percent, regionInText, shortName, signed, t } from "../language.ts";
import { extremesOf, welfareOf, worldDollars } from "../model/outcome.ts";
import { Compared } from "./compared.ts";

// The extremes of many are those of the smallest, whose data are the poorest: the headline is of the largest.
export const largest = 40;
const mostOpen = 3; // regions of unsure sign that are named

/** Whom the headline is about: all of few; of many the largest, and those that the reader works with. */
export function candidates(app: App): { regions: string[]; scope?: string } {
  const { bySize } = app.facts;
  if (bySize.length <= largest) return { regions: bySize };
  const big = bySize.slice(0, largest),
    more = [...new Set(app.parties)].filter((r) => !big.includes(r));
  return {
    regions: [...big, ...more],
    scope: more.length
      ? t("scope_largest_and", { n: largest, more: joined(more.map(regionInText)) })
      : t("scope_largest", { n: largest }),
  };
}

export const points = (v: number | undefined): string => (known(v) ? t("points_value", { v: signed(v) }) : "–");

/** Whom the headline speaks of. */
export function extremes(app: App) {
  const compared = new Compared(app),
    { regions, scope } = candidates(app);
  const value = (r: string) => compared.value((s) => welfareOf(s.outcome, r));
  return { ...extremesOf(regions, value), regions, scope, value, against: compared.against, compared };
}

// The band of a region where that holds zero.
function openBand(app: App, region: string): { p05: number; p95: number } | undefined {
  const { p05, p95 } = app.bands?.regions[region]?.welfare_percent ?? {};
  return known(p05) && known(p95) && p05 * p95 <= 0 ? { p05, p95 } : undefined;
}

function sureness(app: App, region: string, value: number): string {
  const band = openBand(app, region),
    said = percent(value);
  return band ? t("headline_unsure", { value: said, low: percent(band.p05), high: percent(band.p95) }) : said;
}

// Of those whom the headline speaks of, the ones whose sign is not sure; `banded` are named with their band already.
function withOpen(app: App, headline: string, spoken: string[], banded: string[]): string {
  const open = spoken.filter((r) => !banded.includes(r) && openBand(app, r)),
    more = open.length - mostOpen;
  if (!open.length) return headline;
  const shown = open.slice(0, mostOpen).map(regionInText);
  return t("headline_open", {
    headline,
    regions: joined(more > 0 ? [...shown, t("headline_open_more", { n: more })] : shown),
  });
}

// What does not show in print is neither a gain nor a loss.
function kindOf(low: number, high: number) {
  const shows = (v: number) => percent(Math.abs(v)) !== percent(0);
  if (!shows(high) && shows(low)) return "falls";
  if (!shows(low) && shows(high)) return "rises";
  return high <= 0 ? "all_lose" : low >= 0 ? "all_win" : "mixed";
}

/** The headline, and a line about the world as a whole. */
export function headlineOf(app: App): { headline: string; world: string } {
  const { best, worst, moved, regions, scope, value, against, compared } = extremes(app),
    { facts, now } = app;
  const title = against ? compared.titleOf(against) : "";
  if (!moved || !best || !worst) {
    if (against) return { headline: t("headline_against_none", { title }), world: "" };
    return { headline: scope ? t("headline_among_none", { scope }) : t("headline_none"), world: "" };
  }
  const [high, low] = [value(best)!, value(worst)!];
  const said = (r: string, v: number) => (against ? points(v) : sureness(app, r, v));
  // Those whose numbers are the same in print: none of them is the one.
  const print = (v: number) => (against ? points(v) : percent(v)),
    alike = (end: string) => {
      const same = regions.filter((r) => known(value(r)) && print(value(r)!) === print(value(end)!));
      return [end, ...same.filter((r) => r !== end)];
    };
  const [bests, worsts] = [alike(best), alike(worst)];
  const words = {
    best: joined(bests.map(regionInText)),
    best_value: said(best, high),
    worst: joined(worsts.map(regionInText)),
    worst_value: said(worst, low),
    scope: scope ?? "",
    title,
  };
  const kind = kindOf(low, high);
  const point = against
    ? t("headline_against", words)
    : t(scope ? (`headline_among_${kind}` as const) : (`headline_${kind}` as const), words);
  const ends = { mixed: [...worsts, ...bests], falls: worsts, rises: bests, all_lose: regions, all_win: regions },
    spoken = ends[kind],
    banded = kind === "mixed" ? [worst, best] : [kind === "all_lose" || kind === "falls" ? worst : best];
  const headline = against ? point : withOpen(app, point, spoken, banded);
  if (!facts.factor) return { headline, world: "" };
  const world = worldDollars(facts, now!.outcome) - (against ? worldDollars(facts, against.outcome) : 0);
  return {
    headline,
    world: against
      ? t(world < 0 ? "headline_world_less" : "headline_world_more", { value: dollars(Math.abs(world), false), title })
      : t("headline_world", { value: dollars(world) }),
  };
}

/** The same in a few words, for a phone. */
export function gistOf(app: App): string {
  const { best, worst, value, against } = extremes(app);
  if (!best || !worst) return "";
  const said = (r: string) => (against ? points(value(r)) : percent(value(r)));
  return t("gist", {
    worst: shortName(worst),
    worst_value: said(worst),
    best: shortName(best),
    best_value: said(best),
  });
}
