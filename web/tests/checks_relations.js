// The relation over time, its ledger, and shared challenges.
import assert from "node:assert/strict";
import { verdictWord } from "../report/answers.js";
import { checkPayoffs } from "./checks_questions.js";

const percent = (v) => (v === undefined || v === null ? v : 100 * v);

function checkThirdCountries(t, part, q, [a, b]) {
  const [table] = t.tables(part, "In ").filter((one) => one.caption.includes("by what"));
  const others = Object.keys(q.payoffs).filter((r) => r !== a && r !== b);
  assert.equal(Boolean(table), others.length > 0);
  if (!table) return;
  const scale = t.scaleIn(table.caption),
    cases = q.actions.flatMap((x, i) => q.actions.map((y, j) => [`${x} / ${y}`, i, j]));
  const byCase = table.columns[0] === a;
  table.rows.forEach((row, r) =>
    row.cells.slice(byCase ? 2 : 1).forEach((cell, k) => {
      const [, i, j] = cases[byCase ? r : k],
        region = byCase ? table.columns[k + 2] : row.name;
      t.shows(cell, q.payoffs[region][i][j] * scale);
    }),
  );
}

function checkNeeds(t, part, q) {
  const table = t.table(part, "By side");
  const rows = {
    "patience needed": (p) => q.critical_discount?.[p],
    "patience it has": (p) => q.discount[p],
    "room to spare": (p) => q.slack[p],
    "reliability needed": (p) =>
      q.fidelity_threshold_by_side[p] && percent(q.fidelity_threshold_by_side[p] ** (1 / q.period_years)),
    "share kept": (p) => percent(q.kept_share?.[p]),
    "begrudging that ends it": (p) => q.relative_gains_threshold[p],
    "begrudging it has": (p) => q.relative_gains[p],
    "fair share": (p) => q.coco[p],
    "with measured answers": (p) => q.compensation.value[p],
  };
  for (const row of table.rows)
    row.cells.slice(1).forEach((cell, k) => {
      const p = table.columns[k + 1],
        [label] = row.name.split(",");
      if (label === "kind of game") assert.equal(cell.textContent, q.game_class[p]);
      else if (label === "reliability estimated") {
        const { mean, low, high } = q.fidelity[p],
          year = (v) => percent(v ** (1 / q.period_years));
        t.says(cell, (high > low ? [mean, low, high] : [mean]).map(year), cell.textContent);
      } else t.shows(cell, rows[label](p) === undefined ? undefined : rows[label](p) * t.scaleIn(row.name));
    });
}

function yearsIn(text, years) {
  return text.includes("month") ? 12 * years : years;
}

function checkWhole(t, part, q) {
  const [table] = t.tables(part, "With “");
  if (!table) return;
  t.says(
    t.paragraph(part, table.caption)[0],
    [yearsIn(table.caption.split("a period is")[1], q.period_years)],
    table.caption.split("a period is")[1],
  );
  t.mark(table.node.querySelector("caption"));
  for (const {
    name,
    cells: [, cell],
  } of table.rows) {
    const text = cell.textContent,
      yes = (value) => assert.equal(text, value ? "✓ yes" : "✕ no");
    const best = (one) =>
      t.says(
        cell,
        Object.keys(one.payoff).map((p) => one.payoff[p] * t.scaleIn(text)),
        text,
      );
    if (name === "holds by itself") q.verdict ? assert.equal(text, verdictWord(q.verdict)) : yes(q.self_enforcing);
    else if (name === "without accidents")
      q.verdict_without_lapses
        ? assert.equal(text, verdictWord(q.verdict_without_lapses))
        : yes(q.self_enforcing_without_lapses);
    else if (name === "measured answers deter") yes(q.compensation.equilibrium);
    else if (name === "closest to leaving") assert.equal(text, q.binding);
    else if (name === "shortest answer that deters") {
      const { periods, years } = q.minimum_punishment;
      if (periods === "forever") assert.equal(text, "war for ever");
      else t.says(cell, [periods, yearsIn(text.split("(")[1], years)]);
    } else if (name === "reliability needed") t.shows(cell, percent(q.fidelity_threshold_year));
    else if (name === "peace lasts on average") t.says(cell, [yearsIn(text, q.expected_peace_years)]);
    else if (name === "time at war") t.shows(cell, percent(q.war_share));
    else if (name === "conflict in the relation") t.shows(cell, percent(q.conflict_share));
    else if (name === "best outcome that can last") best(q.nash_agreement);
    else (best(q.coco_agreement), assert.equal(name, "even-handed outcome that can last"));
  }
}

