// The page's modules by themselves (Vitest): links, studies, words in every language, the engine's client, numbers.
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { beforeAll, describe, expect, test } from "vitest";
import { csv, headInFile, headOnPage } from "../page/charts/numbers.ts";
import { pictureOf, wrapped } from "../page/charts/picture.ts";
import { Cancelled, EngineClient } from "../page/engine/client.ts";
import { Latest } from "../page/engine/latest.ts";
import { peopleOf, regionOfShapes } from "../page/model/areas.ts";
import { linkOf, scenarioFrom, scenarioText, stateFrom } from "../page/model/link.ts";
import { configurationOf, modelFrom, modelText, withOption } from "../page/model/options.ts";
import { rowsOf, unknownNames, valueOf, withValue } from "../page/model/scenario.ts";
import { leversAtFirst } from "../page/model/levers.ts";
import { head, relation, scenarioBlock, studyOf, talks, tradeWar, uncertainty } from "../page/model/study.ts";
import { plainRefusal } from "../page/model/refusal.ts";
import { addUp, partsOf } from "../page/model/parts.ts";
import { named } from "../page/model/named.ts";
import { headlineOf } from "../page/parts/headline.ts";
import { reportZh } from "../page/report_zh.ts";
import { columns, regions, sectors, texts } from "../page/texts.ts";
import { cut, textWidth } from "../report/charts.js";
import { inDraws } from "../report/claims.js";
import { answerTexts } from "../page/texts_answers.ts";
import { scenarioTexts, schedulesZh } from "../page/texts_scenario.ts";
import { english as reportTexts } from "../report/texts.js";
import { inEnglish, speak } from "../report/words.js";
import { sources, stories } from "../page/stories.js";

const root = new URL("../..", import.meta.url).pathname;
const scenario = {
  story: "truce",
  schedules: [{ schedule: "effective-2026-07", importer: "USA" }],
  rows: [
    { importer: "USA", exporter: ["CHN", "IND"], sector: "goods", add: 0.25 },
    { importer: "CHN", exporter: "USA", sector: ["D24", "D25"], rate: 0 },
    { importer: "USA", exporter: "*", sector: "goods", add_column: "us_tariff", max: 0.5 },
  ],
};
const setting = {
  economy: "us-china-2017",
  configuration: { model: { kind: "ricardian", closure: "fixed" }, elasticities: { horizon: "long" } },
};

describe("links", () => {
  const state = {
    economy: "us-china-2017",
    hash: "0123456789ab",
    engine: "0.1.0+abcd",
    model: "ricardian",
    scenario,
    active: 1,
    pins: [
      {
        title: "A: 50 % & more | less @ home",
        scenario: { schedules: [], rows: [scenario.rows[0]] },
        model: "krugman",
        options: { closure: "fixed", labour_supply: 0.5 },
        elasticities: "a b",
      },
      { title: "B", scenario, model: "ricardian", horizon: "long" },
    ],
    compare: "difference",
    against: 1,
    region: "CHN",
    players: ["CHN", "EU"],
    levers: { cooperate: "scenario", discountRate: 0.08, periodYears: 0.5, accuracy: 0.9, fidelity: [0.9, 0.8] },
    tab: "relation",
    language: "zh",
    embed: true,
  };
  test("restore what they were made from", () => {
    expect(stateFrom("#" + linkOf(state))).toEqual(state);
  });
  test("name the engine and the economy's bytes", () => {
    expect(linkOf(state)).toContain("economy=us-china-2017@0123456789ab");
    expect(linkOf(state)).toMatch(/engine=0\.1\.0(\+|%2B)abcd/);
  });
  test("survive what a mail program does to them", () => {
    expect(stateFrom(encodeURI(decodeURI(linkOf(state)))).scenario).toEqual(scenario);
  });
  test("restore the first line as the last", () => {
    for (const active of [0, 1, 2]) expect(stateFrom(linkOf({ ...state, active })).active).toBe(active);
  });
  test("of before have pins without a model: it is the link's own", () => {
    const old = stateFrom(
      "#economy=x&model=krugman,closure:fixed&horizon=long&scenario=&pin=A%3A%20b:USA~CHN~goods~add=1",
    );
    expect(old.pins).toEqual([
      {
        title: "A: b",
        scenario: scenarioFrom("USA~CHN~goods~add=1"),
        model: "krugman",
        options: { closure: "fixed" },
        horizon: "long",
      },
    ]);
  });
  test("of nothing are nothing", () => expect(stateFrom("")).toEqual({}));
  test("refuse a change that they cannot read", () => {
    expect(() => scenarioFrom("USA~CHN~goods~drop=1")).toThrow("drop");
    expect(() => scenarioFrom("USA~CHN~goods~add=much")).toThrow("much");
  });
  test("hold the levers that were moved, and refuse those that they cannot read", () => {
    expect(linkOf({ ...state, levers: leversAtFirst })).not.toContain("relation:");
    expect(stateFrom("#relation=discount:0.1").levers).toEqual({ ...leversAtFirst, discountRate: 0.1 });
    for (const [link, word] of [
      ["relation=discount:9", "0 to 0.3"],
      ["relation=discount:", "discount"],
      ["relation=trust:1", "trust:1"],
      ["relation=agreement:peace", "peace"],
      ["relation=fidelity:0.9", "two numbers"],
      ["between=USA", "two regions"],
      ["between=USA+USA", "two regions"],
    ])
      expect(() => stateFrom(link), link).toThrow(word);
  });
  test("keep a scenario's schedules and rows in order", () => {
    expect(scenarioFrom(scenarioText(scenario))).toEqual(scenario);
  });
});

