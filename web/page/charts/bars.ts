// Horizontal bars, one for each row and series, with their numbers at the ends.
import { whiskers } from "../../report/bands.js";
import { lettersIn, namesAxis, textWidth, tooltip } from "../../report/charts.js";
import { known } from "../../report/numbers.js";
import { axisBelowBars, barWithNumber, zeroLine } from "../../report/welfare_bars.js";
import { t } from "../language.ts";
import type { Key, Numbers } from "./numbers.ts";

export interface Bars {
  /** `keys`: what stands for the name in a file, such as a code. The band is of the first series. */
  rows: {
    name: string;
    keys?: string[];
    values: (number | undefined)[];
    band?: { p05?: number; p95?: number };
    /** Further numbers that stand in the table alone. */
    more?: (number | undefined)[];
  }[];
  /** What the two ends of the bands are. */
  ends?: [string, string];
  /** Names of the series; one alone is coloured by its sign. */
  series: string[];
  axis: string;
  /** What is measured, and in which unit: the head of each column of numbers. */
  what: string;
  unit: string;
  /** Heads of further columns. */
  more?: { what: string; unit: string }[];
  format(value: number): string;
  /** Colour of a series where its place is not what decides. */
  colour?(colours: any, series: number): string;
  /** Letters of the longest value, for room at the bars' ends. */
  fontSize?: number;
}

const bar = (series: number) => (series === 1 ? 15 : 12);
// Between two bars of a row, in parts of a bar: a band has room below the first.
const gapOf = (rows: Bars["rows"]) => (rows.some((r) => r.band) ? 0.45 : 0.1);

export const barsHeight = ({ rows, series: { length: n } }: Bars): number =>
  48 + rows.length * (bar(n) * (n + gapOf(rows) * (n - 1)) + 11);

/** From the middle of a row to the line below its first bar. */
const bandShift = (n: number): number => bar(n) / 2 + 3 - ((n - 1) / 2) * bar(n) * 1.45;

const letterWidth = (text: string) => [...text].reduce((w, c) => w + (c > "\u2e80" ? 1 : 0.6), 0);

export function barsOption(colours: any, width: number, { rows, series, axis, format, colour }: Bars): object {
  if (!rows.length) return {};
  const single = series.length === 1,
    fontSize = single ? 12 : 11,
    letters = Math.min(lettersIn(width), Math.floor(width / 18)),
    names = rows.map((r) => r.name),
    left = textWidth(names, 12, letters) + 14,
    right = 10;
  const ends = rows.flatMap((r) => [r.band?.p05, r.band?.p95].filter(known).map((value) => ({ value, room: 8 })));
  const bars = rows.flatMap((r) =>
    r.values.filter(known).map((value) => ({ value, room: 8 + fontSize * letterWidth(format(value)) })),
  );
  const toneOf = (value: number, k: number) =>
    colour
      ? colour(colours, k)
      : single
        ? value < 0
          ? colours.loss
          : colours.gain
        : colours.series[k % colours.series.length];
  return {
    tooltip: tooltip(colours, {
      trigger: "axis",
      axisPointer: { type: "shadow" },
      formatter: (points: any) => {
        const list = [points].flat().filter((p: any) => p.seriesType === "bar" && known(p.value));
        if (!list.length) return "";
        return [
          names[list[0].dataIndex],
          ...list.map((p: any) => (single ? format(p.value) : `${p.seriesName}: ${format(p.value)}`)),
        ].join("\n");
      },
    }),
    grid: { left, right, top: 6, bottom: 42 },
    xAxis: axisBelowBars(colours, axis, [...bars, ...ends], width - left - right, {
      nameGap: 26,
      splitNumber: width < 500 ? 3 : 5,
    }),
    yAxis: namesAxis(colours, names, letters),
    series: [
      ...series.map((name, k) => ({
        name,
        type: "bar",
        barMaxWidth: bar(series.length),
        barGap: `${100 * gapOf(rows)}%`,
        barCategoryGap: "25%",
        markLine: zeroLine(colours),
        data: rows.map((r) => {
          const value = r.values[k];
          return known(value) ? barWithNumber(colours, value, toneOf(value, k), format(value), fontSize) : null;
        }),
      })),
      ...(ends.length
        ? [
            whiskers(
              rows.map((r) => r.band),
              colours.ink,
              bandShift(series.length),
            ),
          ]
        : []),
    ],
  };
}

/** `first` heads the rows; `keys` what stands for their names in a file. */
export function barsNumbers(first: string, keys: Key[], bars: Bars): Numbers {
  const { rows, series, what, unit, more = [], ends = ["5 %", "95 %"] } = bars,
    banded = rows.some((r) => r.band);
  const ofFirst = (end: string) => (series.length > 1 ? t("column_of", { what: end, of: series[0] }) : end);
  return {
    keys,
    columns: [
      { what: first },
      ...series.map((of) => ({ what, unit, of })),
      ...(banded ? ends.map((end) => ({ what: ofFirst(end), unit })) : []),
      ...more,
    ],
    rows: rows.map((r) => [
      ...(r.keys ?? []),
      r.name,
      ...r.values.map((v) => v ?? null),
      ...(banded ? [r.band?.p05 ?? null, r.band?.p95 ?? null] : []),
      ...(r.more ?? []).map((v) => v ?? null),
    ]),
  };
}
