// What the page knows and does: state, engine, address. Its parts draw themselves from here and ask for changes here.
import { restingDraws, type Bands } from "./bands.ts";
import { Answerer } from "./engine/answerer.ts";
import { EngineClient, Cancelled, type WorkerLike } from "./engine/client.ts";
import { Latest } from "./engine/latest.ts";
import { Opener, type Opened } from "./engine/opener.ts";
import { Runs } from "./engine/runs.ts";
import type { Configuration, Outcome } from "./engine/types.ts";
import { compiledEngine, economyBytes, sourcesOf } from "./files.ts";
import { current, isLanguage, preferred, speak, t } from "./language.ts";
import { addressOf } from "./model/address.ts";
import { catalogue, linesOf } from "./model/catalogue.ts";
import { chosenOf, linkOf, mostPins, type State } from "./model/link.ts";
import { levelOf, tablesOf, tariffsAfter, type Tables } from "./model/levels.ts";
import { configurationOf, type Model, type Option, type Value } from "./model/options.ts";
import type { Facts } from "./model/outcome.ts";
import { list, rowsOf, type Scenario } from "./model/scenario.ts";
import type { Draws, Setting } from "./model/study.ts";
import { variantsOf, type Variant } from "./model/variants.ts";
import { Moves, type Landing } from "./moves.ts";
import { answerPins, sameModel, type Solved } from "./pins.ts";
import { Question } from "./question.ts";
import { plainly } from "./refusals.ts";
import { Resting } from "./resting.ts";
import { painted } from "./turns.ts";

export type { Solved } from "./pins.ts";

export type { Bands } from "./bands.ts";

export type Event =
  | "opened"
  | "economy"
  | "scenario"
  | "outcome"
  | "settled"
  | "detail"
  | "bands"
  | "models"
  | "pins"
  | "tab"
  | "notice"
  | "settings";

// An economy of more regions has no estimates of its own.
const largeRegions = 40;
const mostThreads = 8; // threads of an engine, however many the machine has: each holds memory
const restsAfter = 500; // milliseconds without a new question

// What a slider does without is not computed either: the decomposition takes ten times as long as the equilibrium.
const askedOf = (economy: string, scenario: Scenario, without = ["parts"]) => ({
  tariff: rowsOf(scenario, linesOf(economy)),
  without: ["tariffs", ...without],
});

interface Slid {
  scenario: Scenario;
  /** What was open when it was asked. */
  opened: Opened | undefined;
}

export class App {
  state!: State;
  now: Solved | undefined;
  milliseconds = 0;
  pinned: Solved[] = [];
  failure: string | undefined;
  notice: string | undefined;
  /** The part of the notice that the engine wrote. */
  refusal: string | undefined;
  /** The language of the notice. */
  saidIn = current();
  /** The economy that is being loaded, where that takes longer than a moment. */
  loading: string | undefined;
  /** The study to show in its tab, until that has it. */
  study: { text: string; name: string } | undefined;
  /** The reader's own study, which stays when the scenario changes. */
  draft: { text: string; name: string; dropped?: boolean } | undefined;

  private opened: Opened | undefined;
  private readonly fast: EngineClient;
  private readonly deep: Answerer;
  private readonly resting: Resting;
  private readonly moves: Moves;
  private readonly runs: Runs;
  private readonly questions = new Map<string, Question>();
  private read: { bytes: Uint8Array; tables: Tables } | undefined;
  private readonly heard = new Map<Event, (() => void | Promise<void>)[]>();
  private readonly queue: Latest<Slid, { outcome: Outcome; milliseconds: number }>;
  private soon: ReturnType<typeof setTimeout> | undefined;

  /** `tabs` are the parts that an address may name. */
  constructor(
    worker: string,
    private readonly tabs: readonly string[],
  ) {
    const module = compiledEngine();
    const make = () => new Worker(worker) as unknown as WorkerLike;
    this.fast = new EngineClient(module, make);
    // One equilibrium is no work for several threads; draws, trade wars and scenarios are.
    const threads = Math.min(mostThreads, navigator.hardwareConcurrency || 1);
    const answerer = () =>
      new Answerer(new EngineClient(module, make, threads), () => ({
        economy: this.state.economy,
        bytes: this.opened!.bytes,
        configuration: this.configuration,
      }));
    this.deep = answerer();
    this.runs = new Runs(this.deep);
    this.resting = new Resting(answerer(), (event) => void this.tell(event));
    this.moves = this.movesOf(new Opener(this.fast));
    this.queue = this.slides();
  }

