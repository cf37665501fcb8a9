// The left side: stories, who taxes whom, what to compare with, economy and model.
import type { App } from "../app.ts";
import type { Row } from "../engine/types.ts";
import { colon, columnName, engineLanguage, number, regionName, sectorName, t, type Key } from "../language.ts";
import { scheduleOf, storiesOf } from "../model/catalogue.ts";
import { firstLine, formOf, list, spanOf, valueOf, withValue, type Form, type ScheduleUse } from "../model/scenario.ts";
import { Settings } from "./settings.ts";
import { add, button, node, quoting, redraw, select, slider, type Choice, type Slider } from "./dom.ts";

const everyone = "*";

export class Controls {
  readonly element = node("aside", null, { class: "controls", "aria-label": t("lines") }) as HTMLElement;
  private readonly stories = node("section", null, { class: "stories" });
  private readonly lines = node("section", null, { class: "lines" });
  private readonly pins = node("section", null, { class: "pins" });
  /** The slider of the line that is open, once more: a phone keeps it in sight. */
  readonly quick = node("div", null, { class: "quick" }) as HTMLElement;
  private readonly settings: Settings;

  constructor(private readonly app: App) {
    this.settings = new Settings(app);
    add(this.element, this.stories, this.lines, this.pins, this.settings.element);
    app.on("economy", () => this.draw());
    app.on("scenario", () => {
      this.drawStories();
      this.drawLines();
    });
    app.on("pins", () => this.drawPins());
  }

  draw(): void {
    this.drawStories();
    this.drawLines();
    this.drawPins();
    this.settings.draw();
  }

  private drawStories(): void {
    const { app } = this,
      { economy, scenario } = app.state;
    const group = node("div", null, { class: "chips", role: "group", "aria-label": t("stories") });
    for (const story of storiesOf(economy)) {
      const chosen = scenario.story === story.key;
      group.append(
        button(
          t(`story_${story.key}` as Key),
          () =>
            void app.change((state) => {
              state.scenario = { ...structuredClone(story.scenario), story: story.key };
              state.active = Math.max(0, story.scenario.rows.length - 2);
            }),
          { "aria-pressed": String(chosen) },
        ),
      );
    }
    const told = storiesOf(economy).find((s) => s.key === scenario.story);
    const words = told ? t(`story_${told.key}_text` as Key) : "";
    const source = told?.source ? ` ${t("story_source", { source: told.source })}` : "";
    redraw(
      this.stories,
      node("h2", t("stories")),
      group,
      quoting("p", words + source, [told?.source], { class: "small", "aria-live": "polite" }),
    );
  }

