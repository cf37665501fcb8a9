import { whiskers } from "./bands.js";
import { axisOf, namesAxis, seriesLegend, textWidth, tooltip } from "./charts.js";
import { most, known, signed, adaptive } from "./numbers.js";
import { node, toggle } from "./page.js";
import { welfare } from "./view.js";
import { say } from "./words.js";

// The range of an axis `pixels` long on which every bar { value, room } keeps `room` pixels beyond its end, for its number.
export function rangeWithLabels(bars, pixels) {
  const low = Math.min(0, ...bars.map((b) => b.value)),
    high = Math.max(0, ...bars.map((b) => b.value));
  const roomAt = (side) => Math.max(0, ...bars.filter((b) => side * b.value >= 0).map((b) => b.room));
  const before = bars.some((b) => b.value < 0) ? roomAt(-1) : 0,
    after = bars.some((b) => b.value >= 0) ? roomAt(1) : 0;
  const unit = (high - low || 1) / Math.max(40, pixels - before - after);
  return { min: low - before * unit, max: high + after * unit };
}

/**
 * The axis below horizontal bars, with room at both ends for their numbers.
 * @param {any} colours
 * @param {string} name
 * @param {{ value: number, room: number }[]} bars
 * @param {number} pixels
 * @param {object} [more]
 */
export const axisBelowBars = (colours, name, bars, pixels, more = {}) => ({
  ...axisOf(colours, name, { scale: false, ...rangeWithLabels(bars, pixels), ...more }),
  axisLabel: {
    color: colours.ink,
    hideOverlap: true,
    showMinLabel: false,
    showMaxLabel: false,
    formatter: (v) => String(Number(v.toPrecision(6))).replace("-", "−"),
  },
});

/** The line at zero that bars stand on. */
export const zeroLine = (colours) => ({
  silent: true,
  symbol: "none",
  label: { show: false },
  lineStyle: { color: colours.axis, type: "solid", width: 1 },
  data: [{ xAxis: 0 }],
});

/** A bar in its colour, with its number at its end. */
export const barWithNumber = (colours, value, color, text, fontSize) => ({
  value,
  itemStyle: { color },
  label: { show: true, position: value < 0 ? "left" : "right", color: colours.ink, fontSize, formatter: text },
});

/**
 * Welfare by region: gains and losses for one scenario; numbered bars, one colour each, for several.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} parent
 * @param {(import("./view.js").Outcome & { name: string })[]} shown
 * @param {string[]} order
 */
export function welfareBars(view, parent, shown, order) {
  const { chart, onPaper } = view;
  const single = shown.length === 1,
    figure = node("figure");
  if (!single) figure.append(seriesLegend(view, shown));
  parent.append(figure);
  let names = order.slice(0, order.length > most + 5 ? most : order.length);
  const alt = say("bar_chart_of_the_change", { single: single ? "" : say("one_bar_for_each_scenario") });
  // Closer together on paper, so that a figure fits below a title or at least on a page.
  const bar = () => (onPaper() ? Math.max(8, Math.min(11, 780 / (names.length * (shown.length + 1)))) : 15);
  const sizeOf = () => ({ height: 52 + names.length * (single ? 11 + bar() : bar() * (shown.length + 1)) });
  const draw = chart(figure, alt, sizeOf, (colours, width) => {
    const labelText = (v, k) => (single ? adaptive(v) : `${k + 1}: ${adaptive(v)}`);
    const left = textWidth(names, 12) + 16,
      right = 14,
      fontSize = single ? 12 : onPaper() ? Math.floor(bar() - 1) : 10;
    // Nine in ten draws, below the bar of one scenario; several would hide each other.
    const bands = names.map((r) =>
      single ? view.results.uncertainty?.outcomes?.[shown[0].name]?.regions?.[r]?.welfare_percent : undefined,
    );
    const ends = bands.flatMap((b) => [b?.p05, b?.p95].filter(known).map((value) => ({ value, room: 8 })));
    const bars = shown.flatMap((s, k) =>
      names
        .map((r) => welfare(s, r))
        .filter(known)
        .map((value) => ({ value, room: 8 + 0.62 * fontSize * labelText(value, k).length })),
    );
    return {
      tooltip: tooltip(colours, {
        trigger: "axis",
        axisPointer: { type: "shadow" },
        valueFormatter: (v) => signed(v, 4) + " %",
      }),
      grid: { left, right, top: 8, bottom: 44 },
      // Room on both sides for the numbers at the ends of the bars.
      xAxis: axisBelowBars(colours, say("change_of_welfare_percent"), [...bars, ...ends], width - left - right, {
        nameGap: 28,
        splitNumber: width < 500 ? 4 : 6,
      }),
      yAxis: namesAxis(colours, names),
      series: [
        ...shown.map((s, k) => ({
          name: s.name,
          type: "bar",
          barMaxWidth: 16,
          barGap: "15%",
          barCategoryGap: "22%",
          markLine: zeroLine(colours),
          data: names.map((r) => {
            const value = welfare(s, r),
              color = single ? (value < 0 ? colours.loss : colours.gain) : colours.series[k % colours.series.length];
            return known(value) ? barWithNumber(colours, value, color, labelText(value, k), fontSize) : null;
          }),
        })),
        ...(ends.length ? [whiskers(bands, colours.ink, bar() / 2 + 3)] : []),
      ],
    };
  });
  if (order.length > names.length) {
    const few = names;
    figure.append(
      toggle(few.length, order.length, (all) => {
        names = all ? order : few;
        draw();
      }),
    );
  }
}