describe("studies", () => {
  test("are TOML that says what the page shows", () => {
    const text = [studyOf('A "title"', setting, scenario), uncertainty({ draws: 64, seed: 1 })].join("\n");
    const study = parse(text);
    expect(study.title).toBe('A "title"');
    expect(study.economy).toEqual({ name: "us-china-2017", horizon: "long" });
    expect(study.scenario[0].tariff).toEqual([...scenario.schedules, ...scenario.rows]);
    expect(study.uncertainty).toEqual({ draws: 64, seed: 1 });
  });
  test("take whole schedules by their names", () => {
    const whole = { schedules: [{ schedule: "effective-2026-07" }], rows: [] };
    expect(parse(scenarioBlock("now", whole)).scenario[0]).toEqual({ name: "now", tariffs: ["effective-2026-07"] });
  });
  test("ask of governments and of the relation", () => {
    const ledger = { file: "ledgers/busan.toml", asOf: "2026-07-24" };
    const own = { ...leversAtFirst, fidelity: [0.9, 0.8] };
    const players = ["USA", "CHN"];
    const study = parse(
      [head("x", setting), tradeWar(players), talks(players), relation(players, own, ledger)].join("\n"),
    );
    expect(study.nash[0].players).toEqual(players);
    expect(study.talks[0].threat).toBe(study.nash[0].name);
    expect(study.relation).toMatchObject({ cooperate: "deal", fidelity_year: { USA: 0.9, CHN: 0.8 } });
    expect(parse(relation(players, leversAtFirst, ledger)).relation.fidelity).toEqual({
      ledger: "ledgers/busan.toml",
      as_of: "2026-07-24",
    });
  });
});

describe("scenarios", () => {
  const lines = [
    { importer: "USA", exporter: "CHN", sector: "D24", increase: 0.2 },
    { importer: "CHN", exporter: "USA", sector: "D24", increase: 0.1 },
  ];
  test("apply schedules before the lines of change, only where they are meant", () => {
    const rows = rowsOf(scenario, () => lines);
    expect(rows).toHaveLength(4);
    expect(rows[0]).toEqual({ importer: "USA", exporter: "CHN", sector: "D24", add: 0.2 });
  });
  test("hang on a slider in points and percent", () => {
    expect(withValue({ add: 0.1 }, 25)).toEqual({ add: 0.25 });
    expect(withValue({ rate: 0.1 }, 7.5)).toEqual({ rate: 0.075 });
    expect(valueOf({ scale: 1.5 })).toBe(150);
  });
  test("say which names an economy does not have", () => {
    const economy = { regions: ["USA", "CHN"], sectors: ["D24"] };
    expect(unknownNames(economy, scenario)).toEqual(["IND", "D25"]);
    const use = { schedule: "x", importer: ["USA", "MARS"] };
    expect(unknownNames(economy, { schedules: [use], rows: [] })).toEqual(["MARS"]);
  });
});

