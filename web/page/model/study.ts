// A scenario as a study file (docs/study-file.md), and the studies that the page's buttons ask.
import type { Configuration, Row } from "../engine/types.ts";
import type { Levers } from "./levers.ts";
import type { Scenario, ScheduleUse } from "./scenario.ts";

/** A value as TOML. */
export function toml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toml).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .map(([key, v]) => `${key} = ${toml(v)}`)
      .join(", ")} }`;
  // A ratio keeps its point, so that it reads as a number that could be any.
  if (typeof value === "number") return Number.isInteger(value) ? value.toFixed(1) : String(value);
  return JSON.stringify(value);
}

const key = (name: string) => (/^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name));

/** `[name]` or `[[name]]` with its keys; integers stay integers. */
export function block(name: string, keys: Record<string, unknown>, many = false): string {
  const lines = Object.entries(keys)
    .filter(([, v]) => v !== undefined)
    .map(([k, v]) => `${key(k)} = ${typeof v === "number" && Number.isInteger(v) ? v : toml(v)}`);
  return [many ? `[[${name}]]` : `[${name}]`, ...lines].join("\n") + "\n";
}

const listed = (name: string, rows: unknown[]) =>
  rows.length ? `${name} = [\n${rows.map((r) => `  ${toml(r)},\n`).join("")}]\n` : "";

const whole = (use: ScheduleUse) => use.importer === undefined && use.exporter === undefined;

/** A `[[scenario]]`. Parts of schedules stand before the lines of change, as the page applies them. */
export function scenarioBlock(name: string, scenario: Scenario, title?: string): string {
  const named = scenario.schedules.every(whole);
  const schedules =
    named && scenario.schedules.length ? `tariffs = ${toml(scenario.schedules.map((s) => s.schedule))}\n` : "";
  const rows: (Row | ScheduleUse)[] = named ? scenario.rows : [...scenario.schedules, ...scenario.rows];
  return block("scenario", { name, title }, true) + schedules + listed("tariff", rows);
}

/** What the page's own studies call their outcomes: the engine's sentences speak of them by these names. */
export const outcomes = {
  scenario: "this scenario",
  best: "best answer",
  war: "trade war",
  deal: "deal",
} as const;

export interface Setting {
  economy: string;
  configuration: Configuration;
}

/** The head of every study that the page writes: economy and model. */
export function head(title: string, { economy, configuration }: Setting): string {
  return [
    `title = ${toml(title)}\n`,
    block("economy", { name: economy, ...configuration.elasticities }),
    block("model", configuration.model),
  ].join("\n");
}

/** A study of the page's own without its title, by which two are the same question in any language. */
export const untitled = (study: string): string => study.replace(/^title = .*\n/, "");

/** The scenario that stands on the page, by itself. */
export const studyOf = (title: string, setting: Setting, scenario: Scenario): string =>
  head(title, setting) + "\n" + scenarioBlock(outcomes.scenario, scenario, title);

export interface Draws {
  draws: number;
  seed: number;
}

export const uncertainty = ({ draws, seed }: Draws): string => block("uncertainty", { draws, seed });

const instruments = { exporter: "players", sector: "goods", form: "line" };

export const bestAnswer = (player: string): string =>
  block(
    "optimal",
    { name: outcomes.best, player, from: outcomes.scenario, instruments: { ...instruments, exporter: "*" } },
    true,
  );

export const tradeWar = (players: string[]): string =>
  block("nash", { name: outcomes.war, players, from: outcomes.scenario, instruments }, true);

export const talks = (players: string[]): string =>
  block(
    "talks",
    { name: outcomes.deal, players, from: outcomes.scenario, threat: outcomes.war, method: "nash_bargaining" },
    true,
  );

/** A ledger and the day up to which it is read, in place of fidelities. */
export interface Ledger {
  file: string;
  asOf: string;
}

/** The relation of two under `levers`; fidelities of their own go before what a ledger shows. */
export function relation(players: [string, string], levers: Levers, ledger: Ledger): string {
  const own = levers.fidelity && Object.fromEntries(players.map((p, k) => [p, levers.fidelity![k]]));
  return block("relation", {
    players,
    cooperate: outcomes[levers.cooperate],
    war: outcomes.war,
    period_years: levers.periodYears,
    discount_rate: levers.discountRate,
    ...(own ? { fidelity_year: own } : { fidelity: { ledger: ledger.file, as_of: ledger.asOf } }),
    accuracy: levers.accuracy,
  });
}

const named = /^\s*(?:economy\.)?name\s*=\s*["']([^"']+)["']/,
  inline = /^\s*economy\s*=\s*\{(.*)$/,
  within = /(?:^|,)\s*name\s*=\s*["']([^"']+)["']/;

/** The built-in economy that a study names: line by line, so that no text takes long. */
export function economyOf(study: string): string | undefined {
  let table = "";
  for (const line of study.split("\n")) {
    const heading = /^\s*\[+\s*([^\]\s]*)/.exec(line);
    if (heading) [, table] = heading;
    const found =
      table === "economy" || /^\s*economy\./.test(line)
        ? named.exec(line)
        : table === ""
          ? within.exec(inline.exec(line)?.[1] ?? "")
          : null;
    if (found) return found[1];
  }
  return undefined;
}
