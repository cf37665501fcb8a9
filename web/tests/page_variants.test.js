// What hangs on the model, by itself (Vitest): the list of other models and options, what is read out of their answers, and
// the order in which they are asked.
import { describe, expect, test } from "vitest";
import { Cancelled } from "../page/engine/client.ts";
import { Others } from "../page/engine/others.ts";
import { configurationOf } from "../page/model/options.ts";
import { ownOf, readingOf, sameChoice, spansOf, variantsOf } from "../page/model/variants.ts";
import { texts } from "../page/texts.ts";
import { elasticities } from "../page/stories.js";

const root = new URL("../..", import.meta.url).pathname;
const sets = elasticities(root).map((e) => e.name);
const closure = (value) => ({
  name: "closure",
  kind: "choice",
  value,
  choices: ["fixed", "world_share", "balanced"],
});
const labour = (value) => ({ name: "labour_supply", kind: "number", value, low: 0, high: 100 });
const revenue = (value) => ({ name: "revenue", kind: "choice", value, choices: ["lump_sum", "income_tax"] });
// The engine's table (detente_models), as far as the lists go.
const models = [
  {
    name: "ricardian",
    options: [
      closure("fixed"),
      { name: "scale_economies", kind: "flag", value: false },
      labour(0),
      revenue("lump_sum"),
    ],
  },
  { name: "krugman", options: [closure("balanced")] },
  {
    name: "melitz",
    options: [
      closure("world_share"),
      labour(0.5),
      revenue("income_tax"),
      { name: "trade_elasticity", kind: "number", value: 4, low: 0.1, high: 100 },
      { name: "scale_elasticity", kind: "number", low: 1e-6, high: 10 },
      { name: "pass_through", kind: "number", value: 1, low: 0, high: 10 },
      { name: "marketing_labour", kind: "choice", value: "calibrated", choices: ["calibrated", "none"] },
    ],
  },
];
const keys = (economy, table = models, known = sets) => variantsOf(economy, table, known).map((v) => v.key);

describe("the list of other models", () => {
  for (const [economy, count] of [
    ["us-china-2017", 11],
    ["world-2023", 10],
  ])
    test(`${economy}: begins where the page does, each another to the engine, each with words`, () => {
      const list = variantsOf(economy, models, sets);
      expect(list).toHaveLength(count);
      expect(list[0].options ?? list[0].horizon ?? list[0].elasticities).toBeUndefined();
      expect(new Set(list.map((v) => JSON.stringify(configurationOf(v)))).size).toBe(count);
      for (const [k, a] of list.entries())
        for (const b of list.slice(k + 1)) expect(sameChoice(a, b, models), `${a.key}, ${b.key}`).toBe(false);
      for (const { key } of list)
        for (const part of ["", "_text", "_source"]) expect(texts).toHaveProperty(`variant_${key}${part}`);
    });
  test("has nothing that the engine's table or the published sets do not have", () => {
    const older = models.map((m) => ({ ...m, options: m.options.filter((o) => o.name !== "scale_economies") }));
    expect(keys("us-china-2017", older)).not.toContain("scale");
    expect(keys("us-china-2017", models.slice(0, 2))).not.toContain("melitz");
    expect(keys("us-china-2017", models, [])).toEqual(
      keys("us-china-2017").filter((k) => !["uniform", "products", "firms", "scale"].includes(k)),
    );
    const narrow = models.map((m) => ({
      ...m,
      options: m.options.map((o) => (o.name === "labour_supply" ? { ...o, high: 0.1 } : o)),
    }));
    expect(keys("us-china-2017", narrow)).not.toContain("employment");
    expect(keys("world-2023", narrow)).toContain("world_employment");
  });
  test("of an economy without one of its own are the models of the table", () => {
    expect(keys("mine")).toEqual(["ricardian", "krugman", "melitz"]);
  });
  test("knows which of them is the page's own, whichever way its options are set", () => {
    const list = variantsOf("us-china-2017", models, sets);
    const own = (page) => ownOf(list, page, models)?.key;
    expect(own({ model: "ricardian" })).toBe("inputs");
    expect(own({ model: "ricardian", options: { labour_supply: 0, closure: "fixed" } })).toBe("inputs");
    expect(own({ model: "ricardian", options: { closure: "balanced" } })).toBe("balanced");
    expect(own({ model: "krugman", options: { closure: "balanced" } })).toBe("krugman");
    expect(own({ model: "ricardian", options: { labour_supply: 0.3 } })).toBeUndefined();
    expect(own({ model: "ricardian", horizon: "long", elasticities: "uniform" })).toBeUndefined();
    // The page begins melitz with revenue handed out.
    const world = variantsOf("world-2023", models, sets);
    expect(ownOf(world, { model: "melitz", options: { revenue: "income_tax" } }, models).key).toBe("world_tax");
    expect(ownOf(world, { model: "melitz", options: { revenue: "lump_sum" } }, models).key).toBe("world");
  });
});

