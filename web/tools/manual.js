// The keys of the results in the manual: docs/results.md has a line for each, written from docs/results.schema.json.
//   node tools/manual.js            writes the lines
//   node tools/manual.js --check    fails where the manual has other ones, or where a key has no words
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { schema } from "./schema.js";

const page = new URL("../../docs/results.md", import.meta.url);
const begin = "<!-- keys of docs/results.schema.json: written by `npm run manual`, not by hand -->";
const end = "<!-- end of keys -->";

const sections = [
  ["results.json", null],
  ["A scenario", "scenario"],
  ["A region", "region"],
  ["Certificates of equilibria", "certificate"],
  ["Regions of the base", "base_region"],
  ["Best tariffs", "optimal"],
  ["Trade wars", "nash"],
  ["Trade talks", "talks"],
  ["Common ground", "common_ground"],
  ["Schedules of tariffs", "schedule"],
  ["Games between governments", "game"],
  ["Relations over time", "relation"],
  ["Wars that deter", "war_window"],
  ["Histories of peace and war", "peace_history"],
  ["Outcomes that can last", "best_agreement"],
  ["Ledgers", "ledger"],
  ["Reports of what was reached", "attainment"],
  ["Estimated chances", "interval_estimate"],
  ["Paths over years", "path"],
  ["Regions on a path", "path_region"],
  ["Shared challenges", "challenge"],
  ["Claims", "claim"],
  ["Variants", "variant"],
  ["Results over draws", "uncertainty"],
  ["Bands", "band"],
  ["Published tables", "reference"],
  ["times.json", "times"],
  ["Times of one certificate", "times_below"],
  ["detente game --json", "game_command"],
  ["Wars that deter in a game", "war_command"],
  ["detente tournament --json", "tournament_command"],
  ["detente validate --json", "validate_command"],
  ["Slopes of observed on predicted changes", "slope_fit"],
];
const inlined = ["outcome", "detail", "payoffs", "draw_failures", "drivers"]; // written out where they are used

const named = (ref) => ref.replace("#/$defs/", "");
const anchor = (title) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");

// Every key below a definition as { key, text, optional, ref }, with dots between levels and NAME for what a study names.
export function keysOf(definition, prefix = "") {
  const out = [];
  for (const part of definition.allOf ?? []) if (part.$ref) out.push(...keysOf(schema.$defs[named(part.$ref)], prefix));
  for (const [key, value] of Object.entries(definition.properties ?? {})) {
    const optional = !(definition.required ?? []).includes(key);
    out.push(...lines(prefix + key, value, optional));
  }
  return out;
}

function lines(key, value, optional) {
  const line = { key, text: value.description, optional, ref: value.$ref && named(value.$ref) };
  return [line, ...below(key, value)];
}

function below(key, value) {
  if (value.$ref) return inlined.includes(named(value.$ref)) ? below(key, schema.$defs[named(value.$ref)]) : [];
  const out = value.properties ? keysOf(value, key + ".") : [];
  for (const one of value.anyOf ?? []) out.push(...below(key, one));
  if (value.items) out.push(...inside(key + "[]", value.items));
  if (value.additionalProperties?.type || value.additionalProperties?.$ref)
    if (value.propertyNames) out.push(...inside(`${key}.${value.propertyNames.title}`, value.additionalProperties));
  return out;
}

// What stands in a list or under a name needs no line of its own where the list's line says it all.
const inside = (key, value) =>
  value.$ref && !inlined.includes(named(value.$ref)) ? [{ key, ref: named(value.$ref) }] : below(key, value);

function table(definition) {
  const rows = [];
  for (const line of keysOf(definition)) {
    const link = line.ref && sections.find((s) => s[1] === line.ref);
    const last = rows.at(-1);
    // "scenarios" and "scenarios.NAME" are one line.
    if (link && !line.text && last && line.key.startsWith(last.key)) Object.assign(last, { key: line.key, link });
    else rows.push({ ...line, link });
  }
  const text = (row) => `${row.text ?? "**no words**"}${row.link ? ` ([keys](#${anchor(row.link[0])}))` : ""}`;
  return [
    "| key | meaning |",
    "| --- | --- |",
    ...rows.map((row) => `| \`${row.key}\`${row.optional ? " *" : ""} | ${text(row).replaceAll("|", "\\|")} |`),
  ];
}

export function manual() {
  const out = [begin, "", "A star: the key can be absent."];
  for (const [title, name] of sections) {
    const definition = name ? schema.$defs[name] : schema;
    out.push("", `### ${title}`, "", definition.description, "", ...table(definition));
  }
  return [...out, "", end].join("\n");
}

// Keys without words, and definitions without a section.
export function wordless() {
  const missing = [];
  for (const [title, name] of sections)
    for (const line of keysOf(name ? schema.$defs[name] : schema))
      if (!line.text && !line.ref) missing.push(`${title}: ${line.key} has no description`);
  for (const name of Object.keys(schema.$defs))
    if (!inlined.includes(name) && !sections.some((s) => s[1] === name))
      missing.push(`$defs/${name} has no section in web/tools/manual.js`);
  return missing;
}

const between = (text) => {
  const from = text.indexOf(begin),
    to = text.indexOf(end);
  if (from < 0 || to < 0) throw new Error(`docs/results.md has lost its marks: ${begin} … ${end}`);
  return [text.slice(0, from), text.slice(from, to + end.length), text.slice(to + end.length)];
};

export function manualFaults() {
  const [, found] = between(readFileSync(page, "utf8"));
  const wanted = manual().split("\n"),
    have = found.split("\n"),
    faults = wordless();
  for (const line of wanted) if (!have.includes(line)) faults.push(`docs/results.md lacks: ${line}`);
  for (const line of have)
    if (!wanted.includes(line)) faults.push(`docs/results.md has what the schema lacks: ${line}`);
  if (!faults.length && wanted.join() !== have.join()) faults.push("docs/results.md has the keys in another order");
  return faults;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes("--check")) {
    const faults = manualFaults();
    for (const fault of faults) console.error(fault);
    if (faults.length)
      console.error("The words belong into docs/results.schema.json; then: npm run manual --prefix web");
    process.exitCode = faults.length ? 1 : 0;
  } else {
    const [before, , after] = between(readFileSync(page, "utf8"));
    writeFileSync(page, before + manual() + after);
  }
}