describe("stories", () => {
  const found = stories(root, ["us-china-2017", "world-2023"]);
  test("are the studies' own scenarios", () => {
    const truce = found.stories["us-china-2017"].find((s) => s.key === "truce");
    expect(truce.scenario.rows).toHaveLength(4);
    expect(truce.scenario.rows[2]).toEqual({ importer: "USA", exporter: "CHN", sector: "goods", add: 0.2 });
  });
  test("have the lines of their schedules", () => {
    const today = found.schedules["us-china-2017"]["effective-2026-07"];
    expect(today.lines.length).toBeGreaterThan(100);
    expect(today.kind).toBe("effective");
    expect(today.lines.every((l) => Number.isFinite(l[3]))).toBe(true);
  });
  test("have words in every language", () => {
    for (const list of Object.values(found.schedules))
      for (const name of Object.keys(list)) expect(schedulesZh, name).toHaveProperty(name);
    for (const list of Object.values(found.stories))
      for (const { key } of list) {
        expect(texts).toHaveProperty(`story_${key}`);
        expect(texts).toHaveProperty(`story_${key}_text`);
        if (!["free", "ten"].includes(key)) expect(texts).toHaveProperty(`story_${key}_source`);
      }
  });
  test("come with every text that their studies name", () => {
    const all = sources(root);
    for (const name of ["ledgers/busan.toml", "tariffs/effective-2026-07.csv", "studies/busan.toml"])
      expect(all[name]).toBe(readFileSync(root + name, "utf8"));
  });
});

describe("words", () => {
  test("by topic have keys of their own", () => {
    const [one, other] = [scenarioTexts, answerTexts].map((list) => Object.keys(list));
    expect(one.filter((key) => other.includes(key))).toEqual([]);
    const own = readFileSync(`${root}web/page/texts.ts`, "utf8");
    expect([...one, ...other].filter((key) => new RegExp(`^  ${key}: `, "m").test(own))).toEqual([]);
  });
  const filled = (entry) => (typeof entry === "string" ? [entry] : Object.values(entry));
  const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).filter((h) => h !== "n");
  const optional = ["engine_english"]; // says nothing where the page is English
  for (const [key, entry] of Object.entries(texts))
    test(key, () => {
      const [english, chinese] = [filled(entry.en), filled(entry.zh)];
      if (!optional.includes(key)) for (const text of [...english, ...chinese]) expect(text.trim()).not.toBe("");
      for (const text of [...english, ...chinese]) expect(holes(text).sort()).toEqual(holes(english[0]).sort());
    });
  // The page's compiler holds their keys against each other, too (Record<keyof typeof english, ...>).
  test("of the report are there in Chinese, every one", () => {
    expect(Object.keys(reportZh).sort()).toEqual(Object.keys(reportTexts).sort());
  });
  for (const [key, text] of Object.entries(reportTexts))
    test(`report: ${key}`, () => {
      const [english, chinese] = [filled(text), filled(reportZh[key])];
      const all = (texts_) => [...new Set(texts_.flatMap(holes))].sort();
      expect(all(chinese)).toEqual(all(english));
      if (key !== "question_and") expect(chinese.every((c) => c.trim() !== "")).toBe(true);
      // A text of words is in Chinese; one of signs and numbers alone may be the same.
      if (english.some((e) => /[a-z]{3}/.test(e.replace(/\{\w+\}|<br>/g, ""))) && key !== "question_and")
        expect(chinese.join("")).toMatch(/[\u4e00-\u9fff]/);
    });
  test("name groups and sectors in Chinese", () => {
    for (const entry of [...Object.values(regions), ...Object.values(sectors), ...Object.values(columns)])
      expect(entry.zh).toMatch(/[\u4e00-\u9fff]/);
  });
});

