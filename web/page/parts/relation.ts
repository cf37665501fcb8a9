// Does a deal last? Sliders for what decides, the region in which it holds, the record of promises, a history that plays.
import { relationPieces, relationSection } from "../../report/relation.js";
import type { App } from "../app.ts";
import { Latest } from "../engine/latest.ts";
import { engineLanguage, number, regionInText, regionName, t } from "../language.ts";
import { fidelityAtFirst, leversAtFirst, type Levers } from "../model/levers.ts";
import { head, outcomes, relation, scenarioBlock, talks, tradeWar, untitled } from "../model/study.ts";
import { AnswerArea } from "./answer.ts";
import { add, button, node, redraw, select, slider } from "./dom.ts";
import { playerChoice, playersOf } from "./governments.ts";
import { relationBrief } from "./relation_brief.ts";
import { turn } from "../turns.ts";

// The last day that the ledger's own sources know.
const ledger = { file: "ledgers/busan.toml", asOf: "2026-07-24" };

interface Span {
  min: number;
  max: number;
  step: number;
  value: number;
}

export class RelationPart {
  readonly element = node("div", null, { class: "relation" }) as HTMLElement;
  private readonly area: AnswerArea;
  /** The study whose answer stands here or is on its way, and the one whose answer stands here; without their titles. */
  private answered: string | undefined;
  private shown: string | undefined;
  private opened = false;
  // While a lever is dragged, one answer follows the other, in a large economy at the button's press.
  private readonly queue = new Latest<string, void>(
    (study) => this.answer(study),
    () => {},
    () => {},
  );

  constructor(private readonly app: App) {
    const question = app.question("relation");
    this.area = new AnswerArea(app, question, (view) => this.show(view));
    app.on("opened", () => {
      this.area.clear();
      this.answered = this.shown = undefined;
    });
    app.on("economy", () => this.open());
    app.on("tab", () => this.open());
    app.on("outcome", () => this.moved());
    if (question.answer) this.answered = this.shown = untitled(question.answer.text);
    if (question.state === "working") {
      this.answered = untitled(question.asked!.text);
      this.queue.ask(question.asked!.text);
    }
    this.area.resume();
  }

  /** The tab as it is opened: with its answer, which in a large economy is long work and waits to be asked for. */
  private open(): void {
    if (this.app.state.tab !== "relation") return;
    this.draw();
    if (!this.app.large) this.follow();
    else this.compare();
  }

  private compare(): void {
    this.area.stale(this.shown !== undefined && untitled(this.study()) !== this.shown);
  }

  /** After any change of what the answer rests on. */
  private moved(): void {
    if (this.app.state.tab !== "relation") return;
    if (this.app.large || !this.answered) this.compare();
    else this.follow();
  }

  private follow(): void {
    const study = this.study();
    if (untitled(study) === this.answered) return;
    this.answered = untitled(study);
    this.queue.ask(study);
  }

  private ask(): void {
    this.answered = undefined;
    this.follow();
  }

  // Only the ledger of the two that made the understanding says something of them.
  private hasRecord = () => playersOf(this.app).every((p) => p === "USA" || p === "CHN");

  private get levers(): Levers {
    const levers = this.app.state.levers ?? leversAtFirst;
    return this.hasRecord() ? levers : { ...levers, fidelity: levers.fidelity ?? fidelityAtFirst };
  }

  private set(patch: Partial<Levers>): void {
    this.app.state.levers = { ...this.levers, ...patch };
    this.moved();
  }

  private lever(label: string, span: Span, words: (v: number) => string, set: (v: number) => void): HTMLElement {
    const { element } = slider(label, span, words, set, () => this.app.commit());
    return add(node("div", null, { class: "lever" }), node("span", label), element) as HTMLElement;
  }

  private draw(): void {
    const { app } = this,
      changed = () => {
        app.commit();
        this.draw();
        this.moved();
      };
    redraw(
      this.element,
      node("p", t("relation_text")),
      playerChoice(app, changed),
      this.choices(changed),
      add(node("div", null, { class: "levers" }), ...this.sliders()) as HTMLElement,
      button(t("ask_relation"), () => this.ask(), { class: "strong" }),
      this.area.element,
    );
  }

