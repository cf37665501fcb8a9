// A figure of the page: title, chart, words for a screen reader, its numbers as a table, and the three ways to save it.
// It is drawn again only while it can be seen, so that a drag costs no more than what is on the screen.
import { add, node, table, tableRow } from "../../report/page.js";
import { t } from "../language.ts";
import { csv, headInFile, headOnPage, shownCell, type Cell, type Numbers } from "./numbers.ts";
import { pictureOf, type Legend, type Scale } from "./picture.ts";
import { redraw } from "../parts/dom.ts";
import { init, type Drawn } from "./plotter.ts";
import { inTurn, turn } from "../turns.ts";
import { savePng, saveSvg, saveText, type Picture } from "./save.ts";

export interface Spec {
  /** The last part of a saved file's name. */
  name(): string;
  /** The figure's class, where its name changes. */
  kind?: string;
  title(): string;
  /** `saved`: in a file, which says nothing of what is still to come on the page. */
  caption(saved?: boolean): string;
  /** The chart in a sentence. */
  label(): string;
  height(width: number): number;
  option(colours: any, width: number): object;
  /** What the table shows. */
  numbers(): Numbers;
  /** What a file has, where that is more or otherwise arranged. */
  file?(): Numbers;
  /** What the colours of several series are. */
  legend?(colours: any): Legend[];
  /** What the colours of a map or a matrix are. */
  scale?(colours: any): Scale;
  /** Where a click on the chart leads, by what was clicked. */
  clicked?(what: any): void;
  /** Shows how sure the answer is, and so changes with that. */
  banded?: boolean;
  /** Nothing to show: a model may leave numbers out. */
  empty?(): boolean;
}

export interface Stage {
  /** Colours for the page's scheme, as the report has them. */
  palette(): any;
  /** Pixels of a page of paper while it is printed, else 0. */
  paperWidth(): number;
  /** What stands below a saved chart. */
  sourceLines(): string[];
  /** What stands above saved numbers: what each is called, and its words. */
  headLines(): [string, string][];
  /** The first part of a saved file's name: economy, model and scenario. */
  stem(): string;
}

