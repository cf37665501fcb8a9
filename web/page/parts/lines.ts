// Who taxes whom: dated schedules, whole or a part, and lines of change, of which one is open with its slider.
import type { App } from "../app.ts";
import type { Row } from "../engine/types.ts";
import {
  colon,
  columnName,
  engineLanguage,
  number,
  percent,
  regionInText,
  regionName,
  scheduleTitle,
  sectorName,
  t,
  type Key,
} from "../language.ts";
import { linesOf, scheduleOf } from "../model/catalogue.ts";
import { inForm, levelOf, tariffsAfter, type Level } from "../model/levels.ts";
import {
  firstLine,
  formOf,
  list,
  rowsOf,
  spanOf,
  valueOf,
  withValue,
  type Form,
  type ScheduleUse,
} from "../model/scenario.ts";
import { add, button, node, redraw, select, slider, type Slider } from "./dom.ts";
import { regionChoice, tickBox, type Ticking } from "./region_choice.ts";

const everyone = "*";

export class Lines {
  readonly element = node("section", null, { class: "lines" }) as HTMLElement;
  /** The slider of the line that is open, once more: a phone keeps it in sight. */
  readonly quick = node("div", null, { class: "quick" }) as HTMLElement;
  private sectorsOpen = false;
  private readonly ticking = new Set<string>();
  private openSchedule: number | undefined; // which of the schedules is being restricted

  /** `rests`: a slider has come to rest. */
  constructor(
    private readonly app: App,
    private readonly rests: () => void,
  ) {}

  /** Another economy: nothing of what was open is there any more. */
  forget(): void {
    this.ticking.clear();
    this.openSchedule = undefined;
  }

  draw(): void {
    const { app } = this,
      { scenario } = app.state;
    const made = [node("h2", t("lines"))];
    if (!scenario.rows.length && !scenario.schedules.length) made.push(node("p", t("no_change"), { class: "small" }));
    scenario.schedules.forEach((use, k) =>
      made.push(k === this.openSchedule ? this.openPart(use, k) : this.scheduleLine(use, k)),
    );
    this.quick.replaceChildren();
    scenario.rows.forEach((row, k) => {
      const line = k === app.state.active && formOf(row) ? this.openLine(row, k) : this.closedLine(row, k);
      line.dataset.place = `line ${k}`;
      made.push(line);
    });
    made.push(
      button(
        "+ " + t("add_line"),
        () => {
          void app.change((state) => {
            delete state.scenario.story;
            state.scenario.rows.push(firstLine(app.facts.economy));
            state.active = state.scenario.rows.length - 1;
          });
          (this.element.querySelector(".line.open select") as HTMLElement | null)?.focus();
        },
        { class: "add" },
      ),
    );
    this.replace(made);
  }

  // Lists stand where they were scrolled to.
  private replace(made: Node[]): void {
    const keyed = () => [...this.element.querySelectorAll<HTMLElement>("[data-key]")];
    const scrolled = new Map(keyed().flatMap((e) => (e.scrollTop ? [[e.dataset.key, e.scrollTop] as const] : [])));
    redraw(this.element, ...made);
    for (const e of keyed()) e.scrollTop = scrolled.get(e.dataset.key) ?? e.scrollTop;
  }

  private regionWords(value: string | string[] | undefined, name = regionName): string {
    const names = list(value);
    if (names.includes(everyone)) return t("everyone");
    return names.length > 2 ? t("several_regions", { n: names.length }) : names.map(name).join(t("list_comma"));
  }

  sectorWords(value: string | string[] | undefined): string {
    const names = list(value),
      { economy } = this.app.facts;
    if (names.includes("*") || names.includes("goods")) return t("all_goods");
    if (names.length > 1) return t("several_sectors", { n: names.length });
    return sectorName(names[0], economy.sector_titles?.[economy.sectors.indexOf(names[0])]);
  }

  private valueWords(row: Row, percent = valueOf(row)): string {
    const form = formOf(row);
    const digits = [0, 1, 2].find((d) => Math.abs(percent - Number(percent.toFixed(d))) < 1e-9) ?? 3;
    const value = number(percent, { digits, sign: form === "add" });
    return form === "add" ? t("points", { v: value, n: Math.abs(percent) }) : t("percent", { v: value });
  }

  private rowWords(row: Row): string {
    const { importer, exporter, add_column, rate_column } = row;
    const who = t("schedule_between", { importer: this.regionWords(importer), exporter: this.regionWords(exporter) });
    const column = add_column ?? rate_column;
    if (column) return colon(who, columnName(column) ?? t("line_column", { column }));
    return t("row_words", {
      who,
      what: this.sectorWords(row.sector),
      how: t(`form_${formOf(row) ?? "add"}` as Key),
      value: this.valueWords(row),
    });
  }

