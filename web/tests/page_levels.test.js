// How high the page says that tariffs are; against the engine's own averages: page.test.js.
import { describe, expect, test } from "vitest";
import { inForm, levelOf, tablesOf, tariffsAfter } from "../page/model/levels.ts";

// Two regions, three sectors of which the last is no good; a column of each kind.
function small() {
  const head = {
    regions: ["A", "B"],
    sectors: ["x", "y", "services"],
    goods: [1, 1, 0],
    arrays: [
      ["table", "trade", 12],
      ["table", "tariff", 12],
      ["sector_column", "by_sector", 3],
      ["region_column", "by_region", 2],
    ].map(([kind, name, size]) => ({ kind, name, size })),
  };
  const flow = [9, 1, 4, 9, 9, 3, 2, 9, 0, 0, 0, 0], // by sector, importer, exporter
    tariff = [0, 0.1, 0.2, 0, 0, 0.5, 0, 0, 0, 0, 0, 0];
  const numbers = new Float64Array([...flow, ...tariff, 0.01, 0.02, 0.03, 0.25, 0.5]);
  let text = JSON.stringify(head);
  text = text.padEnd(Math.ceil((text.length + 12) / 8) * 8 - 12);
  const bytes = new Uint8Array(12 + text.length + numbers.byteLength);
  bytes.set(new TextEncoder().encode("DETENTE1"));
  new DataView(bytes.buffer).setUint32(8, text.length, true);
  bytes.set(new TextEncoder().encode(text), 12);
  bytes.set(new Uint8Array(numbers.buffer), 12 + text.length);
  return tablesOf(bytes);
}

describe("levels of tariffs", () => {
  const tables = small(),
    onB = { importer: "A", exporter: "B", sector: "goods" };
  const after = (...rows) => levelOf(tables, onB, tariffsAfter(tables, rows));
  test("are weighted by the base's trade", () => {
    expect(after().mean).toBeCloseTo((1 * 0.1 + 3 * 0.5) / 4, 12);
    expect(after({ ...onB, sector: "y", rate: 0 }).mean).toBeCloseTo(0.1 / 4, 12);
  });
  test("follow every kind of change, within its bounds", () => {
    const base = after().mean;
    expect(after({ ...onB, add: 0.25 }).mean).toBeCloseTo(base + 0.25, 12);
    expect(after({ ...onB, scale: 2 }).mean).toBeCloseTo(2 * base, 12);
    expect(after({ ...onB, add: 1, max: 0.6 }).mean).toBeCloseTo(0.6, 12);
    expect(after({ ...onB, add_column: "by_sector" }).mean).toBeCloseTo(base + (0.01 + 3 * 0.02) / 4, 12);
    expect(after({ ...onB, rate_column: "by_region" }).mean).toBeCloseTo(0.5, 12);
    expect(after({ ...onB, rate_column: "by_region", column_of: "importer" }).mean).toBeCloseTo(0.25, 12);
    expect(after({ importer: "B", exporter: "*", rate: 3 }).mean).toBeCloseTo(base, 12);
  });
  test("say where imports are subsidised", () => {
    expect(after({ ...onB, add: -0.05 }).subsidy).toBe(false);
    expect(after({ ...onB, add: -0.2 }).subsidy).toBe(true);
  });
  test("stay where a change is said in another form, and come back", () => {
    const row = { ...onB, add: 0.25 },
      [before, now] = [after(), after(row)];
    const rate = inForm(row, "rate", before, now),
      scale = inForm(row, "scale", before, now);
    expect(after(rate).mean).toBeCloseTo(now.mean, 3);
    expect(after(scale).mean).toBeCloseTo(now.mean, 3);
    expect(inForm(scale, "add", before, after(scale))).toEqual(row);
    expect(inForm(row, "scale", { mean: 0 }, now).scale).toBe(1);
  });
  test("refuse what is no economy", () => expect(() => tablesOf(new Uint8Array(40))).toThrow("compact economy"));
});
