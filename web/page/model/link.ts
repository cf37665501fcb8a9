// The page's state in the part of its address after #, readable and short: a link restores what is seen, and says with
// which engine and which economy's bytes it was made.
import type { Scenario, ScheduleUse } from "./scenario.ts";
import type { Row } from "../engine/types.ts";
import { leversFrom, leversText, type Levers } from "./levers.ts";
import { modelFrom, modelText, type Options } from "./options.ts";
import { numberFrom } from "./numerals.ts";
import { oneLine } from "./title.ts";

/** The model that answers, as a reader chose it. */
export interface Chosen {
  model: string;
  /** What is set of the model's options. */
  options?: Options;
  horizon?: string;
  /** A set of elasticities by name, in place of the economy's own. */
  elasticities?: string;
}

/** A scenario that is kept, with the model that it was answered under. */
export interface Pin extends Chosen {
  title: string;
  scenario: Scenario;
}

export interface State extends Chosen {
  economy: string;
  /** The first twelve hexadecimal digits of SHA-256 of the economy's compact file. */
  hash?: string;
  engine?: string;
  scenario: Scenario;
  active: number;
  pins: Pin[];
  compare: "level" | "difference";
  /** Which pin is subtracted where a figure has room for one difference; absent: the first. */
  against?: number;
  region?: string;
  /** The two whose relation is asked about, where the reader chose them. */
  players?: [string, string];
  levers?: Levers;
  tab: string;
  language?: string;
  embed?: boolean;
}

const fields = ["importer", "exporter", "sector"] as const;
const forms = ["add", "rate", "scale", "add_column", "rate_column", "column_of", "min", "max"] as const;

/** Where scenarios are pinned, so many at most: a figure has a series for each. */
export const mostPins = 20;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error(`the link has “${text}”, which is no text`);
  }
}

const packed = (value: string | string[] | undefined) =>
  value === undefined ? "*" : [value].flat().map(encodeURIComponent).join("+");
const unpacked = (text: string) => {
  const names = text.split("+").map(decoded);
  return names.length > 1 ? names : names[0];
};

// One line of change: importer~exporter~sector~add=0.25; a schedule: @name~importer~exporter.
function rowText(row: Row): string {
  const set = forms.filter((f) => row[f] !== undefined).map((f) => `${f}=${encodeURIComponent(String(row[f]))}`);
  return [...fields.map((f) => packed(row[f])), ...set].join("~");
}

function rowFrom(text: string): Row {
  const parts = text.split("~");
  const row: Row = {};
  fields.forEach((f, k) => {
    row[f] = unpacked(parts[k] ?? "*");
  });
  for (const part of parts.slice(fields.length)) {
    const [name, value] = part.split("=").map(decoded) as [(typeof forms)[number], string];
    if (!forms.includes(name)) throw new Error(`the link has a change “${name}” that this page does not know`);
    if (name === "add_column" || name === "rate_column" || name === "column_of") row[name] = value;
    else {
      const number = numberFrom(value);
      if (number === undefined) throw new Error(`the link has “${value}” where ${name} needs a number`);
      row[name] = number;
    }
  }
  return row;
}

const useText = (use: ScheduleUse) =>
  "@" + [encodeURIComponent(use.schedule), packed(use.importer), packed(use.exporter)].join("~");

function useFrom(text: string): ScheduleUse {
  const [schedule, importer = "*", exporter = "*"] = text.slice(1).split("~");
  return {
    schedule: decoded(schedule),
    ...(importer === "*" ? {} : { importer: unpacked(importer) }),
    ...(exporter === "*" ? {} : { exporter: unpacked(exporter) }),
  };
}

export function scenarioText(s: Scenario): string {
  return [
    ...(s.story ? [`!${encodeURIComponent(s.story)}`] : []),
    ...s.schedules.map(useText),
    ...s.rows.map(rowText),
  ].join("|");
}

export function scenarioFrom(text: string): Scenario {
  const scenario: Scenario = { schedules: [], rows: [] };
  for (const part of text.split("|").filter(Boolean))
    if (part.startsWith("!")) scenario.story = decoded(part.slice(1));
    else if (part.startsWith("@")) scenario.schedules.push(useFrom(part));
    else scenario.rows.push(rowFrom(part));
  return scenario;
}

