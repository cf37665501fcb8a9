// A figure of the page: title, chart, words for a screen reader, its numbers as a table, and the three ways to save it.
// It is drawn again only while it can be seen, so that a drag costs no more than what is on the screen.
import { add, node, table } from "../../report/page.js";
import { redraw } from "../parts/dom.ts";
import { number, t } from "../language.ts";
import { init, type Drawn } from "./plotter.ts";
import { inTurn } from "../turns.ts";
import { saveCsv, savePng, saveSvg } from "./save.ts";

export type Cell = string | number | null | undefined;
export interface Numbers {
  columns: string[];
  rows: Cell[][];
}

export interface Spec {
  /** Stem of a saved file's name. */
  name: string;
  title(): string;
  caption(): string;
  /** The chart in a sentence. */
  label(): string;
  height(width: number): number;
  option(colours: any, width: number): object;
  numbers(): Numbers;
  /** Something above or below the chart: a legend, a choice. */
  above?: HTMLElement;
  below?: HTMLElement;
  /** Where a click on the chart leads, by what was clicked. */
  clicked?(what: any): void;
  /** Nothing to show: a model may leave numbers out. */
  empty?(): boolean;
}

export interface Stage {
  /** Colours for the page's scheme, as the report has them. */
  palette(): any;
  /** Pixels of a page of paper while it is printed, else 0. */
  paperWidth(): number;
  /** What stands below a saved chart. */
  sourceLine(): string;
}

let watching: IntersectionObserver | undefined;
let measuring: ResizeObserver | undefined;
const byBox = new WeakMap<Element, Figure>();
// Widths come from an observer: to ask for one while drawing would lay out the page anew for every chart.
const widths = () =>
  (measuring ??= new ResizeObserver((entries) =>
    entries.forEach((e) => byBox.get(e.target)?.measured(e.contentRect.width)),
  ));
const observer = () =>
  (watching ??= new IntersectionObserver(
    (entries) =>
      entries.forEach((e) => {
        const figure = byBox.get(e.target);
        if (figure) figure.seen(e.isIntersecting);
      }),
    { rootMargin: "200px" },
  ));

export class Figure {
  readonly element = node("figure", null, { class: "live" }) as HTMLElement;
  private readonly heading = node("h3");
  private readonly words = node("figcaption");
  private readonly box = node("div", null, { role: "img", class: "chart" }) as HTMLElement;
  private readonly details = node("details", null, { class: "numbers late" }) as HTMLDetailsElement;
  private drawn: Drawn | undefined;
  private size = "";
  private width = 0;
  private visible = false;
  private stale = true;

  constructor(
    private readonly spec: Spec,
    private readonly stage: Stage,
  ) {
    const save = add(node("div", null, { class: "save", role: "group", "aria-label": t("save") })) as HTMLElement;
    for (const [key, act] of [
      ["png", () => savePng(this.svg(), this.file("png"))],
      ["svg", () => saveSvg(this.svg(), this.file("svg"))],
      ["csv", () => saveCsv(spec.numbers(), this.file("csv"))],
    ] as const) {
      const button = node("button", t(key), { type: "button" });
      button.addEventListener("click", () => void act());
      save.append(button);
    }
    this.element.classList.add(spec.name);
    add(this.details, node("summary", t("table")));
    this.details.addEventListener("toggle", () => this.tabulate());
    add(this.element, this.heading, this.words);
    if (spec.above) this.element.append(spec.above);
    this.element.append(this.box);
    if (spec.below) this.element.append(spec.below);
    add(this.element, add(node("div", null, { class: "under" }), this.details, save));
    this.say();
    byBox.set(this.element, this);
    byBox.set(this.box, this);
    observer().observe(this.element);
    widths().observe(this.box);
  }

  /** The width that the page gives it; asking lays the page out. */
  get given(): number {
    return this.box.clientWidth;
  }

  measured(width: number): void {
    if (Math.round(width) === this.width) return;
    this.width = Math.round(width);
    // Its place is kept before it is drawn, so that nothing moves when it is.
    if (this.width && !this.drawn) this.box.style.height = `${this.spec.height(this.width)}px`;
    this.stale = true;
    this.later();
  }

  private file = (kind: string) => `detente-${this.spec.name}.${kind}`;

  seen(visible: boolean): void {
    this.visible = visible;
    this.later();
  }

  /** Drawn in a turn of its own, where it is seen and not as it should be. */
  later(): void {
    if (!this.visible || !this.stale) return;
    inTurn(() => {
      if (this.visible && this.stale && this.element.isConnected) this.update();
    });
  }

  /** Has been drawn. */
  get shown(): boolean {
    return this.drawn !== undefined;
  }

  /** New numbers: drawn now where the figure is seen, else when it comes into sight. True where it was drawn. */
  update(): boolean {
    this.stale = true;
    this.element.classList.toggle("empty", this.spec.empty?.() ?? false);
    if (!this.visible || !this.width || !this.element.isConnected) return false;
    this.draw();
    return true;
  }

  /** When the slider rests: what is said of the figure where it is out of sight, and its table where it is open. */
  settle(): void {
    this.say();
    this.tabulate();
  }

  private say(): void {
    this.heading.textContent = this.spec.title();
    this.words.textContent = this.spec.caption();
    this.box.setAttribute("aria-label", this.spec.label());
  }

  draw(): void {
    const { spec, stage } = this;
    if (this.element.classList.contains("empty")) return;
    const paper = this.width && stage.paperWidth(),
      width = paper || this.width;
    if (!width) return;
    this.stale = false;
    const height = spec.height(width),
      size = `${width}x${height}`;
    this.say();
    if (!this.drawn) {
      this.box.style.height = `${height}px`;
      this.drawn = init(this.box, null, { renderer: "svg", width, height });
      if (spec.clicked) this.drawn.on("click", (what) => spec.clicked!(what));
    } else if (size !== this.size) {
      this.box.style.height = `${height}px`;
      this.drawn.resize({ width, height });
    }
    this.size = size;
    const colours = stage.palette();
    this.drawn.setOption(
      {
        animation: false,
        textStyle: { color: colours.ink, fontFamily: "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif" },
        ...spec.option(colours, width),
      },
      { notMerge: true, lazyUpdate: false },
    );
  }

  private tabulate(): void {
    if (!this.details.open) return;
    const { columns, rows } = this.spec.numbers();
    const shown = rows.map((r) => r.map((c) => (typeof c === "number" ? number(c) : c)));
    redraw(this.details, this.details.firstElementChild!, table(this.spec.title(), columns, shown));
  }

  /** The chart with its title and source, as one SVG document. */
  private svg(): { text: string; width: number; height: number; paper: string } {
    if (!this.drawn) this.draw();
    const colours = this.stage.palette();
    const inner = (this.drawn as any).renderToSVGString() as string;
    const width = this.drawn!.getWidth(),
      height = this.drawn!.getHeight();
    const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
    const line = (text: string, y: number, size: number, colour: string, weight = "normal") =>
      `<text x="12" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(text)}</text>`;
    const text = [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + 76}" font-family="system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif">`,
      `<rect width="100%" height="100%" fill="${colours.paper}"/>`,
      line(this.spec.title(), 26, 17, colours.ink, "bold"),
      `<g transform="translate(0 40)">${inner}</g>`,
      line(this.stage.sourceLine(), height + 64, 11, colours.axis),
      "</svg>",
    ].join("");
    return { text, width, height: height + 76, paper: colours.paper };
  }

  dispose(): void {
    observer().unobserve(this.element);
    widths().unobserve(this.box);
    this.drawn?.dispose();
  }
}
