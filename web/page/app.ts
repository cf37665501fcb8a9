// What the page knows and does: state, engine, address. Its parts draw themselves from here and ask for changes here.
import { drawnBands, rangeBands, restingDraws, type Bands } from "./bands.ts";
import { Answerer } from "./engine/answerer.ts";
import { EngineClient, Cancelled, type WorkerLike } from "./engine/client.ts";
import { Latest } from "./engine/latest.ts";
import { Others } from "./engine/others.ts";
import type { Configuration, Configured, Economy, Outcome, Progress } from "./engine/types.ts";
import { bytesOf, compiledEngine, textOf } from "./files.ts";
import { current, isLanguage, optionWords, preferred, speak, t } from "./language.ts";
import { catalogue, hashOf, linesOf, storiesOf } from "./model/catalogue.ts";
import { chosenOf, linkOf, stateFrom, type State } from "./model/link.ts";
import { levelOf, tablesOf, tariffsAfter, type Tables } from "./model/levels.ts";
import { configurationOf, type Model, type Option, type Value } from "./model/options.ts";
import { plainRefusal } from "./model/refusal.ts";
import { factsOf, type Facts } from "./model/outcome.ts";
import { emptyScenario, list, rowsOf, unknownNames, type Scenario } from "./model/scenario.ts";
import type { Draws, Setting } from "./model/study.ts";
import { answerPins, sameModel, type Solved } from "./pins.ts";
import { takeStrangers, takeUnfit } from "./model/unfit.ts";
import { ownOf, readingOf, variantsOf, type Reading, type Variant } from "./model/variants.ts";
import { painted } from "./turns.ts";

export type { Solved } from "./pins.ts";

export type { Bands } from "./bands.ts";

export type Event =
  | "economy"
  | "scenario"
  | "outcome"
  | "settled"
  | "detail"
  | "bands"
  | "models"
  | "pins"
  | "tab"
  | "language"
  | "notice";

const defaultModel: Record<string, string> = { "world-2023": "melitz" };
// An economy of more regions has no estimates of its own.
const largeRegions = 40;
const mostThreads = 8; // threads of an engine, however many the machine has: each holds memory
const restsAfter = 500; // milliseconds without a new question

const plain = (reason: unknown) => plainRefusal((reason as Error).message, optionWords);

export class App {
  state!: State;
  facts!: Facts;
  /** The economy as observed, under the model that is chosen. */
  base: Outcome | undefined;
  assumptions: string[] = [];
  /** Whether the model counts as income what others count as sales. */
  salesAreIncome = false;
  /** The elasticities that the engine took: words, set and horizon by name, mean; empty where the economy has none. */
  taken: NonNullable<Configured["elasticities"]> = {};
  now: Solved | undefined;
  milliseconds = 0;
  pinned: Solved[] = [];
  bands: Bands | undefined;
  /** The scenario's answer with its decomposition, once the slider rests. */
  detail: Outcome | undefined;
  drawingBands = false;
  /** The scenario under other models and options, as far as they have answered. */
  readonly others = new Others<Reading>();
  failure: string | undefined;
  notice: string | undefined;
  models: Model[] = [];
  /** The study to show in its tab, until that has it. */
  study: { text: string; name: string } | undefined;
  /** The part of the notice that the engine wrote. */
  refusal: string | undefined;

