// What hangs on the model: the scenario under a short list of other models and options, in a line and model by model.
import { table } from "../../report/page.js";
import type { App } from "../app.ts";
import { csv } from "../charts/numbers.ts";
import { saveText } from "../charts/save.ts";
import type { Answer } from "../engine/others.ts";
import {
  dollars,
  engineLanguage,
  joined,
  modelTitle,
  number,
  percent,
  regionName,
  shortName,
  t,
  type Key,
} from "../language.ts";
import { modelText } from "../model/options.ts";
import { shownRegions } from "../model/outcome.ts";
import { ownOf, readingOf, spansOf, type Measure, type Reading, type Variant } from "../model/variants.ts";
import { texts } from "../texts.ts";
import { add, button, node, quoting, select } from "./dom.ts";
import { extremes } from "./headline.ts";
import { headLines, stemOf } from "./provenance.ts";

const most = 6; // regions of the table, where the economy has many
const mostSaid = 4; // regions of the line

const words = (key: string, else_: string): string => (key in texts ? t(key as Key) : else_);
const read = (answer: Answer<Reading> | undefined): Reading | undefined =>
  answer && "reading" in answer ? answer.reading : undefined;

export class ModelsPart {
  readonly element = node("section", null, { class: "models", "aria-label": t("models") }) as HTMLElement;
  // Read aloud when it is whole, not model by model.
  private readonly line = node("p", null, { class: "line-of-models", "aria-live": "off" });
  private readonly details = node("details") as HTMLDetailsElement;
  private measure: Measure = "welfare";
  private list: Variant[] = [];
  private own: Variant | undefined;
  private rows: HTMLTableRowElement[] = [];
  private columns: string[] = []; // regions of the table
  private made = ""; // what the table's skeleton is of
  private waits = false; // says already that answers are to come

  constructor(private readonly app: App) {
    add(this.details, node("summary", t("models_table")));
    add(this.element, node("h3", t("models")), this.line, this.details);
    this.details.addEventListener("toggle", () => this.fill());
    app.on("economy", () => this.draw());
    // While a slider moves, the word that answers are to come, once; and the page's own row where the table is open.
    app.on("outcome", () => (this.waits && !app.failure ? this.fillOwn() : this.draw()));
    for (const event of ["settled", "detail", "models", "tab"] as const) app.on(event, () => this.draw());
  }

  private get ready(): boolean {
    const { app } = this;
    return Boolean(app.facts && app.now && !app.failure) && app.state.tab === "outcome" && !app.state.embed;
  }

  // The page's own stands first where the list does not have it.
  private choose(): void {
    const { app } = this,
      list = app.variants;
    this.own = ownOf(list, app.state, app.models);
    if (!this.own) {
      const { model, options, horizon, elasticities } = app.state;
      this.own = { key: "own", model, options, horizon, elasticities };
      list.unshift(this.own);
    }
    this.list = list;
  }

  private answerOf(variant: Variant): Answer<Reading> | undefined {
    const { app } = this;
    if (variant !== this.own) return app.others.of(variant.key);
    return { reading: readingOf(app.facts, app.detail ?? app.now!.outcome) };
  }

  private draw(): void {
    this.waits = false;
    this.element.hidden = this.app.failure !== undefined;
    if (!this.ready) return;
    this.choose();
    const answers = this.list.map((v) => this.answerOf(v)),
      done = answers.filter(Boolean).length;
    this.waits = done < answers.length;
    this.element.setAttribute("aria-busy", String(this.waits));
    this.line.setAttribute("aria-live", this.waits ? "off" : "polite");
    const text = this.waits ? t("models_coming", { done, n: answers.length }) : this.said(answers);
    if (this.line.textContent !== text) this.line.textContent = text;
    this.fill();
  }

