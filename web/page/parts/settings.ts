// Economy, model and horizon; and under “more”, every option that the model's table lists.
import type { App } from "../app.ts";
import { economyTitle, engineLanguage, modelTitle, number, optionWords, regionName, t } from "../language.ts";
import { catalogue } from "../model/catalogue.ts";
import { startOf, withOption, type Option, type Value } from "../model/options.ts";
import { add, button, node, redraw, select, type Choice } from "./dom.ts";

// The model of firms that differ is of one sector (docs/melitz.md): said before it is chosen, not by a refusal.
function modelChoice(kind: string, sectors: number): Choice {
  const text = modelTitle(kind);
  return kind === "melitz" && sectors > 1
    ? { value: kind, text: `${text}: ${t("model_one_sector")}`, disabled: true }
    : { value: kind, text };
}

export class Settings {
  readonly element = node("details", null, { class: "settings" }) as HTMLDetailsElement;
  private more = false; // open

  constructor(private readonly app: App) {}

  draw(): void {
    const { app } = this,
      { state, facts } = app;
    const economy = select(
      t("economy"),
      catalogue.economies.map(({ name }) => ({ value: name, text: economyTitle(name) })),
      state.economy,
      (name) => void app.goTo(`#economy=${name}${app.state.language ? `&language=${app.state.language}` : ""}`, true),
    );
    const kinds = app.models.length ? app.models.map((m) => m.name) : ["ricardian", "krugman", "melitz"];
    const model = select(
      t("model"),
      kinds.map((kind) => modelChoice(kind, facts.economy.sectors.length)),
      state.model,
      (kind) => void app.configure((s) => Object.assign(s, { model: kind, options: undefined })),
    );
    const words = t("economy_words", {
      regions: facts.economy.regions.length,
      sectors: t("sectors_count", { n: facts.economy.sectors.length }),
      year: facts.economy.year ?? state.economy.slice(-4),
    });
    this.element.open ||= innerWidth > 900;
    redraw(
      this.element,
      node("summary", t("settings")),
      economy,
      node("p", app.baseHasTariffs ? words : `${words}. ${t("base_no_tariffs")}`, { class: "small" }),
      model,
      this.horizon(),
      node("p", this.horizonWords(), { class: "small" }),
      this.options(),
    );
  }

  private horizon(): HTMLElement {
    const { app } = this,
      { state, facts } = app;
    const own = state.elasticities ? "set" : facts.economy.elasticities?.horizon === "short" ? "short" : "economy";
    const choices = [
      { value: "", text: t(`horizon_own_${own}`) },
      ...(["short", "long"] as const).map((value) => ({ value, text: t(`horizon_${value}`) })),
    ];
    return select(
      t("horizon"),
      choices,
      state.horizon ?? "",
      (h) => void app.configure((s) => (s.horizon = h || undefined)),
    );
  }

  private horizonWords(): string {
    const { app } = this,
      { mean } = app.taken;
    return [
      t("horizon_words"),
      ...(mean === undefined ? [] : [t("horizon_mean", { mean: number(mean, { digits: 2 }) })]),
      ...(app.large && app.state.horizon === "short" ? [t("horizon_world")] : []),
    ].join(" ");
  }

  private options(): HTMLElement {
    const { app } = this,
      { state } = app;
    const details = node("details", null, { class: "more" }) as HTMLDetailsElement;
    details.open = this.more;
    details.addEventListener("toggle", () => (this.more = details.open));
    add(details, node("summary", t("more_options")), this.sets(), ...app.options.map((option) => this.option(option)));
    if (state.options || state.elasticities)
      details.append(
        button(t("options_back"), () => {
          void app.configure((s) => Object.assign(s, { options: undefined, elasticities: undefined }));
        }),
      );
    return details;
  }

  // Published sets of trade elasticities, where there is more than one sector to tell apart.
  private sets(): HTMLElement {
    const { app } = this;
    const choices: Choice[] = [{ value: "", text: t("elasticities_own") }];
    for (const { name, title } of app.facts.economy.sectors.length > 1 ? catalogue.elasticities : [])
      choices.push({ value: name, text: title, lang: engineLanguage() });
    const chosen = app.state.elasticities,
      unsure = catalogue.elasticities.some((set) => set.name === chosen && !set.sure);
    const choose = select(t("elasticities"), choices, chosen ?? "", (name) => {
      void app.configure((s) => (s.elasticities = name || undefined));
    });
    return add(
      node("div", null, { class: "sets" }),
      choose,
      ...(unsure ? [node("p", t("set_unsure"), { class: "small" })] : []),
    ) as HTMLElement;
  }

  private option(option: Option): HTMLElement {
    const { app } = this,
      { model, options } = app.state;
    const words = optionWords(option.name) ?? option.text,
      now = options?.[option.name] ?? startOf(model, option);
    const set = (value?: Value) =>
      void app.configure((s) => (s.options = withOption(s.model, s.options, option, value)));
    const chosen = String(now ?? "");
    switch (option.kind) {
      case "flag": {
        const flags = [true, false].map((v) => ({ value: String(v), text: t(v ? "yes" : "no") }));
        return select(words, flags, chosen, (v) => set(v === "true"));
      }
      case "choice": {
        const choices = (option.choices ?? []).map((c) => ({
          value: c,
          text: optionWords(`${option.name}_${c}`) ?? c,
        }));
        return select(words, choices, chosen, set);
      }
      case "region": {
        const regions = app.facts.economy.regions.map((r) => ({ value: r, text: regionName(r) }));
        return select(words, regions, chosen, set);
      }
      default:
        return this.numberField(option, words, now, set);
    }
  }

  private numberField(
    option: Option,
    words: string,
    now: Value | undefined,
    set: (value?: Value) => void,
  ): HTMLElement {
    const input = node("input", null, {
      type: "number",
      inputmode: "decimal",
      min: String(option.low),
      max: String(option.high),
      step: "any",
      placeholder: option.value === undefined ? option.default : "",
    }) as HTMLInputElement;
    input.value = now === undefined ? "" : String(now);
    input.addEventListener("change", () => set(input.value.trim() === "" ? undefined : Number(input.value)));
    const range = t("option_range", { low: option.low ?? "", high: option.high ?? "", value: option.default });
    return add(
      node("label", null, { class: "choice" }),
      node("span", words),
      input,
      node("span", range, { class: "small" }),
    ) as HTMLElement;
  }
}