function checkMap(t, part, q) {
  const map = q.region_map;
  if (!map) return;
  const chart = t.chart(part, "Map of reliability"),
    cells = map.a.flatMap((row, r) => row.map((holds, c) => holds && map.b[r][c]));
  const both = cells.filter(Boolean).length / cells.length,
    year = (v) => v ** (1 / q.period_years);
  t.says(
    chart.box,
    [both, ...q.players.flatMap((p) => [year(q.fidelity[p].mean), year(q.discount[p])])].map((v, k) =>
      k % 2 ? percent(v) : k ? v : percent(v),
    ),
    chart.label,
  );
  for (const p of q.players) {
    const [mean, low, high, patience] = [
      ...["mean", "low", "high"].map((key) => q.fidelity[p][key]),
      q.discount[p],
    ].map(year);
    const [bar, mark] = ["line", "scatter"].map((type) =>
      chart.option.series.find((s) => s.name === p && s.type === type),
    );
    t.draws(mark, [[mean, patience]], p);
    assert.equal(Boolean(bar), high > low);
    if (bar)
      t.draws(
        bar,
        [
          [low, patience],
          [high, patience],
        ],
        p,
      );
  }
}

function checkCooperation(t, part, q) {
  const curve = q.cooperation_curve,
    { players } = q;
  if (!curve) return;
  if (curve.discount.length > 1) {
    const [share] = t.chart(part, "Share of the agreement's gains").option.series,
      means = t.chart(part, "Mean tariffs of").option.series;
    const along = (values) => curve.discount.map((d, k) => [d, 100 * values[k]]);
    t.draws(share, along(curve.share), "share");
    players.forEach((p, k) => t.draws(means[k], along(curve.mean_tariff[p]), p));
    const [words] = t.paragraph(part, "The best tariffs that the fear");
    t.says(words, curve.nothing_holds.length ? [Math.max(...curve.nothing_holds)] : []);
  }
  if (!curve.now?.holds) return;
  for (const { name, cells } of t.table(part, "The best tariffs at the patience").rows) {
    [q.discount[name], percent(curve.now.share), percent(curve.now.mean_tariff[name])].forEach((v, k) =>
      t.shows(cells[k + 1], v),
    );
    if (curve.now.slack[name] >= 1e-3) t.shows(cells[4], percent(curve.now.slack[name]));
    else assert.ok(cells[4].textContent.startsWith("nothing"));
  }
}

function checkEscape(t, part, q) {
  if (!q.escape) return;
  t.table(part, "An escape clause").rows.forEach(({ cells }, k) => {
    const state = q.escape.states[k];
    (t.shows(cells[0], state.factor), t.shows(cells[1], percent(state.share)));
    t.shows(cells[2], 100 * state.policy);
    q.players.forEach((p, i) => t.shows(cells[i + 3], 100 * state.mean_tariff[p]));
  });
}

function checkSet(t, part, q) {
  const set = q.payoff_set;
  const [caption] = t.paragraph(part, "Every point is a pair"),
    chart = t.chart(part, "Set of payoffs"),
    scale = t.scaleIn(caption.textContent);
  // The gap is measured on payoffs scaled to [0, 1]: a share, never money.
  const gap = caption.textContent.match(/differ by at most (.*) of what is at stake/);
  assert.equal(Boolean(gap), set.inner.length > 0 && set.gap !== null);
  t.says(caption, gap ? [percent(set.gap)] : []);
  const scaled = (points) => points.map((p) => p.map((v) => v * scale)),
    closed = (points) => [...points, points[0]];
  const named = (name) => chart.option.series.find((s) => s.name === name && s.type !== "custom");
  if (set.vertices.length) t.draws(named("can last"), scaled(closed(set.vertices)), "outer");
  if (set.inner.length) t.draws(named("can surely last (inner bound)"), scaled(closed(set.inner)), "inner");
  if (set.feasible.length) t.draws(named("possible if promises bound"), scaled(closed(set.feasible)), "feasible");
  for (const name of ["agreement", "war"]) t.draws(named(name), scaled([set[name]]), name);
  t.says(chart.box, [...scaled([set.agreement, set.war]).flat()], chart.label);
}

