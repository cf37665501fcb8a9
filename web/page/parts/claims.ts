// Claims of the studies that come with the page: verdicts, what would overturn them, and shares of draws.
import { claimsSection } from "../../report/claims.js";
import { uncertaintySection } from "../../report/uncertainty.js";
import type { App } from "../app.ts";
import { textOf } from "../files.ts";
import { engineLanguage, t } from "../language.ts";
import { AnswerArea } from "./answer.ts";
import { add, button, node, redraw, select } from "./dom.ts";

const offered = ["studies/busan.toml", "studies/today.toml", "studies/partnership.toml"];

export class ClaimsPart {
  readonly element = node("div", null, { class: "claims" }) as HTMLElement;
  private readonly area: AnswerArea;
  private chosen = offered[0];
  private texts: Record<string, string> = {};

  constructor(app: App) {
    this.area = new AnswerArea(app);
    app.on("tab", () => void (app.state.tab === "claims" && this.draw()));
  }

  private async draw(): Promise<void> {
    if (!Object.keys(this.texts).length) this.texts = JSON.parse(await textOf("sources"));
    const titleOf = (name: string) => /^title = "(.*)"/m.exec(this.texts[name])?.[1] ?? name;
    const there = offered.filter((name) => this.texts[name]);
    const list = node("ul", null, { class: "sentences" });
    const fill = () => {
      const sentences = [...(this.texts[this.chosen] ?? "").matchAll(/^text = "(.*)"/gm)].map((m) => m[1]);
      list.replaceChildren(...sentences.map((s) => node("li", s)));
    };
    fill();
    redraw(
      this.element,
      node("p", t("claims_text")),
      select(
        t("claims_study"),
        there.map((value) => ({ value, text: titleOf(value), lang: engineLanguage() })),
        this.chosen,
        (value) => {
          this.chosen = value;
          this.area.clear();
          fill();
        },
      ),
      button(t("ask_claims"), () => this.ask(), { class: "strong" }),
      add(node("div", null, { lang: engineLanguage() }), list),
      this.area.element,
    );
  }

  private ask(): void {
    const name = this.chosen.replace(/^.*\/|\.toml$/g, "");
    void this.area.ask(this.texts[this.chosen], name, (view) => {
      claimsSection(view);
      uncertaintySection(view);
    });
  }
}
