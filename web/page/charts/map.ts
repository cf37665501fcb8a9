// The world in the Equal Earth projection, coloured by a number for each region of the economy.
import { geoEqualEarth, geoStream, type GeoStream } from "d3-geo";
import { feature } from "topojson-client";
import world from "world-atlas/countries-110m.json";
import { tooltip } from "../../report/charts.js";
import { known } from "../../report/numbers.js";
import { registerMap } from "./plotter.ts";

const antarctica = "010";
const shapes = (feature(world as any, (world as any).objects.countries) as any).features.filter(
  (f: any) => f.id !== antarctica,
);
/** Numeric codes of the countries that the shapes are of; a few have none. */
const numeric: (string | undefined)[] = shapes.map((f: any) => f.id);

// Projected once, cut where the map ends: what a chart draws again and again is plane.
function flat(shape: object): number[][][] {
  const rings: number[][][] = [];
  let ring: number[][] | undefined;
  const sink: GeoStream = {
    point: (x, y) => ring?.push([x, -y]),
    lineStart: () => {
      ring = [];
    },
    lineEnd: () => {
      if (ring && ring.length > 2) rings.push([...ring, ring[0]]);
      ring = undefined;
    },
    polygonStart: () => {},
    polygonEnd: () => {},
  };
  geoStream(shape as any, geoEqualEarth().precision(0.5).stream(sink));
  return rings;
}

registerMap("world", {
  geoJSON: {
    type: "FeatureCollection",
    features: shapes.map((f: any, k: number) => ({
      type: "Feature",
      properties: { name: String(k) },
      geometry: { type: "MultiPolygon", coordinates: flat(f).map((ring) => [ring]) },
    })),
  },
} as any);

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

export function mapOption(colours: any, data: MapData): object {
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
        map: "world",
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
