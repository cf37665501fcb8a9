import { legendAbove, tooltip, axisOf, dashes, legendOf } from "./charts.js";
import { known, plain, signed, filled, chance, amount, toned, yearly } from "./numbers.js";
import { html, node, add, table, figureIn } from "./page.js";
import { say } from "./words.js";

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 */
export function trustPart(view, section, q) {
  const sides = Object.entries(q.trust || {});
  if (sides.length) add(section, node("h3", say("trust_and_what_learning_is")));
  for (const [p, t] of sides) {
    const partner = t.partner || say("the_other_side");
    add(
      section,
      node(
        "p",
        [
          say("does_not_know_whether_keeps", { p, partner }),
          known(t.prior) && say("at_first_it_thinks_the", { prior: chance(t.prior) }),
          known(t.threshold)
            ? say("it_cooperates_where_that_chance", { threshold: chance(t.threshold) })
            : say("no_chance_however_high_makes"),
          t.cooperates !== undefined &&
            say("so_at_the_start", { p, cooperates: say(t.cooperates ? "cooperates" : "does_not_cooperate") }),
          known(t.reassurance)
            ? say("asked_once_and_never_again", { reassurance: chance(t.reassurance) })
            : say("asked_once_and_never_again_it"),
        ]
          .filter(Boolean)
          .join(" "),
      ),
    );
    beliefChart(view, section, p, partner, t);
  }
  becomesPart(view, section, q, sides);
  for (const [p, t] of sides) if (t.learning) learningPart(view, section, q, p, t);
}

/**
 * What becomes of a partner of either kind.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 * @param {[string, NonNullable<import("./view.js").Relation["trust"]>[string]][]} sides
 */