  /** A text for each line of the scenario, with the language of a schedule's own title. */
  inWords(): { text: string; lang: string }[] {
    const { schedules, rows } = this.app.state.scenario;
    return [
      ...schedules.map((use) => {
        const { title, part, lang } = this.scheduleWords(use);
        return { text: title + part, lang };
      }),
      ...rows.map((row) => ({ text: this.rowWords(row), lang: "" })),
    ];
  }

  private remove(act: (state: App["state"]) => void, words: string): HTMLButtonElement {
    return button("×", () => void this.app.change((state) => (delete state.scenario.story, act(state))), {
      class: "remove",
      "aria-label": colon(t("remove_line"), words),
      title: t("remove_line"),
    });
  }

  // A schedule's title, and of whom where it is a part of one.
  private scheduleWords(use: ScheduleUse): { title: string; part: string; lang: string } {
    const known = scheduleOf(this.app.state.economy, use.schedule),
      ours = scheduleTitle(use.schedule);
    const { importer, exporter } = use;
    return {
      title: ours ?? known?.title ?? t("schedule_line", { name: use.schedule }),
      part:
        importer === undefined && exporter === undefined
          ? ""
          : t("schedule_part", {
              who: t("schedule_between", {
                importer: this.regionWords(importer),
                exporter: this.regionWords(exporter),
              }),
            }),
      lang: known && !ours ? engineLanguage() : "",
    };
  }

  private scheduleLine(use: ScheduleUse, k: number): HTMLElement {
    const { title, part, lang } = this.scheduleWords(use),
      known = scheduleOf(this.app.state.economy, use.schedule);
    const words = add(node(known ? "button" : "span", null, { class: "words" }), node("span", title, { lang }), part);
    if (known) {
      Object.assign(words, { type: "button", title: `${t("edit_part")} (${known.source})` });
      words.addEventListener("click", () => {
        this.openSchedule = k;
        this.draw();
      });
    }
    return add(
      node("div", null, { class: "line closed" }),
      words,
      this.remove((state) => this.cutSchedule(state, k), title + part),
    ) as HTMLElement;
  }

  private cutSchedule(state: App["state"], k: number): void {
    state.scenario.schedules.splice(k, 1);
    this.openSchedule = undefined;
  }

  // The part of a schedule that is meant: an importer and exporters of those that it has lines for.
  private openPart(use: ScheduleUse, k: number): HTMLElement {
    const { app } = this,
      { title, part, lang } = this.scheduleWords(use),
      all = linesOf(app.state.economy)(use.schedule);
    const choice = (key: "importer" | "exporter") => {
      const named = new Set(all.map((l) => l[key])),
        regions = app.facts.economy.regions.filter((r) => named.has(r) || named.has(everyone));
      const ticking = this.tickingOf(`schedule ${k} ${key}`, t(key));
      return regionChoice(regions, use[key], ticking, (value) =>
        this.patch((state) => {
          const { [key]: _before, ...rest } = state.scenario.schedules[k];
          state.scenario.schedules[k] = value === everyone ? rest : { ...rest, [key]: value };
        }),
      );
    };
    const importers = [...new Set(all.map((l) => l.importer))];
    const about: Row = { importer: use.importer ?? importers, exporter: use.exporter ?? everyone, sector: "goods" };
    return add(
      node("fieldset", null, { class: "line open part" }),
      node("legend", title, { lang }),
      add(node("div", null, { class: "pair" }), choice("importer"), choice("exporter")),
      this.level(about).element,
      this.remove((state) => this.cutSchedule(state, k), title + part),
    ) as HTMLElement;
  }

  private tickingOf = (key: string, label: string): Ticking => ({
    key,
    label,
    open: this.ticking,
    redraw: () => this.draw(),
  });

  private patch(act: (state: App["state"]) => void): void {
    void this.app.change((state) => {
      delete state.scenario.story;
      act(state);
    });
  }

  private closedLine(row: Row, k: number): HTMLElement {
    const words = this.rowWords(row),
      line = node("div", null, { class: "line closed" }) as HTMLElement;
    if (formOf(row))
      line.append(
        button(words, () => this.open(k), {
          class: "words",
          title: t("edit_line"),
        }),
      );
    else line.append(node("span", words));
    return add(
      line,
      this.remove((state) => this.cut(state, k), words),
    ) as HTMLElement;
  }

  private open(k: number): void {
    this.openSchedule = undefined;
    void this.app.change((state) => (state.active = k));
  }

  private cut(state: App["state"], k: number): void {
    state.scenario.rows.splice(k, 1);
    if (state.active >= k) state.active = Math.max(0, state.active - 1);
  }