function checkHistory(t, part, history, which) {
  const { war, lapse, seed, years } = history ?? {};
  if (!war) return;
  t.says(t.paragraph(part, "A history drawn")[which], [seed]);
  const spells = war.filter((now, k) => now && !(k && war[k - 1])).length,
    lapses = (bit) => lapse.filter((l) => l & bit).length;
  const step = years[1] - years[0],
    chart = t.charts.filter((c) => c.label.startsWith("Strip of peace") && part.contains(c.box))[which],
    words = part.querySelectorAll("figure p");
  const values = [spells, Math.round(war.length * step), lapses(1), lapses(2)];
  const line = [...words].filter((p) => p.textContent.includes("of war in"))[which];
  (t.says(line, values), t.says(chart.box, values, chart.label));
  const strip = chart.option.series[0].data;
  assert.equal(
    strip.reduce((sum, [from, , to, w]) => sum + (w ? (to - from) / step : 0), 0),
    war.filter(Boolean).length,
  );
}

function checkAnswers(t, part, q) {
  if (!q.answers?.length) return;
  const of = t.table(part, "Answers to a breach");
  q.answers.forEach((answer, k) => {
    const cells = of.rows[k].cells.map((cell) => cell),
      n = 2 + q.players.length;
    assert.equal(cells[1].textContent, verdictWord(answer.holds));
    q.players.forEach((p, i) => t.shows(cells[i + 2], percent(answer.kept_share[p])));
    if (typeof answer.years === "number") t.says(cells[n], [answer.years]);
    if (answer.probability !== undefined) t.says(cells[n + 1], [percent(answer.probability)]);
    if (answer.expected_peace_years !== undefined) t.says(cells[n + 2], [answer.expected_peace_years]);
    t.shows(cells[n + 3], answer.survival_10_years === undefined ? undefined : percent(answer.survival_10_years));
    t.shows(cells[n + 4], answer.answer_share === undefined ? undefined : percent(answer.answer_share));
  });
}

function checkPartner(t, part, q) {
  const sides = Object.entries(q.trust ?? {});
  if (!sides.length) return;
  const of = t.table(part, "What becomes of a partner");
  sides
    .flatMap(([, one]) => [one.reciprocator, one.opportunist])
    .forEach((path, k) => {
      const { cells } = of.rows[k];
      [
        percent(path.learnt),
        path.years_to_learn,
        percent(path.broken),
        path.years_to_break,
        percent(path.undecided),
      ].forEach((v, i) => t.shows(cells[i + 2], v));
    });
  for (const [p, { concession }] of sides) {
    if (!concession.exists) continue;
    const [words] = t.paragraph(part, `To tell a partner: a concession of ${p}`),
      scale = t.scaleIn(words.textContent);
    t.says(words, [concession.from * scale, concession.to * scale]);
  }
}

function checkDialogue(t, part, q) {
  const d = q.dialogue;
  if (!d) return;
  t.says(t.paragraph(part, "After a breach the two")[0], [percent(d.accuracy), d.summits_per_year]);
  const windows = [d.without, d.with],
    compared = t.table(part, "Without a channel and with it");
  const rows = [
    (w) => (w.periods === "forever" ? undefined : w.years),
    (w) => w.expected_peace_years,
    (w) => percent(w.war_share),
    ...q.players.map((p) => (w) => percent(w.kept_share?.[p])),
  ];
  rows.forEach((of, k) =>
    windows.forEach((w, column) => {
      const cell = compared.rows[k].cells[column + 1],
        value = of(w);
      if (value === undefined || Number.isNaN(value)) assert.ok(!/\d/.test(cell.textContent), cell.textContent);
      else t.says(cell, [value]);
    }),
  );
  const worth = t.table(part, "What the channel is worth"),
    scale = t.scaleIn(worth.caption);
  q.players.forEach((p, k) => {
    const [, year, coin, each, from] = worth.rows[k].cells;
    t.says(year, [d.worth_per_year[p] * scale]);
    t.says(coin, [d.worth_of_coin[p] * scale]);
    t.shows(each, d.worth_per_summit ? d.worth_per_summit[p] * scale : undefined);
    t.shows(from, d.pays_from?.[p] === undefined ? undefined : percent(d.pays_from[p]));
  });
  if (d.over_best_answer)
    t.says(
      t.paragraph(part, "That is over a trade war after every breach")[0],
      q.players.map((p) => d.over_best_answer.worth_per_year[p] * scale),
    );
  const map = t.chart(part, "Map of accuracy and reliability"),
    { fidelity_year: fidelity, accuracy, holds } = d.region;
  const cells = fidelity.flatMap((f, r) => accuracy.map((a, c) => [f, a, holds[r][c]]));
  t.draws(map.option.series[0], cells, map.label);
  t.says(map.box, [percent(cells.filter((c) => c[2]).length / cells.length)], map.label);
}

