// The world in the Equal Earth projection, coloured by a number for each region of the economy.
import world from "detente:shapes";
import { tooltip } from "../../report/charts.js";
import { known } from "../../report/numbers.js";
import { getMap, registerMap } from "./plotter.ts";

/** Numeric codes of the countries that the shapes are of; a few have none. */
const numeric: (string | undefined)[] = world.shapes.map((s) => s.code);

// A ring is kept as steps (shapes.js).
function ringOf(steps: number[]): [number, number][] {
  const ring: [number, number][] = [];
  let [x, y] = [0, 0];
  for (let k = 0; k < steps.length; k += 2) {
    x += steps[k];
    y += steps[k + 1];
    ring.push([x / world.fineness, y / world.fineness]);
  }
  return ring;
}

type Feature = { type: string; properties: object; geometry: object };
let features: Feature[] | undefined;

const feature = (shape: (typeof world.shapes)[number], k: number): Feature => ({
  type: "Feature",
  properties: { name: String(k) },
  geometry: { type: "MultiPolygon", coordinates: shape.rings.map((ring) => [ringOf(ring)]) },
});

// A name of ECharts' for the shapes of some countries. They are put together for the first map, not while the page is read.
function registered(name: string, from = 0, to = world.shapes.length): string {
  features ??= world.shapes.map(feature);
  if (!getMap(name))
    registerMap(name, { geoJSON: { type: "FeatureCollection", features: features.slice(from, to) } } as any);
  return name;
}

/** The `k`-th of `n` parts of the world as a map by that name, which it gives. */
export const partOfTheWorld = (k: number, n: number): string =>
  registered(`world ${k}/${n}`, ...[k, k + 1].map((end) => Math.round((end * world.shapes.length) / n)));

const hex = (colour: string) => [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));

/** The colour of `value` on a diverging scale from −range to +range. */
export function shade(stops: string[], value: number, range: number): string {
  const place = ((Math.max(-range, Math.min(range, value)) / range + 1) / 2) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(place)),
    part = place - low,
    [a, b] = [hex(stops[low]), hex(stops[low + 1])];
  return `rgb(${a.map((v, k) => Math.round(v + part * (b[k] - v))).join(",")})`;
}

const rounds = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];

/** The end of a scale: a round number that `share` of the values lie below, kept while the values allow it. */
export function scaleEnd(values: number[], before = 0, share = 0.95): number {
  const sorted = values.map(Math.abs).sort((a, b) => a - b);
  const wanted = sorted[Math.floor(share * (sorted.length - 1))] || 0;
  if (before && wanted <= before && wanted > 0.3 * before) return before;
  return rounds.find((r) => r >= wanted) ?? 100;
}

export interface MapData {
  regionOf(numericCode: string | undefined): string | undefined;
  value(region: string): number | undefined;
  range: number;
  words(region: string): string;
  chosen?: string;
}

export const regionAt = (data: MapData, index: number): string | undefined => data.regionOf(numeric[index]);

/** `map` is a name that `partOfTheWorld` gave, or all of it. */
export function mapOption(colours: any, data: MapData, map = registered("world")): object {
  const items = numeric.map((code, k) => {
    const region = data.regionOf(code),
      value = region === undefined ? undefined : data.value(region);
    const chosen = region !== undefined && region === data.chosen;
    return {
      name: String(k),
      value: known(value) ? value : undefined,
      itemStyle: {
        areaColor: known(value) ? shade(colours.diverging, value, data.range) : colours.empty,
        ...(chosen ? { borderColor: colours.ink, borderWidth: 1 } : {}),
      },
    };
  });
  return {
    tooltip: tooltip(colours, {
      trigger: "item",
      formatter: (p: any) => {
        const region = regionAt(data, Number(p.name));
        return region ? data.words(region) : "";
      },
    }),
    series: [
      {
        type: "map",
        map,
        aspectScale: 1,
        roam: false,
        selectedMode: false,
        left: 0,
        right: 0,
        top: 4,
        bottom: 4,
        itemStyle: { borderColor: colours.paper, borderWidth: 0.5 },
        label: { show: false },
        emphasis: {
          label: { show: false },
          itemStyle: { areaColor: "inherit", borderColor: colours.ink, borderWidth: 1 },
        },
        data: items,
      },
    ],
  };
}
