// The part of a report about draws: bands, shares of claims, figures, drivers.
import assert from "node:assert/strict";
import { figureName } from "../report/figures.js";

const percent = (v) => (v === undefined ? undefined : 100 * v);
const shares = ["holds", "negligible", "undecided", "failed", "fails"];

export function checkUncertainty(t) {
  const { uncertainty: u } = t.results;
  const part = t.root.querySelector("#uncertainty");
  assert.equal(Boolean(part), Boolean(u));
  if (!part) return;
  if (u.status !== "answered") return t.mark(part);
  const words = [...part.children].filter((child) => child.tagName === "P").map((p) => p.textContent);
  assert.deepEqual(words.slice(0, u.words.length), u.words);
  checkBands(t, part, u);
  checkFan(t, part, u);
  checkShares(t, part);
  checkFigures(t, part, u);
  checkDrivers(t, part, u);
}

function checkBands(t, part, u) {
  const [table] = t.tables(part, "Bands of the change of welfare");
  if (!table) return;
  table.node.querySelectorAll("thead th").forEach((cell) => t.mark(cell));
  const bands = table.rows.map((row) => u.outcomes[row.name].regions[row.cells[1].textContent].welfare_percent);
  assert.ok(bands.length >= u.outcome_order.length);
  table.rows.forEach((row, k) => {
    const b = bands[k];
    const values = [b.point, b.mean, b.error?.mean, b.sd, b.p05, b.p50, b.p95, percent(b.positive)];
    row.cells.slice(2).forEach((cell, i) => t.shows(cell, values[i]));
  });
  const drawnBands = bands.filter((b) => b.p05 !== undefined);
  if (!drawnBands.length) return;
  const chart = t.chart(part, "Chart of the bands of the change of welfare");
  t.draws(
    chart.option.series[0],
    drawnBands.map((b, y) => [b.p05, b.p25, b.p75, b.p95, y]),
    chart.label,
  );
}

// As it opens: the first number that is offered, of the first region.
function checkFan(t, part, u) {
  const [chart] = t.charts.filter((c) => c.label.startsWith("Fan chart") && part.contains(c.box));
  if (!chart) return;
  const selects = [...chart.box.parentNode.querySelectorAll("select")];
  const region = selects[0].querySelector("option").textContent;
  const key = ["imports_gdp_percent", "exports_gdp_percent", "welfare_percent"].find((k) =>
    Object.values(u.outcomes).some((o) => o.regions[region][k]),
  );
  assert.ok(selects[1].querySelector("option").textContent.startsWith(key.split("_")[0]));
  const names = u.outcome_order.filter((o) => u.outcomes[o].regions[region]?.[key]?.p05 !== undefined);
  assert.deepEqual(chart.option.xAxis.data, names);
  const bands = names.map((o) => u.outcomes[o].regions[region][key]);
  const [p05, to25, to75, to95, median, point] = chart.option.series;
  bands.forEach((b, k) => {
    // The areas are stacked: their tops are the quantiles.
    const tops = [p05, to25, to75, to95].map(
      (
        (sum) => (s) =>
          (sum += s.data[k])
      )(0),
    );
    [b.p05, b.p25, b.p75, b.p95].forEach((q, i) => assert.ok(Math.abs(tops[i] - q) <= 1e-9 * (1 + Math.abs(q))));
    t.checked += 4;
  });
  t.draws(
    median,
    bands.map((b) => b.p50),
    chart.label,
  );
  t.draws(
    point,
    bands.map((b) => b.point ?? null),
    chart.label,
  );
}

function checkShares(t, part) {
  const claims = (t.results.claims ?? []).filter((c) => c.share_of_draws);
  if (!claims.length) return;
  const table = t.table(part, "Claims over the draws");
  claims.forEach((claim, k) => {
    const [first, ...rest] = table.rows[k].cells;
    const note = first.querySelector("span");
    const { draws } = t.results.uncertainty;
    assert.equal(note.textContent, claim.in_draws.replace(/ in all$/, ` in all ${draws} draws`));
    t.mark(note);
    // Finite draws give no chance of 1 or 0.
    rest.forEach((cell, i) => {
      const share = claim.share_of_draws[shares[i]] ?? 0;
      if (share === 0) assert.equal(cell.textContent, "none");
      else if (share === 1) t.says(cell, [draws]);
      else t.shows(cell, percent(share));
    });
  });
  const chart = t.chart(part, "Chart of the share of draws in which each claim holds");
  shares.forEach((name, i) =>
    t.draws(
      chart.option.series[i],
      claims.map((c) => c.share_of_draws[name] ?? 0),
      chart.label,
    ),
  );
}

function checkFigures(t, part, u) {
  const [table] = t.tables(part, "What governments and relations give over the draws");
  const all = Object.entries(u.answers ?? {}).flatMap(([name, a]) =>
    Object.entries(a.figures ?? {}).map(([figure, b]) => ({ name, figure, b })),
  );
  assert.equal(Boolean(table), all.length > 0);
  if (!table) return;
  table.node.querySelectorAll("thead th").forEach((cell) => t.mark(cell));
  table.rows.forEach((row, k) => {
    const { name, figure, b } = all[k];
    assert.deepEqual([row.name, row.cells[1].textContent], [name, figureName(figure)]);
    assert.ok(!row.cells[1].textContent.includes("_"), "a figure has a name in words");

    [b.point, b.mean, b.error?.mean, b.p05, b.p50, b.p95].forEach((v, i) => t.shows(row.cells[2 + i], v));
  });
}

function checkDrivers(t, part, u) {
  const [table] = t.tables(part, "Largest drivers");
  if (!table) return;
  const label = (name) => u.inputs.find((i) => i.name === name).label;
  const lists = [
    ...u.outcome_order.flatMap((outcome) =>
      Object.entries(u.outcomes[outcome].drivers ?? {}).map(([region, list]) => [
        `Welfare of ${region} under ${outcome}`,
        list,
      ]),
    ),
    ...Object.entries(u.answers ?? {}).flatMap(([name, a]) =>
      Object.entries(a.drivers ?? {}).map(([figure, list]) => [`${name}: ${figureName(figure)}`, list]),
    ),
  ];
  const known = new Map(lists);
  for (const row of table.rows) {
    const list = known.get(row.name);
    assert.ok(list, row.name);
    [0, 1, 2].forEach((k) => {
      if (list[k]) assert.equal(row.cells[1 + 2 * k].textContent, label(list[k].input));
      t.shows(row.cells[2 + 2 * k], percent(list[k]?.share));
    });
  }
  const chart = t.chart(part, "Tornado chart");
  const first = known.get(table.rows[0].name).slice(0, 8);
  t.draws(
    chart.option.series[0],
    first.map((d) => d.share),
    chart.label,
  );
}
