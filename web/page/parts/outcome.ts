// What happens: the headline, the map, and who gains and pays.
import { chartsBy } from "../../report/charts.js";
import { known } from "../../report/numbers.js";
import { term } from "../../report/words.js";
import type { App } from "../app.ts";
import { barsHeight, barsNumbers, barsOption, type Bars } from "../charts/bars.ts";
import { Figure, type Spec, type Stage } from "../charts/figure.ts";
import { plotter } from "../charts/plotter.ts";
import { byText, colon, regionName, semicolons, t } from "../language.ts";
import { allDone, painted, turn } from "../turns.ts";
import { Compared } from "./compared.ts";
import { add, node, quoting, redraw, select } from "./dom.ts";
import { headlineOf } from "./headline.ts";
import { mapFigure } from "./map_figure.ts";
import { ModelsPart } from "./models.ts";
import { headLines, sourceLines, stemOf } from "./provenance.ts";
import { employmentFigure, moneyFigure, revenueFigure, wagesFigure, welfareFigure } from "./region_figures.ts";
import { flowsFigure, heatFigure, pricesFigure } from "./trade.ts";
import { accountsOf, whyOf } from "./why.ts";

const longTurn = 8; // milliseconds of drawing in one go

let forgetDrawn = () => {}; // the figures of a page that was drawn anew

export class OutcomePart {
  readonly element = node("div", null, { class: "outcome" }) as HTMLElement;
  readonly view: any;
  readonly stage: Stage;
  private readonly headline = node("p", null, { class: "headline", "aria-live": "polite" });
  private readonly world = node("p", null, { class: "lead" });
  private readonly why = node("section", null, { class: "why" });
  private readonly models: ModelsPart;
  private figures: Figure[] = [];
  private placed = false;
  private drawings = 0;
  readonly compared: Compared;

  constructor(readonly app: App) {
    this.compared = new Compared(app);
    this.view = chartsBy(plotter);
    this.stage = {
      palette: () => this.view.palette(),
      paperWidth: () => this.view.paperWidth(),
      sourceLines: () => sourceLines(app),
      headLines: () => headLines(app),
      stem: () => stemOf(app),
    };
    this.view.onPaint(() => this.figures.forEach((f) => f.draw()));
    forgetDrawn();
    forgetDrawn = this.view.keepDrawn();
    this.models = new ModelsPart(app);
    app.on("opened", () => {
      this.headline.textContent = t("certificate_wait");
      this.world.textContent = "";
    });
    app.on("economy", () => this.build());
    app.on("outcome", () => this.draw());
    app.on("bands", () => this.drawBands());
    app.on("settled", () => this.settle());
    app.on("detail", () => this.drawWhy());
    app.on("tab", () => this.draw());
  }

  /** Whether how much is worked answers to wages. */
  get labourSupply(): boolean {
    return Number(this.app.optionValue("labour_supply") ?? 0) > 0;
  }

  /** What money is measured in, where that can be said. */
  get numeraireSaid(): string {
    const numeraire = this.app.now?.outcome.certificate.numeraire;
    return numeraire ? t("numeraire_money", { numeraire: term(numeraire) }) : "";
  }

  private build(): void {
    this.figures.forEach((f) => f.dispose());
    this.placed = false;
    const make = (spec: Spec) => new Figure(spec, this.stage);
    this.figures = [
      make(mapFigure(this)),
      make(welfareFigure(this)),
      make(wagesFigure(this)),
      make(moneyFigure(this)),
      make(revenueFigure(this)),
      make(pricesFigure(this)),
      make(flowsFigure(this)),
      make(heatFigure(this)),
      make(employmentFigure(this)),
    ];
    const [map, ...rest] = this.figures.map((f) => f.element);
    redraw(
      this.element,
      this.headline,
      this.world,
      this.models.element,
      map,
      this.why,
      add(node("div", null, { class: "figures" }), ...rest),
    );
  }

