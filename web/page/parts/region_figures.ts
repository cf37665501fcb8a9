// Figures with a bar for each region: welfare, real wages, employment, money, tariff revenue.
import { known } from "../../report/numbers.js";
import type { Solved } from "../app.ts";
import type { Bars } from "../charts/bars.ts";
import type { Spec } from "../charts/figure.ts";
import { dollars, number, regionName, sentences, signed, t } from "../language.ts";
import { populationYear } from "../model/areas.ts";
import { sameModel } from "../pins.ts";
import {
  dollarsForEach,
  dollarsOf,
  employmentOf,
  realWageOf,
  revenueOf,
  shownRegions,
  welfareOf,
} from "../model/outcome.ts";
import { modelApart } from "./compared.ts";
import type { OutcomePart } from "./outcome.ts";

const most = 20;
const collectors = 8;

/** The regions that a figure of bars shows. */
const few = (part: OutcomePart) => shownRegions(part.app.facts, most, part.app.parties);
const note = (part: OutcomePart) =>
  few(part).length < part.app.facts.economy.regions.length ? t("largest_shown", { n: few(part).length }) : "";

/** "2017", or nothing where an economy has no year. */
export const yearOf = (part: OutcomePart): string => String(part.app.facts.economy.year ?? "");

type Words = Pick<Bars, "axis" | "what" | "unit" | "format"> & Partial<Bars>;

function regionBars(
  part: OutcomePart,
  regions: string[],
  of: (s: Solved, r: string) => number | undefined,
  words: Words,
  band?: (r: string) => Bars["rows"][number]["band"],
): Bars {
  return {
    rows: regions.map((r) => ({
      name: regionName(r),
      keys: [r],
      values: part.compared.values((s) => of(s, r)),
      band: band?.(r),
    })),
    series: part.compared.series,
    ...words,
  };
}

const axisOf = (part: OutcomePart, what: string) => t("column_unit", { what, unit: part.compared.unit });

// A change in percent, of every region.
function percentFigure(
  part: OutcomePart,
  name: string,
  words: { title: string; what: string; caption(): string },
  of: (s: Solved, r: string) => number | undefined,
): Spec {
  const bars = (regions: string[]) =>
    regionBars(part, regions, of, {
      axis: axisOf(part, words.what),
      what: words.what,
      unit: part.compared.unit,
      format: signed,
    });
  return part.barSpec(
    name,
    { title: () => words.title, caption: () => sentences(words.caption(), part.compared.said, note(part)) },
    () => bars(few(part)),
    () => bars(part.app.facts.economy.regions),
  );
}

// The two ends of a band in words: what they are of.
function bandEnds(part: OutcomePart): [string, string] | undefined {
  const { bands } = part.app;
  if (!bands) return undefined;
  const ends = [t("band_low"), t("band_high")];
  const said = bands.between
    ? (end: string) =>
        t("band_span", {
          end,
          low: number(bands.between![0], { digits: 1 }),
          high: number(bands.between![1], { digits: 1 }),
        })
    : (end: string) => t("band_draws", { end, n: bands.draws! });
  return ends.map(said) as [string, string];
}

function bandsSaid(part: OutcomePart, saved = false): string {
  const { bands, drawingBands, draws, large, pinned, now } = part.app;
  if (!bands && drawingBands) return saved ? "" : t("bands_coming");
  if (!bands) return draws || large ? "" : t("set_unsure");
  if (part.compared.differs) return t("bands_none");
  const [low, high] = (bands.between ?? []).map((v) => number(v, { digits: 1 }));
  return sentences(
    bands.between ? t("bands_between", { low, high }) : t("bands_caption", { n: bands.draws! }),
    pinned.length ? t("bands_of", { title: now?.title ?? t("now") }) : "",
  );
}

/** With how sure it is: bands of the present scenario. */
export function welfareFigure(part: OutcomePart): Spec {
  const { app, compared } = part;
  const band = (r: string) => (compared.differs ? undefined : app.bands?.regions[r]?.welfare_percent);
  const bars = (regions: string[]) =>
    regionBars(
      part,
      regions,
      (s, r) => welfareOf(s.outcome, r),
      {
        axis: axisOf(part, t("welfare_what")),
        what: t("welfare_what"),
        unit: compared.unit,
        format: signed,
        ends: bandEnds(part),
      },
      band,
    );
  const caption = () => t(part.labourSupply ? "welfare_caption_work" : "welfare_caption");
  const spec = part.barSpec(
    "welfare",
    {
      title: () => t("welfare"),
      caption: (saved) => sentences(caption(), compared.said, bandsSaid(part, saved), note(part)),
    },
    () => bars(few(part)),
    () => bars(app.facts.economy.regions),
  );
  return { ...spec, banded: true };
}

