// In another page, where the controls are not: of which scenario the numbers are. The slider moves but one of its lines.
import type { App } from "../app.ts";
import { t, type Key } from "../language.ts";
import { storiesOf } from "../model/catalogue.ts";
import type { Controls } from "./controls.ts";
import { node } from "./dom.ts";

export class Told {
  readonly element = node("section", null, { class: "told", "aria-label": t("stories") }) as HTMLElement;
  private said = "";

  constructor(
    private readonly app: App,
    private readonly controls: Controls,
  ) {
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
    this.element.replaceChildren(
      node("h2", app.titleOf(scenario)),
      ...(story ? [node("p", t(`story_${story.key}_text` as Key))] : [list]),
      ...(scenario.rows.length ? [node("p", t("told_slider", { n: lines.length }), { class: "small" })] : []),
    );
  }
}
