// The engine in WebAssembly against the command: the same digits to 1e-9, the same refusals, a budget of bytes and of
// time. DETENTE_COMMAND, DETENTE_PACK and DETENTE_WASM (the folder with detente.mjs) say what to hold against what.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { loadEngine } from "./engine.js";

const root = resolve(import.meta.dirname, "../..");
const command = resolve(process.env.DETENTE_COMMAND ?? join(root, "build/release/detente"));
const packer = resolve(process.env.DETENTE_PACK ?? join(root, "build/release/detente_pack"));
const wasm = resolve(process.env.DETENTE_WASM ?? join(root, "build/wasm"));
const shared = resolve(process.env.DETENTE_SHARED ?? join(root, "../shared"));

const policies = {
  "section-301": [
    { importer: "USA", exporter: "CHN", sector: "goods", add_column: "us_tariff_increase_on_chn" },
    { importer: "CHN", exporter: "USA", sector: "goods", add_column: "chn_tariff_increase_on_usa" },
  ],
  "on-everyone": [{ importer: "USA", exporter: "*", sector: "goods", add: 0.1, max: 0.25 }],
  free: [{ importer: ["USA", "CHN"], rate: 0.0 }],
  today: [{ schedule: "effective-2026-07" }],
};
// Those of the fast calls with other models, one study each.
const models = {
  krugman: { model: { kind: "krugman" }, elasticities: {} },
  scale: {
    model: { kind: "ricardian", scale_economies: true, closure: "balanced" },
    elasticities: { elasticities: "lashkaripour-lugovskyy" },
  },
  short: { model: { labour_supply: 0.5 }, elasticities: { horizon: "short" } },
};
const toml = (value) =>
  Array.isArray(value)
    ? `[${value.map(toml).join(", ")}]`
    : typeof value === "object"
      ? `{ ${Object.entries(value)
          .map(([key, item]) => `${key} = ${toml(item)}`)
          .join(", ")} }`
      : JSON.stringify(value);
const scenarios = (names) =>
  names.map((name) => `[[scenario]]\nname = "${name}"\ntariff = ${toml(policies[name])}`).join("\n");
const block = (name, keys) =>
  [`[${name}]`, ...Object.entries(keys).map(([key, value]) => `${key} = ${toml(value)}`)].join("\n");

// What is in files at the folder of a data set, as the page would be given it.
const data = (name) =>
  Object.fromEntries(
    readdirSync(join(shared, "data", name))
      .filter((file) => file.endsWith(".csv"))
      .map((file) => [`${name}/${file}`, readFileSync(join(shared, "data", name, file), "utf8")]),
  );
const made = (file) => ({ file: join(root, "web/tests/studies", file), from: /path = "(\w+)\.nc"/, to: 'name = "$1"' });
const replication = (file, set) => ({
  file: join(root, "studies/replication", file),
  from: /path = "[^"]*"/,
  to: `path = "${set}"`,
  set,
});
const studies = {
  busan: { file: join(root, "studies/busan.toml") },
  krugman: made("krugman.toml"),
  melitz: made("melitz.toml"),
  scale: made("scale.toml"),
  "every-question": made("every-question.toml"),
  "ossa-free-trade": replication("ossa-free-trade.toml", "ossa-2014"),
  "nafta-deficits": replication("nafta-deficits.toml", "caliendo-parro-2015"),
};
const today = "2026-07-24";

let folder, engine;
const economies = {};

