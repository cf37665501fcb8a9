// What governments would choose: best answer, trade war, talks.
import { questionSection } from "../../report/questions.js";
import type { App } from "../app.ts";
import { byText, percent, regionInText, regionName, t } from "../language.ts";
import { bestAnswer, head, outcomes, scenarioBlock, talks, tradeWar, untitled } from "../model/study.ts";
import { AnswerArea } from "./answer.ts";
import { add, button, node, redraw, select } from "./dom.ts";

type Deed = "best" | "war" | "talks";

/** What was asked for: of whom, which deed, from which mean tariffs of each on the other. */
interface Note {
  deed: Deed;
  players: [string, string];
  before: [number, number];
}

const blocksOf = ({ deed, players }: Pick<Note, "deed" | "players">): string =>
  ({
    best: () => bestAnswer(players[0]),
    war: () => tradeWar(players),
    talks: () => `${tradeWar(players)}\n${talks(players)}`,
  })[deed]();

export class GovernmentsPart {
  readonly element = node("div", null, { class: "governments" }) as HTMLElement;
  private readonly area: AnswerArea;

  constructor(private readonly app: App) {
    this.area = new AnswerArea(app, app.question("governments"), (view, raw, answer) => {
      const lower = this.lowerTariffs(raw, answer.note as Note);
      if (lower) view.root.append(node("p", lower, { class: "lower" }));
      for (const q of [...view.questions].reverse()) questionSection(view, q);
    });
    app.on("opened", () => this.area.clear());
    app.on("economy", () => this.draw());
    app.on("tab", () => this.draw());
    app.on("outcome", () => this.compare());
    this.area.resume();
  }

  // Whether what stands here answers the scenario and the two that stand on the page.
  private compare(): void {
    const { app } = this,
      { answer } = app.question("governments");
    if (answer && app.state.tab === "governments")
      this.area.stale(
        untitled(this.study("", { ...(answer.note as Note), players: playersOf(app) })) !== untitled(answer.text),
      );
  }

  private study(title: string, note: Pick<Note, "deed" | "players">): string {
    const { app } = this;
    return [head(title, app.setting), scenarioBlock(outcomes.scenario, app.state.scenario), blocksOf(note)].join("\n");
  }

  private draw(): void {
    const { app } = this;
    if (app.state.tab !== "governments") return;
    const players = playersOf(app);
    const deed = (title: string, words: string, what: Deed) =>
      add(
        node("div", null, { class: "deed" }),
        button(title, () => void this.ask(title, what, players), { class: "strong" }),
        node("p", words),
      );
    redraw(
      this.element,
      playerChoice(app, () => this.draw()),
      node("p", t("starting_from"), { class: "small" }),
      add(
        node("div", null, { class: "deeds" }),
        deed(t("best", { region: regionInText(players[0]) }), t("best_text"), "best"),
        deed(t("war"), t("war_text"), "war"),
        deed(t("talks"), t("talks_text"), "talks"),
      ),
      this.area.element,
    );
    this.compare();
  }

  // A war of best answers can end below what is in force: said first, where it does.
  private lowerTariffs(results: any, { players: [a, b], before }: Note): string | undefined {
    const war = results.nash?.[outcomes.war];
    const [one, other] = [war?.players?.[a], war?.players?.[b]];
    if (war?.status !== "answered" || !one || !other) return undefined;
    if (!(one.trade_weighted_tariff < before[0] && other.trade_weighted_tariff < before[1])) return undefined;
    const better = [one, other].every((p) => p.utility_percent > (p.in_force_percent ?? p.start_utility_percent));
    const words = (v: number) => percent(100 * v, false);
    return t(better ? "war_lower" : "war_lower_tariffs", {
      a: regionInText(a),
      b: regionInText(b),
      a_now: words(one.trade_weighted_tariff),
      b_now: words(other.trade_weighted_tariff),
      a_before: words(before[0]),
      b_before: words(before[1]),
    });
  }

  private async ask(title: string, deed: Deed, players: [string, string]): Promise<void> {
    const { app } = this,
      [a, b] = players;
    // The scenario of now: it may be another when the answer comes.
    const note: Note = { deed, players, before: [app.levelOn(a, b), app.levelOn(b, a)] };
    if (await this.area.ask(this.study(title, note), "governments", note)) this.compare();
  }
}

/** The two whose relation is asked about: what the reader chose, else importer and exporter. */
export function playersOf(app: App): [string, string] {
  const { regions } = app.facts.economy,
    { players } = app.state,
    known = (r: string | undefined): r is string => r !== undefined && regions.includes(r);
  if (players?.every(known)) return players;
  const [first, second] = [...new Set([...app.parties, "USA", "CHN", ...regions])].filter(known);
  return [first, second];
}

export function playerChoice(app: App, changed: () => void): HTMLElement {
  const players = playersOf(app);
  const choices = app.facts.economy.regions.map((r) => ({ value: r, text: regionName(r) })).sort(byText);
  const pick = (label: string, k: 0 | 1) =>
    select(label, choices, players[k], (r) => {
      const next: [string, string] = [...players];
      if (r === next[1 - k]) next[1 - k] = next[k];
      next[k] = r;
      app.state.players = next;
      app.commit();
      changed();
    });
  return add(node("div", null, { class: "pair players" }), pick(t("between"), 0), pick(t("and"), 1)) as HTMLElement;
}
