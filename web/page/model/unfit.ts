// What a link names and this page does not have: taken out of what is asked, and said.
import { isLanguage, t } from "../language.ts";
import type { Economy } from "../engine/types.ts";
import { beginningOf, catalogue, scheduleOf, storiesOf } from "./catalogue.ts";
import { mostPins, type Pin, type State } from "./link.ts";
import { unknownNames, type Scenario } from "./scenario.ts";

interface Fit {
  /** Undefined where nothing of it is left. */
  scenario: Scenario | undefined;
  said: string[];
}

/** A scenario with its story told and nothing in it that this page has no lines for. */
function fitted(economy: string, scenario: Scenario): Fit {
  const { story, schedules, rows } = scenario,
    told = storiesOf(economy).find((s) => s.key === story),
    bare = !rows.length && !schedules.length;
  const unknown = schedules.filter((use) => !scheduleOf(economy, use.schedule));
  if (unknown.length)
    return {
      scenario: undefined,
      said: unknown.map((use) => t("link_no_schedule", { economy, v: use.schedule })),
    };
  if (!story) return { scenario, said: [] };
  if (told) return { scenario: bare ? { ...structuredClone(told.scenario), story } : scenario, said: [] };
  return { scenario: bare ? undefined : { schedules, rows }, said: [t("link_no_story", { economy, v: story })] };
}

/** Takes out of `asked` what an economy, its stories, the page's parts and languages do not have, and says it. */
export function takeUnfit(asked: Partial<State>, economy: string, tabs: readonly string[]): string[] {
  const said: string[] = [],
    drop = (key: keyof State, words: string) => (said.push(words), delete asked[key]);
  if (asked.economy && asked.economy !== economy) {
    drop("economy", t("link_no_economy", { v: asked.economy }));
    delete asked.hash; // of the economy that was asked for
  }
  if (asked.tab && !tabs.includes(asked.tab)) drop("tab", t("link_no_tab", { v: asked.tab }));
  if (asked.language && !isLanguage(asked.language)) drop("language", t("link_no_language", { v: asked.language }));
  const noSet = (name: string | undefined) => name && !catalogue.elasticities.some((set) => set.name === name);
  if (noSet(asked.elasticities)) drop("elasticities", t("link_no_set", { v: asked.elasticities! }));
  if (asked.scenario) {
    const { scenario, said: unfit } = fitted(economy, asked.scenario);
    said.push(...unfit);
    asked.scenario = scenario;
    if (!scenario) delete asked.active; // a line of what is not here
  }
  const over = (asked.pins?.length ?? 0) - mostPins;
  if (over > 0) said.push(t("link_many_pins", { n: over, most: mostPins }));
  const kept = asked.pins?.slice(0, mostPins).flatMap((pin): Pin[] => {
    const { scenario, said: unfit } = fitted(economy, pin.scenario);
    if (noSet(pin.elasticities)) unfit.push(t("link_no_set", { v: pin.elasticities! }));
    said.push(...unfit.map((reason) => t("link_pin", { title: pin.title, reason })));
    return scenario && !noSet(pin.elasticities) ? [{ ...pin, scenario }] : [];
  });
  if (kept) asked.pins = kept;
  return said;
}

/** The same for regions and sectors, which only the economy knows; `lost` where the scenario is not here. */
export function takeStrangers(state: State, economy: Economy): { said: string[]; lost: boolean } {
  const { region, players } = state,
    missing = (r: string | undefined): r is string => r !== undefined && !economy.regions.includes(r),
    said = (names: string[]) => [...new Set(names)].map((v) => t("link_no_name", { economy: economy.name, v }));
  const unknown = unknownNames(economy, state.scenario);
  if (unknown.length) Object.assign(state, beginningOf(economy.name));
  if (missing(region)) delete state.region;
  if (players?.some(missing)) delete state.players;
  const pins = state.pins.map((pin) => ({ pin, reasons: said(unknownNames(economy, pin.scenario)) }));
  state.pins = pins.filter(({ reasons }) => !reasons.length).map(({ pin }) => pin);
  return {
    lost: unknown.length > 0,
    said: [
      ...said(unknown),
      ...[region, ...(players ?? [])].filter(missing).map((v) => t("link_no_region", { economy: economy.name, v })),
      ...pins.flatMap(({ pin, reasons }) => reasons.map((reason) => t("link_pin", { title: pin.title, reason }))),
    ],
  };
}
