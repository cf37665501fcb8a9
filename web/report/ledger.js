import { tooltip, barBetween } from "./charts.js";
import { known, plain, filled, chance, amount } from "./numbers.js";
import { html, node, add, table, noted, figureIn } from "./page.js";

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
  add(section, node("h3", "The record: promises and what became of them"));
  const latest = (c) => (c.reported || []).find((r) => known(r.share_of_target)),
    due = (c) => (c.at_due && known(c.at_due.share_of_target) ? c.at_due : latest(c));
  const value = (r) => (known(r.low) && r.high > r.low ? `${amount(r.low)} to ${amount(r.high)}` : amount(r.value));
  const rows = ledger.commitments.map((c) => {
    const [symbol, tone] = statusOf[c.status] || ["", ""],
      r = due(c);
    return [
      c.text || c.id,
      { text: c.actor, kind: "text" },
      { text: `${symbol}\u00a0${c.status}`.trim(), kind: `text ${tone}` },
      { text: c.due || "open", kind: "text" },
      r ? chance(r.share_of_target) : "–",
    ];
  });
  const notes = ledger.commitments.map((c) => {
    const r = due(c),
      seen = c.at_due || (c.reported || [])[0];
    return [
      r
        ? `${value(r)} of ${amount(c.quantity)} ${c.unit}, by ${r.reporter}, ${r.date}`
        : seen
          ? `${c.reason} (${seen.reporter})`
          : c.reason,
      c.moved ? `moved from ${c.moved.from} by ${c.moved.by}: at the old date ${c.moved.status}` : "",
      c.ended ? `judged to ${c.ended}: ${c.ended_reason}` : "",
    ]
      .filter(Boolean)
      .join("; ");
  });
  add(
    section,
    noted(
      table(
        `${ledger.title || "Commitments"}${ledger.as_of ? `, as of ${ledger.as_of}` : ""}`,
        ["promise", "by", "status", "due", "share of target"],
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
    add(
      section,
      node(
        "p",
        "Running totals: the dashed line is what was due by then, marks are what reporters say was done, with their interval.",
        { class: "small" },
      ),
    );
    const grid = node("div");
    Object.assign(grid.style, {
      display: "grid",
      gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 300px), 1fr))",
      gap: ".25rem 1rem",
    });
    section.append(grid);
    drawn.forEach((c) => runningTotal(view, grid, c));
    if (waiting.length)
      add(
        section,
        node("p", `Nothing observed yet for: ${waiting.map((c) => c.text || c.id).join("; ")}.`, { class: "small" }),
      );
  }
  fidelityTable(section, ledger);
  const r = ledger.rules;
  add(
    section,
    node(
      "p",
      `The same rules for every actor: kept from ${chance(r.kept_share)} of the target, kept in part from ${chance(r.kept_in_part_share)}, below that broken; on track from ${chance(r.on_track_share)} of what is due by the day.`,
      { class: "small" },
    ),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} parent
 * @param {import("./view.js").Ledger["commitments"][number]} c
 */
export function runningTotal(view, parent, c) {
  const { chart, onPaper } = view;
  const figure = figureIn(parent, null, `${c.text || c.id} (${c.actor}): ${c.unit}`),
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
    `Running total for “${c.text || c.id}”: ${amount(last.value)} of ${amount(c.quantity)} ${c.unit} by ${last.date}.`,
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
          name: "due by then",
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
            name,
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
              mark("projected", "emptyCircle", colours.ink, [[forecast.date, forecast.mean]]),
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
    of = (f) => (f && known(f.mean) ? `${chance(f.mean)} (${chance(f.low)} to ${chance(f.high)})` : "–");
  if (!list.length) return;
  const interval = `; in brackets the ${plain(100 * ledger.rules.interval, 0)} % interval`;
  add(
    section,
    table(
      `How often each side's promises were carried out (fidelity a year)${interval}`,
      [
        "actor",
        "field",
        "kept",
        "in part",
        "broken",
        "undecided",
        "kept or not",
        "graded by share of target",
        "restraint, years",
        "breaches",
        "prior's share",
      ],
      list.map((f) => [
        f.actor,
        f.field || "all fields",
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
    node(
      "p",
      `Few promises say little: the estimate starts from the same prior for every actor, and the interval shows how much is still open. ${list
        .filter((f) => !f.field)
        .map((f) => f.words)
        .join(" ")}`,
      { class: "small" },
    ),
  );
}