describe("results for a reader", () => {
  const results = {
    economy: { regions: ["USA", "CHN"], sectors: ["D26", "goods"], sector_titles: ["Computers", "Goods"] },
    question_order: [{ kind: "relation", name: "relation" }],
    nash: { "trade-war": { players: { USA: { welfare_percent: 1 } }, words: ["USA: keeps."], kind: "deal" } },
    relations: { relation: { cooperate: "deal", actions: ["deal", "trade-war"], now: { deal: 1 } } },
    uncertainty: { inputs: [{ name: "elasticity.D26" }, { name: "fidelity.CHN" }] },
  };
  const outcomes = { "trade-war": "trade war", deal: "agreement", relation: "over time" };
  const region = (code) => ({ USA: "United States", CHN: "China" })[code] ?? code;
  const shown = named(results, { region, sector: (code, title) => title ?? code, outcomes });
  test("have names for regions and sectors, as keys and by themselves", () => {
    expect(shown.economy.regions).toEqual(["United States", "China"]);
    expect(shown.economy.sectors).toEqual(["Computers", "goods"]);
    expect(shown.nash["trade war"].players["United States"].welfare_percent).toBe(1);
    expect(shown.uncertainty.inputs.map((i) => i.name)).toEqual(["elasticity.Computers", "fidelity.China"]);
  });
  test("have names for the page's outcomes where a name stands, and nowhere else", () => {
    expect(shown.question_order).toEqual([{ kind: "relation", name: "over time" }]);
    expect(shown.relations["over time"]).toEqual({
      cooperate: "agreement",
      actions: ["agreement", "trade war"],
      now: { deal: 1 },
    });
    expect(shown.nash["trade war"].kind).toBe("deal");
    expect(shown.nash["trade war"].words).toEqual(["USA: keeps."]);
  });
  test("keep their codes where two names would be one", () => {
    const same = named(results, { region: () => "Land", sector: (code) => code, outcomes: {} });
    expect(same.economy.regions).toEqual(["USA", "CHN"]);
  });
});

describe("options of a model", () => {
  const labour = { name: "labour_supply", text: "", kind: "number", default: "0.5", value: 0.5, low: 0, high: 100 };
  const revenue = { name: "revenue", text: "", kind: "choice", default: "income_tax", value: "income_tax" };
  test("are kept while they differ from where the page begins", () => {
    expect(withOption("melitz", undefined, labour, 0)).toEqual({ labour_supply: 0 });
    expect(withOption("melitz", { labour_supply: 0 }, labour, 0.5)).toBeUndefined();
    expect(withOption("melitz", { labour_supply: 0 }, labour)).toBeUndefined();
    expect(withOption("melitz", undefined, revenue, "lump_sum")).toBeUndefined();
    expect(withOption("melitz", undefined, revenue, "income_tax")).toEqual({ revenue: "income_tax" });
    expect(withOption("ricardian", undefined, revenue, "income_tax")).toBeUndefined();
  });
  test("reach the engine and the study file", () => {
    const asked = { model: "melitz", options: { labour_supply: 0, revenue: "income_tax" }, elasticities: "uniform" };
    expect(configurationOf(asked)).toEqual({
      model: { kind: "melitz", labour_supply: 0, revenue: "income_tax" },
      elasticities: { elasticities: "uniform" },
    });
    expect(configurationOf({ model: "melitz" }).model.revenue).toBe("lump_sum");
    const study = parse(head("Mine", { economy: "world-2023", configuration: configurationOf(asked) }));
    expect(study.model).toEqual({ kind: "melitz", labour_supply: 0, revenue: "income_tax" });
    expect(study.economy).toEqual({ name: "world-2023", elasticities: "uniform" });
  });
  test("stand in a link as they are", () => {
    const options = { labour_supply: 0, scale_economies: true, closure: "balanced", pass_through: 0.25 };
    const text = modelText("ricardian", options);
    expect(text).toBe("ricardian,labour_supply:0,scale_economies:true,closure:balanced,pass_through:0.25");
    expect(modelFrom(text)).toEqual({ model: "ricardian", options });
    expect(modelFrom("krugman")).toEqual({ model: "krugman" });
    expect(() => modelFrom("krugman,closure")).toThrow(/name:value/);
  });
});

