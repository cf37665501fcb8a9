// In another page, where the controls are not: of which scenario the numbers are. The slider moves but one of its lines.
import type { App } from "../app.ts";
import { t, type Key } from "../language.ts";
import { storiesOf } from "../model/catalogue.ts";
import type { Controls } from "./controls.ts";
import { node, redraw } from "./dom.ts";

const roomForWords = 640; // pixels of height

export class Told {
  readonly element = node("section", null, { class: "told", "aria-label": t("stories") }) as HTMLElement;
  // A low frame has room for the map or for the scenario's words: these unfold.
  private readonly details = node("details") as HTMLDetailsElement;
  private readonly title = node("summary");
  private said = "";

  constructor(
    private readonly app: App,
    private readonly controls: Controls,
  ) {
    this.details.open = innerHeight >= roomForWords;
    this.element.append(this.details);
    for (const event of ["economy", "scenario", "outcome"] as const) app.on(event, () => this.draw());
  }

  private draw(): void {
    const { app } = this;
    if (!app.state?.embed || !app.facts) return;
    const { scenario, economy } = app.state,
      story = storiesOf(economy).find((s) => s.key === scenario.story),
      lines = this.controls.linesInWords(),
      said = JSON.stringify([scenario.story, lines]);
    if (said === this.said) return;
    this.said = said;
    const list = node("ul");
    for (const { text, lang } of lines) list.append(node("li", text, { lang }));
    this.title.textContent = app.titleOf(scenario);
    redraw(
      this.details,
      this.title,
      ...(story ? [node("p", t(`story_${story.key}_text` as Key))] : [list]),
      ...(scenario.rows.length ? [node("p", t("told_slider", { n: lines.length }), { class: "small" })] : []),
    );
  }
}