  // The slider's answers, each of the economy and model that were open when it was asked for.
  private slides() {
    const still = ({ opened }: Slid) => {
      if (opened !== this.opened) throw new Cancelled();
    };
    return new Latest<Slid, { outcome: Outcome; milliseconds: number }>(
      async (slid) => {
        await this.moves.quiet();
        still(slid);
        const { answer, milliseconds } = await this.fast.call<Outcome>("solve", this.asked(slid.scenario));
        still(slid);
        return { outcome: answer, milliseconds };
      },
      async ({ outcome, milliseconds }, { scenario }) => {
        this.failure = undefined;
        this.milliseconds = milliseconds;
        this.now = {
          title: this.titleOf(scenario),
          scenario,
          chosen: chosenOf(this.state),
          outcome,
          base: this.base,
        };
        await this.tell("outcome");
        await painted(); // the next answer waits, so that what is drawn is also seen
      },
      (reason, { opened }) => {
        if (reason instanceof Cancelled || opened !== this.opened) return;
        this.failure = plainly(reason);
        void this.tell("outcome");
      },
    );
  }

  // How the page gets from one economy, model or address to another.
  private movesOf(opener: Opener): Moves {
    return new Moves(opener, {
      state: () => this.state,
      opened: () => this.opened,
      answerPins: (state, opened) => this.answerPins(opener, state, opened),
      land: (landing) => this.land(landing),
      stay: ({ notice, refusal }, address) => {
        this.say(notice, refusal);
        if (address && address.hash === location.hash) history.replaceState(null, "", `#${linkOf(this.state)}`);
        for (const event of ["settings", "notice"] as const) void this.tell(event);
      },
      loading: (economy) => {
        if (economy === this.loading) return;
        this.loading = economy;
        void this.tell("notice");
      },
    });
  }

  on(event: Event, act: () => void | Promise<void>): void {
    this.heard.set(event, [...(this.heard.get(event) ?? []), act]);
  }

  /** Lets every part that listens act; done when all have. */
  async tell(event: Event): Promise<void> {
    await Promise.all(this.heard.get(event)?.map((act) => act()) ?? []);
  }

  forget(): void {
    this.heard.clear();
  }

  /**
   * To the state that an address names, or to the page's usual beginning where it names none. `step`: as one that the
   * browser's back goes over.
   */
  async goTo(hash: string, step = false): Promise<void> {
    const there = await this.moves.to(addressOf(hash, this.tabs));
    // Meanwhile the reader may have gone on: the address is that of what is seen.
    if (there && (step || location.hash !== hash)) this.commit();
  }

  /** Another model, horizon or option; where the engine refuses it, the page says why and stays as it was. */
  async configure(patch: (state: State) => void): Promise<void> {
    if (await this.moves.change(patch)) this.commit();
  }

  /** A change of how the page is looked at: its part, its language. */
  look(patch: (state: State) => void): void {
    this.moves.look(patch);
    this.commit();
  }

  private say(notice?: string, refusal?: string): void {
    Object.assign(this, { notice, refusal, saidIn: current() });
  }

  private land({ state, opened, pinned, notice, refusal }: Landing): void {
    const same = opened === this.opened;
    const language = isLanguage(state.language) ? state.language : preferred();
    if (pinned && language !== current()) speak(language);
    this.state = state;
    this.opened = opened;
    this.say(notice, refusal);
    if (pinned) this.pinned = pinned;
    if (!this.pinned.length) this.state.compare = "level";
    if (!same) {
      this.now = this.failure = undefined;
      this.deep.forget();
      this.resting.forget();
    }
    const news = same ? (["scenario"] as const) : (["opened", "economy"] as const);
    for (const event of ["pins", ...news, "settings", "tab", "notice"] as const) void this.tell(event);
    this.ask();
  }

  private async answerPins(opener: Opener, state: State, opened: Opened) {
    const { solved, failures } = await answerPins(
      state.pins,
      opened.economy === this.opened?.economy ? this.pinned : [],
      {
        engine: this.fast,
        present: chosenOf(state),
        base: opened.base,
        asked: (scenario) => askedOf(state.economy, scenario),
        bring: (set) => opener.bring(set),
      },
    );
    state.pins = state.pins.filter((p) => !failures.has(p));
    const refusals = [...failures].map(([{ title }, reason]) => ({ title, reason: plainly(new Error(reason)) })),
      notice = refusals.map((lost) => t("pin_lost", lost)).join(" ");
    return { pinned: solved, ...(notice ? { notice, refusal: refusals[0].reason } : {}) };
  }

