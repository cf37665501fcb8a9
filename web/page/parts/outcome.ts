// What happens: the headline, the map, and who gains and pays.
import { chartsBy } from "../../report/charts.js";
import { known } from "../../report/numbers.js";
import type { App, Solved } from "../app.ts";
import { barsHeight, barsNumbers, barsOption, type Bars } from "../charts/bars.ts";
import { Figure, type Spec, type Stage } from "../charts/figure.ts";
import { mapOption, regionAt, scaleEnd, type MapData } from "../charts/map.ts";
import { plotter } from "../charts/plotter.ts";
import { colon, dollars, number, percent, regionName, semicolons, t } from "../language.ts";
import { regionOfShapes } from "../model/areas.ts";
import { catalogue } from "../model/catalogue.ts";
import {
  dollarsForEach,
  dollarsOf,
  extremes,
  revenueOf,
  shownRegions,
  welfareOf,
  worldDollars,
} from "../model/outcome.ts";
import { allDone, painted, turn } from "../turns.ts";
import { add, node, quoting, redraw, select } from "./dom.ts";
import { ModelsPart } from "./models.ts";
import { flowsFigure, heatFigure, pricesFigure } from "./trade.ts";
import { accountsOf, whyOf } from "./why.ts";

const most = 20;
const longTurn = 8; // milliseconds of drawing in one go

