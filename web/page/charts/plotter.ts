// Apache ECharts as the report takes it, with maps. Tooltips are drawn in the chart's own SVG: as HTML they would carry
// styles in their markup, which the page's content security policy refuses.
import { MapChart } from "echarts/charts";
import { registerMap, use } from "echarts/core";
import { init as initReport } from "../../report/echarts.js";

use([MapChart]);

const plain = (text: unknown): unknown =>
  typeof text === "string"
    ? text
        .replace(/<br\s*\/?>/g, "\n")
        .replace(/<[^>]+>/g, "")
        .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    : text;

function withPlainTooltip(option: any): any {
  const { tooltip } = option;
  if (!tooltip || tooltip.renderMode === "richText") return option;
  const { formatter } = tooltip;
  return {
    ...option,
    tooltip: {
      ...tooltip,
      renderMode: "richText",
      ...(typeof formatter === "function" ? { formatter: (...args: unknown[]) => plain(formatter(...args)) } : {}),
    },
  };
}

export type Drawn = ReturnType<typeof initReport>;

/** A chart in `box`, as ECharts' own `init`. */
export function init(box: HTMLElement, theme: any, options: any): Drawn {
  const drawn = initReport(box, theme, options);
  const set = drawn.setOption.bind(drawn) as (option: any, ...rest: any[]) => void;
  drawn.setOption = ((option: any, ...rest: any[]) => set(withPlainTooltip(option), ...rest)) as Drawn["setOption"];
  return drawn;
}

export { registerMap };
export const plotter = { init };
