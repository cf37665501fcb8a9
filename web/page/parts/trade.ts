// Trade flows and prices: who sells to whom, and what buyers pay.
import { known } from "../../report/numbers.js";
import { term } from "../../report/words.js";
import type { Solved } from "../app.ts";
import type { Bars } from "../charts/bars.ts";
import type { Spec } from "../charts/figure.ts";
import { heatHeight, heatOption } from "../charts/heat.ts";
import { scaleEnd } from "../charts/map.ts";
import type { Cell, Numbers } from "../charts/numbers.ts";
import {
  colon,
  number,
  percent,
  regionInText,
  regionName,
  sectorName,
  semicolons,
  sentences,
  shortName,
  signed,
  t,
} from "../language.ts";
import { movingFlows, pricesInWork, pricesOf, shownRegions, tradeOf } from "../model/outcome.ts";
import { points } from "./headline.ts";
import type { OutcomePart } from "./outcome.ts";
import { yearOf } from "./region_figures.ts";

const flowsShown = 10;
const heatMost = 10;
const heatLeast = 12; // an economy of so few is shown whole
const pricesShown = 14;

const tradeIn = (s: Solved) => tradeOf(s.base, s.outcome);

export function flowsFigure(part: OutcomePart): Spec {
  const { app, compared } = part,
    { regions } = app.facts.economy;
  const bars = (): Bars => {
    const now = app.now && tradeIn(app.now),
      flows = now ? movingFlows(app.facts, now, flowsShown) : [];
    const change = (s: Solved, i: number, j: number) => {
      const trade = tradeIn(s);
      return trade ? ((trade.now[i][j] - trade.base[i][j]) * app.facts.factor) / 1e9 : undefined;
    };
    return {
      rows: flows.map((f) => {
        const [i, j] = [regions.indexOf(f.exporter), regions.indexOf(f.importer)];
        return {
          name: t("flow", { exporter: shortName(f.exporter), importer: shortName(f.importer) }),
          keys: [`${f.exporter} ${f.importer}`],
          values: compared.values((s) => change(s, i, j)),
        };
      }),
      series: compared.series,
      axis: t("flows_axis", { year: yearOf(part) }),
      what: t("flows_what"),
      unit: t("unit_billion", { year: yearOf(part) }),
      format: signed,
    };
  };
  const caption = () => sentences(t("flows_caption", { n: flowsShown }), compared.said, part.numeraireSaid);
  return part.barSpec("flows", { title: () => t("flows"), caption, first: t("flow_name") }, bars);
}

// Exports of one to another against the base, percent; nothing where there was none.
function exportsChange(s: Solved, i: number, j: number): number | undefined {
  const trade = tradeIn(s);
  return trade && i !== j && trade.base[i][j] > 0 ? 100 * (trade.now[i][j] / trade.base[i][j] - 1) : undefined;
}

// Every pair of regions in a line of its own: exports before and now, and how they change, for all that is compared.
function everyPair(part: OutcomePart): Numbers {
  const { app, compared } = part,
    { factor } = app.facts,
    { regions } = app.facts.economy,
    unit = t("unit_billion", { year: yearOf(part) }),
    billions = (v: number | undefined): Cell => (known(v) ? (v * factor) / 1e9 : null);
  const shown = compared.shown.map((s) => ({ s, of: compared.titleOf(s), trade: tradeIn(s) }));
  const names = regions.map(regionName);
  const code = (side: "exporter" | "importer") => t("column_unit", { what: t(side), unit: t("code") });
  return {
    columns: [
      { what: code("exporter") },
      { what: t("exporter") },
      { what: code("importer") },
      { what: t("importer") },
      { what: t("exports_what"), unit, of: t("base") },
      ...shown.map(({ of }) => ({ what: t("exports_what"), unit, of })),
      ...compared.series.map((of) => ({ what: t("flows_what"), unit: compared.unit, of })),
    ],
    rows: regions.flatMap((exporter, i) =>
      regions.flatMap((importer, j) =>
        i === j
          ? []
          : [
              [
                exporter,
                names[i],
                importer,
                names[j],
                billions(shown[0]?.trade?.base[i][j]),
                ...shown.map(({ trade }) => billions(trade?.now[i][j])),
                ...compared.values((s) => exportsChange(s, i, j)),
              ],
            ],
      ),
    ),
  };
}

