// Bands of uncertain numbers: where the middle half and nine tenths of the draws lie.
import { axisOf, lettersIn, namesAxis, textWidth, tooltip } from "./charts.js";
import { known, signed } from "./numbers.js";
import { html } from "./page.js";
import { say } from "./words.js";

// A horizontal line from `from` to `to` of the axis, through the middle of row `y` and `shift` pixels below it.
const stroke = (api, from, to, y, shift, lineWidth, colour) => {
  const [x1, y1] = api.coord([from, y]),
    [x2] = api.coord([to, y]);
  return {
    type: "line",
    shape: { x1, y1: y1 + shift, x2, y2: y1 + shift },
    style: { stroke: colour, lineWidth, lineCap: "butt" },
  };
};

/**
 * Lines from the 5th to the 95th percent of the draws in the rows of a bar chart, `shift` pixels below the bars' middle.
 * @param {({ p05?: number, p95?: number } | undefined)[]} bands by row
 * @param {string} colour
 * @param {number} shift
 */
export const whiskers = (bands, colour, shift) => ({
  name: "5 to 95 % of the draws",
  type: "custom",
  silent: true,
  z: 5,
  tooltip: { show: false },
  data: bands.flatMap((b, y) => (b && known(b.p05) && known(b.p95) ? [{ value: [b.p05, b.p95, y] }] : [])),
  encode: { x: [0, 1], y: 2 },
  renderItem: (_, api) => stroke(api, api.value(0), api.value(1), api.value(2), shift, 2, colour),
});

/**
 * Rows { name, band }: thin from 5 to 95 percent of the draws, thick for the middle half, a diamond for the point.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} parent
 * @param {string} label
 * @param {{ name: string, band: any }[]} rows
 * @param {string} axis
 */
export function bandChart(view, parent, label, rows, axis) {
  const names = rows.map((r) => r.name);
  const sizeOf = () => ({ height: 60 + 26 * rows.length });
  const shown = (v) => signed(v, 4);
  view.chart(parent, label, sizeOf, (colours, width) => ({
    tooltip: tooltip(colours, {
      trigger: "item",
      formatter: (p) => {
        const { name, band: b } = rows[p.value[p.value.length - 1]] ?? rows[p.dataIndex];
        return say("band_words", {
          name: html(name),
          p25: shown(b.p25),
          p75: shown(b.p75),
          p05: shown(b.p05),
          p95: shown(b.p95),
        });
      },
    }),
    grid: { left: textWidth(names, 12, lettersIn(width)) + 12, right: 16, top: 8, bottom: 44 },
    xAxis: axisOf(colours, axis, { nameGap: 28, scale: false, splitNumber: width < 500 ? 3 : 6 }),
    yAxis: namesAxis(colours, names, lettersIn(width)),
    series: [
      {
        name: "draws",
        type: "custom",
        encode: { x: [0, 1, 2, 3], y: 4 },
        data: rows.map((r, y) => ({ value: [r.band.p05, r.band.p25, r.band.p75, r.band.p95, y] })),
        renderItem: (_, api) => ({
          type: "group",
          children: [
            stroke(api, api.value(0), api.value(3), api.value(4), 0, 2, colours.series[0]),
            stroke(api, api.value(1), api.value(2), api.value(4), 0, 9, colours.series[0]),
          ],
        }),
      },
      {
        name: "as it stands",
        type: "scatter",
        symbol: "diamond",
        symbolSize: 12,
        itemStyle: { color: colours.series[1] },
        data: rows.flatMap((r, y) => (known(r.band.point) ? [{ value: [r.band.point, y] }] : [])),
      },
    ],
  }));
}
