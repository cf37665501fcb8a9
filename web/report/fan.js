// One number of one region over all outcomes, as a fan: the middle half of the draws within nine tenths of them.
import { axisOf, legendOf, tooltip } from "./charts.js";
import { known, signed } from "./numbers.js";
import { add, figureIn, html, node } from "./page.js";
import { say } from "./words.js";

// What a fan can be of, the first one first.
const numbers = /** @type {const} */ ([
  ["imports_gdp_percent", "fan_imports"],
  ["exports_gdp_percent", "fan_exports"],
  ["welfare_percent", "fan_welfare"],
  ["real_wage_percent", "fan_wage"],
  ["price_percent", "fan_price"],
]);

const chosen = (select) => Number(select.value) || 0;

function selectOf(label, options) {
  const select = /** @type {HTMLSelectElement} */ (node("select", null, { "aria-label": label }));
  options.forEach((text, k) => select.append(node("option", text, { value: String(k) })));
  return select;
}

// Two areas between quantiles, stacked on a line that is not seen. Shares may be negative: stacked whatever their sign.
const area = (name, data, colour, opacity, stack) => ({
  name,
  type: "line",
  stack,
  stackStrategy: "all",
  symbol: "none",
  silent: true,
  lineStyle: { width: 0 },
  areaStyle: { color: colour, opacity },
  data,
});

/**
 * The lines of a fan: where it begins, then the heights of its areas, the median and the study's own number.
 * @param {any[]} bands by outcome
 * @param {any} colours
 */
export function fanSeries(bands, colours) {
  const of = (key) => bands.map((b) => b[key]);
  const height = (upper, lower) => bands.map((b) => b[upper] - b[lower]);
  const colour = colours.series[0];
  return [
    area("5 %", of("p05"), colour, 0, "fan"),
    area("5 to 25 %", height("p25", "p05"), colour, 0.2, "fan"),
    area("25 to 75 %", height("p75", "p25"), colour, 0.45, "fan"),
    area("75 to 95 %", height("p95", "p75"), colour, 0.2, "fan"),
    { name: "median", type: "line", symbol: "none", lineStyle: { color: colour, width: 2 }, data: of("p50") },
    {
      name: "as it stands",
      type: "scatter",
      symbol: "diamond",
      symbolSize: 12,
      itemStyle: { color: colours.series[1], opacity: 1 },
      data: bands.map((b) => (known(b.point) ? b.point : null)),
    },
  ];
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {any} u
 * @param {string[]} regions
 */
export function fan(view, section, u, regions) {
  const bandsOf = (region, key) =>
    u.outcome_order.map((outcome) => [outcome, u.outcomes[outcome]?.regions?.[region]?.[key]]);
  const full = (region, key) => bandsOf(region, key).filter(([, b]) => b && known(b.p05));
  const offered = numbers.filter(([key]) => regions.some((r) => full(r, key).length > 1));
  if (!offered.length) return;
  const figure = figureIn(section, say("fan"), say("one_number_over_all_outcomes"));
  const region = selectOf(say("region"), regions),
    number = selectOf(
      say("number"),
      offered.map(([, text]) => say(text)),
    );
  add(figure, add(node("label", say("region_label")), region), add(node("label", say("number_label_spaced")), number));
  legendOf(view, figure, (colours) => [
    [say("draws"), colours.series[0]],
    [say("as_it_stands"), colours.series[1]],
  ]);
  const draw = view.chart(
    figure,
    say("fan_chart_of_one_number"),
    () => ({ height: 320 }),
    (colours, width) => {
      const [key] = offered[chosen(number)],
        rows = full(regions[chosen(region)], key);
      const words = (p) => {
        const [outcome, b] = rows[[p].flat()[0].dataIndex];
        return say("fan_words", {
          outcome: html(outcome),
          p25: signed(b.p25, 3),
          p75: signed(b.p75, 3),
          p05: signed(b.p05, 3),
          p95: signed(b.p95, 3),
        });
      };
      return {
        tooltip: tooltip(colours, { trigger: "axis", formatter: words }),
        grid: { left: 56, right: 16, top: 12, bottom: width < 700 ? 96 : 64 },
        xAxis: {
          type: "category",
          boundaryGap: true,
          data: rows.map(([outcome]) => outcome),
          axisLabel: {
            color: colours.ink,
            rotate: width < 700 ? 60 : 30,
            interval: 0,
            width: 110,
            overflow: "truncate",
          },
          axisLine: { lineStyle: { color: colours.axis } },
        },
        yAxis: axisOf(colours, ""),
        series: fanSeries(
          rows.map(([, b]) => b),
          colours,
        ),
      };
    },
  );
  for (const select of [region, number]) select.addEventListener("change", draw);
}
