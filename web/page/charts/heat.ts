// Who sells to whom: a heat map of the change of exports between regions.
import { textWidth, tooltip } from "../../report/charts.js";
import { known } from "../../report/numbers.js";
import { heatFrame } from "../../report/trade_map.js";
import { shade } from "./map.ts";

export interface Heat {
  names: string[];
  /** Exporter by importer, percent; null where there is nothing to compare. */
  changes: (number | null)[][];
  range: number;
  importer: string;
  exporter: string;
  format(value: number): string;
  words(exporter: number, importer: number): string;
}

const wide = (names: string[], letters: number) =>
  Math.max(
    textWidth(names, 12, letters),
    ...names.map((n) => (/[\u2e80-\u9fff]/.test(n) ? 12.5 * Math.min(letters, n.length) : 0)),
  );

export const heatHeight = (names: string[], width: number): number =>
  Math.ceil(wide(names, 16)) + 40 + names.length * Math.max(26, Math.min(38, width / (names.length + 4)));

export function heatOption(colours: any, width: number, heat: Heat): object {
  const { names, changes, range } = heat;
  const letters = width < 500 ? 12 : 16,
    space = wide(names, letters),
    left = space + 26,
    cell = (width - left - 8) / names.length;
  return {
    tooltip: tooltip(colours, { formatter: (p: any) => heat.words(p.value[1], p.value[0]) }),
    ...heatFrame(colours, {
      names,
      space,
      cell,
      left,
      gap: 10,
      bottom: 6,
      fontSize: 12,
      letters,
      importer: heat.importer,
      exporter: heat.exporter,
    }),
    series: [
      {
        // Cells of one size each: drawn by hand, so that a colour needs no visual map.
        type: "custom",
        encode: { x: 0, y: 1 },
        data: changes.flatMap((row, y) => row.flatMap((v, x) => (known(v) ? [[x, y, v]] : []))),
        renderItem: (_: unknown, api: any) => {
          const [cx, cy] = api.coord([api.value(0), api.value(1)]),
            [w, h] = api.size([1, 1]),
            v = api.value(2);
          const strong = Math.abs(v) >= colours.turn * range;
          return {
            type: "rect",
            shape: { x: cx - w / 2 + 0.5, y: cy - h / 2 + 0.5, width: w - 1, height: h - 1 },
            style: { fill: shade(colours.diverging, v, range) },
            textContent:
              names.length <= 12 && w > 30
                ? {
                    type: "text",
                    style: {
                      text: heat.format(v),
                      fill: strong ? colours.paper : colours.ink,
                      fontSize: w < 40 ? 10 : 11,
                    },
                  }
                : undefined,
            textConfig: { position: "inside" },
          };
        },
      },
    ],
  };
}