const wideRows = 15; // of a table with very many columns, at a time
const wideRowsInOneGo = 4;

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
  private readonly legend = node("ul", null, { class: "legend" }) as HTMLElement;
  private readonly ramp = node("div", null, { class: "ramp", "aria-hidden": "true" }) as HTMLElement;
  private readonly details = node("details", null, { class: "numbers late" }) as HTMLDetailsElement;
  private drawn: Drawn | undefined;
  private size = "";
  private width = 0;
  private visible = false;
  private stale = true;
  private tables = 0;
  private firstRow = 0; // of the part of a wide table that is seen

  constructor(
    private readonly spec: Spec,
    private readonly stage: Stage,
  ) {
    const failed = node("span", null, { role: "status" });
    const save = add(node("div", null, { class: "save", role: "group", "aria-label": t("save") })) as HTMLElement;
    for (const [key, act] of [
      ["png", () => savePng(this.svg(), this.file("png"))],
      ["svg", () => saveSvg(this.svg(), this.file("svg"))],
      ["csv", () => this.saveCsv()],
    ] as const) {
      const button = node("button", t(key), { type: "button" });
      button.addEventListener("click", () => {
        failed.textContent = "";
        Promise.resolve()
          .then(act)
          .catch((reason: Error) => (failed.textContent = t("save_failed", { reason: reason.message })));
      });
      save.append(button);
    }
    save.append(failed);
    this.element.classList.add(spec.kind ?? spec.name());
    add(this.details, node("summary", t("table")));
    this.details.addEventListener("toggle", () => void this.tabulate());
    add(this.element, this.heading, this.words);
    if (spec.legend) this.element.append(this.legend);
    this.element.append(this.box);
    if (spec.scale) this.element.append(this.ramp);
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

  private file = (kind: string) => `detente-${this.stage.stem()}-${this.spec.name()}.${kind}`;

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

  /** Whether it changes with how sure the answer is. */
  get banded(): boolean {
    return this.spec.banded ?? false;
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
    void this.tabulate();
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
    this.explain(colours);
    this.drawn.setOption(
      {
        animation: false,
        textStyle: { color: colours.ink, fontFamily: "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif" },
        ...spec.option(colours, width),
      },
      { notMerge: true, lazyUpdate: false },
    );
  }

  // What the colours are, above and below the chart.
  private explain(colours: any): void {
    const { legend, scale } = this.spec;
    if (legend)
      this.legend.replaceChildren(
        ...legend(colours).map(({ name, colour }) => {
          const swatch = node("span", null, { class: "swatch" }) as HTMLElement;
          swatch.style.background = colour;
          return add(node("li"), swatch, name) as HTMLElement;
        }),
      );
    if (scale) {
      const { low, high, colours: stops } = scale(colours),
        bar = node("span", null, { class: "bar" }) as HTMLElement;
      bar.style.background = `linear-gradient(to right, ${stops.join(",")})`;
      this.ramp.replaceChildren(node("span", low), bar, node("span", high));
    }
  }

  private async tabulate(): Promise<void> {
    if (!this.details.open) return;
    const mine = ++this.tables,
      { keys = [], columns, rows, wide } = this.spec.numbers(),
      heads = columns.map(headOnPage);
    const shown = (some: Cell[][]) => some.map((r) => r.slice(keys.length).map(shownCell));
    const put = (made: HTMLElement) => redraw(this.details, this.details.firstElementChild!, made);
    if (!wide) return put(table(this.spec.title(), heads, shown(rows)));
    await this.tabulatePart(mine, heads, rows, shown, put);
  }

  // So many columns that a browser lays out a few rows in a turn, and a part of all at a time.
  private async tabulatePart(
    mine: number,
    heads: string[],
    rows: Cell[][],
    shown: (some: Cell[][]) => string[][],
    put: (made: HTMLElement) => void,
  ): Promise<void> {
    const from = Math.min(this.firstRow, rows.length - 1),
      to = Math.min(from + wideRows, rows.length);
    const made = table(this.spec.title(), heads, [], { limit: rows.length }) as HTMLElement,
      body = made.querySelector("tbody")!;
    made.querySelector("table")!.style.width = `${6 * heads.length}rem`;
    made.classList.add("wide");
    const step = (words: string, next: number) => {
      const button = node("button", words, { type: "button" }) as HTMLButtonElement;
      button.disabled = next < 0 || next >= rows.length;
      button.addEventListener("click", () => {
        this.firstRow = next;
        void this.tabulate();
      });
      return button;
    };
    add(
      made,
      add(
        node("div", null, { class: "steps" }),
        step(t("table_before"), from - wideRows),
        node("span", t("table_rows", { from: from + 1, to, n: rows.length }), { role: "status" }),
        step(t("table_next"), from + wideRows),
      ),
    );
    put(made);
    for (let k = from; k < to; k += wideRowsInOneGo) {
      await turn();
      if (mine !== this.tables) return;
      body.append(...shown(rows.slice(k, Math.min(to, k + wideRowsInOneGo))).map((r) => tableRow(r)));
    }
  }

  private async saveCsv(): Promise<void> {
    const { spec, stage } = this,
      numbers = (spec.file ?? spec.numbers)();
    const columns = numbers.columns.map(headInFile).join("; ");
    const head: [string, string][] = [
      [t("file_title"), spec.title()],
      [t("file_caption"), spec.caption(true)],
      [t("file_columns"), columns],
      ...stage.headLines(),
    ];
    saveText(await csv(numbers, head), this.file("csv"), "text/csv");
  }

  /** The chart with all that it takes to read it by itself, as one SVG document. */
  private svg(): Picture {
    if (!this.drawn) this.draw();
    const { spec, stage } = this,
      colours = stage.palette();
    return pictureOf({
      title: spec.title(),
      caption: spec.caption(true),
      legend: spec.legend?.(colours) ?? [],
      scale: spec.scale?.(colours),
      chart: (this.drawn as any).renderToSVGString() as string,
      width: this.drawn!.getWidth(),
      height: this.drawn!.getHeight(),
      source: stage.sourceLines(),
      colours,
    });
  }

  dispose(): void {
    observer().unobserve(this.element);
    widths().unobserve(this.box);
    this.drawn?.dispose();
  }
}
