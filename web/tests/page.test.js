// The engine in WebAssembly against the command: the same digits to 1e-9, the same refusals, a budget of bytes and of
// time. DETENTE_COMMAND, DETENTE_PACK and DETENTE_WASM (the folder with detente.mjs) say what to hold against what.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { stories } from "../page/stories.js";
import { loadEngine } from "./engine.js";

const root = resolve(fileURLToPath(new URL(".", import.meta.url)), "../..");
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
// What a slider can do without.
const everything = ["trade", "tariffs", "parts"];
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
const made = (file) => ({
  made: true,
  file: join(root, "web/tests/studies", file),
  from: /path = "(\w+)\.nc"/,
  to: 'name = "$1"',
});
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
  // Its wars and talks of three end where a step is below their own tolerance; it has a scenario without changes, of
  // whose draws and relations rounding is all that there is.
  "every-question": {
    ...made("every-question.toml"),
    within: 1e-8,
    without: ["relation", "relations", "uncertainty", "variants"],
  },
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
  const text = readFileSync(join(folder, name, "results.json"), "utf8");
  return JSON.parse(text.replaceAll(join(root, "ledgers"), "../ledgers"));
}
function answered(name, question) {
  const answer = engine.call(name, question);
  assert.equal(answer.error, undefined);
  return answer;
}

// What says how an answer was found, not what it is: iterations, residuals at the last bits of numbers, and the inner
// approximation of a set of payoffs, whose corners (and the best point found among them) hang on those bits.
const search =
  /^(certificate|equilibrium_certificate|moved|gap|probe_gain_percent|passes.*|sweeps|inner.*|(nash|coco)_agreement)$/;
// Differences of large amounts, in millions: nothing but the last bits of those amounts may be left of them.
const balance = /^(deficit|transfer|profit)$/;
const sentence = (text) => text.replace(/[\d.]+e-1\d/g, "0").replace(/.*(best of all equilibria).*/, "$1");
// Of answers side by side all but the best point found; of a number that is 0 in every draw not how often it is above.
const settled = (value) =>
  Array.isArray(value)
    ? value.filter((item) => item?.name !== "best-equilibrium")
    : Math.abs(value.sd) < 1e-9 && "positive" in value
      ? { ...value, positive: 0 }
      : value;