  private choices(changed: () => void): HTMLElement {
    const { levers } = this;
    const agreement = select(
      t("agreement"),
      (["deal", "scenario"] as const).map((value) => ({ value, text: t(`agreement_${value}`) })),
      levers.cooperate,
      (value) => {
        this.set({ cooperate: value as Levers["cooperate"] });
        changed();
      },
    );
    const from = select(
      t("fidelity_from"),
      (["ledger", "own"] as const).map((value) => ({ value, text: t(`fidelity_${value}`) })),
      levers.fidelity ? "own" : "ledger",
      (value) => {
        this.set({ fidelity: value === "own" ? fidelityAtFirst : undefined });
        changed();
      },
    );
    return add(node("div", null, { class: "pair" }), agreement, ...(this.hasRecord() ? [from] : [])) as HTMLElement;
  }

  private sliders(): HTMLElement[] {
    const { levers } = this,
      percent = (v: number) => t("percent", { v: number(v, { digits: 0 }) }),
      chance = { min: 50, max: 100, step: 1 };
    const fidelities = playersOf(this.app).map((player, k) =>
      this.lever(
        t("fidelity", { region: regionInText(player) }),
        { ...chance, value: 100 * (levers.fidelity ?? fidelityAtFirst)[k] },
        percent,
        (v) => {
          const next: [number, number] = [...(this.levers.fidelity ?? fidelityAtFirst)];
          next[k] = v / 100;
          this.set({ fidelity: next });
        },
      ),
    );
    return [
      this.lever(t("patience"), { min: 0, max: 30, step: 1, value: 100 * levers.discountRate }, percent, (v) =>
        this.set({ discountRate: v / 100 }),
      ),
      this.lever(
        t("period"),
        { min: 1, max: 24, step: 1, value: 12 * levers.periodYears },
        (n) => t("months", { n }),
        (v) => this.set({ periodYears: v / 12 }),
      ),
      this.lever(t("dialogue"), { ...chance, value: 100 * levers.accuracy }, percent, (v) =>
        this.set({ accuracy: v / 100 }),
      ),
      ...(levers.fidelity ? fidelities : []),
    ];
  }

  private study(): string {
    const { app, levers } = this,
      players = playersOf(app);
    return [
      head(t("tab_relation"), app.setting),
      scenarioBlock(outcomes.scenario, app.state.scenario),
      tradeWar(players),
      ...(levers.cooperate === "deal" ? [talks(players)] : []),
      relation(players, levers, ledger),
    ].join("\n");
  }

  // All the rest, folded, and open where the reader opened it before; drawn when it is seen first.
  private whole(root: HTMLElement, pieces: (into: HTMLElement) => (() => void)[]): void {
    const details = node("details", null, { class: "whole" }) as HTMLDetailsElement,
      summary = node("summary", t("relation_all"));
    let filled = false;
    const open = async () => {
      if (filled) return;
      filled = true;
      for (const draw of pieces(details)) {
        await turn();
        draw();
      }
      if (engineLanguage() && details.querySelector(`[lang=${engineLanguage()}]`))
        summary.after(node("p", t("engine_english"), { class: "small" }));
    };
    details.open = this.opened;
    details.addEventListener("toggle", () => {
      this.opened = details.open;
      if (details.open) void open();
    });
    root.append(add(details, summary) as HTMLElement);
    if (this.opened) void turn().then(open);
  }

  private show(view: any): void {
    for (const r of view.relations) {
      if (r.status !== "answered") relationSection(view, r);
      else {
        const inText = new Map(this.app.facts.economy.regions.map((code) => [regionName(code), regionInText(code)]));
        relationBrief(view, r, r.players ?? playersOf(this.app), (name) => inText.get(name) ?? name);
        this.whole(view.root, (root) => relationPieces({ ...view, root }, r, { map: false }));
      }
    }
  }

  private async answer(study: string): Promise<void> {
    const { state, asked, current } = this.app.question("relation"),
      under = state === "working" && asked?.text === study; // since before the page was laid out anew
    const answer = await (under ? current : this.area.ask(study, "relation"));
    if (answer) this.shown = untitled(study);
    else if (this.answered === untitled(study)) this.answered = undefined;
    this.moved();
  }
}