describe("language", () => {
  let language;
  beforeAll(async () => {
    globalThis.document = { documentElement: {} };
    language = await import("../page/language.ts");
  });
  test("counts as each language does", () => {
    language.speak("en");
    expect(language.t("several_sectors", { n: 1 })).toBe("1 sector");
    expect(language.t("several_sectors", { n: 3 })).toBe("3 sectors");
    language.speak("zh");
    expect(language.t("several_sectors", { n: 3 })).toBe("3个部门");
  });
  test("has money in the language's own steps", () => {
    language.speak("en");
    expect(language.dollars(-36.2e9)).toBe("−$36.2\u00a0billion");
    expect(language.dollars(111.4)).toBe("+$111");
    language.speak("zh");
    expect(language.dollars(-36.2e9)).toBe("−362 亿美元");
    expect(language.factorOf("million US dollars")).toBe(1e6);
    expect(language.factorOf("thousand US dollars")).toBe(1e3);
  });
  test("has percents with as many digits as say something", () => {
    language.speak("en");
    expect(language.percent(-0.3012)).toBe("−0.30\u00a0%");
    expect(language.percent(0.00931)).toBe("+0.0093\u00a0%");
    expect(language.percent(1e-7)).toBe("0\u00a0%");
    expect(language.percent(undefined)).toBe("–");
  });
  test("names countries and groups", () => {
    expect(language.regionName("EU")).toBe("European Union");
    expect(language.regionName("DEU")).toBe("Germany");
    expect(language.regionName("XQX")).toBe("XQX");
    language.speak("zh");
    expect(language.regionName("DEU")).toBe("德国");
    expect(language.sectorName("D24", "Basic metals")).toBe("基本金属");
  });
});

describe("names beside a chart", () => {
  // Signs of Chinese are as wide as they are high.
  test("have the room that they take", () => {
    for (const name of ["美国失误", "世界其他地区", "和平或战争", "Rest of the world", "中国 → Rest"]) {
      const wide = [...name].reduce((sum, sign) => sum + (sign > "\u2e80" ? 1 : 0.5), 0);
      expect(textWidth([name], 12)).toBeGreaterThanOrEqual(12 * wide);
    }
  });
  test("are cut where they take more", () => {
    expect(cut("Rest of the world")).toBe("Rest of the world");
    expect(cut("abcdefghijklmnopqrstuvw")).toBe("abcdefghijklmnopq…");
    expect(cut("计算机、电子与光学产品制造业")).toBe("计算机、电子与光学产…");
    expect(textWidth(["计算机、电子与光学产品制造业"], 12)).toBeGreaterThanOrEqual(12 * 11);
  });
});

describe("verdicts over draws", () => {
  test("are said in the page's language, as the engine has them", () => {
    const said = ["holds in all", "fails in 91 of 100", "depends: holds in 6 of 13", "undecided in nearly all"];
    const words = () => said.map((in_draws) => inDraws({ results: { uncertainty: { draws: 64 } } }, { in_draws }));
    speak(inEnglish);
    expect(words()).toEqual(["holds in all 64 draws", ...said.slice(1)]);
    speak({ language: "zh-CN", texts: reportZh });
    expect(words()).toEqual([
      "在全部64次抽样中成立",
      "在100次抽样的91次中不成立",
      "视情况而定：在13次抽样的6次中成立",
      "在几乎全部抽样中未定",
    ]);
    speak(inEnglish);
    expect(inDraws({ results: {} }, { in_draws: "something else" })).toBe("something else");
  });
});

describe("why, where the engine gives no decomposition", () => {
  // A region whose accounts are made up; welfare by its definition (docs/melitz.md): what is bought, less what work costs.
  const base = { income: 112, value_added: 110, profit: 10, tariff_revenue: 5, transfer: -3 };
  const now = { wage_hat: 0.97, price_hat: 1.02, employment_percent: -2, tariff_revenue: 9, transfer: -4, profit: 11 };
  const solved = (kappa, incomeTax) => {
    const labour = 100 * now.wage_hat * 0.98,
      income = labour + now.profit + now.tariff_revenue + now.transfer,
      relief = incomeTax ? (1 - 5 / 100) / (1 - 9 / labour) : 1,
      cost = ((kappa / (1 + kappa)) * 100) / relief,
      welfare = (income / now.price_hat - cost * (labour / 100 / now.price_hat)) / (base.income - cost);
    const region = { ...now, income_hat: income / base.income, welfare_percent: 100 * (welfare - 1) };
    return { regions: { A: region, B: region } };
  };
  const world = { regions: { A: base, B: { ...base, profit: undefined } } };
  test.each([
    [0, false],
    [0.5, false],
    [0.5, true],
  ])("parts add up to welfare, work with elasticity %f, income tax %s", (labourSupply, incomeTax) => {
    const outcome = solved(labourSupply, incomeTax),
      parts = partsOf(world, outcome, "A", { labourSupply, incomeTax }),
      total = outcome.regions.A.welfare_percent;
    expect(addUp(parts, total)).toBe(true);
    expect(parts.profits).not.toBe(0);
    expect(parts.work > 0).toBe(labourSupply > 0);
    expect(parts.revenue).toBeGreaterThan(0);
    expect(parts.transfers).toBeLessThan(0);
  });
  test("accounts that do not add up are told from those that do", () => {
    const work = { labourSupply: 0, incomeTax: false },
      outcome = solved(0.5, false);
    const { welfare_percent: total } = outcome.regions.A;
    expect(addUp(partsOf(world, outcome, "A", work), total)).toBe(false);
    expect(partsOf({ regions: {} }, outcome, "A", work)).toBeUndefined();
  });
});

