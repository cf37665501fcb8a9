// What stands side by side: the scenario as it is, then what is pinned, each under its own model; or the differences.
import { known } from "../../report/numbers.js";
import type { App, Solved } from "../app.ts";
import { joined, optionWords, t, type Key } from "../language.ts";
import type { Chosen } from "../model/link.ts";
import { sameModel } from "../pins.ts";
import { texts } from "../texts.ts";

const nameOf = (prefix: string, code: string) => (`${prefix}_${code}` in texts ? t(`${prefix}_${code}` as Key) : code);

const optionsWords = ({ options }: Chosen): string =>
  Object.entries(options ?? {})
    .map(([name, value]) =>
      t("assumed_option", {
        name: optionWords(name) ?? name,
        value:
          typeof value === "boolean" ? t(value ? "yes" : "no") : (optionWords(`${name}_${value}`) ?? String(value)),
      }),
    )
    .join(", ") || t("options_name_own");

const setWords = ({ elasticities }: Chosen) =>
  elasticities ? t("elasticities_name", { name: elasticities }) : t("elasticities_name_own");

export const modelName = (model: string): string => nameOf("model_name", model);
export const horizonName = (horizon: string | undefined): string => nameOf("horizon_name", horizon || "own");

/** What of one model another has not, in words: its name, horizon, elasticities, options. */
export function modelApart(one: Chosen, other: Chosen): string {
  const model = one.model !== other.model;
  return joined([
    ...(model ? [modelName(one.model)] : []),
    ...(one.horizon !== other.horizon ? [horizonName(one.horizon)] : []),
    ...(one.elasticities !== other.elasticities ? [setWords(one)] : []),
    ...(JSON.stringify(one.options ?? {}) !== JSON.stringify(other.options ?? {}) && !(model && !one.options)
      ? [optionsWords(one)]
      : []),
  ]);
}

/** A scenario that is pinned, with its model where that is not the one that is open. */
export function pinTitle(app: App, { title, ...chosen }: Chosen & { title: string }): string {
  return sameModel(chosen, app.state) ? title : t("title_under", { title, model: modelApart(chosen, app.state) });
}

export class Compared {
  constructor(private readonly app: App) {}

  get shown(): Solved[] {
    const { now, pinned } = this.app;
    return now ? [now, ...pinned] : [];
  }

  get differs(): boolean {
    return this.app.state.compare === "difference" && this.app.pinned.length > 0;
  }

  /** The pin that is subtracted where there is room for one difference. */
  get against(): Solved | undefined {
    const { state, pinned } = this.app;
    return this.differs ? (pinned[state.against ?? 0] ?? pinned[0]) : undefined;
  }

  titleOf(s: Solved): string {
    return s === this.app.now ? s.title : pinTitle(this.app, { title: s.title, ...s.chosen });
  }

  /** Names of the series: of all that is shown, or of each difference. */
  get series(): string[] {
    const { now, pinned } = this.app;
    if (this.differs) return pinned.map((p) => t("minus", { title: this.titleOf(p) }));
    const title = now?.title ?? t("now");
    return [pinned.length ? t("now_title", { title }) : title, ...pinned.map((p) => this.titleOf(p))];
  }

  /** One number for each series. */
  values(of: (s: Solved) => number | undefined): (number | undefined)[] {
    const [now, ...pins] = this.shown.map(of);
    if (!this.differs) return [now, ...pins];
    return pins.map((pin) => (known(now) && known(pin) ? now - pin : undefined));
  }

  /** The number of a figure that has room for one. */
  value(of: (s: Solved) => number | undefined): number | undefined {
    const { now } = this.app,
      { against } = this;
    if (!now) return undefined;
    const value = of(now);
    if (!against) return value;
    const less = of(against);
    return known(value) && known(less) ? value - less : undefined;
  }

  /** Percent, or percentage points where two percents are subtracted. */
  get unit(): string {
    return t(this.differs ? "unit_points" : "unit_percent");
  }

  /** Said where a figure of all series could be taken for one of the present scenario. */
  get said(): string {
    const now = this.app.now?.title ?? "";
    if (!this.differs) return "";
    return this.app.pinned.length > 1
      ? t("shown_lesses", { now })
      : t("shown_less", { now, title: this.titleOf(this.app.pinned[0]) });
  }

  /** The same for a figure that has room for one number. */
  get saidOfOne(): string {
    const now = this.app.now?.title ?? "",
      { against } = this;
    if (against) return t("shown_less", { now, title: this.titleOf(against) });
    return this.app.pinned.length ? t("shown_now", { title: now }) : "";
  }
}