describe("what other models say", () => {
  const economy = { regions: ["USA", "CHN", "AAA"] };
  const facts = { economy, factor: 1e6 };
  const outcome = {
    regions: {
      USA: { welfare_percent: -0.2, ev: -2, decomposition: { terms_of_trade_percent: 0.1 } },
      CHN: { welfare_percent: 0.1, ev: 0.5 },
      AAA: { welfare_percent: null },
    },
  };
  test("is kept by region, with the world's sum, and without what a model leaves out", () => {
    expect(readingOf(facts, outcome)).toEqual({
      welfare: { USA: -0.2, CHN: 0.1 },
      terms: { USA: 0.1 },
      world: -1.5e6,
    });
    const plain = { regions: { USA: { welfare_percent: 1 } } };
    expect(readingOf({ economy, factor: 0 }, plain)).toEqual({
      welfare: { USA: 1 },
      terms: undefined,
      world: undefined,
    });
  });
  test("spans from the lowest to the highest, and turns where both signs are more than nothing", () => {
    const readings = [
      { welfare: { USA: -0.3, CHN: -1.4, AAA: -0.00001 }, terms: { USA: 0.07 } },
      { welfare: { USA: 0.1, CHN: -0.2, AAA: 0.3 }, terms: { USA: -0.03 } },
      { welfare: { USA: 0 } },
    ];
    expect(spansOf(readings, ["CHN", "USA", "AAA", "ZZZ"])).toEqual([
      { region: "CHN", low: -1.4, high: -0.2, turns: false },
      { region: "USA", low: -0.3, high: 0.1, turns: true },
      { region: "AAA", low: -0.00001, high: 0.3, turns: false },
    ]);
    expect(spansOf(readings, ["USA", "CHN"], "terms")).toEqual([
      { region: "USA", low: -0.03, high: 0.07, turns: true },
    ]);
  });
});

describe("one model after the other", () => {
  const list = ["a", "b", "c"].map((key) => ({ key }));
  test("each once, what is refused with its reason, what is kept not again", async () => {
    const others = new Others();
    others.about("question");
    others.keep("a", 1);
    const asked = [],
      told = [];
    const solve = async ({ key }) => {
      asked.push(key);
      if (key === "b") throw new Error("one sector");
      return 3;
    };
    await others.answer(list, solve, () => told.push(asked.length));
    expect(asked).toEqual(["b", "c"]);
    expect(told).toEqual([1, 2]);
    expect(list.map(({ key }) => others.of(key))).toEqual([{ reading: 1 }, { refused: "one sector" }, { reading: 3 }]);
    // The same question again: nothing is left to answer. Another: all is.
    others.about("question");
    await others.answer(list, solve, () => {});
    expect(asked).toEqual(["b", "c"]);
    others.about("another");
    expect(others.of("a")).toBeUndefined();
    await others.answer(list, solve, () => {});
    expect(asked).toEqual(["b", "c", "a", "b", "c"]);
  });
  test("until a newer question: what comes late is not kept, and the next is not asked", async () => {
    const others = new Others();
    others.about("one");
    const asked = [];
    let wanted;
    const { still } = others;
    const solve = async ({ key }, stillWanted) => {
      asked.push(key);
      if (key === "b") others.about("two");
      wanted = stillWanted();
      return key;
    };
    await others.answer(list, solve, () => {});
    expect(asked).toEqual(["a", "b"]);
    expect([wanted, still()]).toEqual([false, false]);
    expect(others.of("a") ?? others.of("b")).toBeUndefined();
  });
  test("an engine that was ended leaves the rest open, and says of no model that it refused", async () => {
    const others = new Others();
    others.about("one");
    await others.answer(
      list,
      async ({ key }) => {
        if (key === "b") throw new Cancelled();
        return key;
      },
      () => {},
    );
    expect(list.map(({ key }) => others.of(key))).toEqual([{ reading: "a" }, undefined, undefined]);
  });
});
