import { tooltip, barBetween } from "./charts.js";
import { known, plain, filled, chance, amount } from "./numbers.js";
import { html, node, add, table, noted, figureIn, quoting } from "./page.js";
import { engineLanguage, say, term } from "./words.js";

export const statusOf = {
  kept: ["✓", "gain"],
  "on track": ["↗", "gain"],
  "kept in part": ["◐", ""],
  behind: ["↘", "loss"],
  broken: ["✕", "loss"],
  "not yet due": ["○", ""],
  unverifiable: ["?", ""],
  censored: ["–", ""],
};

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Ledger | undefined} ledger
 */
export function ledgerPart(view, section, ledger) {
  if (!ledger || !filled(ledger.commitments)) return;
  add(section, node("h3", say("the_record_promises_and_what")));
  const latest = (c) => (c.reported || []).find((r) => known(r.share_of_target)),
    due = (c) => (c.at_due && known(c.at_due.share_of_target) ? c.at_due : latest(c));
  const value = (r) =>
    known(r.low) && r.high > r.low ? say("from_to", { low: amount(r.low), high: amount(r.high) }) : amount(r.value);
  const rows = ledger.commitments.map((c) => {
    const [symbol, tone] = statusOf[c.status] || ["", ""],
      r = due(c);
    return [
      { text: c.text || c.id, lang: engineLanguage() },
      { text: c.actor, kind: "text" },
      { text: `${symbol}\u00a0${term(c.status)}`.trim(), kind: `text ${tone}` },
      { text: c.due || say("open"), kind: "text" },
      r ? chance(r.share_of_target) : "–",
    ];
  });
  const notes = ledger.commitments.map((c) => noteOf(c, due(c), value));
  // What the ledger calls itself is the caption, or stands above one in the page's own language.
  const own = engineLanguage() ? undefined : ledger.title;
  if (ledger.title && !own) add(section, node("p", ledger.title, { lang: engineLanguage() }));
  add(
    section,
    noted(
      table(
        `${own || say("commitments")}${ledger.as_of ? say("as_of", { as_of: ledger.as_of }) : ""}`,
        [say("promise"), say("by"), say("status"), say("due"), say("share_of_target")],
        rows,
        { textColumns: [0, 1, 2, 3], limit: 30 },
      ),
      notes,
    ),
  );
  const drawn = ledger.commitments.filter(
      (c) => c.timeline && filled(c.timeline.expected) && filled(c.timeline.observed),
    ),
    waiting = ledger.commitments.filter(
      (c) => c.timeline && filled(c.timeline.expected) && !filled(c.timeline.observed),
    );
  if (drawn.length) {
    add(section, node("p", say("running_totals_the_dashed_line"), { class: "small" }));
    const grid = node("div");
    Object.assign(grid.style, {
      display: "grid",
      gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 300px), 1fr))",
      gap: ".25rem 1rem",
    });
    section.append(grid);
    drawn.forEach((c) => runningTotal(view, grid, c));
    const waitingFor = waiting.map((c) => c.text || c.id).join(say("semicolon"));
    if (waiting.length)
      add(section, quoting("p", say("nothing_observed_yet_for", { id: waitingFor }), [waitingFor], { class: "small" }));
  }
  fidelityTable(section, ledger);
  const r = ledger.rules;
  add(
    section,
    node(
      "p",
      say("the_same_rules_for_every", {
        kept_share: chance(r.kept_share),
        kept_in_part_share: chance(r.kept_in_part_share),
        on_track_share: chance(r.on_track_share),
      }),
      { class: "small" },
    ),
  );
}

/**
 * What is known of a promise, in a line: what a reporter counted, or why nothing is known; how its date moved.
 * @param {import("./view.js").Ledger["commitments"][number]} c
 * @param {any} r the report that decides
 * @param {(r: any) => string} value
 * @returns {import("./page.js").Note}
 */
function noteOf(c, r, value) {
  const seen = c.at_due || (c.reported || [])[0],
    moved = c.moved && { ...c.moved, status: term(c.moved.status) };
  const counted = r && {
    r: value(r),
    quantity: amount(c.quantity),
    unit: term(c.unit),
    reporter: term(r.reporter),
    date: r.date,
  };
  const text = [
    counted ? say("reported", counted) : seen ? `${c.reason} (${term(seen.reporter)})` : c.reason,
    moved ? say("moved_from_by_at_the", moved) : "",
    c.ended ? say("judged_to", { ended: c.ended, ended_reason: c.ended_reason }) : "",
  ]
    .filter(Boolean)
    .join(say("semicolon"));
  return { text, quoted: [counted ? undefined : c.reason, c.ended_reason] };
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} parent
 * @param {import("./view.js").Ledger["commitments"][number]} c
 */
