// The left side: stories, who taxes whom, what to compare with, economy and model.
import type { App } from "../app.ts";
import { t, type Key } from "../language.ts";
import { storiesOf } from "../model/catalogue.ts";
import { pinTitle } from "./compared.ts";
import { texts } from "../texts.ts";
import { sourceNames } from "../texts_scenario.ts";
import { Settings } from "./settings.ts";
import { add, button, node, quoting, redraw, select } from "./dom.ts";
import { Lines } from "./lines.ts";

export class Controls {
  readonly element = node("aside", null, { class: "controls", "aria-label": t("lines") }) as HTMLElement;
  private readonly stories = node("section", null, { class: "stories" });
  private readonly pins = node("section", null, { class: "pins" });
  private readonly settings: Settings;
  private readonly lines: Lines;

  constructor(private readonly app: App) {
    this.settings = new Settings(app);
    this.lines = new Lines(app, () => this.drawStories());
    add(this.element, this.stories, this.lines.element, this.pins, this.settings.element);
    app.on("economy", () => {
      this.lines.forget();
      this.draw();
    });
    app.on("scenario", () => {
      this.drawStories();
      this.lines.draw();
    });
    app.on("pins", () => this.drawPins());
    app.on("settings", () => this.settings.draw());
  }

  /** All of the scenario, a text for each line. */
  linesInWords() {
    return this.lines.inWords();
  }

  /** The slider of the line that is open, once more. */
  get quick(): HTMLElement {
    return this.lines.quick;
  }

  draw(): void {
    this.drawStories();
    this.lines.draw();
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
    const named = `story_${told?.key}_source` as Key;
    const names = sourceNames[told?.key ?? ""] ?? "";
    const source = named in texts ? t("story_source", { source: t(named, { names }) }) : "";
    redraw(
      this.stories,
      node("h2", t("stories")),
      group,
      node("p", words, { class: "small", "aria-live": "polite" }),
      ...(source ? [quoting("p", source, [names], { class: "small source" })] : []),
    );
  }

  private drawPins(): void {
    const { app } = this,
      { pins, compare } = app.state;
    const chips = node("ul", null, { class: "pinned" });
    const titles = pins.map((pin) => pinTitle(app, pin));
    titles.forEach((title, k) =>
      chips.append(
        add(
          node("li"),
          button(title, () => void app.restore(k), { title: t("restore", { title }) }),
          button("×", () => app.unpin(k), { "aria-label": t("unpin", { title }), class: "remove" }),
        ),
      ),
    );
    const made: Node[] = [node("h2", t("pins")), button("⚲ " + t("pin"), () => app.pin(), { class: "pin" })];
    if (pins.length) {
      const ways = (["level", "difference"] as const).map((value) => ({ value, text: t(value) }));
      made.push(
        chips,
        select(t("compare_as"), ways, compare, (value) => app.compareAs({ compare: value as "level" | "difference" })),
      );
      if (compare === "difference" && pins.length > 1) {
        const choices = titles.map((text, k) => ({ value: String(k), text }));
        made.push(
          select(t("against"), choices, String(app.state.against ?? 0), (k) => app.compareAs({ against: Number(k) })),
        );
      }
    } else made.push(node("p", t("pin_hint"), { class: "small" }));
    redraw(this.pins, ...made);
  }
}