  /** What the headline speaks of and the reader works with, over all that answered. */
  private said(answers: (Answer<Reading> | undefined)[]): string {
    const { app } = this,
      readings = answers.flatMap((a) => read(a) ?? []);
    const { best, worst, moved, against } = extremes(app);
    if (!moved || readings.length < 2) return "";
    const { bySize } = app.facts;
    const spoken = [...new Set([worst!, best!, ...app.parties, ...bySize.slice(0, 2)])].slice(0, mostSaid);
    const spans = spansOf(readings, spoken).map(({ region, low, high }) =>
      t("models_span", { region: regionName(region), low: number(low, { sign: true }), high: percent(high) }),
    );
    const turning = (regions: string[], measure: Measure) =>
      spansOf(readings, regions, measure)
        .filter((s) => s.turns)
        .map((s) => regionName(s.region));
    const signs = turning([...new Set([...spoken, ...this.regions()])], "welfare"),
      terms = turning(spoken, "terms");
    const line = t("models_line", { n: readings.length, spans: joined(spans) });
    const netOfWork = this.list.some((v, k) => Number(v.options?.labour_supply ?? 0) > 0 && read(answers[k]));
    return [
      against ? t("not_the_difference", { title: app.now!.title, said: line }) : line,
      signs.length ? t("models_sign", { regions: joined(signs) }) : t("models_same"),
      ...(terms.length ? [t("models_terms", { regions: joined(terms) })] : []),
      ...(netOfWork ? [t("models_net_of_work")] : []),
    ].reduce((first, then) => t("models_then", { first, then }));
  }

  // Those that the reader works with, then the largest.
  private regions(): string[] {
    const { facts, parties } = this.app;
    const shown = shownRegions(facts, most, parties),
      first = parties.filter((r) => shown.includes(r));
    return [...new Set([...first, ...shown])];
  }

  // The table's cells; its frame is made anew only where rows or columns are others.
  private fill(): void {
    if (!this.details.open || !this.ready || !this.list.length) return;
    const both = !this.app.large; // welfare of few regions is taken apart
    if (!both) this.measure = "welfare";
    this.columns = this.regions();
    const keys = this.list.map((v) => v.key);
    const made = JSON.stringify([this.app.state.economy, keys, this.columns, both, this.measure]);
    if (made !== this.made) this.frame(both);
    this.made = made;
    this.list.forEach((variant, k) => this.fillRow(this.rows[k], variant, this.answerOf(variant)));
  }

  private fillOwn(): void {
    const row = this.rows[this.list.indexOf(this.own!)];
    if (this.details.open && row && this.ready) this.fillRow(row, this.own!, this.answerOf(this.own!));
  }

  private frame(both: boolean): void {
    const held = (document.activeElement?.closest("[data-variant]") as HTMLElement | null)?.dataset.variant;
    const worldToo = this.measure === "welfare" && this.app.facts.factor > 0;
    const columns = [t("models_model"), ...this.columns.map(shortName), ...(worldToo ? [t("models_world")] : [])];
    const whole = table(
      this.title(this.measure),
      columns,
      this.list.map(() => columns.map(() => "")),
      { limit: this.list.length },
    );
    this.rows = [...whole.querySelectorAll("tbody tr")] as HTMLTableRowElement[];
    this.rows.forEach((row, k) => this.head(row, this.list[k]));
    this.details.replaceChildren(
      this.details.firstElementChild!,
      ...(both ? [this.choice()] : []),
      whole,
      node("p", t("models_note"), { class: "small" }),
      add(
        node("div", null, { class: "save", role: "group", "aria-label": t("save") }),
        button(t("csv"), () => this.save()),
      ),
    );
    if (held) this.focusOn(held);
  }

  private title = (measure: Measure) => t(measure === "terms" ? "models_measure_terms" : "models_welfare");
  private name = ({ key, model }: Variant) => words(`variant_${key}`, modelTitle(model));
  private focusOn = (key: string) =>
    this.details.querySelector<HTMLElement>(`[data-variant=${key}]`)?.focus({ preventScroll: true });

  private choice(): HTMLElement {
    const choices = (["welfare", "terms"] as const).map((value) => ({ value, text: this.title(value) }));
    return select(t("models_show"), choices, this.measure, (value) => {
      this.measure = value as Measure;
      this.fill();
      this.details.querySelector("select")?.focus();
    });
  }