function checkTrust(t, part, q) {
  for (const [p, trust] of Object.entries(q.trust ?? {})) {
    const { learning: dialogue } = trust;
    const [line] = t.paragraph(part, `${p} does not know`);
    t.says(line, [trust.prior, trust.threshold, trust.reassurance].filter((v) => v !== undefined).map(percent));
    const belief = t.chart(part, `Belief of ${p}`),
      [kept, broke] = belief.option.series;
    t.draws(
      kept,
      trust.belief_reciprocator.map((v, k) => [trust.years[k], 100 * v]),
      p,
    );
    t.draws(
      broke,
      trust.belief_opportunist.map((v, k) => [trust.years[k], 100 * v]),
      p,
    );
    t.says(
      belief.box,
      [trust.belief_reciprocator, trust.belief_opportunist].flatMap((l) => [percent(l[0]), percent(l.at(-1))]),
      belief.label,
    );
    const [talks] = t.paragraph(part, "Were the other's nature").filter((one) => one.textContent.includes(`to ${p},`));
    const money = t.scaleIn(talks.textContent);
    t.says(talks, [percent(dialogue.accuracy), dialogue.gain_per_year * money, dialogue.gain_per_summit * money]);
    const table = t.table(part, `Value of being told to ${p},`),
      scale = t.scaleIn(table.caption);
    dialogue.table.forEach((row, k) =>
      [percent(row.accuracy), percent(row.fidelity), percent(row.prior), row.gain_per_year * scale].forEach((v, i) =>
        t.shows(table.rows[k].cells[i], v),
      ),
    );
    const chart = t.chart(part, `Value of being told to ${p} by`);
    for (const series of chart.option.series)
      for (const [accuracy, gain] of series.data)
        assert.ok(
          dialogue.table.some((row) => 100 * row.accuracy === accuracy && row.gain_per_year * scale === gain),
          series.name,
        );
    const prior = dialogue.table
      .map((r) => r.prior)
      .reduce((best, v) => (Math.abs(v - trust.prior) < Math.abs(best - trust.prior) ? v : best));
    const [caption] = t.paragraph(part, `What being told is worth to ${p}`);
    t.says(caption, [percent(prior)], caption.textContent.replace("(50 % is a coin toss)", ""));
  }
}

function checkLinks(t, part, q) {
  if (!q.linkage) return;
  const table = t.table(part, "Room to spare by issue"),
    scale = t.scaleIn(table.caption);
  table.rows.forEach(({ cells }, k) => {
    const slack = q.linkage.issues[k]?.slack ?? q.linkage.pooled_slack;
    cells.slice(4).forEach((cell, i) => t.shows(cell, slack[table.columns[i + 4]] * scale));
  });
  assert.equal(table.rows.length, q.linkage.issues.length + 1);
}

function checkTransferStages(t, part, q) {
  const [table] = t.tables(part, "What holds from which patience on");
  assert.equal(Boolean(table), Boolean(q.transfer_stages));
  if (!table) return;
  const scale = t.scaleIn(table.caption);
  table.rows.forEach(({ cells }, k) => {
    const stage = q.transfer_stages[k];
    t.shows(cells[0], stage.discount);
    assert.equal(cells[1].textContent, stage.agreement.join(", "));
    [stage.joint, ...q.players.map((p) => stage.punishment[p])].forEach((v, i) => t.shows(cells[2 + i], v * scale));
  });
  assert.equal(table.rows.length, q.transfer_stages.length);
}

