import { ledgerPart } from "./ledger.js";
import { known, plain, filled, chance, amount, toned, yearly } from "./numbers.js";
import { node, add, table, noted, openSection, titled } from "./page.js";
import { answersPart, verdictWord } from "./answers.js";
import { dialogueSection } from "./dialogue.js";
import { aYear, holdsMap, lastingSet, historyStrip, cooperationChart } from "./relation_charts.js";
import { trustPart } from "./trust.js";
import { say, term } from "./words.js";

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 * @param {string[]} sides
 */
export function relationPayoffs(view, section, q, [a, b]) {
  if (!q.payoffs || !q.payoffs[a] || !q.payoffs[b] || !filled(q.actions)) return;
  const unit = yearly(view, q, [...q.payoffs[a].flat(), ...q.payoffs[b].flat()]),
    others = Object.keys(q.payoffs).filter((r) => r !== a && r !== b);
  add(section, node("h3", say("what_each_side_gets")));
  add(
    section,
    table(
      say("in_against_the_base_chooses", { unit: unit.name, a, b }),
      [`${a} \\ ${b}`, ...q.actions],
      q.actions.map((name, i) => [
        name,
        ...q.actions.map((_, j) => `${unit.text(q.payoffs[a][i][j])}, ${unit.text(q.payoffs[b][i][j])}`),
      ]),
    ),
  );
  if (!others.length) return;
  const pairs = q.actions.flatMap((x, i) => q.actions.map((y, j) => ({ name: `${x} / ${y}`, i, j }))),
    small = yearly(
      view,
      q,
      others.flatMap((r) => q.payoffs[r].flat()),
    );
  const cell = (r, i, j) => toned(q.payoffs[r][i][j], small.text(q.payoffs[r][i][j])),
    words = say("in_against_the_base_by", { small: small.name, a, b });
  add(
    section,
    add(
      node("details"),
      node("summary", say("what_third_countries_get_in")),
      others.length <= 7
        ? table(
            words,
            [a, b, ...others],
            q.actions.flatMap((x, i) => q.actions.map((y, j) => [x, y, ...others.map((r) => cell(r, i, j))])),
            { textColumns: [0, 1] },
          )
        : table(
            words,
            [say("region_column"), ...pairs.map((p) => p.name)],
            others.map((r) => [r, ...pairs.map(({ i, j }) => cell(r, i, j))]),
          ),
    ),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 * @param {string[]} players
 */
export function needsTable(view, section, q, players) {
  const get = (key, p) => (q[key] || {})[p],
    moneyRow = (values) =>
      yearly(
        view,
        q,
        players.map((p) => values[p]),
      ),
    rows = [],
    notes = [];
  const row = (label, cell, meaning) => {
    const cells = players.map((p) => cell(p) ?? "–");
    if (cells.some((c) => (c.text ?? c) !== "–")) {
      rows.push([label, ...cells]);
      notes.push(meaning);
    }
  };
  row(say("kind_of_game"), (p) => term(get("game_class", p)), say("how_the_choice_looks_to"));
  if (q.discount) {
    row(
      say("patience_needed"),
      (p) =>
        known(get("critical_discount", p))
          ? plain(get("critical_discount", p), 3)
          : q.critical_discount
            ? say("none_is_enough")
            : "–",
      say("the_weight_of_the_next"),
    );
    row(say("patience_it_has"), (p) => plain(get("discount", p), 3), say("the_weight_it_is_taken"));
  }
  if (q.slack) {
    const unit = moneyRow(q.slack);
    row(
      say("room_to_spare", { unit: unit.name }),
      (p) => (known(q.slack[p]) ? toned(q.slack[p], unit.text(q.slack[p])) : "–"),
      say("what_keeping_the_agreement_is"),
    );
  }
  const needed = (p) => get("fidelity_threshold_by_side", p);
  if (q.fidelity) {
    if (q.fidelity_threshold_by_side)
      row(
        say("reliability_needed"),
        (p) => (known(needed(p)) ? chance(aYear(q, needed(p))) : say("none_is_enough")),
        say("how_often_promises_must_be"),
      );
    const sources = [...new Set(players.map((p) => (q.fidelity[p] || {}).source).filter(Boolean))];
    row(
      say("reliability_estimated"),
      (p) => {
        const f = q.fidelity[p];
        if (!f || !known(f.mean)) return "–";
        const [mean, low, high] = [f.mean, f.low, f.high].map((v) => chance(aYear(q, v)));
        return mean + (f.high > f.low ? say("interval_in_brackets", { low, high }) : "");
      },
      { text: [say("how_often_its_promises_are"), ...sources].join(say("semicolon")), quoted: sources },
    );
  }
  row(say("share_kept"), (p) => chance(get("kept_share", p)), say("of_what_the_agreement_is"));
  if (q.relative_gains_threshold)
    row(
      say("begrudging_that_ends_it"),
      (p) => (known(q.relative_gains_threshold[p]) ? plain(q.relative_gains_threshold[p], 2) : say("none")),
      say("how_heavily_it_must_weigh"),
    );
  if (q.relative_gains)
    row(say("begrudging_it_has"), (p) => plain(q.relative_gains[p], 2), say("the_weight_it_is_taken_to"));
  if (q.coco) {
    const unit = moneyRow(q.coco);
    row(
      say("fair_share", { unit: unit.name }),
      (p) => (known(q.coco[p]) ? unit.text(q.coco[p]) : "–"),
      say("the_common_gain_split_in"),
    );
  }
  const paid = q.compensation && q.compensation.value;
  if (paid) {
    const unit = moneyRow(paid);
    row(
      say("with_measured_answers", { unit: unit.name }),
      (p) => (known(paid[p]) ? unit.text(paid[p]) : "–"),
      say("what_it_gets_where_a"),
    );
  }
  if (!rows.length) return;
  add(section, node("h3", say("what_it_takes_for_each")));
  add(section, noted(table(say("by_side"), ["", ...players], rows), notes));
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 */
export function wholeTable(view, section, q) {
  const rows = [],
    notes = [],
    row = (label, text, meaning) => {
      rows.push([label, { text, kind: "text" }]);
      notes.push(meaning);
    };
  const yes = (v) => (v ? say("yes_mark") : say("no_mark")),
    whole = (v) => Math.abs(v - Math.round(v)) < 1e-6;
  const years = (v) => {
    const inMonths = v < 1.5 && !whole(v) && whole(12 * v),
      n = inMonths ? 12 * v : v;
    return say(inMonths ? "span_months" : "span_years", {
      n: Math.abs(n - 1) < 1e-6 ? 1 : 2,
      v: amount(Number(n.toPrecision(n < 1 ? 2 : 3))),
    });
  };
  if (q.self_enforcing !== undefined)
    row(
      say("holds_by_itself"),
      q.verdict ? verdictWord(q.verdict) : yes(q.self_enforcing),
      q.self_enforcing_by === "equilibria" ? say("whether_some_answer_to_a") : say("whether_neither_side_gains_by"),
    );
  if (q.self_enforcing_without_lapses !== undefined)
    row(
      say("without_accidents"),
      q.verdict_without_lapses ? verdictWord(q.verdict_without_lapses) : yes(q.self_enforcing_without_lapses),
      say("the_same_if_every_promise"),
    );
  if (q.binding) row(say("closest_to_leaving"), q.binding, say("the_side_with_least_room"));
  const punished = q.minimum_punishment;
  if (punished) {
    const { periods } = punished,
      length = known(periods)
        ? say("n_periods", { n: periods }) + (known(punished.years) ? ` (${years(punished.years)})` : "")
        : periods
          ? say("war_for_ever")
          : say("none_deters");
    row(say("shortest_answer_that_deters"), length, say("how_long_war_must_follow"));
  }
  if (q.fidelity)
    row(
      say("reliability_needed"),
      known(q.fidelity_threshold_year) ? chance(q.fidelity_threshold_year) : say("none_is_enough"),
      say("how_often_promises_must_be_carried"),
    );
  if (known(q.expected_peace_years))
    row(say("peace_lasts_on_average"), years(q.expected_peace_years), say("the_mean_time_from_one"));
  if (known(q.war_share)) row(say("time_at_war"), chance(q.war_share), say("the_share_of_time_spent"));
  if (known(q.conflict_share))
    row(say("conflict_in_the_relation"), chance(q.conflict_share), say("the_part_of_what_is"));
  if (q.compensation && q.compensation.equilibrium !== undefined)
    row(say("measured_answers_deter"), yes(q.compensation.equilibrium), say("whether_answering_a_breach_in"));
  const best = (label, one, meaning) => {
    if (!one || !one.payoff) return;
    const names = Object.keys(one.payoff),
      unit = yearly(
        view,
        q,
        names.map((p) => one.payoff[p]),
      );
    row(
      label,
      `${names.map((p) => `${p} ${unit.text(one.payoff[p])}`).join(say("comma"))} (${unit.name})`,
      meaning + say("has_least_to_lose_by", { binding: one.binding }),
    );
  };
  best(say("best_outcome_that_can_last"), q.nash_agreement, say("of_all_that_can_last"));
  best(say("even_handed_outcome_that_can"), q.coco_agreement, say("of_all_that_can_last_the"));
  if (!rows.length) return;
  add(section, node("h3", say("the_agreement_as_a_whole")));
  add(
    section,
    noted(
      table(
        say("with_as_the_agreement_and", {
          cooperate: q.cooperate || say("agreement"),
          war: q.war || say("war"),
          period_years: known(q.period_years) ? say("a_period_is", { period_years: years(q.period_years) }) : "",
        }),
        ["", say("found")],
        rows,
        { textColumns: [0, 1] },
      ),
      notes,
    ),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 * @param {string[]} players
 */
export function linkedIssues(view, section, q, players) {
  const l = q.linkage;
  if (!l || !filled(l.issues)) return;
  const unit = yearly(view, q, [
      ...l.issues.flatMap((i) => Object.values(i.slack || {})),
      ...Object.values(l.pooled_slack || {}),
    ]),
    of = (s) => players.map((p) => (known((s || {})[p]) ? toned(s[p], unit.text(s[p])) : "–")),
    yes = (v) => (v === undefined ? "–" : v ? say("yes_mark") : say("no_mark"));
  add(section, node("h3", say("issues_tied_together")));
  if (l.holds !== undefined)
    add(
      section,
      node(
        "p",
        l.holds
          ? l.link_helps
            ? say("tied_together_the_issues_hold")
            : say("tied_together_the_issues_hold_they")
          : say("even_tied_together_the_issues"),
      ),
    );
  add(
    section,
    table(
      say("room_to_spare_by_issue", { unit: unit.name }),
      [say("issue"), say("holds_alone"), say("needs_the_tie"), say("lends_strength"), ...players],
      l.issues
        .map((i) => [
          i.name,
          yes(i.holds_alone),
          i.needs_link ? say("yes") : say("no"),
          i.carries ? say("yes") : say("no"),
          ...of(i.slack),
        ])
        .concat(l.pooled_slack ? [[say("all_together"), yes(l.holds), "", "", ...of(l.pooled_slack)]] : []),
      { textColumns: [0, 1, 2, 3] },
    ),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {any} q
 * @param {string[]} players
 */
export function transferStages(view, section, q, players) {
  const stages = q.transfer_stages;
  if (!filled(stages)) return;
  const unit = yearly(
    view,
    q,
    stages.flatMap((s) => [s.joint, ...Object.values(s.punishment)]),
  );
  add(
    section,
    add(
      node("details"),
      node("summary", say("if_the_two_could_also")),
      table(
        say("what_holds_from_which_patience", { unit: unit.name }),
        [
          say("from_a_next_period_that"),
          say("they_keep"),
          say("together"),
          ...players.map((p) => say("after_a_breach", { p })),
        ],
        stages.map((s) => [
          s.discount.toFixed(3),
          { text: s.agreement.join(say("comma")), kind: "text" },
          unit.text(s.joint),
          ...players.map((p) => unit.text(s.punishment[p])),
        ]),
        { textColumns: [1] },
      ),
    ),
  );
}

/**
 * The section of a relation in pieces, to be drawn one after the other: the page draws each in a turn of its own.
 * @param {import("./view.js").View} view
 * @param {import("./view.js").Relation} q
 * @param {{ map?: boolean }} [parts] what stands elsewhere already is false
 * @returns {(() => void)[]}
 */
export function relationPieces(view, q, { map = true } = {}) {
  const section = openSection(view, q.id, titled(q.title || say("the_relation_over_time"), q.name), q);
  const ledger = () => ledgerPart(view, section, q.ledger);
  const players = q.players || [];
  if ((q.status && q.status !== "answered") || players.length !== 2) return [ledger];
  const parts = [
    relationPayoffs,
    needsTable,
    wholeTable,
    ...(map ? [holdsMap] : []),
    cooperationChart,
    lastingSet,
    historyStrip,
    answersPart,
    dialogueSection,
    trustPart,
    linkedIssues,
    transferStages,
  ];
  return [...parts.map((part) => () => part(view, section, q, players)), ledger];
}

export const relationSection = (view, q, options) => relationPieces(view, q, options).forEach((draw) => draw());
