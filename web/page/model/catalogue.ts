// What was built beside the page: the engine, the economies, the stories and their schedules.
import data from "detente:data";
import type { Scenario, ScheduleLine } from "./scenario.ts";

export interface Story {
  key: string;
  scenario: Scenario;
}

export interface Schedule {
  title: string;
  date: string;
  kind: string;
  source: string;
  lines: [string, string, string, number][];
}

export interface Catalogue {
  engine: string;
  economies: { name: string; hash: string }[];
  stories: Record<string, Story[]>;
  schedules: Record<string, Record<string, Schedule>>;
  /** Published sets of trade elasticities. */
  elasticities: { name: string; title: string; sure: boolean }[];
}

export const catalogue: Catalogue = data;

export const storiesOf = (economy: string): Story[] => catalogue.stories[economy] ?? [];

/** The scenario with which the page begins, and which of its lines is open. */
export function beginningOf(economy: string): { scenario: Scenario; active: number } {
  const stories = storiesOf(economy),
    story = stories[2] ?? stories[0];
  if (!story) return { scenario: { schedules: [], rows: [] }, active: 0 };
  return {
    scenario: { ...structuredClone(story.scenario), story: story.key },
    active: Math.max(0, story.scenario.rows.length - 2),
  };
}

export const hashOf = (economy: string): string | undefined =>
  catalogue.economies.find((e) => e.name === economy)?.hash;

/** A schedule as it stands for an economy; undefined where the page has none of that name. */
export const scheduleOf = (economy: string, name: string): Schedule | undefined =>
  Object.hasOwn(catalogue.schedules[economy] ?? {}, name) ? catalogue.schedules[economy][name] : undefined;

/** The lines of a schedule by its name; throws where the page has none of that name. */
export const linesOf =
  (economy: string) =>
  (name: string): ScheduleLine[] => {
    const schedule = scheduleOf(economy, name);
    if (!schedule) throw new Error(`${economy} has no schedule “${name}”`);
    return schedule.lines.map(([importer, exporter, sector, increase]) => ({ importer, exporter, sector, increase }));
  };
