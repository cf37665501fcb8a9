// Does a deal last? Sliders for what decides, the region in which it holds, the record of promises, a history that plays.
import { relationSection } from "../../report/relation.js";
import type { App } from "../app.ts";
import { number, regionName, t } from "../language.ts";
import { head, outcomes, relation, scenarioBlock, talks, tradeWar, type RelationAsked } from "../model/study.ts";
import { AnswerArea } from "./answer.ts";
import { add, button, node, select, slider } from "./dom.ts";
import { playerChoice, playersOf } from "./governments.ts";
import { historyPlayer } from "./history.ts";

const ledger = "ledgers/busan.toml";
const asOf = "2026-07-24"; // the last day that the ledger's own sources know

export class RelationPart {
  readonly element = node("div", null, { class: "relation" }) as HTMLElement;
  private readonly area: AnswerArea;
  private asked = {
    cooperate: "deal" as RelationAsked["cooperate"],
    discountRate: 0.04,
    periodYears: 0.5,
    fidelity: [0.95, 0.95] as [number, number],
    accuracy: 0.8,
    recorded: true,
  };
  private answered = false;

  constructor(private readonly app: App) {
    this.area = new AnswerArea(app);
    app.on("economy", () => {
      this.area.clear();
      this.answered = false;
      this.draw();
    });
    app.on("tab", () => this.draw());
  }

  // Only the ledger of the two that made the understanding says something of them.
  private hasRecord = () => playersOf(this.app).every((p) => p === "USA" || p === "CHN");

  private draw(): void {
    const { app, asked } = this;
    if (app.state.tab !== "relation") return;
    const players = playersOf(app);
    if (!this.hasRecord()) asked.recorded = false;
    const again = () => this.answered && this.ask();
    const percentWords = (v: number) => t("percent", { v: number(v, { digits: 0 }) });
    const lever = (
      label: string,
      span: { min: number; max: number; step: number; value: number },
      words: (v: number) => string,
      set: (v: number) => void,
    ) =>
      add(node("div", null, { class: "lever" }), node("span", label), slider(label, span, words, set, again).element);
    const levers = add(node("div", null, { class: "levers" })) as HTMLElement;
    add(
      levers,
      lever(
        t("patience"),
        { min: 0, max: 30, step: 1, value: 100 * asked.discountRate },
        percentWords,
        (v) => (asked.discountRate = v / 100),
      ),
      lever(
        t("period"),
        { min: 1, max: 24, step: 1, value: 12 * asked.periodYears },
        (n) => t("months", { n }),
        (v) => (asked.periodYears = v / 12),
      ),
      lever(
        t("dialogue"),
        { min: 50, max: 100, step: 1, value: 100 * asked.accuracy },
        percentWords,
        (v) => (asked.accuracy = v / 100),
      ),
    );
    if (!asked.recorded)
      players.forEach((p, k) =>
        levers.append(
          lever(
            t("fidelity", { region: regionName(p) }),
            { min: 50, max: 100, step: 1, value: 100 * asked.fidelity[k] },
            percentWords,
            (v) => {
              asked.fidelity[k] = v / 100;
            },
          ),
        ),
      );
    const choices = add(node("div", null, { class: "pair" })) as HTMLElement;
    choices.append(
      select(
        t("agreement"),
        (["deal", "scenario"] as const).map((value) => ({ value, text: t(`agreement_${value}`) })),
        asked.cooperate,
        (value) => {
          asked.cooperate = value as RelationAsked["cooperate"];
          again();
        },
      ),
    );
    if (this.hasRecord())
      choices.append(
        select(
          t("fidelity_from"),
          (["ledger", "own"] as const).map((value) => ({ value, text: t(`fidelity_${value}`) })),
          asked.recorded ? "ledger" : "own",
          (value) => {
            asked.recorded = value === "ledger";
            this.draw();
            again();
          },
        ),
      );
    this.element.replaceChildren(
      node("p", t("relation_text")),
      playerChoice(app, () => this.draw()),
      choices,
      levers,
      button(t("ask_relation"), () => this.ask(), { class: "strong" }),
      this.area.element,
    );
  }

  private ask(): void {
    const { app, asked } = this,
      players = playersOf(app);
    this.answered = true;
    const study = [
      head(t("tab_relation"), app.setting),
      scenarioBlock(outcomes.scenario, app.state.scenario),
      tradeWar(players),
      ...(asked.cooperate === "deal" ? [talks(players)] : []),
      relation({ players, ...asked, ...(asked.recorded ? { ledger: { file: ledger, asOf } } : {}) }),
    ].join("\n");
    void this.area.ask(study, "relation", (view) => {
      for (const r of view.relations) {
        const player = historyPlayer(r.history, r.players ?? players);
        if (player) view.root.append(player);
        relationSection(view, r);
      }
    });
  }
}