// Compares all that is in both, to `within` of 1 or the number; returns how many numbers.
function compare(found, expected, where, within = 1e-9, key = "") {
  if (typeof expected === "number") {
    const miss = Math.abs(found - expected) / Math.max(balance.test(key) ? 1e3 : 1, Math.abs(expected));
    assert.ok(miss <= within, `${where}: ${found} in the page, ${expected} by the command`);
    return 1;
  }
  if (typeof expected === "string") assert.equal(sentence(found), sentence(expected), where);
  else if (expected === null || typeof expected !== "object") assert.equal(found, expected, where);
  if (expected === null || typeof expected !== "object") return 0;
  assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort(), where);
  const [ours, theirs] = [settled(found), settled(expected)];
  return Object.keys(theirs)
    .filter((name) => !search.test(name))
    .reduce((sum, name) => sum + compare(ours[name], theirs[name], `${where}.${name}`, within, name), 0);
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
after(() => {
  engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

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
    const brief = answered("detente_solve", { name, tariff: policies[name], without: everything });
    assert.equal(brief.trade, undefined);
    for (const [region, { welfare_percent }] of Object.entries(brief.regions))
      assert.equal(welfare_percent, outcome.regions[region].welfare_percent);
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

// The page says how high tariffs are by its own sums, as a slider moves: they are the engine's.
test("levels of tariffs on the page: the engine's", async () => {
  const { outputFiles } = await build({
    entryPoints: [join(root, "web/page/model/levels.ts")],
    bundle: true,
    format: "esm",
    write: false,
  });
  const { levelOf, tablesOf, tariffsAfter } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
  );
  const { lines } = stories(root, ["us-china-2017"]).schedules["us-china-2017"]["effective-2026-07"],
    dated = lines.map(([importer, exporter, sector, add]) => ({ importer, exporter, sector, add }));
  const announced = [{ importer: "USA", rate_column: "us_tariff" }];
  for (const [name, list] of [
    ["us-china-2017", Object.values({ ...policies, today: dated, twice: [...dated, ...policies["on-everyone"]] })],
    ["world-2023", [announced, policies.free]],
  ]) {
    const { base } = engine.open(economies[name], name),
      tables = tablesOf(new Uint8Array(economies[name]));
    for (const rows of [[], ...list]) {
      const { tariffs } = rows.length ? answered("detente_solve", { tariff: rows, without: ["parts"] }) : base,
        rates = tariffsAfter(tables, rows);
      tables.regions.forEach((importer, j) =>
        tables.regions.forEach((exporter, i) => {
          const { mean } = levelOf(tables, { importer, exporter, sector: "goods" }, rates);
          assert.ok(i === j || Math.abs(mean - tariffs[i][j]) < 1e-6, `${name}: ${importer} on ${exporter}: ${mean}`);
        }),
      );
    }
  }
  engine.open(economies["us-china-2017"], "us-china-2017");
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
    // Beside the economies that it names, if it names files.
    const beside = join(folder, `${name}.toml`);
    if (study.made) writeFileSync(beside, text.replaceAll("../../../ledgers", join(root, "ledgers")));
    const results = byCommand(study.made ? beside : study.file, name);
    for (const opened of Object.keys(economies)) if (opened !== "world-2023") engine.open(economies[opened], opened);
    const steps = [];
    engine.module.onProgress = (what, done, total) => steps.push([what, done, total]);
    const question = {
      name,
      study: (study.from ? text.replace(study.from, study.to) : text).replaceAll("../../../ledgers", "../ledgers"),
      today,
    };
    if (study.set !== undefined) question.sources = data(study.set);
    const found = answered("detente_run", question).results;
    assert.ok(steps.length > 0 && steps.every(([, done, total]) => done <= total));
    results.economy.name = found.economy.name;
    for (const key of study.without ?? []) {
      assert.ok(key in found, `${name} has ${key}`);
      (delete found[key], delete results[key]);
    }
    assert.ok(compare(found, results, name, study.within) > 100);
  });

test("what is wrong is refused in the command's words, and the next call is answered", () => {
  engine.open(economies["us-china-2017"], "us-china-2017");
  assert.match(
    engine.call("detente_solve", { tariff: [{ importer: "USB", rate: 0.1 }] }).error,
    /USB.*did you mean "USA"/,
  );
  assert.match(engine.call("detente_solve", { tarif: [] }).error, /tarif.*did you mean "tariff"/);
  assert.match(engine.call("detente_solve", "{").error, /not JSON/);
  assert.match(engine.call("detente_solve", { without: ["tarif"] }).error, /did you mean "tariffs"/);
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

// Milliseconds of processor time of the fastest of several: other work on the machine is none of the engine's.
function fastest(times, act) {
  let least = Infinity;
  for (let k = 0; k < times; ++k) {
    const began = process.cpuUsage();
    act(k);
    const { user, system } = process.cpuUsage(began);
    least = Math.min(least, (user + system) / 1e3);
  }
  return least;
}

test("a slider and a trade war within their time", (context) => {
  const took = {};
  const policy = (k, without) => ({
    tariff: [{ importer: "USA", exporter: "CHN", sector: "goods", add: 0.1 + 0.01 * k }],
    without,
  });
  for (const [name, within] of Object.entries({ "us-china-2017": 5, "world-2023": 50 })) {
    assert.equal(engine.open(economies[name], name).error, undefined);
    took[name] = fastest(10, (k) => answered("detente_solve", policy(k, everything)));
    took[`${name}, in detail`] = fastest(5, (k) => answered("detente_solve", policy(k, [])));
    assert.ok(took[name] < within, `${name}: ${took[name]} ms`);
  }
  engine.open(economies["us-china-2017"], "us-china-2017");
  took.war = fastest(3, () => answered("detente_war", { players: ["USA", "CHN"] }));
  context.diagnostic(`ms: ${JSON.stringify(took)}`);
  assert.ok(took.war < 500, `trade war: ${took.war} ms`);
});

test("the engine is within its budget of bytes", (context) => {
  const sizes = ["detente.wasm", "detente.mjs"].map((file) => [file, gzipSync(readFileSync(join(wasm, file))).length]);
  sizes.push(["us-china-2017", gzipSync(economies["us-china-2017"]).length]);
  context.diagnostic(`bytes compressed: ${JSON.stringify(Object.fromEntries(sizes))}`);
  const bytes = sizes.reduce((sum, [, size]) => sum + size, 0);
  // With threads exceptions go through JavaScript, which takes more.
  const most = engine.module.PThread ? 1_700_000 : 1_500_000;
  assert.ok(bytes < most, `${bytes} bytes compressed, with one economy`);
});