  private drawLines(): void {
    const { app } = this,
      { scenario } = app.state;
    const made = [node("h2", t("lines"))];
    if (!scenario.rows.length && !scenario.schedules.length) made.push(node("p", t("no_change"), { class: "small" }));
    scenario.schedules.forEach((use, k) => made.push(this.scheduleLine(use, k)));
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
          (this.lines.querySelector(".line.open select") as HTMLElement | null)?.focus();
        },
        { class: "add" },
      ),
    );
    redraw(this.lines, ...made);
  }

  private regionWords(value: string | string[] | undefined): string {
    const names = list(value);
    if (names.includes(everyone)) return t("everyone");
    return names.length > 2 ? t("several_regions", { n: names.length }) : names.map(regionName).join(t("list_comma"));
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
    const value = number(percent, { digits: Number.isInteger(percent) ? 0 : 1, sign: form === "add" });
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

  private remove(act: (state: App["state"]) => void, words: string): HTMLButtonElement {
    return button("×", () => void this.app.change((state) => (delete state.scenario.story, act(state))), {
      class: "remove",
      "aria-label": colon(t("remove_line"), words),
      title: t("remove_line"),
    });
  }

  private scheduleLine(use: ScheduleUse, k: number): HTMLElement {
    const known = scheduleOf(this.app.state.economy, use.schedule);
    const words = known ? known.title : t("schedule_line", { name: use.schedule });
    const line = add(
      node("div", null, { class: "line closed" }),
      node("span", words, { lang: known ? engineLanguage() : "" }),
    ) as HTMLElement;
    if (known) line.title = known.source;
    return add(
      line,
      this.remove((state) => state.scenario.schedules.splice(k, 1), words),
    ) as HTMLElement;
  }

  private closedLine(row: Row, k: number): HTMLElement {
    const words = this.rowWords(row),
      line = node("div", null, { class: "line closed" }) as HTMLElement;
    if (formOf(row))
      line.append(
        button(words, () => void this.app.change((state) => (state.active = k)), {
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

  private cut(state: App["state"], k: number): void {
    state.scenario.rows.splice(k, 1);
    if (state.active >= k) state.active = Math.max(0, state.active - 1);
  }

  private regionChoices(value: string | string[] | undefined): { choices: Choice[]; chosen: string } {
    const names = list(value),
      several = names.length > 1;
    const choices = [
      ...(several ? [{ value: names.join("+"), text: t("several_regions", { n: names.length }) }] : []),
      { value: everyone, text: t("everyone") },
      ...this.app.facts.economy.regions
        .map((r) => ({ value: r, text: regionName(r) }))
        .sort((a, b) => a.text.localeCompare(b.text)),
    ];
    return { choices, chosen: names.join("+") };
  }

  private openLine(row: Row, k: number): HTMLElement {
    const { app } = this,
      form = formOf(row)!,
      line = node("fieldset", null, { class: "line open" }) as HTMLElement;
    const set = (patch: (row: Row) => Row) =>
      void app.change((state) => {
        delete state.scenario.story;
        state.scenario.rows[k] = patch(state.scenario.rows[k]);
      });
    const region = (label: string, key: "importer" | "exporter") => {
      const { choices, chosen } = this.regionChoices(row[key]);
      return select(label, choices, chosen, (value) =>
        set((r) => ({ ...r, [key]: value.includes("+") ? value.split("+") : value })),
      );
    };
    const range = this.rateSliders(row, k);
    const forms: Choice[] = (["add", "rate", "scale"] as Form[]).map((f) => ({
      value: f,
      text: t(`form_${f}` as Key),
    }));
    add(
      line,
      node("legend", t("line", { n: k + 1 })),
      add(node("div", null, { class: "pair" }), region(t("importer"), "importer"), region(t("exporter"), "exporter")),
      this.sectorChoice(row, set),
      add(
        node("div", null, { class: "amount" }),
        select(t("form"), forms, form, (f) =>
          set(({ importer, exporter, sector }) => ({
            importer,
            exporter,
            sector,
            [f]: f === "scale" ? 1 : (row[form] ?? 0),
          })),
        ),
        range,
      ),
      this.remove((state) => this.cut(state, k), this.rowWords(row)),
    );
    return line;
  }

  // The slider of a line, and the same once more for a phone; each moves the other.
  private rateSliders(row: Row, k: number): HTMLElement {
    const { app } = this,
      span = spanOf(formOf(row)!),
      value = valueOf(row);
    const words = t("rate_of", {
      importer: this.regionWords(row.importer),
      exporter: this.regionWords(row.exporter),
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
        },
        () => {
          app.commit();
          this.drawStories();
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
    const box = (code: string, text: string, checked: boolean, act: (on: boolean) => void) => {
      const input = node("input", null, { type: "checkbox" }) as HTMLInputElement;
      input.checked = checked;
      input.addEventListener("change", () => act(input.checked));
      return add(node("label"), input, text);
    };
    const choices = add(
      node("div", null, { class: "ticks" }),
      box("goods", t("all_goods"), all, () => set((r) => ({ ...r, sector: "goods" }))),
    );
    for (const code of goods)
      choices.append(
        box(
          code,
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
  private sectorsOpen = false;

  private drawPins(): void {
    const { app } = this,
      { pins, compare } = app.state;
    const chips = node("ul", null, { class: "pinned" });
    pins.forEach((pin, k) =>
      chips.append(
        add(
          node("li"),
          button(pin.title, () => void app.change((state) => (state.scenario = structuredClone(pin.scenario))), {
            title: t("restore", { title: pin.title }),
          }),
          button("×", () => app.unpin(k), { "aria-label": t("unpin", { title: pin.title }), class: "remove" }),
        ),
      ),
    );
    const made: Node[] = [node("h2", t("pins")), button("⚲ " + t("pin"), () => app.pin(), { class: "pin" })];
    if (pins.length) {
      const choose = select(
        t("compare_as"),
        (["level", "difference"] as const).map((value) => ({ value, text: t(value) })),
        compare,
        (value) => {
          app.state.compare = value as "level" | "difference";
          app.commit();
          void app.tell("outcome");
        },
      );
      made.push(chips, choose);
    } else made.push(node("p", t("pin_hint"), { class: "small" }));
    redraw(this.pins, ...made);
  }
}
