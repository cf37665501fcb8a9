import { tooltip, cut, textWidth } from "./charts.js";
import { most, known, signed, sum } from "./numbers.js";
import { html, node, add, toggle } from "./page.js";
import { say } from "./words.js";

// Rounded up from nine tenths of the cells: one collapsed pair must not bleach the rest.
export function clippedRange(changes) {
  const sorted = changes.map(Math.abs).sort((a, b) => a - b);
  const wanted = sorted[Math.floor(0.9 * (sorted.length - 1))] || 0;
  return [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].find((r) => r >= wanted) || 100;
}

/**
 * @param {import("./view.js").View} view
 * @param {import("./view.js").Outcome} scenario
 */
export function tradeChanges(view, scenario) {
  const { regions, results } = view;
  const base = results.base.trade,
    counterfactual = scenario.trade,
    change = (i, j) => 100 * (counterfactual[i][j] / base[i][j] - 1);
  return regions.map((_, i) =>
    regions.map((__, j) => (i !== j && base[i][j] > 0 && known(change(i, j)) ? change(i, j) : null)),
  );
}

/**
 * Regions in the economy's own order; the largest traders alone where there are many.
 * @param {import("./view.js").View} view
 */
export function largestTraders(view) {
  const { regions, results } = view;
  const all = regions.map((_, i) => i),
    base = results.base.trade;
  if (regions.length <= most + 5) return all;
  const trade = all.map((i) => sum(all.filter((j) => j !== i).map((j) => base[i][j] + base[j][i])));
  return [...all]
    .sort((a, b) => trade[b] - trade[a])
    .slice(0, most)
    .sort((a, b) => a - b);
}

/**
 * Frame of a heat map of trade: importers on top, upright where they are too long for a column, exporters on the left.
 * @param {any} colours
 * @param {{ names: string[], space: number, cell: number, left: number, gap: number, bottom: number, fontSize: number,
 *   letters?: number, importer: string, exporter: string }} frame `space`: pixels of the longest name; `gap`: from the
 *   names to the axis's own
 */
export function heatFrame(colours, { names, space, cell, left, gap, bottom, fontSize, letters, importer, exporter }) {
  const upright = space > cell - 4;
  const axis = {
    type: "category",
    data: names,
    nameLocation: "middle",
    nameTextStyle: { color: colours.ink },
    axisTick: { show: false },
    axisLine: { show: false },
  };
  const axisLabel = { color: colours.ink, interval: 0, fontSize, formatter: (n) => cut(n, letters) };
  const top = upright ? space : 18;
  return {
    grid: { left, right: 8, top: top + 26, bottom, show: true, backgroundColor: colours.empty, borderWidth: 0 },
    xAxis: {
      ...axis,
      position: "top",
      name: importer,
      nameGap: top + 8,
      axisLabel: { ...axisLabel, rotate: upright ? -90 : 0 },
    },
    yAxis: { ...axis, inverse: true, name: exporter, nameGap: space + gap, axisLabel },
  };
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} parent
 * @param {import("./view.js").Outcome} scenario
 */
