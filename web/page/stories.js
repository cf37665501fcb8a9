// What the page's stories and longer answers rest on, from the repository's own studies, schedules and ledgers.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";

// Key in texts_scenario.ts, study, and its scenario. Free trade and ten percent on everyone are one line each.
const told = {
  "us-china-2017": [
    ["2018", "studies/busan.toml", "section-301"],
    ["april", "studies/busan.toml", "april-2025"],
    ["truce", "studies/busan.toml", "truce"],
    ["november", "studies/today.toml", "november-2025"],
    ["today", "studies/today.toml", "july-2026"],
    ["free", null, [{ importer: "*", exporter: "*", sector: "goods", rate: 0 }]],
  ],
  "world-2023": [
    ["announced", "studies/replication/ignatenko-lump-sum.toml", "announced"],
    ["ten", null, [{ importer: "USA", exporter: "*", sector: "goods", add: 0.1 }]],
  ],
};

// The program's version, as CMake has it.
export function engineVersion(root) {
  const found = /project\(detente VERSION ([\d.]+)/i.exec(readFileSync(join(root, "CMakeLists.txt"), "utf8"));
  if (!found) throw new Error("CMakeLists.txt: no project(detente VERSION ...)");
  return found[1];
}

// The lines of a schedule for one economy, and what its head says of it.
function schedule(root, name, economy) {
  const lines = readFileSync(join(root, "tariffs", `${name}.csv`), "utf8").split("\n");
  const head = Object.fromEntries(
    lines
      .filter((l) => l.startsWith("# "))
      .map((l) =>
        l
          .slice(2)
          .split(/: (.*)/s)
          .slice(0, 2),
      ),
  );
  const [columns, ...rows] = lines.filter((l) => l && !l.startsWith("#")).map((l) => l.split(","));
  if (columns.join() !== "economy,importer,exporter,sector,increase")
    throw new Error(`tariffs/${name}.csv: other columns`);
  return {
    title: head.title,
    date: head.date,
    kind: head.kind,
    source: head.source,
    lines: rows.filter((r) => r[0] === economy).map(([, i, e, s, increase]) => [i, e, s, Number(increase)]),
  };
}

// A scenario with those that it comes from, schedules first.
function collected(study, name) {
  const scenario = study.scenario.find((s) => s.name === name);
  if (!scenario) throw new Error(`no scenario “${name}” in the study`);
  const before =
    scenario.from && scenario.from !== "base" ? collected(study, scenario.from) : { schedules: [], rows: [] };
  const named = [scenario.tariffs ?? []].flat().map((s) => ({ schedule: s }));
  const changes = scenario.tariff ?? [];
  return {
    schedules: [...before.schedules, ...named, ...changes.filter((c) => c.schedule)],
    rows: [...before.rows, ...changes.filter((c) => !c.schedule)],
  };
}

export function stories(root, economies) {
  const out = { stories: {}, schedules: {} };
  for (const economy of economies) {
    out.stories[economy] = (told[economy] ?? []).map(([key, file, what]) => {
      if (!file) return { key, scenario: { schedules: [], rows: what } };
      const study = parse(readFileSync(join(root, file), "utf8"));
      return { key, scenario: collected(study, what) };
    });
    for (const { scenario } of out.stories[economy])
      for (const { schedule: name } of scenario.schedules)
        (out.schedules[economy] ??= {})[name] ??= schedule(root, name, economy);
  }
  return out;
}

// Sets of trade elasticities by name and title, and whether they say how sure they are (docs/elasticities.md).
export const elasticities = (root) =>
  readdirSync(join(root, "elasticities"))
    .filter((f) => f.endsWith(".csv"))
    .sort()
    .map((f) => {
      const text = readFileSync(join(root, "elasticities", f), "utf8"),
        columns = text.split("\n").find((line) => line && !line.startsWith("#"));
      return {
        name: f.replace(/\.csv$/, ""),
        title: /^# title: (.*)/m.exec(text)[1],
        sure: /\b(log_sd|standard_error)\b/.test(columns),
      };
    });

// Every text that a study may name: by kind and name, for the engine's catalogue.
export function sources(root) {
  const under = (folder, ending) =>
    Object.fromEntries(
      readdirSync(join(root, folder))
        .filter((f) => f.endsWith(ending))
        .sort()
        .map((f) => [`${folder}/${f}`, readFileSync(join(root, folder, f), "utf8")]),
    );
  return {
    ...under("tariffs", ".csv"),
    ...under("elasticities", ".csv"),
    ...under("ledgers", ".toml"),
    ...under("studies", ".toml"),
  };
}