test("a refusal names no file that nobody wrote", () => {
  const option = (name) => ({ scale_economies: "Economies of scale" })[name];
  for (const [said, plain] of [
    ["settings:6: model.scale_economies: no psi (found: x)", "“Economies of scale”: no psi (found: x)"],
    ["settings:6: model.labour_supply: out of range", "out of range"],
    ["settings: economy: the base, before any scenario: it has one sector", "it has one sector"],
    ["policy: tariff: the tariff of USA leaves the possible range", "the tariff of USA leaves the possible range"],
    ["mine.toml:3: tariff.importer: unknown region", "mine.toml:3: tariff.importer: unknown region"],
  ])
    expect(plainRefusal(said, option)).toBe(plain);
});

describe("the map", () => {
  const regionsOf2017 = ["BRA", "CHN", "EU", "IND", "JPN", "ROW", "USA"];
  const numeric = { DEU: "276", GBR: "826", USA: "840", ZAF: "710" };
  test("puts every country into its region", () => {
    const of = regionOfShapes(regionsOf2017);
    expect(of(numeric.DEU)).toBe("EU");
    expect(of(numeric.GBR)).toBe("EU");
    expect(of(numeric.USA)).toBe("USA");
    expect(of(numeric.ZAF)).toBe("ROW");
    expect(of(undefined)).toBe("ROW");
  });
  test("leaves out what an economy of countries does not have", () => {
    const of = regionOfShapes(["USA", "DEU"]);
    expect(of(numeric.DEU)).toBe("DEU");
    expect(of(numeric.ZAF)).toBeUndefined();
  });
  test("knows how many people live there", () => {
    const people = peopleOf(regionsOf2017);
    expect(people.get("USA")).toBe(326625791);
    expect(people.get("EU")).toBeGreaterThan(505e6);
    expect([...people.values()].reduce((a, b) => a + b)).toBeGreaterThan(7.3e9);
  });
});

describe("the latest question", () => {
  test("wins, and none piles up", async () => {
    const asked = [],
      shown = [],
      waiting = [];
    const queue = new Latest(
      (q) => {
        asked.push(q);
        return new Promise((done) => waiting.push(() => done(q)));
      },
      (a) => void shown.push(a),
      () => {},
    );
    const turn = () => new Promise((done) => setTimeout(done));
    for (const q of [1, 2, 3, 4]) queue.ask(q);
    waiting.shift()();
    await turn();
    expect(asked).toEqual([1, 4]);
    waiting.shift()();
    await turn();
    expect(shown).toEqual([1, 4]);
    expect(queue.busy).toBe(false);
  });
  test("goes on after one that failed", async () => {
    const shown = [],
      failed = [];
    const queue = new Latest(
      async (q) => {
        if (q === 1) throw new Error("no");
        return q;
      },
      (a) => void shown.push(a),
      (e) => void failed.push(e.message),
    );
    queue.ask(1);
    await new Promise((done) => setTimeout(done));
    queue.ask(2);
    await new Promise((done) => setTimeout(done));
    expect([shown, failed]).toEqual([[2], ["no"]]);
  });
});

