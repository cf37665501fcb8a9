// The report's modules by themselves: numbers as text, room for labels, names that look like markup.
import assert from "node:assert/strict";
import { test } from "node:test";
import { adaptive, amount, chance, columnDigits, moneyOf, plain, signed } from "../report/numbers.js";
import { html } from "../report/page.js";
import { withTimes } from "../report/view.js";
import { rangeWithLabels } from "../report/welfare_bars.js";
import { dataOf } from "./outputs.js";
import { agrees, drawn } from "./trace.js";

test("numbers carry a true minus, a sign where a change is meant, and none where they round to nothing", () => {
  assert.equal(plain(-1234.5, 1), "−1,234.5");
  assert.equal(plain(-0.001, 2), "0.00");
  assert.equal(signed(0.5, 1), "+0.5");
  assert.equal(signed(-0.04, 1), "0.0");
  assert.equal(signed(undefined, 2), "–");
  assert.equal(plain(NaN, 2), "–");
});

test("three digits say something, whatever the size", () => {
  assert.deepEqual([12.345, 1.2345, 0.12345, 0.012345, 0.0012345, 1e-6].map(adaptive), [
    "+12.3",
    "+1.23",
    "+0.12",
    "+0.012",
    "+0.0012",
    "0",
  ]);
  assert.deepEqual([[123], [12, -1], [0.5], [0.01]].map(columnDigits), [1, 2, 3, 4]);
});

test("a share just below all does not read as all", () => {
  assert.equal(chance(0.9995), "99.95\u00a0%");
  assert.equal(chance(0.951), "95.1\u00a0%");
  assert.equal(amount(12345.6), "12,346");
  assert.equal(amount(0.0155977), "0.0156");
});

test("money is in the unit that fits its largest value, and a unit that is no money stays", () => {
  const money = moneyOf("million US dollars");
  assert.deepEqual(money([2500]), { scale: 1e-3, name: "billion US dollars", digits: 2 });
  assert.equal(money([0.25]).name, "million US dollars");
  assert.equal(money([2.5e6]).name, "trillion US dollars");
  assert.equal(moneyOf("points")([3]).name, "points");
});

// On 320 pixels as on 1000, the bar that ends nearest to the edge keeps the room that its number needs.
test("every bar keeps room for its number", () => {
  for (const pixels of [200, 320, 1000])
    for (const values of [
      [0.2, 0.5],
      [-0.3, 0.01],
      [-2, -1],
      [0, 0],
      [1e-6, 300],
    ]) {
      const bars = values.map((value) => ({ value, room: 60 })),
        { min, max } = rangeWithLabels(bars, pixels);
      const at = (value) => ((value - min) / (max - min)) * pixels;
      assert.ok(max > min && min <= 0 && max >= 0);
      for (const { value } of bars)
        assert.ok((value < 0 ? at(value) : pixels - at(value)) >= 59.9, `${value} of ${values} on ${pixels}`);
    }
});

test("text of a study is text in a page and in a chart's tooltip", async () => {
  assert.equal(html(`<b a="x">&'`), "&#60;b a=&#34;x&#34;&#62;&#38;&#39;");
  const page = await drawn(dataOf("every-question/results.json"));
  assert.equal(page.root.querySelector("b, i, script"), null);
  assert.ok(page.root.querySelector("h1").textContent.includes("</script><b>at once</b>"));
  for (const chart of page.charts) {
    const tooltip = chart.option.tooltip?.formatter,
      point = { name: "<b>", seriesName: "<b>", value: [0, 0, 0.5], dataIndex: 0 };
    if (tooltip) assert.ok(!tooltip(point).includes("<b>"), chart.label);
  }
});

test("a kind of question that the report does not know has its words and its regions", async () => {
  const results = dataOf("every-question/results.json"),
    { regions } = results.nash.war;
  results.vote = {
    short: { status: "answered", words: ["Most would agree."] },
    long: { status: "answered", words: ["So it goes."], regions, players: ["USA"] },
    none: { status: "failed", error: "nobody came" },
  };
  results.question_order.push(...Object.keys(results.vote).map((name) => ({ kind: "vote", name })));
  const page = await drawn(results),
    part = (name) => page.root.querySelector(`section[aria-label="vote (${name})"]`);
  assert.ok(part("short").textContent.includes("Most would agree.") && !part("short").querySelector("table"));
  assert.ok(part("long").querySelector("table") && part("none").textContent.includes("nobody came"));
  const rows = [...page.root.querySelectorAll("table")].find((t) =>
    t.textContent.startsWith("Change of welfare"),
  ).textContent;
  assert.ok(rows.includes("long") && rows.includes("none") && !rows.includes("short"));
});

test("times come back to their places, and nowhere else", () => {
  const results = { title: "t", scenarios: { a: { certificate: { residual: 1e-14 } } } };
  const times = {
    seconds: 2,
    scenarios: { a: { certificate: { seconds: 0.5 } }, gone: { certificate: { seconds: 1 } } },
  };
  const whole = { title: "t", seconds: 2, scenarios: { a: { certificate: { residual: 1e-14, seconds: 0.5 } } } };
  assert.deepEqual(withTimes(results, times), whole);
  assert.deepEqual(Object.keys(results.scenarios.a.certificate), ["residual"]);
});

test("the tracing of numbers takes a rounded number and no other", () => {
  assert.ok(
    agrees("−1.23", -1.2345) && agrees("+0.0", 0.04) === false && agrees("0.0", 0.04) && agrees("1,235", 1234.6),
  );
  assert.ok(
    !agrees("1.23", -1.2345) && !agrees("−1.24", -1.2345) && !agrees("2.5e−14", 2.6e-14) && agrees("2.5e−14", 2.52e-14),
  );
});