export function runningTotal(view, parent, c) {
  const { chart, onPaper } = view;
  const figure = figureIn(parent, null, `${c.text || c.id} (${c.actor}): ${term(c.unit)}`, [c.text || c.id]),
    { expected, observed } = c.timeline,
    reporters = [...new Set(observed.map((o) => o.reporter))],
    symbols = ["circle", "diamond", "triangle", "rect"];
  figure.style.minWidth = 0;
  const spans = observed.filter((o) => known(o.low) && o.high > o.low),
    forecast = c.projection && known(c.projection.mean) ? c.projection : null,
    last = observed.reduce((x, o) => (o.date >= x.date ? o : x));
  const mark = (name, symbol, color, data) => ({
    name,
    type: "scatter",
    symbol,
    symbolKeepAspect: true,
    symbolSize: 10,
    color,
    data,
    z: 5,
  });
  chart(
    figure,
    say("running_total_of_by", {
      value: amount(last.value),
      quantity: amount(c.quantity),
      unit: term(c.unit),
      date: last.date,
    }),
    (room) => ({ width: onPaper() ? 310 : room, height: 190 + 20 * (reporters.length + 1 + (forecast ? 1 : 0)) }),
    (colours) => ({
      tooltip: tooltip(colours, {
        formatter: (p) => `${html(p.seriesName)}<br>${html(String(p.value[0]))}: ${amount(p.value[1])}`,
      }),
      legend: {
        top: 0,
        left: 0,
        orient: "vertical",
        itemHeight: 9,
        itemWidth: 16,
        itemGap: 4,
        textStyle: { color: colours.ink, fontSize: 11 },
      },
      grid: { left: 44, right: 18, top: 14 + 20 * (reporters.length + 1 + (forecast ? 1 : 0)), bottom: 26 },
      xAxis: {
        type: "time",
        splitNumber: 3,
        axisLabel: { color: colours.ink, hideOverlap: true, fontSize: 11, formatter: "{yyyy}-{MM}" },
        axisLine: { lineStyle: { color: colours.axis } },
      },
      yAxis: {
        type: "value",
        min: 0,
        splitNumber: 3,
        splitLine: { lineStyle: { color: colours.line } },
        axisLabel: { color: colours.ink, fontSize: 11 },
      },
      series: [
        {
          name: say("due_by_then"),
          type: "line",
          symbol: "none",
          color: colours.axis,
          lineStyle: { type: "dashed", width: 2 },
          data: expected,
        },
        ...spans.map((o) => ({
          ...barBetween("", colours.series[reporters.indexOf(o.reporter) % 8], [o.date, o.low], [o.date, o.high]),
          legendHoverLink: false,
        })),
        ...reporters.map((name, k) =>
          mark(
            term(name),
            symbols[k % 4],
            colours.series[k % 8],
            observed.filter((o) => o.reporter === name).map((o) => [o.date, o.value]),
          ),
        ),
        ...(forecast
          ? [
              ...(known(forecast.low)
                ? [barBetween("", colours.ink, [forecast.date, forecast.low], [forecast.date, forecast.high])]
                : []),
              mark(say("projected"), "emptyCircle", colours.ink, [[forecast.date, forecast.mean]]),
            ]
          : []),
      ],
    }),
  );
}

/**
 * @param {HTMLElement} section
 * @param {import("./view.js").Ledger} ledger
 */
export function fidelityTable(section, ledger) {
  const list = ledger.fidelity || [],
    of = (f) =>
      f && known(f.mean)
        ? say("mean_and_interval", { f: chance(f.mean), low: chance(f.low), high: chance(f.high) })
        : "–";
  if (!list.length) return;
  const interval = say("in_brackets_the_percent_interval", { interval: plain(100 * ledger.rules.interval, 0) });
  add(
    section,
    table(
      say("how_often_each_sides_promises", { interval }),
      [
        say("actor"),
        say("field"),
        say("kept"),
        say("in_part"),
        say("broken"),
        say("undecided"),
        say("kept_or_not"),
        say("graded_by_share_of_target"),
        say("restraint_years"),
        say("breaches"),
        say("priors_share"),
      ],
      list.map((f) => [
        f.actor,
        f.field ? term(f.field) : say("all_fields"),
        plain(f.kept, 0),
        plain(f.kept_in_part, 0),
        plain(f.broken, 0),
        plain(f.undecided, 0),
        of(f.strict),
        of(f.graded_target),
        plain(f.restraint_years, 2),
        plain(f.breaches, 0),
        chance(f.graded_target.prior_weight),
      ]),
      { textColumns: [0, 1] },
    ),
  );
  add(
    section,
    node("p", say("few_promises_say_little_the"), { class: "small" }),
    node(
      "p",
      list
        .filter((f) => !f.field)
        .map((f) => f.words)
        .join(" "),
      { class: "small", lang: engineLanguage() },
    ),
  );
}
