// A scenario as the reader makes it: dated schedules first, then lines of change, of which one hangs on the slider.
import type { Economy, Row } from "../engine/types.ts";

/** A dated schedule of tariffs, or the part of it between some regions. */
export interface ScheduleUse {
  schedule: string;
  importer?: string | string[];
  exporter?: string | string[];
}

export interface Scenario {
  /** The story it came from and has not been changed since, if any. */
  story?: string;
  schedules: ScheduleUse[];
  rows: Row[];
}

/** One line of a schedule's table for the economy that is open. */
export interface ScheduleLine {
  importer: string;
  exporter: string;
  sector: string;
  increase: number;
}

export const list = (value: string | string[] | undefined): string[] =>
  value === undefined ? ["*"] : Array.isArray(value) ? value : [value];

const covers = (selector: string | string[] | undefined, name: string) => {
  const names = list(selector);
  return names.includes("*") || names.includes(name);
};

/** The rows of a scenario for the fast solve: each line of a schedule is an increase over the base's tariff. */
export function rowsOf(scenario: Scenario, linesOf: (schedule: string) => ScheduleLine[]): Row[] {
  const fromSchedules = scenario.schedules.flatMap((use) =>
    linesOf(use.schedule)
      .filter((l) => covers(use.importer, l.importer) && covers(use.exporter, l.exporter))
      .map((l) => ({ importer: l.importer, exporter: l.exporter, sector: l.sector, add: l.increase })),
  );
  return [...fromSchedules, ...scenario.rows];
}

/** How a line changes a tariff, for the slider. */
export type Form = "add" | "rate" | "scale";

export const formOf = (row: Row): Form | undefined =>
  (["add", "rate", "scale"] as const).find((f) => row[f] !== undefined);

/** What the slider spans, in percent or percentage points. */
export const spanOf = (form: Form): { min: number; max: number; step: number } =>
  form === "add"
    ? { min: -50, max: 150, step: 1 }
    : form === "rate"
      ? { min: 0, max: 150, step: 1 }
      : { min: 0, max: 300, step: 5 };

export const withValue = (row: Row, percent: number): Row => ({
  ...row,
  [formOf(row) ?? "add"]: Math.round(percent * 10) / 1000,
});

export const valueOf = (row: Row): number => {
  const form = formOf(row);
  return form ? Math.round(1e5 * row[form]!) / 1e3 : 0;
};

/** A line that a reader can start from: the two largest economies, or the first two. */
export function firstLine(economy: Economy): Row {
  const { regions } = economy;
  const by = (name: string, k: number) => (regions.includes(name) ? name : regions[Math.min(k, regions.length - 1)]);
  return { importer: by("USA", 0), exporter: by("CHN", 1), sector: "goods", add: 0.25 };
}

/** What a scenario names and the economy does not have; empty where all is known. */
export function unknownNames(economy: Economy, { schedules, rows }: Scenario): string[] {
  const regions = new Set(["*", ...economy.regions]),
    sectors = new Set(["*", "goods", "services", ...economy.sectors]);
  const parties = [...schedules, ...rows].flatMap((part) =>
    [part.importer, part.exporter].flatMap((names) => list(names).filter((r) => !regions.has(r))),
  );
  return [...parties, ...rows.flatMap((row) => list(row.sector).filter((s) => !sectors.has(s)))];
}