describe("the engine's client", () => {
  // A worker that answers what it is told to; `slow` is never answered.
  const makeWorkers = () => {
    const made = [];
    const make = () => {
      const worker = { heard: [], ended: false, onmessage: null };
      worker.postMessage = (m) => {
        worker.heard.push(m);
        const reply = (r) => queueMicrotask(() => !worker.ended && worker.onmessage({ data: { id: m.id, ...r } }));
        if (m.argument === "bad") reply({ error: "no such region" });
        else if (m.call !== "run") reply({ answer: { call: m.call }, milliseconds: 1 });
        else reply({ progress: { what: "draws", done: 1, total: 4 } });
      };
      worker.terminate = () => {
        worker.ended = true;
      };
      made.push(worker);
      return worker;
    };
    return { made, client: new EngineClient(Promise.resolve("module"), make) };
  };
  const bytes = new Uint8Array(4);

  test("answers, and passes refusals on", async () => {
    const { client } = makeWorkers();
    await client.open(bytes, "x");
    expect((await client.call("solve", {})).answer).toEqual({ call: "solve" });
    await expect(client.call("solve", "bad")).rejects.toThrow("no such region");
  });
  test("tells progress, and a cancelled question ends its worker", async () => {
    const { client, made } = makeWorkers();
    await client.source("a.csv", "text");
    await client.open(bytes, "x");
    await client.configure({ model: {}, elasticities: {} });
    const progress = [];
    const run = client.call("run", {}, (p) => progress.push(p.done));
    await new Promise((done) => setTimeout(done));
    expect(progress).toEqual([1]);
    client.cancel();
    await expect(run).rejects.toBeInstanceOf(Cancelled);
    expect(made[0].ended).toBe(true);
    await client.call("solve", {});
    expect(made).toHaveLength(2);
    expect(made[1].heard.map((m) => m.call)).toEqual(["start", "source", "open", "configure", "solve"]);
  });
  test("does not ask again for a model that was refused", async () => {
    const { client, made } = makeWorkers(),
      asked = { model: { kind: "ricardian" }, elasticities: {} };
    await client.open(bytes, "x");
    await client.configure(asked);
    await expect(client.configure("bad")).rejects.toThrow("no such region");
    expect(client.configured).toEqual(asked);
    client.cancel();
    await client.call("solve", {});
    expect(made[1].heard.filter((m) => m.call === "configure").map((m) => m.argument)).toEqual([asked]);
  });
});

describe("numbers of a figure", () => {
  beforeAll(async () => {
    globalThis.document = { documentElement: {} };
    (await import("../page/language.ts")).speak("en");
  });
  const numbers = {
    keys: [{ what: "Code" }],
    columns: [{ what: "Region" }, { what: "real income", unit: "percent", of: 'the "deal", now' }],
    rows: [
      ["USA", "United States", -0.123456789012],
      ["XQX", "x", null],
    ],
  };
  test("are saved as CSV with all their digits, their unit and their scenario, below lines of what they are", async () => {
    const text = await csv(numbers, [
      ["title", "Real\nincome"],
      ["link", "https://example.org/#a=b"],
    ]);
    expect(text).toBe(
      "\ufeff# title: Real income\r\n# link: https://example.org/#a=b\r\n" +
        'Code,Region,"real income, the ""deal"", now (percent)"\r\n' +
        "USA,United States,-0.123456789012\r\nXQX,x,\r\n",
    );
  });
  test("in pieces are the same", async () => {
    const rows = Array.from({ length: 2500 }, (_, k) => ["A", "a", k]);
    const lines = (await csv({ ...numbers, rows }, [])).trim().split("\r\n");
    expect(lines).toHaveLength(2501);
    expect(lines.at(-1)).toBe("A,a,2499");
  });
  test("have short heads on the page, whose titles say what is measured", () => {
    expect(headOnPage(numbers.columns[1])).toBe('the "deal", now (percent)');
    expect(headOnPage(numbers.columns[0])).toBe("Region");
    expect(headInFile({ what: "a", unit: "b" })).toBe("a (b)");
  });
});