/** What of a state or a pin chooses the model. */
export const chosenOf = ({ model, options, horizon, elasticities }: Chosen): Chosen => ({
  model,
  ...(options ? { options } : {}),
  ...(horizon ? { horizon } : {}),
  ...(elasticities ? { elasticities } : {}),
});

// A pin: its title, the model that it was answered under (model@horizon@elasticities), and its scenario.
function pinText({ title, scenario, model, options, horizon = "", elasticities = "" }: Pin): string {
  const head = [title, modelText(model, options), horizon, elasticities].map(encodeURIComponent);
  return `${head.join("@").replace(/@+$/, "")}:${scenarioText(scenario)}`;
}

// Links of before have no model in a pin: it was answered under the link's own.
function pinFrom(text: string): Partial<Pin> & Pick<Pin, "title" | "scenario"> {
  const colon = text.indexOf(":");
  if (colon < 0) throw new Error(`the link has a pin “${text}” without a scenario behind a colon`);
  const [head, model, horizon, elasticities] = text.slice(0, colon).split("@").map(decoded);
  const title = oneLine(head);
  return {
    title,
    scenario: scenarioFrom(text.slice(colon + 1)),
    ...(model ? chosenOf({ ...modelFrom(model), horizon, elasticities }) : {}),
  };
}

/** What stands after # for a state. Scenarios are encoded part by part, so that a person can read the link. */
export function linkOf(state: State): string {
  const entries: [string, string | undefined][] = [
    ["economy", state.hash ? `${state.economy}@${state.hash}` : state.economy],
    ["engine", state.engine],
    ["model", modelText(state.model, state.options)],
    ["horizon", state.horizon],
    ["elasticities", state.elasticities],
    ["line", state.active ? String(state.active) : undefined],
    ["compare", state.pins.length && state.compare === "difference" ? "difference" : undefined],
    ["against", state.pins.length > 1 && state.against ? String(state.against) : undefined],
    ["region", state.region],
    ["between", state.players && packed(state.players)],
    ["relation", leversText(state.levers) || undefined],
    ["tab", state.tab === "outcome" ? undefined : state.tab],
    ["language", state.language],
    ["embed", state.embed ? "1" : undefined],
  ];
  const plain = entries.flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${value.replace(/[&#%\s]/g, encodeURIComponent)}`],
  );
  const pins = state.pins.map((p) => `pin=${pinText(p)}`);
  return [...plain, `scenario=${scenarioText(state.scenario)}`, ...pins].join("&");
}

function playersFrom(text: string): [string, string] {
  const players = text.split("+").map(decoded);
  if (players.length !== 2 || players[0] === players[1])
    throw new Error(`the link has “${text}” where a relation is between two regions`);
  return players as [string, string];
}

/** The state that a link holds; what it leaves out is absent. Throws where it cannot be read. */
export function stateFrom(hash: string): Partial<State> {
  const out: Partial<State> = {};
  const pins: ReturnType<typeof pinFrom>[] = [];
  for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const at = part.indexOf("=");
    if (at < 0) continue;
    const key = part.slice(0, at),
      raw = part.slice(at + 1).replaceAll(/%7C/gi, "|"), // mail programs encode it
      value = decoded(raw);
    if (key === "economy") [out.economy, out.hash] = value.split("@") as [string, string | undefined];
    else if (key === "scenario") out.scenario = scenarioFrom(raw);
    else if (key === "line") out.active = Number(value) || 0;
    else if (key === "pin") pins.push(pinFrom(raw));
    else if (key === "against") out.against = Number(value) || 0;
    else if (key === "compare") out.compare = value === "difference" ? "difference" : "level";
    else if (key === "embed") out.embed = value === "1";
    else if (key === "model") Object.assign(out, modelFrom(value));
    else if (key === "between") out.players = playersFrom(value);
    else if (key === "relation") out.levers = leversFrom(value);
    else if (["engine", "horizon", "elasticities", "region", "tab", "language"].includes(key))
      (out as Record<string, unknown>)[key] = value;
  }
  // The first line is not written.
  if (out.scenario) out.active ??= 0;
  if (pins.length) {
    const own = chosenOf({ ...out, model: out.model ?? "" });
    out.pins = pins.map((p) => ({ ...(p.model ? {} : own), ...p }) as Pin);
  }
  return out;
}
