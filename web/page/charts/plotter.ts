// Apache ECharts as the report takes it, with maps. Tooltips are drawn in the chart's own SVG: as HTML they would carry
// styles in their markup, which the page's content security policy refuses.
import { MapChart } from "echarts/charts";
import { getMap, registerMap, use } from "echarts/core";
import { init as initReport } from "../../report/echarts.js";
import { inTurn } from "../turns.ts";

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
  use([MapChart]);
  const drawn = initReport(box, theme, options);
  const set = drawn.setOption.bind(drawn) as (option: any, ...rest: any[]) => void;
  drawn.setOption = ((option: any, ...rest: any[]) => set(withPlainTooltip(option), ...rest)) as Drawn["setOption"];
  return drawn;
}

export { getMap, registerMap };
export const plotter = { init };

// Charts that wait to be seen; then each has a turn of its own, so that none holds the page up.
const waiting = new WeakMap<Element, () => void>();
let watching: IntersectionObserver | undefined;

function whenSeen(box: HTMLElement, draw: () => void): void {
  watching ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const act = waiting.get(target);
        if (!isIntersecting || !act) continue;
        waiting.delete(target);
        watching!.unobserve(target);
        inTurn(act);
      }
    },
    { rootMargin: "300px" },
  );
  waiting.set(box, draw);
  watching.observe(box);
}

// Before a page is printed, all that has not been seen yet.
const undrawn = new Map<HTMLElement, () => void>();
addEventListener("beforeprint", () => {
  for (const [box, draw] of undrawn) {
    if (box.isConnected) draw();
    undrawn.delete(box);
  }
});

/** For a whole report: a chart is drawn when it comes into sight, or before the page is printed. */
export const patientPlotter = {
  init(box: HTMLElement, theme: any, options: any) {
    let drawn: Drawn | undefined,
      size = options,
      last: any[] | undefined;
    const draw = () => {
      if (drawn || !box.isConnected) return;
      undrawn.delete(box);
      drawn = init(box, theme, { ...options, ...size });
      if (last) (drawn.setOption as any)(...last);
    };
    whenSeen(box, draw);
    undrawn.set(box, draw);
    return {
      resize(next: any) {
        size = next;
        drawn?.resize(next);
      },
      setOption(...option: any[]) {
        last = option;
        (drawn?.setOption as any)?.(...option);
      },
    };
  },
};