/** What each colour of several series is. */
function legendOf(colours: any, bars: Bars): HTMLElement[] {
  if (bars.series.length < 2) return [];
  return bars.series.map((name, k) => {
    const swatch = node("span", null, { class: "swatch" }) as HTMLElement;
    swatch.style.background = bars.colour?.(colours, k) ?? colours.series[k % colours.series.length];
    return add(node("li"), swatch, name) as HTMLElement;
  });
}

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
  private range = 0;
  private regionOf: (code: string | undefined) => string | undefined = () => undefined;

  constructor(readonly app: App) {
    this.view = chartsBy(plotter);
    this.stage = {
      palette: () => this.view.palette(),
      paperWidth: () => this.view.paperWidth(),
      sourceLine: () => this.sourceLine(),
    };
    this.view.onPaint(() => this.figures.forEach((f) => f.draw()));
    forgetDrawn();
    forgetDrawn = this.view.keepDrawn();
    this.models = new ModelsPart(app);
    app.on("economy", () => this.build());
    app.on("outcome", () => this.draw());
    app.on("bands", () => {
      this.figures.forEach((f) => f.settle()); // what is said of those out of sight
      return this.draw();
    });
    app.on("settled", () => this.settle());
    app.on("detail", () => this.drawWhy());
    app.on("tab", () => this.draw());
  }

  private sourceLine(): string {
    const { app } = this;
    return `Détente ${catalogue.engine.split("+")[0]} · ${app.state.economy} · ${app.now?.title ?? ""}`;
  }

  /** What is compared: the scenario as it stands, then what is pinned. */
  get shown(): Solved[] {
    const { app } = this;
    return app.now ? [app.now, ...app.pinned] : [];
  }

  get differs(): boolean {
    return this.app.state.compare === "difference" && this.app.pinned.length > 0;
  }

  /** One number for each series: all that is shown, or the difference from the first pin. */
  values(of: (s: Solved) => number | undefined): (number | undefined)[] {
    const all = this.shown.map(of);
    if (!this.differs) return all;
    return [known(all[0]) && known(all[1]) ? all[0] - all[1] : undefined];
  }

  get series(): string[] {
    const { pinned } = this.app;
    if (this.differs) return [t("minus", { title: pinned[0].title })];
    return [pinned.length ? t("now") : t("change"), ...pinned.map((p) => p.title)];
  }

  private build(): void {
    this.figures.forEach((f) => f.dispose());
    this.range = 0;
    this.placed = false;
    this.regionOf = regionOfShapes(this.app.facts.economy.regions);
    const make = (spec: Spec) => new Figure(spec, this.stage);
    this.figures = [
      make(this.mapSpec()),
      make(this.welfareSpec()),
      make(this.moneySpec()),
      make(flowsFigure(this)),
      make(this.revenueSpec()),
      make(pricesFigure(this)),
      make(heatFigure(this)),
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
    this.say(app.now);
    if (!this.why.childElementCount) this.drawWhy();
    const mine = ++this.drawings;
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

  private say(now: Solved): void {
    const { facts } = this.app,
      { best, worst, moved } = extremes(facts, now.outcome);
    if (!moved || !best || !worst) {
      this.headline.textContent = t("headline_none");
      this.world.textContent = "";
      return;
    }
    const [high, low] = [welfareOf(now.outcome, best)!, welfareOf(now.outcome, worst)!];
    const words = {
      best: regionName(best),
      best_value: percent(high),
      worst: regionName(worst),
      worst_value: percent(low),
    };
    this.headline.textContent = t(
      high <= 0 ? "headline_all_lose" : low >= 0 ? "headline_all_win" : "headline_mixed",
      words,
    );
    this.world.textContent = facts.factor
      ? t("headline_world", { value: dollars(worldDollars(facts, now.outcome)) })
      : "";
  }

  /** When the slider rests: words and tables that would be too much for every step of it. */
  private settle(): void {
    this.figures.forEach((f) => f.settle());
    this.drawWhy();
  }

  private drawWhy(): void {
    const { app } = this;
    if (!app.now || app.state.tab !== "outcome") return;
    const regions = app.facts.economy.regions
      .map((r) => ({ value: r, text: regionName(r) }))
      .sort((a, b) => a.text.localeCompare(b.text));
    const choose = select(t("region"), regions, app.region, (r) => this.chooseRegion(r));
    redraw(
      this.why,
      node("h3", t("why", { region: regionName(app.region) })),
      choose,
      ...whyOf(app.facts, app.detail ?? app.now.outcome, app.region, accountsOf(app)).map((words) => node("p", words)),
    );
  }

  chooseRegion(region: string): void {
    this.app.state.region = region;
    this.app.commit();
    this.settle();
    this.figures.forEach((f) => f.update());
  }

  private mapSpec(): Spec {
    const { app } = this;
    const value = (r: string) => this.values((s) => welfareOf(s.outcome, r))[0];
    const data = (): MapData => {
      const values = app.facts.economy.regions.map(value).filter(known);
      this.range = scaleEnd(values, this.range);
      return {
        regionOf: this.regionOf,
        value,
        range: this.range,
        words: (r) => {
          const money = dollarsOf(app.facts, app.now?.outcome, r);
          return `${regionName(r)}\n${percent(value(r))}${known(money) && !this.differs ? `\n${dollars(money)}` : ""}`;
        },
        chosen: app.region,
      };
    };
    const ramp = node("span", null, { class: "bar" }),
      low = node("span"),
      high = node("span");
    const legend = add(node("div", null, { class: "ramp", "aria-hidden": "true" }), low, ramp, high);
    return {
      name: "map",
      title: () => t("map"),
      caption: () => t("map_caption"),
      label: () => {
        const { best, worst } = app.now ? extremes(app.facts, app.now.outcome) : {};
        const ends = [worst, best].flatMap((r) => (r ? [`${regionName(r)} ${percent(value(r))}`] : []));
        return colon(t("map"), semicolons(ends));
      },
      height: (width) => Math.round(0.47 * width),
      option: (colours) => {
        const shown = data();
        ramp.style.background = `linear-gradient(to right, ${colours.diverging.join(",")})`;
        low.textContent = `≤ −${shown.range} %`;
        high.textContent = `≥ +${shown.range} %`;
        return mapOption(colours, shown);
      },
      numbers: () => ({
        columns: [t("region"), ...this.series],
        rows: app.facts.economy.regions.map((r) => [regionName(r), ...this.values((s) => welfareOf(s.outcome, r))]),
      }),
      below: legend as HTMLElement,
      clicked: (what) => {
        const region = regionAt(data(), Number(what.name));
        if (region) this.chooseRegion(region);
      },
    };
  }

  barSpec(
    name: string,
    words: { title(): string; caption(): string; first?: string },
    bars: () => Bars,
    all?: () => Bars,
  ): Spec {
    const legend = node("ul", null, { class: "legend" }) as HTMLElement;
    return {
      name,
      title: words.title,
      caption: words.caption,
      label: () => {
        const { rows, format } = bars();
        const said = rows.slice(0, 12).map((r) => `${r.name} ${known(r.values[0]) ? format(r.values[0]) : "–"}`);
        return colon(words.title(), semicolons(said));
      },
      empty: () => this.app.now !== undefined && !bars().rows.some((r) => r.values.some(known)),
      height: () => barsHeight(bars().rows.length, bars().series.length),
      option: (colours, width) => {
        const shown = bars();
        legend.replaceChildren(...legendOf(colours, shown));
        return barsOption(colours, width, shown);
      },
      above: legend,
      numbers: () => barsNumbers(words.first ?? t("region"), (all ?? bars)()),
    };
  }

  private regionBars(
    regions: string[],
    of: (s: Solved, r: string) => number | undefined,
    rest: Omit<Bars, "rows" | "series">,
  ): Bars {
    return {
      rows: regions.map((r) => ({
        name: regionName(r),
        values: this.values((s) => of(s, r)),
        band: this.bandOf(r, rest.axis),
      })),
      series: this.series,
      ...rest,
    };
  }

  private bandOf(region: string, axis: string) {
    const { bands, pinned } = this.app;
    return bands && !pinned.length && axis === t("welfare_axis") ? bands.regions[region]?.welfare_percent : undefined;
  }

  private few = () => shownRegions(this.app.facts, most, this.app.parties);
  private note = () =>
    this.few().length < this.app.facts.economy.regions.length ? ` ${t("largest_shown", { n: this.few().length })}` : "";

  private welfareSpec(): Spec {
    const { app } = this;
    const bars = (regions: string[]) =>
      this.regionBars(regions, (s, r) => welfareOf(s.outcome, r), {
        axis: t("welfare_axis"),
        format: (v) => number(v, { sign: true }),
        ends: app.bands?.between?.map((v) => `θ = ${number(v, { digits: 1 })}`) as [string, string] | undefined,
      });
    const sure = () => {
      const { bands } = app;
      if (!bands)
        return app.drawingBands ? ` ${t("bands_coming")}` : app.draws || app.large ? "" : ` ${t("set_unsure")}`;
      if (app.pinned.length) return "";
      if (!bands.between) return ` ${t("bands_caption", { n: bands.draws! })}`;
      const [low, high] = bands.between.map((v) => number(v, { digits: 1 }));
      return ` ${t("bands_between", { low, high })}`;
    };
    return this.barSpec(
      "welfare",
      { title: () => t("welfare"), caption: () => t("welfare_caption") + sure() + this.note() },
      () => bars(this.few()),
      () => bars(app.facts.economy.regions),
    );
  }

  // For each person where people are known, else in all.
  private moneySpec(): Spec {
    const { facts } = this.app,
      forEach = facts.people.size > 0 && facts.factor > 0;
    const bars = (regions: string[]) =>
      this.regionBars(
        regions,
        (s, r) => (forEach ? dollarsForEach(facts, s.outcome, r) : dollarsOf(facts, s.outcome, r)),
        {
          axis: forEach ? t("money_person_axis") : t("money_axis", { unit: facts.economy.unit }),
          format: (v) => dollars(v),
        },
      );
    const counted = () => (forEach ? this.few().filter((r) => facts.people.has(r)) : this.few());
    return this.barSpec(
      "money",
      {
        title: () => t(forEach ? "money_person" : "money"),
        caption: () => t(forEach ? "money_person_caption" : "money_caption") + this.note(),
      },
      () => bars(counted()),
      () => bars(facts.economy.regions),
    );
  }

  private revenueSpec(): Spec {
    const { app } = this,
      { facts } = app;
    const base = app.base;
    const billions = (v: number | undefined) => (known(v) ? v / 1e9 : undefined);
    const bars = (regions: string[]): Bars => {
      const before = (r: string) => (base ? revenueOf(facts, base, r) : undefined);
      return {
        rows: regions.map((r) => ({
          name: regionName(r),
          values: [
            ...(base ? [billions(before(r))] : []),
            ...this.shown.map((s) => billions(revenueOf(facts, s.outcome, r))),
          ],
        })),
        series: [...(base ? [t("base")] : []), t("now"), ...app.pinned.map((p) => p.title)],
        axis: t("revenue_axis"),
        format: (v) => number(v),
        colour: (c, k) =>
          base ? (k === 0 ? c.axis : c.series[(k - 1) % c.series.length]) : c.series[k % c.series.length],
      };
    };
    // The largest collectors, so that few bars say most.
    const few = () =>
      [...facts.economy.regions]
        .sort((a, b) => (revenueOf(facts, app.now?.outcome, b) ?? 0) - (revenueOf(facts, app.now?.outcome, a) ?? 0))
        .slice(0, 8)
        .filter((r) => (revenueOf(facts, app.now?.outcome, r) ?? 0) > 0);
    const order = () => (facts.economy.regions.length <= 12 ? facts.bySize : few());
    return this.barSpec(
      "revenue",
      {
        title: () => t("revenue"),
        caption: () => t(this.app.baseHasTariffs ? "revenue_caption" : "revenue_caption_none"),
      },
      () => bars(order()),
      () => bars(facts.economy.regions),
    );
  }
}