  // What a row is, by its name; and below, over the row's whole width, what it changes.
  private head(row: HTMLTableRowElement, variant: Variant): void {
    const said = add(
      node("div", words(`variant_${variant.key}_text`, "")),
      " ",
      node("cite", words(`variant_${variant.key}_source`, ""), { lang: engineLanguage() }),
      node("span", null, { class: "refusal" }),
    );
    const below = add(
      node("tr", null, { class: "change" }),
      add(node("td", null, { colspan: row.cells.length }), said),
    );
    row.cells[0].replaceChildren(
      button(this.name(variant), () => void this.goTo(variant), { "data-variant": variant.key }),
    );
    row.after(below);
    // Wherever the row is clicked, but not where a text was marked in it.
    for (const part of [row, below])
      part.addEventListener("click", (event: Event) => {
        const other = (event.target as Element).closest("button") || String(getSelection());
        if (!other && row.classList.contains("choosable")) void this.goTo(variant);
      });
  }

  private fillRow(row: HTMLTableRowElement, variant: Variant, answer: Answer<Reading> | undefined): void {
    const reading = read(answer),
      own = variant === this.own,
      go = row.querySelector("button")!,
      below = row.nextElementSibling!;
    for (const part of [row, below]) {
      part.classList.toggle("chosen-model", own);
      part.classList.toggle("choosable", Boolean(reading));
    }
    go.setAttribute("aria-pressed", String(own));
    go.disabled = !reading;
    row.querySelector(".own-mark")?.remove();
    if (own) go.after(" ", node("span", t("models_own"), { class: "own-mark" }));
    const reason = answer && "refused" in answer ? answer.refused : undefined;
    below
      .querySelector(".refusal")!
      .replaceChildren(...(reason ? quoting("span", t("models_refused", { reason }), [reason]).childNodes : []));
    const texts_ = [
      ...this.columns.map((r) => number(reading?.[this.measure]?.[r], { sign: true })),
      dollars(reading?.world),
    ];
    const there = answer && (!this.waits || !reading || reading[this.measure]);
    [...row.cells].slice(1).forEach((cell, k) => (cell.textContent = there ? texts_[k] : t("models_wait")));
  }

  // The page under that model; what a reader pressed keeps the focus, wherever it stands then.
  private async goTo(variant: Variant): Promise<void> {
    if (variant.key === this.own?.key) return;
    const { model, options, horizon, elasticities } = variant;
    await this.app.configure((s) => Object.assign(s, { model, options, horizon, elasticities }));
    this.focusOn(variant.key);
  }

  /** All regions, with all digits. */
  private async save(): Promise<void> {
    const { regions } = this.app.facts.economy;
    const answers = this.list.map((v) => this.answerOf(v));
    const both = !this.app.large;
    const settings = ({ model, options, horizon, elasticities }: Variant) =>
      [modelText(model, options), ...(horizon ? [`horizon:${horizon}`] : [])]
        .concat(elasticities ? [`elasticities:${elasticities}`] : [])
        .join(",");
    const columns = [
      t("models_model"),
      t("models_settings"),
      t("models_answer"),
      ...regions.map((r) => t("models_region_percent", { region: regionName(r) })),
      ...(both ? regions.map((r) => t("models_terms_percent", { region: regionName(r) })) : []),
      t("models_world_dollars"),
    ].map((what) => ({ what }));
    const rows = this.list.map((variant, k) => {
      const answer = answers[k],
        reading = read(answer);
      const state = variant === this.own ? "models_own" : answer ? "models_answered" : "models_wait";
      return [
        this.name(variant),
        settings(variant),
        answer && "refused" in answer ? t("models_refused", { reason: answer.refused }) : t(state),
        ...regions.map((r) => reading?.welfare[r]),
        ...(both ? regions.map((r) => reading?.terms?.[r]) : []),
        reading?.world,
      ];
    });
    const text = await csv({ columns, rows }, headLines(this.app));
    saveText(text, `detente-${stemOf(this.app)}-models.csv`, "text/csv");
  }
}