  /** Numbers of the economy that is open. */
  get facts(): Facts {
    return this.opened?.facts as Facts; // there is none before the first landing
  }

  /** The economy as observed, under the model that is chosen. */
  get base(): Outcome | undefined {
    return this.opened?.base;
  }

  get assumptions(): string[] {
    return this.opened?.assumptions ?? [];
  }

  /** Whether the model counts as income what others count as sales. */
  get salesAreIncome(): boolean {
    return this.opened?.salesAreIncome ?? false;
  }

  /** The elasticities that the engine took: words, set and horizon by name, mean; empty where the economy has none. */
  get taken(): Opened["taken"] {
    return this.opened?.taken ?? {};
  }

  get models(): Model[] {
    return this.opened?.models ?? [];
  }

  get bands(): Bands | undefined {
    return this.resting.bands;
  }

  get drawingBands(): boolean {
    return this.resting.drawing;
  }

  /** The scenario's answer with its decomposition, once the slider rests. */
  get detail(): Outcome | undefined {
    return this.resting.detail;
  }

  /** The scenario under other models and options, as far as they have answered. */
  get others() {
    return this.resting.others;
  }

  /** The longer question of a part of the page. */
  question(part: string): Question {
    const kept = this.questions.get(part) ?? new Question(this.runs);
    this.questions.set(part, kept);
    return kept;
  }

  get configuration(): Configuration {
    return configurationOf(this.state);
  }

  /** The options that the engine's table lists for the model. */
  get options(): Option[] {
    return this.models.find((m) => m.name === this.state.model)?.options ?? [];
  }

  /** The value of an option of the model that is chosen, whether the reader set it or not; undefined where it has none. */
  optionValue(option: string): Value | undefined {
    const { model } = this.configuration;
    return model[option] ?? this.options.find((o) => o.name === option)?.value;
  }

  /** The economy's own trade and tariffs. */
  get tables(): Tables {
    const { bytes } = this.opened!;
    if (this.read?.bytes !== bytes) this.read = { bytes, tables: tablesOf(bytes) };
    return this.read.tables;
  }

  /** The mean tariff of the scenario on goods of one from another, weighted by the base's trade; a ratio. */
  levelOn(importer: string, exporter: string): number {
    const rates = tariffsAfter(this.tables, rowsOf(this.state.scenario, linesOf(this.state.economy)));
    return levelOf(this.tables, { importer, exporter, sector: "goods" }, rates).mean;
  }

  /** Whether the base has tariffs at all. */
  get baseHasTariffs(): boolean {
    return Object.values(this.base?.regions ?? {}).some((r) => r.tariff_revenue > 0);
  }

  /** How the bands are drawn, where the elasticities come with what is known of their errors. */
  get draws(): Draws | undefined {
    const set = catalogue.elasticities.find((s) => s.name === this.state.elasticities);
    return this.large || (set && !set.sure) ? undefined : restingDraws;
  }

  get setting(): Setting {
    return { economy: this.state.economy, configuration: this.configuration };
  }

  private asked = (scenario: Scenario, without?: string[]) => askedOf(this.state.economy, scenario, without);

  /** Too many regions for long answers that nobody asked for. */
  get large(): boolean {
    return this.facts.economy.regions.length > largeRegions;
  }

