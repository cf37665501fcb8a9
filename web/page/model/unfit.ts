// What a link names and this page does not have: taken out of what is asked, and said.
import { isLanguage, t } from "../language.ts";
import { storiesOf } from "./catalogue.ts";
import type { State } from "./link.ts";

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
  const { scenario } = asked,
    story = scenario?.story,
    told = storiesOf(economy).find((s) => s.key === story);
  if (!scenario || !story) return said;
  const bare = !scenario.rows.length && !scenario.schedules.length;
  if (told && bare) asked.scenario = { ...structuredClone(told.scenario), story };
  if (told) return said;
  said.push(t("link_no_story", { economy, v: story }));
  if (bare) delete asked.scenario;
  else delete scenario.story;
  return said;
}

/** The same for regions, which only the economy knows. */
export function takeStrangers(state: State, regions: string[]): string[] {
  const { economy, region, players } = state,
    missing = (r: string | undefined): r is string => r !== undefined && !regions.includes(r);
  if (missing(region)) delete state.region;
  if (players?.some(missing)) delete state.players;
  return [region, ...(players ?? [])].filter(missing).map((v) => t("link_no_region", { economy, v }));
}