  private openLine(row: Row, k: number): HTMLElement {
    const { app } = this,
      line = node("fieldset", null, { class: "line open" }) as HTMLElement;
    const set = (patch: (row: Row) => Row) =>
      this.patch((state) => {
        state.scenario.rows[k] = patch(state.scenario.rows[k]);
      });
    const region = (key: "importer" | "exporter") =>
      regionChoice(app.facts.economy.regions, row[key], this.tickingOf(`line ${k} ${key}`, t(key)), (value) =>
        set((r) => ({ ...r, [key]: value })),
      );
    const level = this.level(row),
      range = this.rateSliders(row, k, level.show);
    add(
      line,
      node("legend", t("line", { n: k + 1 })),
      add(node("div", null, { class: "pair" }), region("importer"), region("exporter")),
      this.sectorChoice(row, set),
      add(node("div", null, { class: "amount" }), this.formChoice(row, k, set), range),
      level.element,
      this.remove((state) => this.cut(state, k), this.rowWords(row)),
    );
    return line;
  }

  // Another way to say the same change; a multiple of nothing is nothing.
  private formChoice(row: Row, k: number, set: (patch: (row: Row) => Row) => void): HTMLElement {
    const rates = (rows: Row[]) => levelOf(this.app.tables, row, tariffsAfter(this.app.tables, rows)),
      all = this.rows(),
      at = all.length - this.app.state.scenario.rows.length + k;
    const before = rates(all.slice(0, at)),
      after = rates(all.slice(0, at + 1));
    const forms = (["add", "rate", "scale"] as Form[]).map((f) => ({
      value: f,
      text: t(`form_${f}`),
      disabled: f === "scale" && formOf(row) !== "scale" && !(Math.abs(before.mean) > 0),
    }));
    const choose = select(t("form"), forms, formOf(row)!, (f) => set(() => inForm(row, f as Form, before, after)));
    choose.querySelector("select")!.dataset.key = `line ${k} form`;
    return choose;
  }

  private rows = (): Row[] => rowsOf(this.app.state.scenario, linesOf(this.app.state.economy));

  // How high the tariffs are that a line is about; `show` when a slider has moved them.
  private level(about: Row): { element: HTMLElement; show: () => void } {
    const { tables } = this.app,
      element = node("p", null, { class: "small level" }) as HTMLElement;
    const mean = ({ mean: value }: Level) => (Number.isFinite(value) ? percent(100 * value, false) : "–");
    const base = levelOf(tables, about, tables.tariff);
    const show = () => {
      const now = levelOf(tables, about, tariffsAfter(tables, this.rows()));
      const words = t("level_words", { base: mean(base), now: mean(now) });
      element.textContent = now.subsidy ? `${words} ${t("level_subsidy")}` : words;
    };
    show();
    return { element, show };
  }

  // The slider of a line, and the same once more for a phone; each moves the other.
  private rateSliders(row: Row, k: number, moved: () => void): HTMLElement {
    const { app } = this,
      span = spanOf(formOf(row)!),
      value = valueOf(row);
    const words = t("rate_of", {
      importer: this.regionWords(row.importer, regionInText),
      exporter: this.regionWords(row.exporter, regionInText),
      sector: this.sectorWords(row.sector),
    });
    const made: Slider[] = [];
    const make = () =>
      slider(
        words,
        { ...span, min: Math.min(span.min, value), max: Math.max(span.max, value), value },
        (v) => this.valueWords(app.state.scenario.rows[k] ?? row, v),
        (v) => {
          for (const other of made)
            if (Number(other.input.value) !== v) {
              other.input.value = String(v);
              other.show();
            }
          app.drag((scenario) => (scenario.rows[k] = withValue(scenario.rows[k], v)));
          moved();
        },
        () => {
          app.commit();
          this.rests();
        },
      );
    made.push(make(), make());
    this.quick.replaceChildren(node("span", words), made[1].element);
    return made[0].element;
  }

  // All goods, or a list of sectors to tick.
  private sectorChoice(row: Row, set: (patch: (row: Row) => Row) => void): HTMLElement {
    const { economy } = this.app.facts,
      chosen = list(row.sector),
      all = chosen.includes("*") || chosen.includes("goods");
    const goods = economy.sectors.filter((_, j) => economy.goods[j]);
    const details = node("details", null, { class: "sectors" }) as HTMLDetailsElement;
    details.open = this.sectorsOpen;
    details.addEventListener("toggle", () => {
      this.sectorsOpen = details.open;
    });
    const choices = add(
      node("div", null, { class: "ticks", "data-key": "sectors" }),
      tickBox("sector goods", t("all_goods"), all, () => set((r) => ({ ...r, sector: "goods" }))),
    );
    for (const code of goods)
      choices.append(
        tickBox(
          `sector ${code}`,
          sectorName(code, economy.sector_titles?.[economy.sectors.indexOf(code)]),
          !all && chosen.includes(code),
          (on) => {
            const before = all ? [] : chosen.filter((c) => c !== code);
            const next = on ? [...before, code] : before;
            set((r) => ({
              ...r,
              sector: !next.length || next.length === goods.length ? "goods" : next.length === 1 ? next[0] : next,
            }));
          },
        ),
      );
    return add(
      details,
      add(node("summary"), node("span", `${t("sectors")} `, { class: "what" }), this.sectorWords(row.sector)),
      choices,
    ) as HTMLElement;
  }
}
