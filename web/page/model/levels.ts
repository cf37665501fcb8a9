// How high tariffs are: averages over what a line of change is about, in the base and after changes, weighted by the base's
// trade. From the economy's own file, whose numbers the engine has too.
import type { Row } from "../engine/types.ts";
import { list, type Form } from "./scenario.ts";

type Numbers = Float64Array;

/** What an economy's compact file has of trade and tariffs: numbers by sector, importer, exporter, the last one fastest. */
export interface Tables {
  regions: string[];
  sectors: string[];
  goods: boolean[];
  trade: Numbers;
  tariff: Numbers;
  /** Free columns by name, with the kind that says how they are laid out. */
  columns: Map<string, { kind: string; numbers: Numbers }>;
}

interface Head {
  regions: string[];
  sectors: string[];
  goods: number[];
  arrays: { kind: string; name: string; size: number }[];
}

const magic = "DETENTE1",
  prefix = 12; // the magic and the length of the header

/** Reads a compact economy (apps/page/compact_economy.cpp); throws where it is none. */
export function tablesOf(bytes: Uint8Array): Tables {
  const text = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  if (text(0, magic.length) !== magic) throw new Error("not a compact economy");
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(magic.length, true),
    head: Head = JSON.parse(text(prefix, prefix + length)),
    arrays = new Map<string, { kind: string; numbers: Numbers }>();
  let at = prefix + length;
  for (const { kind, name, size } of head.arrays) {
    const end = at + 8 * size;
    arrays.set(name, { kind, numbers: new Float64Array(bytes.slice(at, end).buffer) });
    at = end;
  }
  const table = (name: string) => arrays.get(name)?.numbers ?? new Float64Array();
  return {
    regions: head.regions,
    sectors: head.sectors,
    goods: head.goods.map(Boolean),
    trade: table("trade"),
    tariff: table("tariff"),
    columns: new Map([...arrays].filter(([, { kind }]) => kind !== "table")),
  };
}

const positions = (names: string[], wanted: string | string[] | undefined): number[] => {
  const asked = list(wanted);
  return asked.includes("*") ? names.map((_, k) => k) : asked.map((name) => names.indexOf(name)).filter((k) => k >= 0);
};

function sectorsOf(tables: Tables, wanted: Row["sector"]): number[] {
  const asked = list(wanted),
    { sectors, goods } = tables;
  const all = (good: boolean) => sectors.map((_, s) => s).filter((s) => goods[s] === good);
  // As in a study: without a name, what tariffs can apply to.
  if (asked.includes("*") || asked.includes("goods")) return all(true);
  if (asked.includes("services")) return all(false);
  return asked.map((name) => sectors.indexOf(name)).filter((s) => s >= 0);
}

// Calls `act` for every line of trade that a change is about.
function forEachCell(tables: Tables, row: Row, act: (at: number, i: number, j: number, s: number) => void): void {
  const n = tables.regions.length,
    exporters = positions(tables.regions, row.exporter),
    importers = positions(tables.regions, row.importer);
  for (const s of sectorsOf(tables, row.sector))
    for (const j of importers) for (const i of exporters) if (i !== j) act((s * n + j) * n + i, i, j, s);
}

function columnAt({ columns, regions }: Tables, row: Row, name: string) {
  const { kind, numbers } = columns.get(name) ?? { kind: "", numbers: new Float64Array() },
    n = regions.length;
  return (at: number, i: number, j: number, s: number): number => {
    if (kind === "sector_column") return numbers[s];
    if (kind === "region_column") return numbers[row.column_of === "importer" ? j : i];
    if (kind === "region_sector_column") return numbers[s * n + j];
    return numbers[at];
  };
}

/** Every tariff after `rows`, one after the other, as the engine applies them (docs/study-file.md). */
export function tariffsAfter(tables: Tables, rows: Row[]): Numbers {
  const rates = tables.tariff.slice();
  for (const row of rows) {
    const name = row.add_column ?? row.rate_column,
      column = name === undefined ? undefined : columnAt(tables, row, name);
    forEachCell(tables, row, (at, i, j, s) => {
      let rate = rates[at];
      if (row.rate !== undefined) rate = row.rate;
      else if (row.add !== undefined) rate += row.add;
      else if (row.scale !== undefined) rate *= row.scale;
      else if (column) rate = (row.add_column === undefined ? 0 : rate) + column(at, i, j, s);
      rates[at] = Math.min(row.max ?? Infinity, Math.max(row.min ?? -Infinity, rate));
    });
  }
  return rates;
}

export interface Level {
  /** Average tariff, a ratio; NaN where there is nothing to average. */
  mean: number;
  /** Whether any of what is traded has a tariff below zero. */
  subsidy: boolean;
}

/** The average of `rates` over what `row` is about, weighted by the base's trade; of what is not traded, the plain one. */
export function levelOf(tables: Tables, row: Row, rates: Numbers): Level {
  let weight = 0,
    weighted = 0,
    sum = 0,
    count = 0,
    subsidy = false;
  forEachCell(tables, row, (at) => {
    const trade = tables.trade[at];
    weight += trade;
    weighted += trade * rates[at];
    sum += rates[at];
    count += 1;
    subsidy ||= rates[at] < 0;
  });
  return { mean: weight > 0 ? weighted / weight : sum / count, subsidy };
}

/** `row` in another form that leaves the average over it as it is, from that before the row and that after it. */
export function inForm(row: Row, form: Form, before: Level, after: Level): Row {
  const { importer, exporter, sector } = row,
    amount = { add: after.mean - before.mean, rate: after.mean, scale: after.mean / before.mean }[form];
  // To a tenth of a point: what a slider and a reader can tell apart.
  const value = Number.isFinite(amount) ? Math.round(1000 * amount) / 1000 : form === "scale" ? 1 : 0;
  return { importer, exporter, sector, [form]: value };
}