function checkLedger(t, part, ledger) {
  if (!ledger) return;
  const { rules } = ledger;
  t.says(
    t.paragraph(part, "The same rules")[0],
    [rules.kept_share, rules.kept_in_part_share, rules.on_track_share].map(percent),
  );
  const record = t.table(part, `${ledger.title}, as of`);
  ledger.commitments.forEach((c, k) => {
    const { cells } = record.rows[k],
      due =
        c.at_due && c.at_due.share_of_target !== null ? c.at_due : c.reported.find((r) => r.share_of_target !== null);
    t.shows(cells[4], due ? percent(due.share_of_target) : undefined);
    assert.ok(cells[2].textContent.includes(c.status) && [c.due, "open"].includes(cells[3].textContent));
    const note = cells[0].querySelector("span");
    const amounts = !due
      ? []
      : due.low !== null && due.high > due.low
        ? [due.low, due.high, c.quantity]
        : [due.value, c.quantity];
    const text = c.ended ? note.textContent.replace(`judged to ${c.ended}: ${c.ended_reason}`, "") : note.textContent;
    if (due) t.says(note, amounts, text);
  });
  const fidelity = t.table(part, "How often each side's promises"),
    [caption] = t.paragraph(part, "How often each side's promises");
  (t.says(caption, [percent(rules.interval)]), t.mark(fidelity.node.querySelector("caption")));
  ledger.fidelity.forEach((f, k) => {
    const { cells } = fidelity.rows[k];
    [f.kept, f.kept_in_part, f.broken, f.undecided].forEach((v, i) => t.shows(cells[i + 2], v));
    [f.strict, f.graded_target].forEach((e, i) => t.says(cells[i + 6], [e.mean, e.low, e.high].map(percent)));
    t.shows(cells[8], f.restraint_years);
    t.shows(cells[9], f.breaches);
    t.shows(cells[10], percent(f.graded_target.prior_weight));
  });
  for (const chart of t.charts.filter((c) => c.label.startsWith("Running total") && part.contains(c.box))) {
    const words = chart.box.closest("figure").querySelector("figcaption").textContent,
      c = ledger.commitments.find((one) => words.startsWith(`${one.text || one.id} (`)),
      { expected, observed } = c.timeline;
    t.draws(
      chart.option.series.find((s) => s.name === "due by then"),
      expected,
      c.text,
    );
    for (const reporter of new Set(observed.map((o) => o.reporter)))
      t.draws(
        chart.option.series.find((s) => s.name === reporter),
        observed.filter((o) => o.reporter === reporter).map((o) => [o.date, o.value]),
        c.text,
      );
    const last = observed.reduce((x, o) => (o.date >= x.date ? o : x));
    t.says(chart.box, [last.value, c.quantity], chart.label.replace(c.text, "").replace(last.date, ""));
  }
}

export function checkRelation(t, name, k) {
  const q = t.results.relations[name],
    part = t.root.querySelector(`[id^="relation-${k + 1}-"]`);
  if (q.status !== "answered") return assert.ok(part.textContent.includes(q.error));
  for (const words of q.words) assert.ok(part.textContent.includes(words));
  const [payoffs] = t.tables(part, "In ").filter((one) => one.caption.includes("chooses the row"));
  checkPayoffs(t, payoffs, q.payoffs, q.players);
  checkThirdCountries(t, part, q, q.players);
  checkNeeds(t, part, q);
  checkWhole(t, part, q);
  checkMap(t, part, q);
  checkCooperation(t, part, q);
  checkEscape(t, part, q);
  checkSet(t, part, q);
  checkHistory(t, part, q.history, 0);
  checkAnswers(t, part, q);
  checkDialogue(t, part, q);
  checkHistory(t, part, q.dialogue?.history, 1);
  checkPartner(t, part, q);
  checkTrust(t, part, q);
  checkLinks(t, part, q);
  checkTransferStages(t, part, q);
  checkLedger(t, part, q.ledger);
}

export function checkChallenge(t, name, k) {
  const q = t.results.challenge[name],
    part = t.root.querySelector(`[id^="challenge-${k + 1}-"]`);
  const total = (list) => list.reduce((sum, v) => sum + v, 0),
    table = t.table(part, "Gains in"),
    // A unit of the challenge's own stays as it is.
    scale = q.unit === t.results.economy.unit ? t.scaleIn(table.caption) : 1;
  const lists = [q.nash.effort, q.joint.effort, q.nash.payoff, q.joint.payoff];
  table.rows.forEach((row, i) => {
    const [nash, joint, ...gains] = lists.map((list) => list[i] ?? total(list));
    [nash, joint, gains[0] * scale, gains[1] * scale, (gains[1] - gains[0]) * scale].forEach((v, c) =>
      t.shows(row.cells[c + 1], v),
    );
  });
  const bars = t.chart(part, "Bar chart of effort");
  t.draws(bars.option.series[0], q.nash.effort, "alone");
  t.draws(bars.option.series[1], q.joint.effort, "together");
  t.says(
    bars.box,
    q.contributors.slice(0, 8).flatMap((_, i) => [q.nash.effort[i], q.joint.effort[i]]),
    bars.label,
  );
  [...part.querySelectorAll(".legend li")].forEach((item, i) => t.says(item, [i + 1]));
  const [group] = t.paragraph(part, "A group of");
  assert.equal(Boolean(group), q.stable_coalition > 0);
  if (group) t.says(group, [q.stable_coalition]);
}
