// A scenario's part of the report, and the parts that questions share with it.
import assert from "node:assert/strict";
import { checkBars } from "./checks_whole.js";

const columns = {
  "welfare, %": "welfare_percent",
  "welfare, money": "ev",
  "real wage, %": "real_wage_percent",
  "employment, %": "employment_percent",
  "exports, %": "exports_percent",
  "imports, %": "imports_percent",
  "tariff revenue, base": "tariff_revenue",
  "tariff revenue, scenario": "tariff_revenue",
};

export function checkRegions(t, part, outcome) {
  const table = t.table(part, "By region, change against the base"),
    money = t.scaleIn(table.caption);
  for (const row of table.rows)
    row.cells.slice(1).forEach((cell, k) => {
      const name = table.columns[k + 1],
        source = name === "tariff revenue, base" ? t.results.base.regions : outcome.regions;
      const value = source[row.name][columns[name]];
      t.shows(cell, value === undefined ? undefined : value * (/money|revenue/.test(name) ? money : 1));
    });
  assert.deepEqual(table.rows.map((r) => r.name).sort(), [...t.results.economy.regions].sort());
}

export function checkCertificate(t, part, c) {
  const time = c.seconds === undefined ? [] : [c.seconds < 1 ? 1000 * c.seconds : c.seconds];
  const [line] = t.paragraph(part, "Certificate: converged");
  t.says(line, [c.residual, c.walras, c.iterations, ...time]);
}

function checkSentence(t, part, s) {
  const [line] = t.paragraph(part, "Real income").concat(t.paragraph(part, "Nothing moves"));
  if (line.textContent.startsWith("Nothing moves")) {
    for (const region of Object.values(s.regions)) assert.ok(Math.abs(region.welfare_percent) < 5e-5);
    return;
  }
  const list = Object.values(s.regions),
    still = 5e-5,
    n = list.length;
  const won = list.filter((r) => r.welfare_percent > still).length,
    lost = list.filter((r) => r.welfare_percent < -still).length;
  const values = [];
  const names = Object.keys(s.regions)
    .map((r) => r.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
  const cuts = new RegExp(`(?<=\\.) (?=Real|All)|[;:] (?=(?:${names}) [+−0])`);
  for (const piece of line.textContent.split(cuts)) {
    const name = Object.keys(s.regions).find((r) => piece.startsWith(`${r} `)),
      scale = t.scaleIn(piece);
    if (name) values.push(s.regions[name].welfare_percent, s.regions[name].ev * scale);
    else if (/^Real income (rises|falls) in no/.test(piece)) continue;
    else if (piece.startsWith("Real income rises")) values.push(...(piece.includes("in all ") ? [n] : [won, n]));
    else if (piece.startsWith("Real income falls")) values.push(...(piece.includes("in all ") ? [n] : [lost, n]));
    else values.push(list.reduce((sum, r) => sum + r.ev, 0) * scale);
  }
  t.says(line, values);
}

function checkParts(t, part, s) {
  const key = (name) =>
    ({
      "sum: 100 ln W": "log_welfare_percent",
      "their sum": "welfare_percent",
      "error of the integral": "error_percent",
    })[name] ?? `${name.replaceAll(" ", "_")}_percent`;
  for (const [group, start] of [
    ["decomposition", "Exact, in percent"],
    ["first_order", "The formula that Caliendo"],
  ])
    for (const table of t.tables(part, start))
      for (const row of table.rows)
        row.cells.slice(1).forEach((cell, k) => {
          const name = table.columns[k + 1],
            region = s.regions[row.name];
          const value = name === "exact welfare" ? region.welfare_percent : region[group][key(name)];
          t.shows(cell, name === "error of the integral" ? Math.abs(value) : value);
        });
}

function checkTariffs(t, part, s) {
  const { regions } = t.results.economy,
    { base } = t.results,
    at = (name) => regions.indexOf(name);
  for (const table of t.tables(part, "Mean over")) {
    const rates = (row, what) => [base, s].map((o) => o[what]?.[at(row.from)][at(row.to)] ?? 0);
    for (const { cells } of table.rows) {
      const [to, what, ...numbers] = cells.map((c) => c.textContent);
      const [, kind, from] = /^(?:(goods|services) from )?(.*)$/.exec(what);
      const [before, after] = rates({ from, to }, kind === "services" ? "service_tariffs" : "tariffs");
      [100 * before, 100 * after, 100 * (after - before)].forEach((value, k) => t.shows(cells[k + 2], value));
      assert.equal(numbers.length, 3);
    }
    const moved = ["tariffs", "service_tariffs"]
      .flatMap((key) => regions.flatMap((from) => regions.map((to) => rates({ from, to }, key))))
      .filter(([x, y]) => Math.abs(y - x) > 1e-9);
    const caption = part.querySelectorAll("p.caption");
    for (const line of caption)
      if (line.textContent === table.caption && moved.length > 12)
        (t.says(line, [12, moved.length]), t.mark(table.node.querySelector("caption")));
  }
}

function checkTradeMap(t, part, s) {
  const { regions } = t.results.economy,
    { base } = t.results;
  const change = (i, j) => 100 * (s.trade[i][j] / base.trade[i][j] - 1);
  const chart = t.chart(part, "Heat map of the change of exports"),
    names = chart.option.yAxis.data;
  for (const {
    value: [x, y, v],
  } of chart.option.series[0].data) {
    const [i, j] = [names[y], names[x]].map((name) => regions.indexOf(name));
    t.draws({ data: [v] }, [change(i, j)], chart.label);
  }
  for (const [, from, to, number] of chart.label.matchAll(/[:;] ([^;:]+?) to ([^;:]+?) (\S+) percent/g))
    t.says(chart.box, [change(regions.indexOf(from), regions.indexOf(to))], number);
  const [caption] = t.paragraph(part, "Exports of the row's region");
  if (names.length < regions.length) t.says(caption, [names.length]);
  const range = chart.option.visualMap.max;
  const ramp = [...part.querySelectorAll(".ramp")].at(-1);
  t.says(ramp, [-range, range]);
}

export function checkScenario(t, name, k) {
  const s = t.results.scenarios[name];
  const part = t.root.querySelector(`[id^="scenario-${k + 1}-"]`);
  if (s.status !== "answered") return assert.ok(part.textContent.includes(s.error));
  checkSentence(t, part, s);
  checkRegions(t, part, s);
  checkParts(t, part, s);
  if (Object.values(s.regions).some((r) => Math.abs(r.welfare_percent) > 5e-5)) {
    checkBars(t, t.chart(part, "Bar chart of the change of welfare"), [{ name, ...s }]);
    if (t.results.economy.regions.length > 1) checkTradeMap(t, part, s);
  }
  checkTariffs(t, part, s);
  checkCertificate(t, part, s.certificate);
}
