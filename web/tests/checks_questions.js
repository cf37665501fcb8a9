// What governments choose: each kind of question in the report.
import assert from "node:assert/strict";
import { checkCertificate, checkRegions } from "./checks_scenarios.js";
import { checkBars, outcomesOf } from "./checks_whole.js";

// What a table says that it compares with.
const named = (t, name) =>
  outcomesOf(t.results).some((s) => s.name === name && s.status === "answered") ? `“${name}”` : "the base";

function checkPlayers(t, part, q) {
  const values = {
    "utility, %": (p) => p.utility_percent,
    "welfare, %": (p) => p.welfare_percent,
    [`utility under ${named(t, q.from)}, %`]: (p) => p.in_force_percent ?? p.start_utility_percent,
    [`without a deal: under ${named(t, q.threat)}, %`]: (p) => p.threat_percent,
    "mean tariff, %": (p) => 100 * p.mean_tariff,
    "mean tariff by trade, %": (p) => 100 * p.trade_weighted_tariff,
    "largest gain from deviating": (p) => p.gap,
  };
  const table = t.table(part, "The players");
  for (const row of table.rows)
    row.cells.slice(1).forEach((cell, k) => {
      const name = table.columns[k + 1],
        player = q.players[row.name];
      if (name === "transfer received")
        t.shows(cell, player.transfer === 0 ? undefined : player.transfer * t.scaleIn(cell.textContent));
      else t.shows(cell, values[name](player));
    });
}

function checkSchedules(t, part, q) {
  for (const schedule of q.schedules ?? []) {
    const top = Math.max(0.01, ...schedule.rates.flat());
    const [caption] = t.paragraph(part, `Tariffs of ${schedule.importer} by`),
      chart = t.chart(part, `Heat map of the tariffs of ${schedule.importer},`);
    const words = caption.textContent.replace("From light (0) to dark", ""),
      shown = schedule.exporters.length > 20 ? [20] : [];
    t.says(caption, [...shown, 100 * top], words);
    t.says(chart.box, [100 * top], chart.label.replace("results.json", ""));
    for (const {
      value: [x, y, v],
    } of chart.option.series[0].data)
      t.draws({ data: [v] }, [schedule.rates[schedule.exporters.indexOf(chart.option.yAxis.data[y])][x]], chart.label);
  }
}

function checkCurves(t, part, q) {
  const { rate, response } = q.best_responses,
    [a, b] = Object.keys(q.players);
  const { series } = t.chart(part, "Best-response curves").option;
  t.draws(
    series[0],
    rate.map((r, k) => [100 * response[a][k], 100 * r]),
    "best answers of the first",
  );
  t.draws(
    series[1],
    rate.map((r, k) => [100 * r, 100 * response[b][k]]),
    "best answers of the second",
  );
}

function checkFrontier(t, part, q) {
  const [a, b] = Object.keys(q.players),
    chart = t.chart(part, "Pareto frontier"),
    [frontier, ...points] = chart.option.series;
  t.draws(frontier, q.frontier_percent, "frontier");
  const keys = {
    deal: "utility_percent",
    [q.from]: "in_force_percent",
    [`without a deal: ${q.threat}`]: "threat_percent",
  };
  for (const point of points) {
    const key = keys[point.name],
      value =
        point.name === "base" && q.from !== "base" ? [0, 0] : key ? [q.players[a][key], q.players[b][key]] : [0, 0];
    t.draws(point, [value], point.name);
    const said = chart.label.slice(chart.label.indexOf(`${point.name} at `) + point.name.length).split(";")[0];
    const spoken = value.map((v) => (Math.abs(v) < 5e-5 ? 0 : v));
    t.says(chart.box, spoken, said);
  }
}