  // In the order in which a reader looks; a turn that has drawn for long lets others act before it goes on.
  async draw(): Promise<void> {
    const { app } = this;
    if (!app.facts || app.state.tab !== "outcome") return;
    if (!this.placed && this.figures[0]?.given) {
      // At once: an observer would tell of their widths when the page has been seen without them. All asked before any is set.
      this.placed = true;
      const widths = this.figures.map((f) => f.given);
      this.figures.forEach((f, k) => f.measured(widths[k]));
    }
    if (app.failure) {
      const words = quoting("span", t("not_solved", { reason: app.failure }), [app.failure]);
      this.headline.replaceChildren(...words.childNodes);
      this.element.classList.add("unsolved");
      return;
    }
    if (!app.now) return;
    this.element.classList.remove("unsolved");
    this.say();
    if (!this.why.childElementCount) this.drawWhy();
    const mine = ++this.drawings;
    if (!this.figures.some((f) => f.shown)) {
      // The first time takes longest.
      await turn();
      if (mine !== this.drawings) return;
    }
    let began = performance.now();
    for (const figure of this.figures) {
      if (!figure.update() || performance.now() - began < longTurn) continue;
      await turn();
      if (mine !== this.drawings) return;
      began = performance.now();
    }
    // The first time, who is seen is not known yet.
    if (!this.figures.some((f) => f.shown)) await painted();
    await allDone();
    // For web/tests/page_measure.js.
    performance.clearMarks("detente:drawn");
    performance.mark("detente:drawn");
  }

  private drawBands(): void {
    const { app } = this;
    if (!app.now || app.failure || app.state.tab !== "outcome") return;
    this.say();
    for (const figure of this.figures.filter((f) => f.banded)) {
      figure.settle();
      figure.update();
    }
  }

  private say(): void {
    const { headline, world } = headlineOf(this.app);
    this.headline.textContent = headline;
    this.world.textContent = world;
  }

  /** When the slider rests: words and tables that would be too much for every step of it. */
  private settle(): void {
    this.figures.forEach((f) => f.settle());
    this.drawWhy();
  }

  private drawWhy(): void {
    const { app } = this;
    if (!app.now || app.state.tab !== "outcome") return;
    const regions = app.facts.economy.regions.map((r) => ({ value: r, text: regionName(r) })).sort(byText);
    const choose = select(t("region"), regions, app.region, (r) => this.chooseRegion(r));
    redraw(
      this.why,
      node("h3", t("why", { region: regionName(app.region) })),
      choose,
      ...this.whySaid().map((words) => node("p", words)),
    );
  }

  private whySaid(): string[] {
    const { app, compared } = this,
      [sum, ...more] = whyOf(app.facts, app.detail ?? app.now!.outcome, app.region, accountsOf(app));
    return [compared.differs ? t("not_the_difference", { title: app.now!.title, said: sum }) : sum, ...more];
  }

  chooseRegion(region: string): void {
    this.app.state.region = region;
    this.app.commit();
    this.settle();
    this.figures.forEach((f) => f.update());
  }

  /** `words.first` heads the rows; `all` is what the table has where that is more. */
  barSpec(
    name: string | (() => string),
    words: { title(): string; caption(saved?: boolean): string; first?: string; key?: string },
    bars: () => Bars,
    all?: () => Bars,
  ): Spec {
    return {
      name: typeof name === "string" ? () => name : name,
      title: words.title,
      caption: words.caption,
      label: () => {
        const { rows, format } = bars();
        const said = rows.slice(0, 12).map((r) => `${r.name} ${known(r.values[0]) ? format(r.values[0]) : "–"}`);
        return colon(words.title(), semicolons(said));
      },
      empty: () => this.app.now !== undefined && !bars().rows.some((r) => r.values.some(known)),
      height: () => barsHeight(bars()),
      option: (colours, width) => barsOption(colours, width, bars()),
      legend: (colours) => {
        const { series, colour } = bars();
        if (series.length < 2) return [];
        return series.map((of, k) => ({
          name: of,
          colour: colour?.(colours, k) ?? colours.series[k % colours.series.length],
        }));
      },
      numbers: () => barsNumbers(words.first ?? t("region"), [{ what: words.key ?? t("code") }], (all ?? bars)()),
    };
  }
}