  /** The scenario as it stands, answered; the newest question wins. */
  ask(): void {
    const { schedules, rows } = this.state.scenario;
    this.resting.about(JSON.stringify([this.state.economy, schedules, rows]));
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.rest(), restsAfter);
    this.queue.ask({ scenario: structuredClone(this.state.scenario), opened: this.opened });
  }

  /** A change by the slider: answered at once, kept in the address when the slider rests. */
  drag(change: (scenario: Scenario) => void): void {
    change(this.state.scenario);
    delete this.state.scenario.story;
    this.ask();
  }

  /** A change that a person would want to go back from. */
  async change(patch: (state: State) => void): Promise<void> {
    patch(this.state);
    this.commit();
    void this.tell("scenario");
    this.ask();
  }

  /** Puts the state into the address, as a step that the browser's back goes over. */
  commit(): void {
    const hash = "#" + linkOf(this.state);
    if (hash !== location.hash) history.pushState(null, "", hash);
  }

  private rest(): void {
    if (this.queue.busy) {
      this.soon = setTimeout(() => this.rest(), restsAfter);
      return;
    }
    void this.tell("settled");
    if (this.now && !this.failure) void this.resting.look(this.closer(this.now), !this.state.embed);
    // What a reader may want next, so that the page goes on without a network.
    if (!navigator.onLine) return;
    for (const file of [sourcesOf(), ...catalogue.economies.map((e) => economyBytes(e.name))]) file.catch(() => {});
  }

  private closer({ scenario, outcome }: Solved) {
    const { setting, facts, large, state, models, variants } = this;
    return {
      scenario: structuredClone(scenario),
      outcome,
      setting: structuredClone(setting),
      facts,
      large,
      models,
      variants,
      choice: structuredClone(chosenOf(state)),
      asked: (without: string[]) => askedOf(setting.economy, scenario, without),
    };
  }

  /** What the page itself has named, in the language that it speaks now. */
  retitle(): void {
    if (this.now) this.now.title = this.titleOf(this.now.scenario);
  }

  titleOf(scenario: Scenario): string {
    if (scenario.story) return t(`story_${scenario.story}` as any);
    return t("story_own");
  }

  pin(): void {
    const { now } = this;
    if (!now) return;
    if (this.pinned.length >= mostPins) {
      this.say(t("pins_full", { most: mostPins }));
      void this.tell("notice");
      return;
    }
    const title = now.scenario.story ? now.title : `${now.title} ${this.state.pins.length + 1}`;
    this.state.pins.push({ title, scenario: structuredClone(now.scenario), ...structuredClone(now.chosen) });
    this.pinned.push({ ...now, title });
    this.repinned();
  }

  unpin(index: number): void {
    this.state.pins.splice(index, 1);
    this.pinned.splice(index, 1);
    if (!this.pinned.length) this.state.compare = "level";
    if (this.state.against !== undefined && this.state.against >= this.pinned.length) delete this.state.against;
    this.repinned();
  }

  /** Side by side or as differences, and which pin is subtracted where there is room for one. */
  compareAs(patch: Partial<Pick<State, "compare" | "against">>): void {
    Object.assign(this.state, patch);
    this.repinned();
  }

  private repinned(): void {
    this.commit();
    void this.tell("pins");
    void this.tell("outcome").then(() => this.tell("settled"));
  }

  /** Back to a scenario that was pinned, and to the model that it was answered under. */
  async restore(index: number): Promise<void> {
    const { scenario, title: _, ...chosen } = structuredClone(this.state.pins[index]);
    const back = (state: State) => {
      state.scenario = scenario;
      state.active = Math.max(0, scenario.rows.length - 2);
    };
    if (sameModel(chosen, this.state)) return this.change(back);
    const none = { options: undefined, horizon: undefined, elasticities: undefined };
    return this.configure((state) => back(Object.assign(state, none, chosen)));
  }

  /** A study that was answered elsewhere on the page, for the reader to see, save or change. */
  openStudy(study: { text: string; name: string }): void {
    this.study = study;
    this.look((state) => (state.tab = "study"));
    void this.tell("tab");
  }

  /** Opens the engine for longer answers before it is asked. */
  warm = (): Promise<unknown> => this.deep.prepared();

  /** The models and options that a scenario is also answered under. */
  get variants(): Variant[] {
    const sets = catalogue.elasticities.map((e) => e.name);
    return variantsOf(this.state.economy, this.models, sets);
  }

  /** Regions that the reader works with. */
  get parties(): string[] {
    const row = this.state.scenario.rows[this.state.active] ?? this.state.scenario.rows[0];
    return row
      ? [...list(row.importer), ...list(row.exporter)].filter((r) => this.facts.economy.regions.includes(r))
      : [];
  }

  /** Who acted first in the scenario: its first schedule, else its first line. */
  private get firstActor(): string | undefined {
    const { schedules, rows } = this.state.scenario,
      [use] = schedules;
    const importers = use
      ? (use.importer ?? linesOf(this.state.economy)(use.schedule).map((l) => l.importer))
      : rows[0]?.importer;
    return list(importers).find((r) => this.facts.economy.regions.includes(r));
  }

  /** The region that is looked at: the reader's choice, in a story who acted first, else who is being changed. */
  get region(): string {
    const { regions } = this.facts.economy,
      { region: asked, scenario } = this.state;
    if (asked && regions.includes(asked)) return asked;
    return (scenario.story ? this.firstActor : this.parties[0]) ?? this.firstActor ?? this.facts.bySize[0];
  }
}