function checkOthers(t, part, q, players) {
  const [table] = t.tables(part, "Compared with");
  if (!table) return;
  // Against what the engine's sentences compare with: what happens without the deal, else what was in force.
  const against = q.threat ?? q.from,
    before = outcomesOf(t.results).find((s) => s.name === against && s.status === "answered");
  assert.ok(table.caption.startsWith(`Compared with ${named(t, against)}`));
  assert.equal(table.columns[2], `change of real income against ${named(t, against)}, %`);
  const ratio = (s, r) => 1 + (s?.regions[r].welfare_percent ?? 0) / 100;
  const change = (r) => q.regions[r].ev - (before?.regions[r].ev ?? 0),
    scale = t.scaleIn(table.caption);
  const others = t.results.economy.regions.filter((r) => !players.includes(r));
  for (const row of table.rows) {
    if (row.name === "all of them") t.shows(row.cells[1], others.reduce((sum, r) => sum + change(r), 0) * scale);
    else {
      t.shows(row.cells[1], change(row.name) * scale);
      t.shows(row.cells[2], 100 * (ratio(q, row.name) / ratio(before, row.name) - 1));
    }
  }
  assert.equal(table.rows.length, others.length + 1);
}

export function checkPayoffs(t, table, payoffs, [a, b]) {
  const scale = t.scaleIn(table.caption);
  table.rows.forEach((row, i) =>
    row.cells
      .slice(1)
      .forEach((cell, j) => t.says(cell, [payoffs[a][i][j] * scale, payoffs[b][i][j] * scale], cell.textContent)),
  );
}

function checkGame(t, part, q) {
  const players = Object.keys(q.game_class);
  checkPayoffs(t, t.table(part, "Payoffs in"), q.payoffs, players);
  for (const { name, cells } of t.table(part, "With “").rows) {
    assert.equal(cells[1].textContent, q.game_class[name]);
    t.shows(cells[2], q.critical_discount?.[name]);
    t.shows(cells[3], q.relative_gains_threshold?.[name]);
  }
}

function checkIssues(t, part, q) {
  const table = t.table(part, "Each issue settled alone");
  q.issues.forEach((issue, k) => {
    const { cells } = table.rows[k];
    assert.equal(cells[1].textContent, issue.settled ? "yes" : "no");
    cells.slice(2).forEach((cell, i) => {
      const p = table.columns[i + 2];
      t.shows(cell, issue.alone_utility_percent[p] - q.status_quo_utility_percent[p]);
    });
  });
}

function checkOwnCertificate(t, part, c) {
  const values = [
    ...(c.gap === undefined ? [] : [c.gap, c.deviations]),
    c.bargaining,
    c.step,
    c.projected_gradient,
    ...(c.probe_gain_percent !== undefined && c.probes ? [c.probes, c.probe_gain_percent] : []),
    c.pareto_gain_percent,
    c.equilibria !== undefined && c.method ? c.equilibria : undefined,
    c.sweeps,
    c.seconds === undefined ? undefined : 1000 * c.seconds,
  ].filter((v) => v !== undefined);
  const [line] = t.paragraph(part, "Certificate: ");
  t.says(line, values, line.textContent.replace("ln(1 + rate)", ""));
}

export function checkQuestion(t, { kind, name }, k) {
  const q = t.results[kind][name],
    part = t.root.querySelector(`[id^="question-${k + 1}-"]`);
  if (q.status !== "answered") return assert.ok(part.textContent.includes(q.error));
  for (const words of q.words) assert.ok(part.textContent.includes(words));
  if (kind === "game") return checkGame(t, part, q);
  if (q.players) checkPlayers(t, part, q);
  if (q.issues) checkIssues(t, part, q);
  if (q.best_responses) checkCurves(t, part, q);
  if (q.frontier_percent) checkFrontier(t, part, q);
  checkSchedules(t, part, q);
  checkOthers(t, part, q, kind === "optimal" ? [q.player] : Object.keys(q.players ?? q.utility_percent));
  checkRegions(t, part, q);
  checkBars(t, t.chart(part, "Bar chart of the change of welfare"), [{ name, ...q }]);
  checkOwnCertificate(t, part, q.certificate);
  checkCertificate(t, part, q.equilibrium_certificate);
}
