// What a browser takes long over the first time is done a first time while the engine is being fetched, out of sight and a
// piece in each turn: names and numbers in the reader's language, axes, bars, a map. What is drawn then takes half as long.
import { chartsBy } from "../report/charts.js";
import { barsOption, type Bars } from "./charts/bars.ts";
import { mapOption, type MapData, partOfTheWorld } from "./charts/map.ts";
import { init, plotter } from "./charts/plotter.ts";
import { dollars, percent, regionName, signed } from "./language.ts";
import { turn } from "./turns.ts";

const [width, height] = [600, 300]; // pixels

const parts = 4; // of the world: all of it in one turn would take as long as it does on the page

function draw(option: object): void {
  const chart = init(document.createElement("div"), null, { renderer: "svg", width, height });
  chart.setOption({ animation: false, ...option });
  chart.dispose();
}

export async function warm(): Promise<void> {
  const colours = chartsBy(plotter).palette();
  const rows = [1, -1].map((value) => ({ name: String(value), values: [value] }));
  const bars: Bars = { rows, series: [""], axis: "", what: "", unit: "", format: signed };
  const map: MapData = { regionOf: () => "", value: () => 1, range: 1, words: () => "" };
  const option = barsOption(colours, width, bars);
  for (const act of [
    () => regionName("USA"),
    () => [percent(1), signed(1), dollars(1)],
    () => draw({}),
    () => draw({ ...option, series: [] }),
    () => draw(option),
    ...Array.from({ length: parts }, (_, k) => () => {
      draw(mapOption(colours, map, partOfTheWorld(k, parts)));
    }),
  ]) {
    await turn();
    act();
  }
}
