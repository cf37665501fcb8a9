// Trade flows and prices: who sells to whom, and what buyers pay.
import { known } from "../../report/numbers.js";
import type { Spec } from "../charts/figure.ts";
import { heatHeight, heatOption } from "../charts/heat.ts";
import { scaleEnd } from "../charts/map.ts";
import { colon, number, percent, regionName, sectorName, semicolons, shortName, t } from "../language.ts";
import { movingFlows, pricesOf, shownRegions, tradeOf } from "../model/outcome.ts";
import { node } from "./dom.ts";
import type { OutcomePart } from "./outcome.ts";

const flowsShown = 10;
const heatMost = 10;

export function flowsFigure(part: OutcomePart): Spec {
  const { app } = part;
  const bars = () => {
    const trades = part.shown.map((s) => tradeOf(app.base, s.outcome)),
      { regions } = app.facts.economy,
      at = (r: string) => regions.indexOf(r);
    const flows = trades[0] ? movingFlows(app.facts, trades[0], flowsShown) : [];
    return {
      rows: flows.map((f) => {
        const all = trades.map((trade) => {
          if (!trade) return undefined;
          const [i, j] = [at(f.exporter), at(f.importer)];
          return ((trade.now[i][j] - trade.base[i][j]) * app.facts.factor) / 1e9;
        });
        const values = part.differs ? [known(all[0]) && known(all[1]) ? all[0] - all[1] : undefined] : all;
        return { name: t("flow", { exporter: shortName(f.exporter), importer: shortName(f.importer) }), values };
      }),
      series: part.series,
      axis: t("flows_axis"),
      format: (v: number) => number(v, { sign: true }),
    };
  };
  const words = { title: () => t("flows"), caption: () => t("flows_caption"), first: t("flows") };
  return part.barSpec("flows", words, bars);
}

export function heatFigure(part: OutcomePart): Spec {
  const { app } = part;
  let range = 0;
  const shown = () => shownRegions(app.facts, heatMost, app.parties);
  const heat = () => {
    const trade = tradeOf(app.base, app.now?.outcome),
      names = shown(),
      at = names.map((r) => app.facts.economy.regions.indexOf(r));
    const change = (i: number, j: number) =>
      trade && i !== j && trade.base[i][j] > 0 ? 100 * (trade.now[i][j] / trade.base[i][j] - 1) : null;
    const changes = at.map((i) => at.map((j) => change(i, j)));
    range = Math.min(50, scaleEnd(changes.flat().filter(known), range, 0.85));
    const words = names.map(shortName);
    return {
      names: words,
      changes,
      range,
      importer: t("importer"),
      exporter: t("exporter"),
      format: (v: number) => number(v, { sign: true, digits: Math.abs(v) >= 10 ? 0 : 1 }),
      words: (i: number, j: number) =>
        `${t("flow", { exporter: words[i], importer: words[j] })}\n${percent(changes[i][j])}`,
    };
  };
  const legend = node("div", null, { class: "ramp", "aria-hidden": "true" }) as HTMLElement;
  const [low, bar, high] = [node("span"), node("span", null, { class: "bar" }), node("span")];
  legend.append(low, bar, high);
  return {
    name: "trade",
    title: () => t("heat"),
    caption: () =>
      t("heat_caption") +
      (shown().length < app.facts.economy.regions.length ? ` ${t("largest_shown", { n: shown().length })}` : ""),
    label: () => {
      const { names, changes } = heat();
      const pairs = changes.flatMap((row, i) => row.map((v, j) => ({ v, i, j }))).filter((p) => known(p.v));
      pairs.sort((a, b) => Math.abs(b.v!) - Math.abs(a.v!));
      const most = pairs.slice(0, 4).map((p) => `${names[p.i]} → ${names[p.j]} ${percent(p.v)}`);
      return colon(t("heat"), semicolons(most));
    },
    empty: () => app.now !== undefined && !tradeOf(app.base, app.now.outcome),
    height: (width) => heatHeight(shown().map(shortName), width),
    option: (colours, width) => {
      const data = heat();
      bar.style.background = `linear-gradient(to right, ${colours.diverging.join(",")})`;
      low.textContent = `≤ −${range} %`;
      high.textContent = `≥ +${range} %`;
      return heatOption(colours, width, data);
    },
    numbers: () => {
      const { names, changes } = heat();
      return {
        columns: [`${t("exporter")} \\ ${t("importer")}`, ...names],
        rows: names.map((n, i) => [n, ...changes[i]]),
      };
    },
    below: legend,
  };
}

export function pricesFigure(part: OutcomePart): Spec {
  const { app } = part,
    { economy } = app.facts;
  // Few enough to read: those that move most, in the order of the economy.
  const bars = (most: number) => {
    const all = part.shown.map((s) => pricesOf(app.facts, s.outcome, app.region)),
      first = all[0] ?? [];
    const order = economy.sectors
      .map((_, k) => k)
      .filter((k) => economy.goods[k] || most > 30)
      .sort((a, b) => Math.abs(first[b] ?? 0) - Math.abs(first[a] ?? 0))
      .slice(0, most)
      .sort((a, b) => a - b);
    return {
      rows: (economy.sectors.length > 1 ? order : []).map((k) => {
        const values = all.map((prices) => prices?.[k]);
        return {
          name: sectorName(economy.sectors[k], economy.sector_titles?.[k]),
          values: part.differs ? [known(values[0]) && known(values[1]) ? values[0] - values[1] : undefined] : values,
        };
      }),
      series: part.series,
      axis: t("prices_axis"),
      format: (v: number) => number(v, { sign: true }),
      // A dearer good is no gain: one colour for both.
      colour: (c: any, k: number) =>
        part.series.length === 1 ? (k === 0 ? c.series[3] : c.series[k]) : c.series[k % c.series.length],
    };
  };
  return part.barSpec(
    "prices",
    {
      title: () => t("prices", { region: regionName(app.region) }),
      caption: () => t("prices_caption", { region: regionName(app.region) }),
      first: t("sectors"),
    },
    () => bars(14),
    () => bars(economy.sectors.length),
  );
}