describe("a picture that stands by itself", () => {
  const base = { width: 300, height: 100, chart: "<g/>", colours: { ink: "#000", paper: "#fff", axis: "#888" } };
  const parts = { ...base, title: "A & B", caption: "what it measures, percent", source: ["Détente 1", "model"] };
  test("has title, unit, legend, scale and source", () => {
    const legend = [{ name: "now", colour: "#123456" }];
    const scale = { low: "≤ −1 %", high: "≥ +1 %", colours: ["#111111", "#222222"] };
    const { text, height } = pictureOf({ ...parts, legend, scale });
    for (const part of ["A &#38; B", "percent", "now", "#123456", "≤ −1 %", "≥ +1 %", "Détente 1", "model"])
      expect(text).toContain(part);
    expect(height).toBeGreaterThan(pictureOf({ ...parts, legend: [] }).height);
  });
  test("breaks its lines by words, or by letters where a language has no spaces", () => {
    const english = wrapped("one two three four five", 10, 60);
    expect(english.length).toBeGreaterThan(1);
    expect(english.join(" ")).toBe("one two three four five");
    expect(wrapped("实际收入相对基准的变化", 10, 60)).toEqual(["实际收入相对", "基准的变化"]);
  });
});

describe("the headline says no more than is known", () => {
  const outcome = (welfare, ev = 0) => ({
    regions: Object.fromEntries(Object.entries(welfare).map(([r, v]) => [r, { welfare_percent: v, ev }])),
  });
  const app = (welfare, open = [], more = {}) => ({
    facts: { bySize: Object.keys(welfare), factor: 1, economy: { regions: Object.keys(welfare) } },
    parties: [],
    pinned: [],
    state: { compare: "level" },
    now: { title: "now", outcome: outcome(welfare, 1e9) },
    bands: {
      regions: Object.fromEntries(
        Object.entries(welfare).map(([r, v]) => [
          r,
          { welfare_percent: { p05: v - (open.includes(r) ? 9 : 0.0001), p95: v + (open.includes(r) ? 9 : 0.0001) } },
        ]),
      ),
    },
    ...more,
  });
  const said = (...given) => headlineOf(app(...given)).headline.replaceAll("\u00a0", " ");
  test("those that are alike in print are named together, of either country first", () => {
    const alike = /falls most in (China and the United States|the United States and China): −0\.66 %;/;
    expect(said({ USA: -0.659046, CHN: -0.659394, IND: 0.046 })).toMatch(alike);
    expect(said({ USA: -0.659394, CHN: -0.659046, IND: 0.046 })).toMatch(alike);
    expect(said({ USA: -0.66, CHN: -0.65, IND: 0.046 })).toMatch(/falls most in the United States: −0\.66 %;/);
  });
  test("who may gain is said where everyone loses, and who may lose where everyone gains", () => {
    expect(said({ USA: -0.0043, CHN: -0.23 })).toBe("Everyone loses. Real income falls most in China: −0.23 %.");
    expect(said({ USA: -0.0043, CHN: -0.23 }, ["USA"])).toMatch(/^Everyone loses\..*not sure for the United States\.$/);
    const gain = { USA: 0.3, CHN: 0.1, IND: 0.2 };
    expect(said(gain)).toBe("Everyone gains. Real income rises most in the United States: +0.30 %.");
    expect(said(gain, ["CHN"])).toMatch(/not sure for China\.$/);
  });
  test("the sign of each that is alike is said, not of the first alone", () => {
    const words = said({ USA: -0.659046, CHN: -0.659394, IND: 0.046 }, ["USA"]);
    expect(words).toMatch(/The sign is not sure for the United States\.$/);
    expect(said({ USA: -0.659046, CHN: -0.659394, IND: 0.046 }, ["IND"])).not.toMatch(/The sign is not sure for/);
  });
  test("of many that are open, three are named and the others counted", () => {
    const words = said({ USA: -0.1, CHN: -0.2, IND: -0.3, JPN: -0.4, BRA: -0.5, EU: -0.6 }, [
      "USA",
      "CHN",
      "IND",
      "JPN",
      "BRA",
    ]);
    expect(words).toMatch(/for the United States, China, India, and 2 more\.$/);
  });
  test("the world's total against a pin has a sign in words", () => {
    const pin = (ev) => ({
      state: { compare: "difference" },
      pinned: [{ title: "pin", outcome: outcome({ USA: 0.1, CHN: 0.1 }, ev) }],
    });
    const world = (ev) => headlineOf(app({ USA: -0.1, CHN: 0.2 }, [], pin(ev))).world.replaceAll("\u00a0", " ");
    expect(world(5e9)).toBe("The world as a whole: $8 billion a year less than under “pin”.");
    expect(world(-1e9)).toBe("The world as a whole: $4 billion a year more than under “pin”.");
  });
});