export const wagesFigure = (part: OutcomePart): Spec =>
  percentFigure(
    part,
    "real-wages",
    { title: t("wages"), what: t("wages_what"), caption: () => t("wages_caption") },
    (s, r) => realWageOf(s.outcome, r),
  );

/** Where the model lets employment answer to wages. */
export const employmentFigure = (part: OutcomePart): Spec =>
  percentFigure(
    part,
    "employment",
    { title: t("employment"), what: t("employment_what"), caption: () => t("employment_caption") },
    (s, r) => (part.labourSupply ? employmentOf(s.outcome, r) : undefined),
  );

/** For each person where people are known, else in all. */
export function moneyFigure(part: OutcomePart): Spec {
  const { facts } = part.app,
    forEach = facts.people.size > 0 && facts.factor > 0,
    year = yearOf(part),
    people = String(populationYear);
  const unit = forEach
    ? t("unit_person", { year, people })
    : t("unit_money", { unit: `${facts.economy.unit} (${year})` });
  const bars = (regions: string[]) =>
    regionBars(
      part,
      regions,
      (s, r) => (forEach ? dollarsForEach(facts, s.outcome, r) : dollarsOf(facts, s.outcome, r)),
      {
        axis: forEach ? t("money_person_axis", { year }) : unit,
        what: t("money_what"),
        unit,
        format: (v) => dollars(v),
      },
    );
  const counted = () => (forEach ? few(part).filter((r) => facts.people.has(r)) : few(part));
  const blank = facts.economy.regions.length - facts.people.size;
  const sales = part.app.salesAreIncome ? t("money_of_sales") : "";
  const caption = () =>
    forEach
      ? sentences(
          t("money_person_caption", { year, people }),
          sales,
          year === people ? "" : t("money_years_apart", { year, people }),
          part.compared.said,
          note(part),
          blank > 0 ? t("money_blank", { n: blank }) : "",
        )
      : sentences(t("money_caption"), sales, part.compared.said, note(part));
  return part.barSpec(
    "money",
    { title: () => t(forEach ? "money_person" : "money"), caption },
    () => bars(counted()),
    () => bars(facts.economy.regions),
  );
}

// The bases of what is shown, one for each model, the present one first.
function basesOf(part: OutcomePart): Solved[] {
  const found: Solved[] = [];
  for (const s of part.compared.shown) if (s.base && !found.some((f) => sameModel(f.chosen, s.chosen))) found.push(s);
  return found;
}

export function revenueFigure(part: OutcomePart): Spec {
  const { app, compared } = part,
    { facts } = app;
  const billions = (v: number | undefined) => (known(v) ? v / 1e9 : undefined);
  const bars = (regions: string[]): Bars => {
    const bases = compared.differs ? [] : basesOf(part);
    const baseName = (s: Solved) =>
      s === app.now ? t("base") : t("base_of", { model: modelApart(s.chosen, app.state) || s.title });
    return {
      rows: regions.map((r) => ({
        name: regionName(r),
        keys: [r],
        values: [
          ...bases.map((s) => billions(revenueOf(facts, s.base, r))),
          ...compared.values((s) => billions(revenueOf(facts, s.outcome, r))),
        ],
      })),
      series: [...bases.map(baseName), ...compared.series],
      axis: t("revenue_axis", { year: yearOf(part) }),
      what: t("revenue"),
      unit: t("unit_billion", { year: yearOf(part) }),
      format: (v) => number(v, { sign: compared.differs }),
      // Grey for what was; a government that collects more has not gained by as much.
      colour: (c, k) => (k < bases.length ? (k ? c.line : c.axis) : c.series[(k - bases.length) % c.series.length]),
    };
  };
  const revenue = (r: string) => revenueOf(facts, app.now?.outcome, r) ?? 0;
  // The largest collectors, so that few bars say most.
  const order = () =>
    facts.economy.regions.length <= 12
      ? facts.bySize
      : [...facts.economy.regions]
          .sort((a, b) => revenue(b) - revenue(a))
          .slice(0, collectors)
          .filter((r) => revenue(r) > 0);
  return part.barSpec(
    "revenue",
    {
      title: () => t("revenue"),
      caption: () =>
        sentences(
          t(compared.differs ? "revenue_difference" : app.baseHasTariffs ? "revenue_caption" : "revenue_caption_none"),
          compared.said,
          part.numeraireSaid,
          order().length < facts.economy.regions.length ? t("revenue_shown", { n: order().length }) : "",
        ),
    },
    () => bars(order()),
    () => bars(facts.economy.regions),
  );
}
