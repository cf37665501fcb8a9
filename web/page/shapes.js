// The countries of the map, made flat when the page is built: Natural Earth's shapes in the Equal Earth projection, cut
// where the map ends. A reader's browser has nothing to project.
import { createRequire } from "node:module";
import { geoEqualEarth, geoStream } from "d3-geo";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const antarctica = "010";
/** Parts of a unit of the map, of which it is about a thousand wide. */
export const fineness = 50;

function flat(shape) {
  const rings = [];
  let ring;
  const sink = {
    point: (x, y) => ring?.push([Math.round(fineness * x), Math.round(-fineness * y)]),
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
  geoStream(shape, geoEqualEarth().precision(0.5).stream(sink));
  return rings;
}

// Each point as its step from the one before: small numbers are few letters.
const steps = (ring) => ring.flatMap(([x, y], k) => (k ? [x - ring[k - 1][0], y - ring[k - 1][1]] : [x, y]));

/** By shape: the country's numeric code (a few have none) and its rings. */
export function shapes() {
  const world = require("world-atlas/countries-110m.json");
  return {
    fineness,
    shapes: feature(world, world.objects.countries)
      .features.filter((f) => f.id !== antarctica)
      .map((f) => ({ code: f.id, rings: flat(f).map(steps) })),
  };
}