function becomesPart(view, section, q, sides) {
  const rows = sides.flatMap(([p, t]) => [
    { p, kind: say("keeps_its_word"), of: t.reciprocator },
    { p, kind: say("breaks_it"), of: t.opportunist },
  ]);
  if (!rows.length || rows.some((row) => !row.of)) return;
  add(
    section,
    table(
      say("what_becomes_of_a_partner"),
      [
        say("side"),
        say("partner_that"),
        say("known_first"),
        say("after_years"),
        say("broken_with_first"),
        say("after_years"),
        say("neither"),
      ],
      rows.map(({ p, kind, of }) => [
        p,
        kind,
        chance(of.learnt),
        known(of.years_to_learn) ? plain(of.years_to_learn, 2) : "–",
        chance(of.broken),
        known(of.years_to_break) ? plain(of.years_to_break, 2) : "–",
        chance(of.undecided),
      ]),
      { textColumns: [1] },
    ),
  );
  for (const [p, t] of sides) {
    const unit = yearly(view, q, [t.concession.from, t.concession.to]),
      once = unit.once;
    add(
      section,
      node(
        "p",
        t.concession.exists
          ? say("to_tell_a_partner_a", { p, from: unit.text(t.concession.from), to: unit.text(t.concession.to), once })
          : say("no_single_concession_of_would", { p }),
        { class: "small" },
      ),
    );
  }
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {any} p
 * @param {any} partner
 * @param {NonNullable<import("./view.js").Relation["trust"]>[string]} t
 */
export function beliefChart(view, section, p, partner, t) {
  const { chart } = view;
  const lines = /** @type {[string, number[], string, string][]} */ ([
    [say("keeps_its_word"), t.belief_reciprocator, "solid", "circle"],
    [say("always_breaks_it"), t.belief_opportunist, "dashed", "diamond"],
  ]).filter((l) => filled(l[1]));
  if (!lines.length) return;
  const time = (k) => (t.years ? t.years[k] : k),
    figure = figureIn(section, null, say("what_comes_to_believe_period", { p, partner }));
  const dots = (c) => `repeating-linear-gradient(90deg, ${c.ink} 0 2px, transparent 2px 5px)`,
    dashed = (style) => style === "dashed";
  legendOf(view, figure, (c) => [
    ...lines.map(([name, , style]) => [
      say("if_in_truth", { partner, name, style: dashed(style) ? say("dashed") : "" }),
      dashed(style) ? dashes(c.loss) : c.gain,
    ]),
    ...(known(t.threshold) ? [[say("cooperates_above_dotted", { p }), dots(c)]] : []),
  ]);
  chart(
    figure,
    say("belief_of_about_over_time", {
      p,
      partner,
      list: lines
        .map(([name, list]) =>
          say("with_a_partner_that_from", { name, list: chance(list[0]), list2: chance(list.at(-1)) }),
        )
        .join(say("semicolon")),
    }),
    (room) => ({ width: Math.min(room, 760), height: 250 }),
    (colours) => ({
      tooltip: tooltip(colours, {
        trigger: "axis",
        valueFormatter: (v) => `${plain(v, 1)} %`,
        axisPointer: { label: { formatter: (o) => amount(o.value).replace(",", "") } },
      }),
      grid: { left: 56, right: 20, top: 12, bottom: 46 },
      xAxis: axisOf(
        colours,
        t.years ? (t.years[0] >= 1900 ? say("year") : say("years_from_the_start")) : say("period"),
        {
          nameGap: 26,
          min: time(0),
          max: time(Math.max(...lines.map((l) => l[1].length)) - 1),
          axisLabel: { color: colours.ink, hideOverlap: true, showMaxLabel: false, formatter: (v) => String(v) },
        },
      ),
      yAxis: axisOf(colours, say("chance_percent"), { min: 0, max: 100, scale: false, nameGap: 36 }),
      series: lines.map(([name, list, style, symbol], k) => ({
        name: say("partner_that_does", { name }),
        type: "line",
        symbol,
        symbolSize: 4,
        showSymbol: list.length < 60,
        color: style === "dashed" ? colours.loss : colours.gain,
        lineStyle: { width: 2, type: style },
        data: list.map((v, i) => [time(i), 100 * v]),
        markLine:
          k === 0 && known(t.threshold)
            ? {
                silent: true,
                symbol: "none",
                label: { show: false },
                lineStyle: { color: colours.ink, type: "dotted", width: 1.5 },
                data: [{ yAxis: 100 * t.threshold }],
              }
            : undefined,
      })),
    }),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 * @param {any} p
 * @param {NonNullable<import("./view.js").Relation["trust"]>[string]} t
 */
export function learningPart(view, section, q, p, t) {
  const { chart } = view;
  const d = t.learning,
    rows = (d.table || []).filter((r) => known(r.gain_per_year) && known(r.accuracy)),
    unit = yearly(view, q, [d.gain_per_year, d.gain_per_summit, ...rows.map((r) => r.gain_per_year)]);
  // The sentence has a unit of its own, that of its smaller sum: beside a table in billions it is read in millions.
  const sums = [d.gain_per_year, d.gain_per_summit].filter((v) => known(v) && v !== 0),
    own = sums.length ? yearly(view, q, [Math.min(...sums.map(Math.abs))]) : unit,
    worth = (v) => plain(v * own.scale, own.digits),
    parts = [
      known(d.gain_per_year) && say("gain_to", { gain_per_year: worth(d.gain_per_year), unit: own.name, p }),
      known(d.gain_per_summit) &&
        say("for_each_meeting", { gain_per_summit: worth(d.gain_per_summit), once: own.once }),
    ].filter(Boolean);
  if (parts.length)
    add(
      section,
      node(
        "p",
        say("were_the_others_nature_unknown", {
          accuracy: known(d.accuracy) ? say("rightly_in_of_cases", { accuracy: chance(d.accuracy) }) : "",
          parts: parts.join(say("comma")),
        }),
      ),
    );
  if (!rows.length) return;
  const values = (key) => [...new Set(rows.map((r) => r[key]).filter(known))].sort((x, y) => x - y);
  const prior = values("prior").reduce(
      (best, v) => (best === undefined || Math.abs(v - t.prior) < Math.abs(best - t.prior) ? v : best),
      undefined,
    ),
    kept = rows.filter((r) => r.prior === prior);
  const every = values("fidelity"),
    lines =
      every.length > 4
        ? [0, 1, 2, 3].map((k) => every[Math.round((k * (every.length - 1)) / 3)])
        : every.length
          ? every
          : [undefined];
  const dash = ["solid", "dashed", "dotted", [12, 4]],
    symbols = ["circle", "diamond", "triangle", "rect"],
    nameOf = (f) => (f === undefined ? say("gain") : say("promises_carried_out_in", { f: chance(f) }));
  const figure = figureIn(
    section,
    null,
    say("what_being_told_is_worth", {
      p,
      unit: unit.name,
      prior: known(prior) ? say("where_first_trusts_with_a", { p, prior: chance(prior) }) : "",
    }),
  );
  const several = values("accuracy").length > 1;
  if (several)
    chart(
      figure,
      say("value_of_being_told_to", {
        p,
        gain_per_year: lines
          .map((f) => {
            const l = kept.filter((r) => r.fidelity === f).sort((x, y) => x.accuracy - y.accuracy);
            return say("up_to", {
              name_of: nameOf(f),
              gain_per_year: unit.text(Math.max(...l.map((r) => r.gain_per_year))),
            });
          })
          .join(say("semicolon")),
      }),
      (room) => ({ width: Math.min(room, 640), height: 240 + 20 * lines.length }),
      (colours) => ({
        tooltip: tooltip(colours, {
          formatter: (o) =>
            say("accuracy_words", {
              series_name: html(o.seriesName),
              o: plain(o.value[0], 0),
              digits: signed(o.value[1], unit.digits),
            }),
        }),
        legend: legendAbove(colours),
        grid: { left: 66, right: 20, top: 16 + 20 * lines.length, bottom: 46 },
        xAxis: axisOf(colours, say("talks_tell_rightly_percent"), { nameGap: 26 }),
        yAxis: axisOf(colours, unit.name, { nameGap: 46, scale: false }),
        series: lines.map((f, k) => ({
          name: nameOf(f),
          type: "line",
          symbol: symbols[k],
          symbolSize: 7,
          color: colours.series[[0, 1, 3, 5][k]],
          lineStyle: { width: 2, type: dash[k] },
          data: kept
            .filter((r) => r.fidelity === f)
            .map((r) => [100 * r.accuracy, r.gain_per_year * unit.scale])
            .sort((x, y) => x[0] - y[0]),
        })),
      }),
    );
  const listed = table(
    say("value_of_being_told_to_in", { p, unit: unit.name }),
    [say("tells_rightly"), say("promises_carried_out"), say("trust_at_first"), say("worth")],
    rows.map((r) => [
      chance(r.accuracy),
      chance(r.fidelity),
      chance(r.prior),
      toned(r.gain_per_year, unit.text(r.gain_per_year)),
    ]),
  );
  add(section, several ? add(node("details"), node("summary", say("every_combination_for", { p })), listed) : listed);
}