function pack(from, name) {
  const to = join(folder, `${name}.economy`);
  execFileSync(packer, [from, to]);
  economies[name] = readFileSync(to);
}
// What the command answers to a study; 2: a part of it failed, which the results say.
function byCommand(file, name) {
  try {
    execFileSync(command, ["run", file, "--out", name, "--quiet"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    assert.equal(error.status, 2, String(error.stderr));
  }
  return JSON.parse(readFileSync(join(folder, name, "results.json"), "utf8"));
}
function answered(name, question) {
  const answer = engine.call(name, question);
  assert.equal(answer.error, undefined);
  return answer;
}

// What says how an answer was found, not what it is: iterations, and residuals at the last bits of numbers.
const search = /^(certificate|equilibrium_certificate|moved|gap|probe_gain_percent|passes.*|sweeps)$/;
// Compares all that is in both; returns how many numbers.
function compare(found, expected, where) {
  if (typeof expected === "number") {
    const miss = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
    assert.ok(miss <= 1e-9, `${where}: ${found} in the page, ${expected} by the command`);
    return 1;
  }
  if (expected === null || typeof expected !== "object") {
    assert.equal(found, expected, where);
    return 0;
  }
  assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort(), where);
  return Object.keys(expected)
    .filter((key) => !search.test(key))
    .reduce((sum, key) => sum + compare(found[key], expected[key], `${where}.${key}`), 0);
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "detente-page-"));
  for (const name of ["us-china-2017", "world-2023"]) pack(join(root, `economies/${name}.nc`), name);
  for (const name of ["four", "one"]) {
    const map = join(root, `web/tests/studies/${name}.toml`);
    execFileSync(command, ["economy", "aggregate", "us-china-2017", "--map", map, "-o", join(folder, `${name}.nc`)]);
    pack(join(folder, `${name}.nc`), name);
  }
  engine = await loadEngine(wasm);
  for (const [room, ending] of Object.entries({ elasticities: ".csv", tariffs: ".csv", ledgers: ".toml" }))
    for (const file of readdirSync(join(root, room)).filter((name) => name.endsWith(ending)))
      assert.deepEqual(engine.source(`${room}/${file}`, readFileSync(join(root, room, file), "utf8")), {});
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("a call before an economy is open is refused", () => {
  assert.match(engine.call("detente_solve", {}).error, /no economy is open/);
});

test("the models are those of the manual", () => {
  const list = engine.call("detente_models");
  assert.deepEqual(
    list.map((model) => model.name),
    ["ricardian", "krugman", "melitz"],
  );
  for (const model of list) assert.ok(model.options.some((option) => option.name === "closure"));
});

test("an economy opens with its names", () => {
  const opened = engine.open(economies["us-china-2017"], "us-china-2017");
  assert.equal(opened.error, undefined);
  assert.equal(opened.regions.length, 7);
  assert.equal(opened.sectors.length, 44);
  assert.equal(opened.sector_titles.length, 44);
  assert.equal(opened.goods.filter(Boolean).length, 22);
  assert.match(opened.hash, /^[0-9a-f]{16}$/);
  assert.ok(opened.certificate.converged);
  assert.ok(opened.assumptions.length > 3);
  assert.equal(opened.base.trade.length, 7);
});

test("scenarios of a slider: the command's digits", () => {
  const names = Object.keys(policies);
  const text = ['[economy]\nname = "us-china-2017"', scenarios(names)].join("\n");
  writeFileSync(join(folder, "policies.toml"), text);
  const results = byCommand("policies.toml", "policies");
  for (const name of names) {
    const found = answered("detente_solve", { name, tariff: policies[name] });
    assert.ok(found.certificate.converged && found.certificate.residual <= 1e-12);
    const { sectors, ...outcome } = found;
    assert.ok(compare(outcome, results.scenarios[name], name) > 500);
    const revenue = sectors.tariff_revenue[0].reduce((sum, value) => sum + value, 0);
    const expected = Object.values(outcome.regions)[0].tariff_revenue;
    assert.ok(Math.abs(revenue - expected) <= 1e-5 * expected, `${name}: revenue by sector sums to that of the region`);
  }
});

for (const [kind, { model, elasticities }] of Object.entries(models))
  test(`a slider under ${kind}: the command's digits`, () => {
    const text = [
      block("economy", { name: "us-china-2017", ...elasticities }),
      block("model", model),
      scenarios(["free"]),
    ];
    writeFileSync(join(folder, `model-${kind}.toml`), text.join("\n"));
    const results = byCommand(`model-${kind}.toml`, `model-${kind}`);
    const configured = answered("detente_configure", { model, elasticities });
    compare(configured.base, results.base, "base");
    const { sectors, ...outcome } = answered("detente_solve", { name: "free", tariff: policies.free });
    assert.ok(sectors.imports.length === 7);
    assert.ok(compare(outcome, results.scenarios.free, kind) > 100);
    answered("detente_configure", {});
  });

test("a trade war and a best answer: the command's digits", () => {
  const instruments = 'instruments = { exporter = "players", sector = "goods", form = "line" }\nbounds = [0.0, 10.0]';
  const text = [
    '[economy]\nname = "us-china-2017"',
    `[[nash]]\nname = "nash"\nplayers = ["USA", "CHN"]\n${instruments}`,
    `[[optimal]]\nname = "optimal"\nplayer = "USA"\n${instruments.replace("players", "*")}`,
  ];
  writeFileSync(join(folder, "war.toml"), text.join("\n"));
  const results = byCommand("war.toml", "war");
  const war = answered("detente_war", { players: ["USA", "CHN"] });
  assert.ok(war.gap <= 1e-7);
  compare(
    { regions: war.regions, trade: war.trade },
    { regions: results.nash.nash.regions, trade: results.nash.nash.trade },
    "war",
  );
  const best = answered("detente_best", { player: "USA" });
  compare({ regions: best.regions }, { regions: results.optimal.optimal.regions }, "best");
});