  private readonly fast: EngineClient;
  private readonly deep: Answerer;
  private readonly closer: Answerer;
  private running = 0; // longer answers that are being computed
  private bytes: Uint8Array | undefined;
  private read: { bytes: Uint8Array; tables: Tables } | undefined;
  private readonly heard = new Map<Event, (() => void | Promise<void>)[]>();
  private readonly queue: Latest<Scenario, { outcome: Outcome; milliseconds: number }>;
  private resting: ReturnType<typeof setTimeout> | undefined;

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
        bytes: this.bytes!,
        configuration: this.configuration,
      }));
    this.deep = answerer();
    this.closer = answerer();
    this.queue = new Latest(
      async (scenario) => {
        const { answer, milliseconds } = await this.fast.call<Outcome>("solve", this.asked(scenario));
        return { outcome: answer, milliseconds };
      },
      async ({ outcome, milliseconds }, scenario) => {
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
      (reason) => {
        if (reason instanceof Cancelled) return;
        this.failure = plain(reason);
        void this.tell("outcome");
      },
    );
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

  /** The state that an address names, or the page's usual beginning where it names none. */
  async goTo(hash: string): Promise<void> {
    let asked: Partial<State> = {};
    this.notice = undefined;
    try {
      asked = stateFrom(hash);
    } catch (reason) {
      this.notice = t("link_bad", { reason: (reason as Error).message });
    }
    const name = catalogue.economies.some((e) => e.name === asked.economy)
      ? asked.economy!
      : catalogue.economies[0].name;
    const unfit = takeUnfit(asked, name, this.tabs);
    if (unfit.length) this.notice = t("link_bad", { reason: unfit.join("; ") });
    const other = [
      asked.engine && asked.engine !== catalogue.engine && t("link_engine", { v: asked.engine }),
      asked.hash && asked.hash !== hashOf(name) && t("link_economy", { v: asked.hash }),
    ].filter(Boolean);
    if (other.length && !this.notice) this.notice = t("link_other", { what: other.join(", ") });
    const language = asked.language ?? preferred();
    if (isLanguage(language) && language !== current()) speak(language);
    const before = this.state;
    const story = storiesOf(name)[2] ?? storiesOf(name)[0];
    this.state = {
      economy: name,
      hash: hashOf(name),
      engine: catalogue.engine,
      model: asked.model ?? defaultModel[name] ?? "ricardian",
      options: asked.options,
      horizon: asked.horizon,
      elasticities: asked.elasticities,
      scenario:
        asked.scenario ??
        (story ? { ...structuredClone(story.scenario), story: story.key } : { schedules: [], rows: [] }),
      active: asked.active ?? (asked.scenario ? 0 : Math.max(0, (story?.scenario.rows.length ?? 1) - 2)),
      pins: [],
      compare: asked.compare ?? "level",
      against: asked.against,
      region: asked.region,
      players: asked.players,
      levers: asked.levers,
      tab: asked.tab ?? "outcome",
      language: asked.language,
      embed: asked.embed,
    };
    const own = chosenOf(this.state);
    this.state.pins = (asked.pins ?? []).map((p) => (p.model ? p : { ...p, ...own }));
    if (before?.economy !== name) this.pinned = [];
    const same =
      before &&
      this.facts &&
      before.economy === name &&
      JSON.stringify(configurationOf(before)) === JSON.stringify(this.configuration);
    if (!same) await this.openAsked();
    const unknown = unknownNames(this.facts.economy, this.state.scenario);
    if (unknown.length) {
      this.notice = t("link_bad", { reason: unknown.join(", ") });
      this.state.scenario = emptyScenario(this.facts.economy);
    }
    const strangers = takeStrangers(this.state, this.facts.economy.regions);
    if (strangers.length) this.notice = t("link_bad", { reason: strangers.join("; ") });
    await this.solvePins();
    void this.tell("economy");
    void this.tell("tab");
    void this.tell("notice");
    this.ask();
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
    if (this.read?.bytes !== this.bytes) this.read = { bytes: this.bytes!, tables: tablesOf(this.bytes!) };
    return this.read!.tables;
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

  // A link may ask for what the model refuses: the page says why, and begins with the model as it is.
  private async openAsked(): Promise<void> {
    try {
      await this.openEconomy();
    } catch (reason) {
      this.refusal = plain(reason);
      this.notice = t("link_bad", { reason: this.refusal });
      const model = defaultModel[this.state.economy] ?? "ricardian";
      Object.assign(this.state, { model, options: undefined, horizon: undefined, elasticities: undefined });
      await this.openEconomy();
    }
  }

  private async openEconomy(): Promise<void> {
    this.bands = this.detail = this.now = undefined;
    for (const engine of [this.deep, this.closer]) engine.forget();
    this.bytes = await bytesOf(this.state.economy);
    const economy: Economy = { name: this.state.economy, ...(await this.fast.open(this.bytes, this.state.economy)) };
    if (this.state.elasticities) await this.bringSet(this.state.elasticities);
    const configured: Configured = await this.fast.configure(this.configuration);
    this.base = configured.base;
    this.assumptions = configured.assumptions ?? [];
    this.salesAreIncome = configured.sales_are_income ?? false;
    this.taken = configured.elasticities ?? {};
    if (!this.models.length) this.models = await this.fast.models().catch(() => []);
    this.facts = factsOf(economy);
  }

  // The slider's engine has no files but those that a reader asks for.
  private async bringSet(name: string): Promise<void> {
    const file = `elasticities/${name}.csv`,
      text = JSON.parse(await textOf("sources"))[file];
    if (text) await this.fast.source(file, text);
  }

  // What a slider does without is not computed either: the decomposition takes ten times as long as the equilibrium.
  private asked = (scenario: Scenario, without = ["parts"]) => ({
    tariff: rowsOf(scenario, linesOf(this.state.economy)),
    without: ["tariffs", ...without],
  });

  /** Too many regions for long answers that nobody asked for. */
  get large(): boolean {
    return this.facts.economy.regions.length > largeRegions;
  }

  private async solvePins(): Promise<void> {
    const { solved, failures } = await answerPins(this.state.pins, this.pinned, {
      engine: this.fast,
      present: chosenOf(this.state),
      base: this.base,
      asked: (scenario) => this.asked(scenario),
      bring: (set) => this.bringSet(set),
    });
    this.pinned = solved;
    for (const [pin, reason] of failures) {
      this.notice = t("pin_lost", { title: pin.title, reason });
      this.refusal = reason;
    }
    this.state.pins = this.state.pins.filter((p) => !failures.has(p));
    if (!this.pinned.length) this.state.compare = "level";
    void this.tell("pins");
  }

  /** The scenario as it stands, answered; the newest question wins. */
  ask(): void {
    this.bands = this.detail = undefined;
    if (this.drawingBands) this.closer.client.cancel();
    const { schedules, rows } = this.state.scenario;
    this.others.about(JSON.stringify([this.state.economy, schedules, rows]));
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), restsAfter);
    this.queue.ask(structuredClone(this.state.scenario));
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

  /** Another model, horizon or option; where the engine refuses it, the page says why and stays as it was. */
  async configure(patch: (state: State) => void): Promise<void> {
    const before = structuredClone(this.state);
    this.notice = undefined;
    patch(this.state);
    try {
      await this.openEconomy();
      this.commit();
    } catch (reason) {
      this.refusal = plain(reason);
      this.notice = t("setting_refused", { reason: this.refusal });
      this.state = before;
      await this.openEconomy();
    }
    await this.solvePins();
    void this.tell("economy");
    void this.tell("notice");
    this.ask();
  }

  /** Puts the state into the address, as a step that the browser's back goes over. */
  commit(): void {
    const hash = "#" + linkOf(this.state);
    if (hash !== location.hash) history.pushState(null, "", hash);
  }

  private rest(): void {
    if (this.queue.busy) {
      this.resting = setTimeout(() => this.rest(), restsAfter);
      return;
    }
    void this.tell("settled");
    const { still } = this.others;
    void this.lookCloser().then(() => still() && this.lookAround());
    // What a reader may want next, so that the page goes on without a network.
    for (const file of ["sources", ...catalogue.economies.map((e) => e.name)]) void bytesOf(file).catch(() => {});
  }

  titleOf(scenario: Scenario): string {
    if (scenario.story) return t(`story_${scenario.story}` as any);
    return t("story_own");
  }

  pin(): void {
    const { now } = this;
    if (!now) return;
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

  /** Answers a whole study away from the slider's engine. `cancelRun` ends it. */
  async run(study: string, name: string, progress: (at: Progress) => void): Promise<any> {
    ++this.running;
    try {
      return await this.deep.run(study, name, progress);
    } finally {
      --this.running;
    }
  }

  /** A study that was answered elsewhere on the page, for the reader to see, save or change. */
  openStudy(study: { text: string; name: string }): void {
    this.study = study;
    this.state.tab = "study";
    this.commit();
    void this.tell("tab");
  }

  /** Ends what is being computed; an idle engine stays, open and warm. */
  cancelRun(): void {
    if (this.running) this.deep.client.cancel();
  }

  /** Opens the engine for longer answers before it is asked. */
  warm = (): Promise<unknown> => this.deep.prepared();

  // What a slider has no time for: why, and how sure. By an engine of its own.
  private async lookCloser(): Promise<void> {
    const { now } = this;
    if (!now) return;
    const scenario = structuredClone(this.state.scenario),
      same = () => JSON.stringify(scenario) === JSON.stringify(this.state.scenario);
    try {
      await this.closer.prepared();
      if (!this.large) {
        await this.closer.configured();
        const { answer } = await this.closer.client.call<Outcome>("solve", this.asked(scenario, []));
        if (!same()) return;
        this.detail = answer;
      } else if (this.state.horizon === "short") return; // nothing that is published says how sure
      this.drawingBands = true;
      void this.tell("detail");
      void this.tell("bands");
      const bands = await (this.large
        ? rangeBands(this.closer, this.setting, this.asked(scenario, ["parts", "trade"]), now.outcome)
        : drawnBands(this.closer, this.setting, scenario));
      if (same()) this.bands = bands;
    } catch {
      this.bands = undefined; // an economy without precisions has no bands, and a newer question ends an older one
    } finally {
      this.drawingBands = false;
      void this.tell("bands");
    }
  }

  /** The models and options that a scenario is also answered under. */
  get variants(): Variant[] {
    const sets = catalogue.elasticities.map((e) => e.name);
    return variantsOf(this.state.economy, this.models, sets);
  }

  // Last of all: one model after the other, between two of which a newer question goes first.
  private async lookAround(): Promise<void> {
    if (this.state.embed || !this.now || this.failure) return;
    const { variants, now } = this,
      { still } = this.others,
      asked = this.asked(now.scenario, this.large ? ["parts", "trade"] : ["trade"]);
    const own = ownOf(variants, this.state, this.models);
    if (own) this.others.keep(own.key, readingOf(this.facts, this.detail ?? now.outcome));
    const solve = async (variant: Variant, wanted: () => boolean): Promise<Reading> => {
      await this.closer.prepared();
      if (!wanted()) throw new Cancelled();
      await this.closer.client.configure(configurationOf(variant));
      if (!wanted()) throw new Cancelled();
      return readingOf(this.facts, (await this.closer.client.call<Outcome>("solve", asked)).answer);
    };
    await this.others.answer(variants, solve, () => void this.tell("models"));
    if (still()) await this.closer.configured().catch(() => {});
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
