// Paths over years: lines, table and certificate.
import assert from "node:assert/strict";

export function checkPath(t, name, k) {
  const q = t.results.paths[name],
    part = t.root.querySelector(`[id^="path-${k + 1}-"]`);
  if (q.status !== "answered") return;
  const table = t.table(part, "What the path is worth"),
    scale = t.scaleIn(table.caption);
  assert.equal(table.rows.length, Object.keys(q.regions).length);
  for (const row of table.rows) {
    const one = q.regions[row.name];
    [
      one.welfare_percent,
      one.ev * scale,
      one.impact_percent,
      one.year_welfare_percent.at(-1),
      one.long_run_percent,
      one.long_run_capital_percent,
    ].forEach((v, c) => t.shows(row.cells[c + 1], v));
  }
  const chart = t.chart(part, "Line chart by year"),
    most = Object.keys(q.regions).sort((a, b) => Math.abs(q.regions[b].ev) - Math.abs(q.regions[a].ev));
  chart.option.series.forEach((series, i) => {
    assert.equal(series.name, most[i]);
    t.draws(series, q.regions[most[i]].year_welfare_percent, series.name);
  });
  assert.deepEqual(chart.option.xAxis.data, q.years.map(String));
  const spoken = (v) => (Math.abs(v) < 5e-5 ? 0 : v);
  t.says(
    chart.box,
    most
      .slice(0, 2)
      .flatMap((r) => [spoken(q.regions[r].year_welfare_percent[0]), spoken(q.regions[r].year_welfare_percent.at(-1))]),
    chart.label,
  );
  const [caption] = t.paragraph(part, "From ");
  t.says(caption, [q.years[0], q.years.at(-1), ...q.phases.map((p) => p.from)]);
  const [certificate] = t.paragraph(part, "Certificate: largest residual");
  t.says(certificate, [
    q.certificate.residual,
    q.certificate.long_run_gap,
    q.certificate.tail_error,
    q.certificate.passes_over_trade,
  ]);
  const [rule] = t.paragraph(part, "Capital has a share");
  t.says(rule, [q.capital.share, q.capital.transition, q.capital.discount]);
}
