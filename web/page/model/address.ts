// The page's state at an address, with what of the address is not here.
import { t } from "../language.ts";
import { beginningOf, catalogue, hashOf } from "./catalogue.ts";
import { chosenOf, stateFrom, type State } from "./link.ts";
import { takeUnfit } from "./unfit.ts";

const defaultModel: Record<string, string> = { "world-2023": "melitz" };

/** The model with which the page begins in an economy. */
export const modelOf = (economy: string): string => defaultModel[economy] ?? "ricardian";

export interface Address {
  hash: string;
  state: State;
  /** Why nothing of the address could be read. */
  unread?: string;
  /** What the address names and is not here; `lost` where its scenario is not. */
  unfit: string[];
  lost: boolean;
  /** With what other engine or bytes the address was made. */
  other: string[];
}

/** The state that an address names, or the page's usual beginning where it names none; `tabs` are the page's parts. */
export function addressOf(hash: string, tabs: readonly string[]): Address {
  let asked: Partial<State> = {},
    unread: string | undefined;
  try {
    asked = stateFrom(hash);
  } catch (reason) {
    unread = (reason as Error).message;
  }
  const known = catalogue.economies.find((e) => e.name === asked.economy),
    { name } = known ?? catalogue.economies[0];
  const told = asked.scenario !== undefined,
    unfit = takeUnfit(asked, name, tabs);
  const other = [
    asked.engine && asked.engine !== catalogue.engine && t("link_engine", { v: asked.engine }),
    asked.hash && asked.hash !== hashOf(name) && t("link_economy", { v: asked.hash }),
  ].filter((words): words is string => Boolean(words));
  const beginning = beginningOf(name);
  const state: State = {
    economy: name,
    hash: hashOf(name),
    engine: catalogue.engine,
    model: asked.model ?? modelOf(name),
    options: asked.options,
    horizon: asked.horizon,
    elasticities: asked.elasticities,
    scenario: asked.scenario ?? beginning.scenario,
    active: asked.active ?? (asked.scenario ? 0 : beginning.active),
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
  const own = chosenOf(state);
  state.pins = (asked.pins ?? []).map((p) => ({
    ...(p.model ? p : { ...p, ...own }),
    title: p.title || t("story_own"),
  }));
  return { hash, state, unread, unfit, lost: told && !asked.scenario, other };
}
