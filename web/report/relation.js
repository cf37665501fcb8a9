import { ledgerPart } from "./ledger.js";
import { known, plain, filled, many, chance, amount, toned, yearly } from "./numbers.js";
import { node, add, table, noted, openSection } from "./page.js";
import { answersPart, verdictWords } from "./answers.js";
import { dialogueSection } from "./dialogue.js";
import { aYear, holdsMap, lastingSet, historyStrip, cooperationChart } from "./relation_charts.js";
import { trustPart } from "./trust.js";

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
  add(section, node("h3", "What each side gets"));
  add(
    section,
    table(
      `In ${unit.name} against the base: ${a} chooses the row, ${b} the column; ${a}'s payoff stands first`,
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
    words = `In ${small.name} against the base, by what ${a} and ${b} do`;
  add(
    section,
    add(
      node("details"),
      node("summary", "What third countries get in each case"),
      others.length <= 7
        ? table(
            words,
            [a, b, ...others],
            q.actions.flatMap((x, i) => q.actions.map((y, j) => [x, y, ...others.map((r) => cell(r, i, j))])),
            { textColumns: [0, 1] },
          )
        : table(
            words,
            ["region", ...pairs.map((p) => p.name)],
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
  row("kind of game", (p) => get("game_class", p), "how the choice looks to that side alone");
  if (q.discount) {
    row(
      "patience needed",
      (p) =>
        known(get("critical_discount", p))
          ? plain(get("critical_discount", p), 3)
          : q.critical_discount
            ? "none is enough"
            : "–",
      "the weight of the next period beside this one (discount factor) from which keeping its word pays, if nothing goes wrong by accident",
    );
    row(
      "patience it has",
      (p) => plain(get("discount", p), 3),
      "the weight it is taken to give the next period; 1 would be as much as this one",
    );
  }
  if (q.slack) {
    const unit = moneyRow(q.slack);
    row(
      `room to spare, ${unit.name}`,
      (p) => (known(q.slack[p]) ? toned(q.slack[p], unit.text(q.slack[p])) : "–"),
      "what keeping the agreement is worth to it over breaking it; below zero, breaking it pays",
    );
  }
  const needed = (p) => get("fidelity_threshold_by_side", p);
  if (q.fidelity) {
    if (q.fidelity_threshold_by_side)
      row(
        "reliability needed",
        (p) => (known(needed(p)) ? chance(aYear(q, needed(p))) : "none is enough"),
        "how often promises must be carried out (fidelity, a chance a year) for this side to stay with the agreement",
      );
    row(
      "reliability estimated",
      (p) => {
        const f = q.fidelity[p];
        if (!f || !known(f.mean)) return "–";
        const [mean, low, high] = [f.mean, f.low, f.high].map((v) => chance(aYear(q, v)));
        return mean + (f.high > f.low ? ` (${low} to ${high})` : "");
      },
      [
        "how often its promises are taken to be carried out, a chance a year, with the interval in brackets",
        ...new Set(players.map((p) => (q.fidelity[p] || {}).source).filter(Boolean)),
      ].join("; "),
    );
  }
  row(
    "share kept",
    (p) => chance(get("kept_share", p)),
    "of what the agreement is worth over war, the part left after accidents and the wars that follow them",
  );
  if (q.relative_gains_threshold)
    row(
      "begrudging that ends it",
      (p) => (known(q.relative_gains_threshold[p]) ? plain(q.relative_gains_threshold[p], 2) : "none"),
      "how heavily it must weigh the other side's gain against itself before it prefers war: 1 is as heavily as its own",
    );
  if (q.relative_gains)
    row(
      "begrudging it has",
      (p) => plain(q.relative_gains[p], 2),
      "the weight it is taken to give to the other side's gain",
    );
  if (q.coco) {
    const unit = moneyRow(q.coco);
    row(
      `fair share, ${unit.name}`,
      (p) => (known(q.coco[p]) ? unit.text(q.coco[p]) : "–"),
      "the common gain split in half, corrected by what each could threaten (coco value)",
    );
  }
  const paid = q.compensation && q.compensation.value;
  if (paid) {
    const unit = moneyRow(paid);
    row(
      `with measured answers, ${unit.name}`,
      (p) => (known(paid[p]) ? unit.text(paid[p]) : "–"),
      "what it gets where a breach is answered in proportion, by compensation, in place of war",
    );
  }
  if (!rows.length) return;
  add(section, node("h3", "What it takes for each side to keep its word"));
  add(section, noted(table("By side", ["", ...players], rows), notes));
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
  const yes = (v) => (v ? "✓ yes" : "✕ no"),
    whole = (v) => Math.abs(v - Math.round(v)) < 1e-6;
  const years = (v) => {
    const [n, word] = v < 1.5 && !whole(v) && whole(12 * v) ? [12 * v, "month"] : [v, "year"];
    return `${amount(Number(n.toPrecision(n < 1 ? 2 : 3)))} ${word}${Math.abs(n - 1) < 1e-6 ? "" : "s"}`;
  };
  if (q.self_enforcing !== undefined)
    row(
      "holds by itself",
      q.verdict ? verdictWords[q.verdict] : yes(q.self_enforcing),
      q.self_enforcing_by === "equilibria"
        ? "whether some answer to a breach that everyone would carry out keeps both sides to it; the war is no best answer of both to each other and is not counted"
        : "whether neither side gains by breaking it, with nobody to enforce it",
    );
  if (q.self_enforcing_without_lapses !== undefined)
    row(
      "without accidents",
      q.verdict_without_lapses ? verdictWords[q.verdict_without_lapses] : yes(q.self_enforcing_without_lapses),
      "the same, if every promise were carried out to the letter",
    );
  if (q.binding) row("closest to leaving", q.binding, "the side with least room to spare");
  const punished = q.minimum_punishment;
  if (punished) {
    const { periods } = punished,
      length = known(periods)
        ? many(periods, "period") + (known(punished.years) ? ` (${years(punished.years)})` : "")
        : periods
          ? "war for ever"
          : "none deters";
    row("shortest answer that deters", length, "how long war must follow a breach for no side to want one");
  }
  if (q.fidelity)
    row(
      "reliability needed",
      known(q.fidelity_threshold_year) ? chance(q.fidelity_threshold_year) : "none is enough",
      "how often promises must be carried out, on both sides alike",
    );
  if (known(q.expected_peace_years))
    row("peace lasts on average", years(q.expected_peace_years), "the mean time from one visible breach to the next");
  if (known(q.war_share)) row("time at war", chance(q.war_share), "the share of time spent in war in the long run");
  if (known(q.conflict_share))
    row(
      "conflict in the relation",
      chance(q.conflict_share),
      "the part of what is at stake where one side's gain is the other's loss",
    );
  if (q.compensation && q.compensation.equilibrium !== undefined)
    row(
      "measured answers deter",
      yes(q.compensation.equilibrium),
      "whether answering a breach in proportion is enough, in place of war",
    );
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
      `${names.map((p) => `${p} ${unit.text(one.payoff[p])}`).join(", ")} (${unit.name})`,
      meaning + `; ${one.binding} has least to lose by leaving it`,
    );
  };
  best(
    "best outcome that can last",
    q.nash_agreement,
    "of all that can last, the point with the largest product of gains over the war",
  );
  best(
    "even-handed outcome that can last",
    q.coco_agreement,
    "of all that can last, the point nearest to an even split in money of what working together adds",
  );
  if (!rows.length) return;
  add(section, node("h3", "The agreement as a whole"));
  add(
    section,
    noted(
      table(
        `With “${q.cooperate || "agreement"}” as the agreement and “${q.war || "war"}” as what follows a breach${known(q.period_years) ? `; a period is ${years(q.period_years)}` : ""}`,
        ["", "answer"],
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
    yes = (v) => (v === undefined ? "–" : v ? "✓ yes" : "✕ no");
  add(section, node("h3", "Issues tied together"));
  if (l.holds !== undefined)
    add(
      section,
      node(
        "p",
        l.holds
          ? l.link_helps
            ? "Tied together, the issues hold, though not each would by itself."
            : "Tied together, the issues hold; they would each hold alone as well."
          : "Even tied together, the issues do not hold: some side gains by breaking them all.",
      ),
    );
  add(
    section,
    table(
      `Room to spare by issue, in ${unit.name}: below zero, that side would break it`,
      ["issue", "holds alone", "needs the tie", "lends strength", ...players],
      l.issues
        .map((i) => [i.name, yes(i.holds_alone), i.needs_link ? "yes" : "no", i.carries ? "yes" : "no", ...of(i.slack)])
        .concat(l.pooled_slack ? [["all together", yes(l.holds), "", "", ...of(l.pooled_slack)]] : []),
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
      node("summary", "If the two could also pay each other"),
      table(
        `What holds from which patience on, with payments between the two and promises always carried out, in ${unit.name}`,
        ["from a next period that counts for", "they keep", "together", ...players.map((p) => `${p} after a breach`)],
        stages.map((s) => [
          s.discount.toFixed(3),
          { text: s.agreement.join(", "), kind: "text" },
          unit.text(s.joint),
          ...players.map((p) => unit.text(s.punishment[p])),
        ]),
        { textColumns: [1] },
      ),
    ),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {import("./view.js").Relation} q
 */
export function relationSection(view, q) {
  const section = openSection(view, q.id, `${q.title || "The relation over time"} (${q.name})`, q);
  if (q.status && q.status !== "answered") return ledgerPart(view, section, q.ledger);
  const players = q.players || [];
  if (players.length === 2) {
    relationPayoffs(view, section, q, players);
    needsTable(view, section, q, players);
    wholeTable(view, section, q);
    holdsMap(view, section, q, players);
    cooperationChart(view, section, q, players);
    lastingSet(view, section, q, players);
    historyStrip(view, section, q, players);
    answersPart(view, section, q, players);
    dialogueSection(view, section, q, players);
    trustPart(view, section, q);
    linkedIssues(view, section, q, players);
    transferStages(view, section, q, players);
  }
  ledgerPart(view, section, q.ledger);
}