export function heatFigure(part: OutcomePart): Spec {
  const { app, compared } = part,
    { regions } = app.facts.economy;
  let range = 0;
  const shown = () => shownRegions(app.facts, heatMost, app.parties);
  const changesOf = (of: string[]) => {
    const at = of.map((r) => regions.indexOf(r));
    return at.map((i) => at.map((j) => compared.value((s) => exportsChange(s, i, j)) ?? null));
  };
  const said = (v: number | null) => (compared.differs ? points(v ?? undefined) : percent(v));
  const heat = () => {
    const names = shown().map(shortName),
      changes = changesOf(shown());
    range = Math.min(50, scaleEnd(changes.flat().filter(known), range, 0.85));
    return {
      names,
      changes,
      range,
      importer: t("importer"),
      exporter: t("exporter"),
      format: (v: number) => number(v, { sign: true, digits: Math.abs(v) >= 10 ? 0 : 1 }),
      words: (i: number, j: number) =>
        `${t("flow", { exporter: names[i], importer: names[j] })}\n${said(changes[i][j])}`,
    };
  };
  const end = () => {
    const top = heat().range;
    return compared.differs ? points(top).slice(1) : `${top} %`;
  };
  return {
    name: () => "exports",
    title: () => t("heat"),
    caption: () =>
      sentences(
        t(compared.differs ? "heat_difference" : "heat_caption"),
        compared.saidOfOne,
        shown().length < regions.length ? t("heat_shown", { n: shown().length }) : "",
      ),
    label: () => {
      const { names, changes } = heat();
      const pairs = changes.flatMap((row, i) => row.map((v, j) => ({ v, i, j }))).filter((p) => known(p.v));
      pairs.sort((a, b) => Math.abs(b.v!) - Math.abs(a.v!));
      const most = pairs.slice(0, 4).map((p) => `${names[p.i]} → ${names[p.j]} ${said(p.v)}`);
      return colon(t("heat"), semicolons(most));
    },
    empty: () => app.now !== undefined && !tradeIn(app.now),
    height: (width) => heatHeight(shown().map(shortName), width),
    option: (colours, width) => heatOption(colours, width, heat()),
    // All of them: largest first, as in the figure.
    numbers: () => {
      const all = app.facts.bySize,
        changes = changesOf(all);
      return {
        columns: [
          { what: t(compared.differs ? "heat_first_points" : "heat_first") },
          ...all.map((r) => ({ what: shortName(r) })),
        ],
        rows: all.map((r, i) => [shortName(r), ...changes[i]]),
        wide: all.length > heatLeast,
      };
    },
    file: () => everyPair(part),
    scale: ({ diverging }) => ({ low: `≤ −${end()}`, high: `≥ +${end()}`, colours: diverging }),
  };
}

export function pricesFigure(part: OutcomePart): Spec {
  const { app, compared } = part,
    { economy } = app.facts,
    goods = economy.sectors.map((_, k) => k).filter((k) => economy.goods[k]);
  const inWork = (s: Solved) => pricesInWork(app.facts, s.outcome, app.region);
  // Few enough to read: those that move most, in the order of the economy.
  const moving = () => {
    const first = app.now ? inWork(app.now) : undefined;
    return goods
      .toSorted((a, b) => Math.abs(first?.[b] ?? 0) - Math.abs(first?.[a] ?? 0))
      .slice(0, pricesShown)
      .sort((a, b) => a - b);
  };
  const bars = (sectors: number[]): Bars => {
    const numeraire = app.now?.outcome.certificate.numeraire,
      raw = t("prices_raw", { numeraire: numeraire ? term(numeraire) : "–" });
    return {
      rows: (economy.sectors.length > 1 ? sectors : []).map((k) => ({
        name: sectorName(economy.sectors[k], economy.sector_titles?.[k]),
        keys: [economy.sectors[k]],
        values: compared.values((s) => inWork(s)?.[k]),
        more: compared.values((s) => pricesOf(app.facts, s.outcome, app.region)?.[k]),
      })),
      series: compared.series,
      axis: t(compared.differs ? "prices_axis_points" : "prices_axis"),
      what: t("prices_what"),
      unit: compared.unit,
      // As the engine has them, in units of the numeraire.
      more: compared.series.map((of) => ({
        what: compared.series.length > 1 ? t("column_of", { what: raw, of }) : raw,
        unit: compared.unit,
      })),
      format: signed,
      // A dearer good is no gain: one colour for both.
      colour: (c: any, k: number) => (compared.series.length === 1 ? c.series[3] : c.series[k % c.series.length]),
    };
  };
  const caption = () =>
    sentences(
      t("prices_caption", { region: regionInText(app.region) }),
      compared.said,
      t(goods.length > pricesShown ? "prices_shown" : "prices_goods", { n: pricesShown, all: goods.length }),
    );
  return part.barSpec(
    () => `prices-${app.region}`,
    { title: () => t("prices", { region: regionName(app.region) }), caption, first: t("prices_good") },
    () => bars(moving()),
    () => bars(economy.sectors.map((_, k) => k)),
  );
}
