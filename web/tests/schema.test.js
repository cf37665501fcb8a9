// Every output fits docs/results.schema.json, every key has its line in the manual, and equal runs give equal bytes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "../tools/schema.js";
import { manualFaults } from "../tools/manual.js";
import { dataOf, files, studies, textOf } from "./outputs.js";

const definitions = {
  game: "game_command",
  tournament: "tournament_command",
  track: "ledger",
  validate: "validate_command",
};

for (const study of studies)
  test(`${study}/results.json fits the schema`, () => assert.deepEqual(faults(dataOf(`${study}/results.json`)), []));

for (const file of files)
  test(`${file} fits the schema`, () => assert.deepEqual(faults(dataOf(file), definitions[file.split(/[-.]/)[0]]), []));

test("the studies made for this reach every kind of question", () => {
  const results = dataOf("every-question/results.json");
  for (const block of [
    "optimal",
    "nash",
    "talks",
    "common_ground",
    "game",
    "relations",
    "paths",
    "challenge",
    "claims",
    "references",
  ])
    assert.ok(results[block], block);
  const statuses = (block) => Object.values(results[block]).map((answer) => answer.status);
  assert.ok(
    statuses("scenarios").includes("failed") &&
      statuses("optimal").includes("failed") &&
      statuses("relations").includes("failed"),
  );
  const relation = results.relations;
  assert.ok(relation.lasting.escape && relation.lasting.linkage && relation.lasting.trust && relation.impatient.ledger);
  assert.ok(relation["other way round"].no_dilemma);
  assert.deepEqual(
    results.claims.map((c) => c.verdict),
    ["holds", "fails", "undecided", "negligible"],
  );
});

// Where no key of results.json stands, no time may.
function strays(times, results, path = "") {
  return Object.entries(times).flatMap(([key, value]) => {
    if (typeof value === "number") return [];
    const at = `${path}.${key}`;
    return results?.[key] && typeof results[key] === "object" ? strays(value, results[key], at) : [at];
  });
}
for (const study of studies)
  test(`${study}/times.json fits the schema, at addresses of results.json`, () => {
    const times = dataOf(`${study}/times.json`);
    assert.deepEqual(faults(times, "times"), []);
    assert.ok(Object.keys(times).length > 1);
    assert.deepEqual(strays(times, dataOf(`${study}/results.json`)), []);
  });

// Every object of one shape once: with a key more, none fits.
function objects(data, path, found) {
  if (Array.isArray(data)) data.forEach((one) => objects(one, `${path}[]`, found));
  else if (data && typeof data === "object") {
    const shape = path.replace(/"[^"]*"/g, "*");
    if (!found.has(shape)) found.set(shape, data);
    for (const [key, value] of Object.entries(data))
      objects(value, `${path}.${/^[a-z_]+$/.test(key) ? key : `"${key}"`}`, found);
  }
  return found;
}
for (const [file, definition] of [
  ["every-question/results.json"],
  ["game-lapses.json", "game_command"],
  ["tournament.json", "tournament_command"],
  ["validate-2024-25.json", "validate_command"],
  ["every-question/times.json", "times"],
])
  test(`${file}: a key that the schema lacks is told, wherever it stands`, () => {
    const data = dataOf(file);
    for (const [path, object] of objects(data, "", new Map())) {
      object.unheard_of = [[["of"]]];
      assert.ok(
        faults(data, definition).some((fault) => fault.includes("unheard_of")),
        path,
      );
      delete object.unheard_of;
    }
    assert.deepEqual(faults(data, definition), []);
  });

test("every key has its line in docs/results.md, which has no others", () => assert.deepEqual(manualFaults(), []));

// Times stand apart, in times.json.
test("equal runs give equal bytes, on any number of threads", () => {
  assert.ok(textOf("every-question/results.json") === textOf("again/every-question/results.json"));
});