export function tradeMap(view, parent, scenario) {
  const { chart, regions } = view;
  const changes = tradeChanges(view, scenario),
    all = regions.map((_, i) => i),
    few = largestTraders(view);
  const range = clippedRange(few.flatMap((i) => few.map((j) => changes[i][j])).filter(known));
  const figure = node("figure"),
    scroll = node("div", null, {
      class: "scroll",
      tabindex: "0",
      role: "group",
      "aria-label": say("heat_map_of_trade"),
    });
  const caption = (n) =>
    say("exports_of_the_rows_region", { all: n < all.length ? say("the_regions_that_trade_most", { n }) : "" });
  const words = node("figcaption", caption(few.length));
  add(parent, add(figure, words, scroll));
  let shown = few;
  const cellWidth = (room, left) =>
    Math.max(shown.length <= 12 ? 42 : 22, Math.min(72, (room - left - 8) / shown.length));
  const gaps = () => {
    const size = shown.length <= 12 ? 12 : 10,
      w = textWidth(
        shown.map((i) => regions[i]),
        size,
      );
    return { size, label: w, left: w + 32 };
  };
  const sizeOf = (room) => {
    const { label, left } = gaps(),
      w = cellWidth(room, left);
    return {
      width: Math.floor(left + 8 + w * shown.length),
      height: Math.floor(label + 44 + Math.max(22, Math.min(38, w)) * shown.length),
    };
  };
  const label = say("heat_map_of_the_change") + largestChanges(view, changes, few).join(say("semicolon"));
  const draw = chart(scroll, label, sizeOf, (colours, width) => {
    const { size, label: space, left } = gaps(),
      names = shown.map((i) => regions[i]);
    const numbers = shown.length <= 12;
    const cells = shown
      .flatMap((i, y) => shown.map((j, x) => ({ x, y, v: changes[i][j] })))
      .filter((c) => c.v !== null);
    return {
      tooltip: tooltip(colours, {
        formatter: (p) => `${html(names[p.value[1]])} → ${html(names[p.value[0]])}: ${signed(p.value[2], 2)} %`,
      }),
      ...heatFrame(colours, {
        names,
        space,
        cell: cellWidth(width, left),
        left,
        gap: 14,
        bottom: 8,
        fontSize: size,
        importer: say("importer"),
        exporter: say("exporter"),
      }),
      visualMap: { show: false, min: -range, max: range, inRange: { color: colours.diverging } },
      series: [
        {
          // Drawn in one piece: in steps (ECharts' default from 3000 cells on), the browser never came to rest.
          type: "heatmap",
          progressive: 0,
          itemStyle: { borderColor: colours.paper, borderWidth: 1 },
          emphasis: { itemStyle: { borderColor: colours.ink } },
          // Light text on the strong ends of the light palette, dark text on those of the dark one: `turn` is where
          // the one becomes easier to read than the other.
          data: cells.map((c) => ({
            value: [c.x, c.y, c.v],
            label: { color: Math.abs(c.v) < colours.turn * range ? colours.ink : colours.paper },
          })),
          label: {
            show: numbers,
            fontSize: 11,
            formatter: (p) => signed(p.value[2], Math.abs(p.value[2]) >= 10 ? 0 : range < 1 ? 2 : 1),
          },
        },
      ],
    };
  });
  figure.append(rampLegend(view, range));
  if (few.length < all.length)
    figure.append(
      toggle(few.length, all.length, (open) => {
        shown = open ? all : few;
        words.textContent = caption(shown.length);
        draw();
      }),
    );
}

/**
 * @param {import("./view.js").View} view
 * @param {any} range
 */
export function rampLegend(view, range) {
  const { palette } = view;
  const ramp = node("span"),
    none = node("span", null, { class: "swatch" });
  const paint = () => {
    ramp.style.background = `linear-gradient(to right, ${palette().diverging.join(",")})`;
    none.style.background = palette().empty;
  };
  view.onPaint(paint);
  return add(
    node("div", null, { class: "ramp" }),
    node("span", say("range_or_less", { range })),
    ramp,
    node("span", say("range_or_more", { range })),
    add(node("span"), none, say("sales_at_home_or_no")),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {any} changes
 * @param {any} shown
 */
export function largestChanges(view, changes, shown) {
  const { regions } = view;
  const pairs = shown.flatMap((i) => shown.map((j) => [i, j, changes[i][j]])).filter((p) => p[2] !== null);
  return pairs
    .sort((a, b) => Math.abs(b[2]) - Math.abs(a[2]))
    .slice(0, 3)
    .map(([i, j, v]) => say("exports_from_to", { regions: regions[i], regions2: regions[j], v: signed(v, 1) }));
}
