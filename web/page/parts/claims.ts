// Claims of the studies that come with the page: verdicts, what would overturn them, and shares of draws.
import { claimsSection } from "../../report/claims.js";
import { uncertaintySection } from "../../report/uncertainty.js";
import type { App } from "../app.ts";
import { sourcesOf } from "../files.ts";
import { engineLanguage, t } from "../language.ts";
import { AnswerArea } from "./answer.ts";
import { add, button, node, redraw, select } from "./dom.ts";

const offered = ["studies/busan.toml", "studies/today.toml", "studies/partnership.toml"];
// About how long a study takes on one thread (measured on a busy machine).
const minutes: Record<string, number> = {
  "studies/busan.toml": 0.5,
  "studies/today.toml": 0,
  "studies/partnership.toml": 4,
};

// What a study has for how sure its verdicts are.
function sureness(name: string, text: string): string {
  const draws = Number(/^\[uncertainty\][^[]*?^draws = (\d+)/ms.exec(text)?.[1] ?? 0),
    variants = text.match(/^\[\[variant\]\]/gm)?.length ?? 0,
    long = minutes[name] ?? 0;
  return [
    draws ? t("claims_draws", { n: draws }) : t("claims_no_draws"),
    variants ? t("claims_variants", { n: variants }) : t("claims_no_variants"),
    ...(long >= 1 ? [t("claims_minutes", { n: long })] : long > 0 ? [t("claims_seconds", { n: 60 * long })] : []),
  ].join(" ");
}

export class ClaimsPart {
  readonly element = node("div", null, { class: "claims" }) as HTMLElement;
  private readonly area: AnswerArea;
  private chosen = offered[0];
  private texts: Record<string, string> = {};
  private readonly list = node("ul", null, { class: "sentences" }) as HTMLElement;

  constructor(app: App) {
    const question = app.question("claims");
    this.area = new AnswerArea(app, question, (view) => {
      this.list.hidden = true; // each stands in the answer, with its verdict
      claimsSection(view);
      uncertaintySection(view);
    });
    app.on("tab", () => void (app.state.tab === "claims" && this.draw()));
    this.chosen = (question.asked?.note as string | undefined) ?? this.chosen;
    this.area.resume();
  }

  private async draw(): Promise<void> {
    if (!Object.keys(this.texts).length) this.texts = await sourcesOf();
    const titleOf = (name: string) => /^title = "(.*)"/m.exec(this.texts[name])?.[1] ?? name;
    const there = offered.filter((name) => this.texts[name]);
    const { list } = this;
    const sure = node("p", null, { class: "small" });
    const fill = () => {
      sure.textContent = sureness(this.chosen, this.texts[this.chosen] ?? "");
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
          list.hidden = false;
          fill();
        },
      ),
      sure,
      button(t("ask_claims"), () => this.ask(), { class: "strong" }),
      this.area.element,
      add(node("div", null, { lang: engineLanguage() }), list),
    );
  }

  private ask(): void {
    const name = this.chosen.replace(/^.*\/|\.toml$/g, "");
    void this.area.ask(this.texts[this.chosen], name, this.chosen);
  }
}
