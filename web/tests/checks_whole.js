// What stands before and after the parts of a report.
import assert from "node:assert/strict";

export function checkHeader(t) {
  const { economy, study, scenario_order: order } = t.results;
  const [question] = t.paragraph(t.root, "The question:").concat(t.paragraph(t.root, "Every number compares"));
  const counts = order.length === 1 ? [] : [order.length];
  const text = question.textContent
    .replace(`the economy “${economy.title || economy.name}”`, "")
    .replace("+1 % means", "");
  t.says(
    question,
    [...counts, economy.regions.length, economy.sectors.length, economy.year].filter((v) => v),
    text,
  );
  if (study.title) assert.equal(t.root.querySelector("h1").textContent, study.title);
}

// A margin in the unit of what is compared: money in words, points, years; none of what is true or false.
function checkMargin(t, cell, claim) {
  const { margin, verdict, deciding } = claim,
    text = cell.textContent,
    compared = `${deciding?.left_text} ${deciding?.right_text}`;
  if (margin === undefined || verdict === "undecided" || /^self_enforcing\w*\(/.test(compared)) {
    t.shows(cell, undefined);
    return;
  }
  t.says(cell, [Math.abs(margin) * t.scaleIn(text)]);
  if (/^(welfare|tariff)\([^/]*$/.test(compared)) assert.match(text, /percentage points?/);
  if (/^(ev|world|others|gain_from_agreement|value_of_dialogue)\([^/]*$/.test(compared)) {
    if (t.factor > 1) assert.ok(text.includes(t.currency), `${claim.text}: ${text}`);
    assert.match(text, /a year/);
  }
  if (verdict !== "negligible") assert.equal(text.endsWith("to spare"), verdict === "holds");
}

export function checkClaims(t) {
  const claims = t.results.claims ?? [];
  const part = t.root.querySelector("#claims");
  assert.equal(Boolean(part), claims.length > 0);
  if (!part) return;
  const counts = ["holds", "fails", "negligible", "undecided"]
    .map((v) => claims.filter((c) => c.verdict === v).length)
    .filter((n) => n);
  t.says(t.paragraph(part, "Statements")[0], [claims.length, ...counts]);
  const verdicts = t.table(part, "Verdicts");
  let weak = 0;
  claims.forEach((claim, k) => {
    const [verdict, , margin] = verdicts.rows[k].cells;
    assert.ok(verdict.textContent.includes(claim.verdict));
    // Weaker where it turns under another assumption, or in more than a tenth of the draws.
    const share = claim.share_of_draws?.[claim.verdict] ?? 1,
      decided = claim.verdict === "holds" || claim.verdict === "fails";
    const brackets = decided && (claim.robust === false || share < 0.9);
    assert.equal(verdict.textContent.startsWith("("), brackets, claim.text);
    if (brackets) ++weak;
    checkMargin(t, margin, claim);
    // The engine's own words, but for how many draws “all” of them are.
    const note = verdicts.rows[k].cells[1].querySelector("span");
    if (note && / in all$/.test(claim.in_draws ?? "")) {
      assert.ok(note.textContent.includes(` in all ${t.results.uncertainty.draws} draws`));
      t.mark(note);
    }
  });
  if (weak) t.says(t.paragraph(part, "In brackets:")[0], [weak]);
  const tests = t.table(part, "The test of each claim");
  claims.forEach((claim, k) => {
    const d = claim.deciding;
    const [, left, , right] = tests.rows[k].cells;
    for (const [cell, words, value] of d
      ? [
          [left, d.left_text, d.left],
          [right, d.right_text, d.right],
        ]
      : []) {
      const written = words.replace(/,(?=\S)/g, ", "),
        rest = cell.textContent.slice(written.length);
      assert.ok(cell.textContent.startsWith(written));
      if (rest) t.says(cell, [value], rest);
      else (assert.equal(Number(words), value), t.mark(cell));
    }
    // Its test stands below it as it is in the study.
    if (!claim.text) return;
    const note = tests.rows[k].cells[0].querySelector("span");
    assert.equal(note.textContent, claim.holds);
    t.mark(note);
  });
}

export function checkVariants(t) {
  const variants = t.results.variants ?? [],
    claims = t.results.claims ?? [];
  const part = t.root.querySelector("#variants");
  assert.equal(Boolean(part), variants.length > 0);
  if (!part) return;
  const signs = { holds: "✓", fails: "✕", negligible: "≈", undecided: "?" };
  [...part.querySelectorAll("ol li")].forEach((item, k) =>
    assert.equal(item.querySelector("strong").textContent, variants[k].name),
  );
  const numbered = (table, before) =>
    table.columns.slice(before).forEach((column, k) => assert.equal(column, String(k + 1)));
  if (claims.length) {
    t.says(t.paragraph(part, "No variant turns")[0], [claims.filter((c) => c.robust).length, claims.length]);
    const matrix = t.table(part, "Claims under each variant");
    numbered(matrix, 2);
    claims.forEach((claim, k) => {
      const [, own, ...rest] = matrix.rows[k].cells.map((cell) => cell.textContent);
      assert.equal(own, signs[claim.verdict]);
      assert.deepEqual(
        rest,
        variants.map((v) => signs[claim.variants?.[v.name] ?? "undecided"]),
      );
      assert.equal(claim.robust, rest.every((sign) => sign === own) && own !== "?");
    });
    matrix.node.querySelectorAll("thead th").forEach((cell) => t.mark(cell));
  }
  const welfare = t.table(part, "Welfare under each variant");
  numbered(welfare, 3);
  welfare.node.querySelectorAll("thead th").forEach((cell) => t.mark(cell));
  const outcomes = outcomesOf(t.results);
  const own = (row) => outcomes.find((o) => o.name === row.name).regions?.[row.cells[1].textContent].welfare_percent;
  const under = (row, v) => v.welfare_percent?.[row.name]?.[row.cells[1].textContent];
  for (const row of welfare.rows)
    row.cells.slice(2).forEach((cell, k) => t.shows(cell, k === 0 ? own(row) : under(row, variants[k - 1])));
  const chart = t.chart(part, "Chart of the change of welfare of each party");
  const points = (value) =>
    welfare.rows.flatMap((row, y) => value(row).flatMap((x) => (x === undefined ? [] : [[x, y]])));
  t.draws(
    chart.option.series[0],
    points((row) => variants.map((v) => under(row, v))),
    chart.label,
  );
  t.draws(
    chart.option.series[1],
    points((row) => [own(row)]),
    chart.label,
  );
}

export const outcomesOf = (results) => [
  ...results.scenario_order.map((name) => ({ name, ...results.scenarios[name] })),
  ...(results.question_order ?? [])
    .filter((q) => q.kind !== "game")
    .map((q) => ({ ...results[q.kind][q.name], name: q.name })),
];

export function checkSummary(t) {
  const all = outcomesOf(t.results),
    answered = all.filter((s) => s.status === "answered"),
    { regions } = t.results.economy;
  if (all.length < 2) return;
  const table = t.table(t.root, "Change of welfare against the base, percent");
  const across = table.columns[0] === "scenario";
  for (const row of table.rows)
    row.cells.slice(1).forEach((cell, k) => {
      const outcome = across ? all.find((s) => s.name === row.name) : all[k],
        region = across ? table.columns[k + 1] : row.name;
      if (outcome.status === "answered") t.shows(cell, outcome.regions[region].welfare_percent);
      else assert.ok(!/\d/.test(cell.textContent));
    });
  if (!answered.length) return;
  const bars = t.charts.find((c) => c.label.includes("one bar for each scenario"));
  assert.equal(bars.option.series.length, answered.length);
  checkBars(t, bars, answered);
  const legend = [...t.root.querySelector("#summary").nextSibling.querySelectorAll("ul li")];
  legend.forEach((item, k) => t.says(item, [k + 1], item.textContent.replace(answered[k].name, "")));
  assert.ok(regions.length > 0);
}

// Bars of welfare: their lengths, and the numbers at their ends.
export function checkBars(t, chart, outcomes) {
  const names = chart.option.yAxis.data;
  // Below the bars of one outcome stand the ends of its bands.
  const whiskers = chart.option.series[outcomes.length];
  if (whiskers) {
    const bands = names.map((r) => t.results.uncertainty.outcomes[outcomes[0].name].regions[r].welfare_percent);
    t.draws(
      whiskers,
      bands.map((b, y) => [b.p05, b.p95, y]),
      chart.label,
    );
  }
  outcomes.forEach((outcome, k) => {
    const series = chart.option.series[k],
      values = names.map((r) => outcome.regions[r].welfare_percent);
    t.draws(series, values, chart.label);
    series.data.forEach((bar, i) => {
      const text = bar.label.formatter.replace(/^\d+: /, "");
      // Below what is spoken of, a change is written as 0.
      if (Math.abs(values[i]) < 5e-5) assert.equal(text, "0");
      else t.says(chart.box, [values[i]], text);
    });
  });
}

// Buttons that show the rest: how many rows there are, or regions in a chart.
function checkButtons(t) {
  for (const button of t.root.querySelectorAll("button")) {
    const rows = button.parentNode.querySelectorAll("tbody tr").length;
    t.says(button, [rows || t.results.economy.regions.length]);
  }
}

export function checkClosing(t) {
  const { results } = t;
  checkButtons(t);
  (results.references ?? []).forEach((reference) => {
    const table = t.tables(t.root, reference.title).find((one) => one.columns.join() === reference.columns.join());
    table.rows.forEach((row, k) =>
      row.cells.forEach((cell, i) => {
        assert.equal(cell.textContent, (reference.rows[k][i] || "–").replace(/^-/, "−"));
        t.mark(cell);
      }),
    );
  });
  assert.equal(/scale economies (on|off)/.test(t.root.textContent), "scale_economies" in results.model);
}
