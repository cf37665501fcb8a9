/*! Draws with Apache ECharts (Apache-2.0, https://echarts.apache.org), zrender (BSD-3-Clause) and tslib (0BSD). */
// Only what the report uses, so that the bundle leaves out the rest.
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { init as begin, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

const parts = [
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  LabelLayout,
  SVGRenderer,
];

// Made known with the first chart: a page that is being opened has other work.
export function init(...asked) {
  use(parts); // what is known already is not made again
  return begin(...asked);
}