for (const [name, study] of Object.entries(studies))
  test(`${name}: the page answers the study with the command's digits`, (context) => {
    if (study.set !== undefined && !existsSync(join(shared, "data", study.set))) return context.skip("no data");
    const text = readFileSync(study.file, "utf8");
    const results = byCommand(study.file, name);
    for (const opened of Object.keys(economies)) if (opened !== "world-2023") engine.open(economies[opened], opened);
    const steps = [];
    engine.module.onProgress = (what, done, total) => steps.push([what, done, total]);
    const question = { name, study: study.from ? text.replace(study.from, study.to) : text, today };
    if (study.set !== undefined) question.sources = data(study.set);
    const found = answered("detente_run", question).results;
    assert.ok(steps.length > 0 && steps.every(([, done, total]) => done <= total));
    results.economy.name = found.economy.name;
    assert.ok(compare(found, results, name) > 100);
  });

test("what is wrong is refused in the command's words, and the next call is answered", () => {
  engine.open(economies["us-china-2017"], "us-china-2017");
  assert.match(
    engine.call("detente_solve", { tariff: [{ importer: "USB", rate: 0.1 }] }).error,
    /USB.*did you mean "USA"/,
  );
  assert.match(engine.call("detente_solve", { tarif: [] }).error, /tarif.*did you mean "tariff"/);
  assert.match(engine.call("detente_solve", "{").error, /not JSON/);
  assert.match(engine.call("detente_configure", { model: { kind: "krugmann" } }).error, /did you mean "krugman"/);
  const study = '[economy]\nname = "us-china-2018"\n[[scenario]]\nname = "a"\n';
  assert.match(
    engine.call("detente_run", { study, name: "mine" }).error,
    /^mine\.toml:2: .*did you mean "us-china-2017"/,
  );
  const file = study.replace('name = "us-china-2018"', 'path = "mine.nc"');
  assert.match(engine.call("detente_run", { study: file, name: "mine" }).error, /mine\.nc.*not read on this page/);
  assert.match(engine.call("detente_run", { study, sources: { "../../out": "" } }).error, /not a name that a source/);
  assert.ok(engine.call("detente_solve", {}).certificate.converged);
});

test("bytes that are no economy, or are cut off, are refused", () => {
  const whole = economies["us-china-2017"];
  assert.match(engine.open(new TextEncoder().encode("CDF\u0001 something else")).error, /DETENTE1/);
  assert.match(engine.open(whole.subarray(0, 100)).error, /cut off in its header/);
  assert.match(engine.open(whole.subarray(0, whole.length - 8)).error, /cut off in its numbers/);
});

// The fastest of several: other work on the machine is none of the engine's.
function fastest(times, act) {
  let least = Infinity;
  for (let k = 0; k < times; ++k) {
    const began = performance.now();
    act(k);
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

test("a slider and a trade war within their time", (context) => {
  const seconds = {};
  for (const [name, within] of Object.entries({ "us-china-2017": 20, "world-2023": 200 })) {
    const opened = engine.open(economies[name], name);
    assert.equal(opened.error, undefined);
    seconds[name] = fastest(5, (k) =>
      answered("detente_solve", {
        tariff: [{ importer: "USA", exporter: "CHN", sector: "goods", add: 0.1 + 0.01 * k }],
      }),
    );
    assert.ok(seconds[name] < within, `${name}: ${seconds[name]} ms`);
  }
  engine.open(economies["us-china-2017"], "us-china-2017");
  seconds.war = fastest(3, () => answered("detente_war", { players: ["USA", "CHN"] }));
  context.diagnostic(`ms: ${JSON.stringify(seconds)}`);
  assert.ok(seconds.war < 500, `trade war: ${seconds.war} ms`);
});

test("the engine is within its budget of bytes", (context) => {
  const sizes = ["detente.wasm", "detente.mjs"].map((file) => [file, gzipSync(readFileSync(join(wasm, file))).length]);
  sizes.push(["us-china-2017", gzipSync(economies["us-china-2017"]).length]);
  context.diagnostic(`bytes compressed: ${JSON.stringify(Object.fromEntries(sizes))}`);
  const bytes = sizes.reduce((sum, [, size]) => sum + size, 0);
  assert.ok(bytes < 1_500_000, `${bytes} bytes compressed, with one economy`);
});
