// The engine in WebAssembly against the command on the same economy: the same digits, the same refusals, a budget of bytes.
// DETENTE_COMMAND, DETENTE_PACK and DETENTE_WASM (the folder with detente.mjs) say what to hold against what.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const root = resolve(import.meta.dirname, "../..");
const command = resolve(process.env.DETENTE_COMMAND ?? join(root, "build/release/detente"));
const packer = resolve(process.env.DETENTE_PACK ?? join(root, "build/release/detente_pack"));
const wasm = resolve(process.env.DETENTE_WASM ?? join(root, "build/wasm"));

const policies = {
  "section-301": [
    { importer: "USA", exporter: "CHN", sector: "goods", add_column: "us_tariff_increase_on_chn" },
    { importer: "CHN", exporter: "USA", sector: "goods", add_column: "chn_tariff_increase_on_usa" },
  ],
  "on-everyone": [{ importer: "USA", exporter: "*", sector: "goods", add: 0.1, max: 0.25 }],
  free: [{ importer: ["USA", "CHN"], rate: 0.0 }],
};
const toml = (value) =>
  Array.isArray(value)
    ? `[${value.map(toml).join(", ")}]`
    : typeof value === "object"
      ? `{ ${Object.entries(value)
          .map(([key, item]) => `${key} = ${toml(item)}`)
          .join(", ")} }`
      : JSON.stringify(value);

let folder, results, engine;
const economies = {};

function call(name, text) {
  return JSON.parse(engine.ccall(name, "string", ["string"], [text]));
}
function open(bytes) {
  const at = engine._malloc(bytes.length);
  engine.HEAPU8.set(bytes, at);
  const answer = engine.ccall("detente_open", "string", ["number", "number"], [at, bytes.length]);
  engine._free(at);
  return JSON.parse(answer);
}
function close(found, expected, where) {
  const miss = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
  assert.ok(miss <= 1e-9, `${where}: ${found} in the page, ${expected} by the command`);
}
function sameRegions(found, expected, name) {
  let numbers = 0;
  for (const [region, keys] of Object.entries(expected))
    for (const [key, value] of Object.entries(keys)) {
      if (typeof value !== "number" || !(key in found[region])) continue;
      close(found[region][key], value, `${name}, ${region}, ${key}`);
      ++numbers;
    }
  assert.ok(numbers >= 5 * Object.keys(expected).length, `${name}: only ${numbers} numbers compared`);
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "detente-page-"));
  const study = [
    'title = "The page against the command"',
    '[economy]\nname = "us-china-2017"',
    ...Object.entries(policies).map(([name, tariff]) => `[[scenario]]\nname = "${name}"\ntariff = ${toml(tariff)}`),
    '[[nash]]\nname = "war"\nplayers = ["USA", "CHN"]',
    'instruments = { exporter = "players", sector = "goods", form = "line" }\nbounds = [0.0, 10.0]',
  ].join("\n");
  writeFileSync(join(folder, "study.toml"), study);
  execFileSync(command, ["run", "study.toml", "--out", "out", "--quiet"], { cwd: folder });
  results = JSON.parse(readFileSync(join(folder, "out/results.json"), "utf8"));
  for (const name of ["us-china-2017", "world-2023"]) {
    const to = join(folder, `${name}.economy`);
    execFileSync(packer, [join(root, `economies/${name}.nc`), to]);
    economies[name] = readFileSync(to);
  }
  // What emscripten 3.1.6 expects under Node.js and ES modules do not have.
  Object.assign(globalThis, { require: createRequire(import.meta.url), __dirname: wasm });
  const { default: create } = await import(pathToFileURL(join(wasm, "detente.mjs")));
  engine = await create({ wasmBinary: readFileSync(join(wasm, "detente.wasm")) });
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("a call before an economy is open is refused", () => {
  assert.match(call("detente_solve", "{}").error, /no economy is open/);
});

test("an economy opens with its names", () => {
  const opened = open(economies["us-china-2017"]);
  assert.equal(opened.error, undefined);
  assert.equal(opened.regions.length, 7);
  assert.equal(opened.sectors.length, 44);
  assert.equal(opened.goods.filter(Boolean).length, 22);
  assert.ok(opened.certificate.converged);
});

for (const name of Object.keys(policies))
  test(`${name}: the command's digits`, () => {
    const found = call("detente_solve", JSON.stringify({ tariff: policies[name] }));
    assert.equal(found.error, undefined);
    assert.ok(found.certificate.converged && found.certificate.residual <= 1e-12);
    sameRegions(found.regions, results.scenarios[name].regions, name);
  });

test("a trade war: the command's digits", () => {
  const found = call("detente_war", JSON.stringify({ players: ["USA", "CHN"] }));
  assert.equal(found.error, undefined);
  assert.ok(found.gap <= 1e-7);
  sameRegions(found.regions, results.nash.war.regions, "war");
  for (const [player, expected] of Object.entries(results.nash.war.players))
    close(found.players[player].mean_tariff, expected.mean_tariff, `mean tariff of ${player}`);
});

test("a wrong name is refused in the command's words, and the next call is answered", () => {
  const wrong = call("detente_solve", JSON.stringify({ tariff: [{ importer: "USB", rate: 0.1 }] }));
  assert.match(wrong.error, /USB.*did you mean "USA"/);
  assert.ok(call("detente_solve", "{").error);
  assert.ok(call("detente_solve", "{}").certificate.converged);
});

test("bytes that are no economy, or are cut off, are refused", () => {
  const whole = economies["us-china-2017"];
  assert.match(open(new TextEncoder().encode("CDF\u0001 something else")).error, /DETENTE1/);
  assert.match(open(whole.subarray(0, 100)).error, /cut off in its header/);
  assert.match(open(whole.subarray(0, whole.length - 8)).error, /cut off in its numbers/);
});

test("world-2023 opens and is solved", () => {
  const opened = open(economies["world-2023"]);
  assert.equal(opened.error, undefined);
  assert.equal(opened.regions.length, 194);
  const found = call("detente_solve", JSON.stringify({ tariff: [{ importer: "USA", add: 0.1 }] }));
  assert.ok(found.certificate.converged);
});

test("the engine is within its budget", () => {
  const packed = ["detente.wasm", "detente.mjs"].map((file) => gzipSync(readFileSync(join(wasm, file))).length);
  const bytes = packed.reduce((sum, size) => sum + size, gzipSync(economies["us-china-2017"]).length);
  assert.ok(bytes < 1_200_000, `${bytes} bytes compressed, with one economy`);
});
