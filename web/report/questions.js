import { legendAbove, tooltip, cut, textWidth, axisOf, square } from "./charts.js";
import { small, most, known, plain, signed, adaptive, largest, sum, rate, moneyPhrase } from "./numbers.js";
import { html, node, add, table, openSection, titled } from "./page.js";
import { regionTable, certificate } from "./scenarios.js";
import { of, welfare, outcomeByName } from "./view.js";
import { welfareBars } from "./welfare_bars.js";
import { say, term } from "./words.js";

const kindTitle = /** @type {const} */ ({
  optimal: "kind_optimal",
  nash: "kind_nash",
  talks: "kind_talks",
  common_ground: "kind_common_ground",
  game: "kind_game",
});

/**
 * Tariffs by sector as a heat map, one row an exporter: light is low, dark is high.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} parent
 * @param {import("./view.js").Schedule} schedule
 */
export function scheduleMap(view, parent, schedule) {
  const { chart } = view;
  const { exporters, sectors, rates } = schedule;
  const shown =
    exporters.length <= most
      ? exporters.map((_, i) => i)
      : exporters
          .map((_, i) => i)
          .sort((a, b) => largest(rates[b]) - largest(rates[a]))
          .slice(0, most);
  const top = Math.max(0.01, largest(shown.flatMap((i) => rates[i])));
  const figure = node("figure"),
    scroll = node("div", null, {
      class: "scroll",
      tabindex: "0",
      role: "group",
      "aria-label": say("tariffs_of", { importer: schedule.importer }),
    });
  add(
    parent,
    add(
      figure,
      node(
        "figcaption",
        say("tariffs_of_by_exporter_and", {
          importer: schedule.importer,
          shown: shown.length < exporters.length ? say("the_exporters_with_the_highest", { shown: shown.length }) : "",
          top: rate(top),
        }),
      ),
      scroll,
    ),
  );
  const label = say("heat_map_of_the_tariffs", { importer: schedule.importer, top: rate(top) });
  const cellWidth = (room, left) => Math.max(26, Math.min(64, (room - left - 8) / sectors.length));
  const left = () =>
      textWidth(
        shown.map((i) => exporters[i]),
        12,
      ) + 14,
    space = () => textWidth(sectors, 11);
  const sizeOf = (room) => ({
    width: Math.floor(left() + 8 + cellWidth(room, left()) * sectors.length),
    height: Math.floor(space() + 22 + 28 * shown.length),
  });
  chart(scroll, label, sizeOf, (colours) => {
    const cells = shown.flatMap((i, y) => sectors.map((_, x) => ({ x, y, v: rates[i][x] }))).filter((c) => known(c.v));
    const axis = { type: "category", axisTick: { show: false }, axisLine: { show: false } };
    return {
      tooltip: tooltip(colours, {
        formatter: (p) =>
          say("tariff_words", {
            importer: html(schedule.importer),
            sectors: html(sectors[p.value[0]]),
            shown: html(exporters[shown[p.value[1]]]),
            p: plain(100 * p.value[2], 2),
          }),
      }),
      grid: {
        left: left(),
        right: 8,
        top: space() + 12,
        bottom: 8,
        show: true,
        backgroundColor: colours.empty,
        borderWidth: 0,
      },
      xAxis: {
        ...axis,
        data: sectors,
        position: "top",
        axisLabel: { color: colours.ink, interval: 0, fontSize: 11, rotate: 90, formatter: (n) => cut(n) },
      },
      yAxis: {
        ...axis,
        inverse: true,
        data: shown.map((i) => exporters[i]),
        axisLabel: { color: colours.ink, interval: 0, formatter: (n) => cut(n) },
      },
      visualMap: {
        show: false,
        min: 0,
        max: top,
        inRange: { color: [colours.diverging[2], colours.diverging[3], colours.diverging[4]] },
      },
      series: [
        {
          type: "heatmap",
          progressive: 0,
          itemStyle: { borderColor: colours.paper, borderWidth: 1 },
          data: cells.map((c) => ({
            value: [c.x, c.y, c.v],
            label: { color: c.v < colours.turn * 0.75 * top ? colours.ink : colours.paper },
          })),
          label: { show: sectors.length <= 45, fontSize: 10, formatter: (p) => rate(p.value[2]) },
        },
      ],
    };
  });
}

/**
 * Each side's best uniform rate against every uniform rate of the other: the curves cross at the trade war.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} parent
 * @param {import("./view.js").Nash} q
 */
export function responseCurves(view, parent, q) {
  const { chart } = view;
  const curves = q.best_responses;
  if (!curves) return;
  const [a, b] = Object.keys(q.players);
  const figure = node("figure");
  add(parent, node("h3", say("best_answers")), figure);
  add(figure, node("figcaption", say("with_one_rate_each_on", { a, b })));
  const percent = (list) => list.map((v) => 100 * v),
    rates = percent(curves.rate);
  chart(figure, say("best_response_curves_of_and", { a, b }), square, (colours) => ({
    tooltip: tooltip(colours, {
      formatter: (p) =>
        `${html(p.seriesName)}<br>${html(a)} ${plain(p.value[0], 1)} %, ${html(b)} ${plain(p.value[1], 1)} %`,
    }),
    legend: { top: 0, textStyle: { color: colours.ink } },
    grid: { left: 56, right: 20, top: 36, bottom: 48 },
    xAxis: axisOf(colours, say("tariff_of_first", { a }), { min: 0, scale: false, nameGap: 28 }),
    yAxis: axisOf(colours, say("tariff_of_second", { b }), { min: 0, scale: false, nameGap: 36 }),
    series: [
      {
        name: say("best_for_first", { a }),
        type: "line",
        smooth: true,
        symbolSize: 5,
        color: colours.series[0],
        data: percent(curves.response[a]).map((v, k) => [v, rates[k]]),
      },
      {
        name: say("best_for_second", { b }),
        type: "line",
        smooth: true,
        symbolSize: 5,
        color: colours.series[1],
        data: percent(curves.response[b]).map((v, k) => [rates[k], v]),
      },
    ],
  }));
}

/**
 * What two players can reach together, with where they stand and where each outcome lies.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} parent
 * @param {import("./view.js").Talks} q
 */
export function frontierChart(view, parent, q) {
  const { chart } = view;
  if (!q.frontier_percent) return;
  const [a, b] = Object.keys(q.players),
    at = (key) => [q.players[a][key], q.players[b][key]];
  const points = [
    { name: say("base_column"), value: [0, 0] },
    { name: q.from === "base" ? "" : q.from, value: at("in_force_percent") },
    { name: q.threat === q.from ? "" : say("without_a_deal", { threat: q.threat }), value: at("threat_percent") },
    { name: say("deal"), value: at("utility_percent") },
  ].filter((p) => p.name);
  const figure = node("figure"),
    top = 17 * (points.length + 1);
  add(parent, node("h3", say("what_they_can_reach_together")), figure);
  add(figure, node("figcaption", say("the_line_is_the_frontier", { a, b })));
  chart(
    figure,
    say("pareto_frontier_between_and", {
      a,
      b,
      name: points
        .map((p) => say("point_words", { p: p.name, p2: adaptive(p.value[0]), p3: adaptive(p.value[1]) }))
        .join(say("semicolon")),
    }),
    // Points can lie on each other: their names stand in the legend above.
    (room) => ({ ...square(room), height: square(room).height + top }),
    (colours) => ({
      tooltip: tooltip(colours, {
        formatter: (p) =>
          `${html(p.name || p.seriesName)}<br>${html(a)} ${signed(p.value[0], 4)} %, ${html(b)} ${signed(p.value[1], 4)} %`,
      }),
      legend: legendAbove(colours),
      grid: { left: 72, right: 28, top: 16 + top, bottom: 48 },
      xAxis: axisOf(colours, say("percent_of_first", { a }), { nameGap: 28 }),
      yAxis: axisOf(colours, say("percent_of_second", { b }), { nameGap: 54 }),
      series: [
        { name: say("frontier"), type: "line", symbolSize: 4, color: colours.series[0], data: q.frontier_percent },
        ...points.map(({ name, value }, k) => ({
          name,
          type: "scatter",
          symbol: ["circle", "rect", "triangle", "diamond"][k % 4],
          symbolSize: 13,
          symbolKeepAspect: true,
          color: colours.series[(k + 1) % colours.series.length],
          data: [{ name, value }],
        })),
      ],
    }),
  );
}

const quoted = (view, name) => (name === "base" || !outcomeByName(view, name) ? say("the_base") : `“${name}”`);

/**
 * Who pays: money of every region that does not play, against what the engine's sentences compare with: what happens
 * without the deal, else the tariffs in force before.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Outcome} q
 * @param {string[]} players
 */
export function thirdCountries(view, section, q, players) {
  const { money, regions } = view;
  const against = /** @type {any} */ (q).threat ?? q.from,
    before = against === "base" ? null : outcomeByName(view, against),
    from = quoted(view, against),
    others = regions.filter((r) => !players.includes(r) && known(of(q, r).ev));
  if (!others.length) return;
  const change = (r) => of(q, r).ev - (before ? of(before, r).ev : 0),
    size = (r) => Math.abs(change(r)),
    order = [...others].sort((a, b) => size(b) - size(a));
  const unit = money(order.map(change));
  const ratio = (s, r) => 1 + (s ? welfare(s, r) : 0) / 100,
    share = (r) => 100 * (ratio(q, r) / ratio(before, r) - 1);
  add(section, node("h3", say("who_gains_and_who_pays")));
  const cell = (v, digits) => ({ text: signed(v, digits), kind: Math.abs(v) < 1e-9 ? "" : v > 0 ? "gain" : "loss" });
  add(
    section,
    table(
      say("compared_with_money_in_a", { from, unit: unit.name }),
      [say("region_column"), say("money"), say("percent_of_income", { from })],
      order
        .map((r) => [r, cell(change(r) * unit.scale, unit.digits), cell(share(r), 4)])
        .concat([[say("all_of_them"), cell(sum(order.map(change)) * unit.scale, unit.digits), "–"]]),
    ),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Played} q
 */
export function playersTable(view, section, q) {
  const names = Object.keys(q.players || {});
  if (!names.length) return;
  const columns = /** @type {[string, (p: any) => string | null][]} */ ([
    [say("utility_percent"), (p) => signed(p.utility_percent, 4)],
    [say("welfare_percent"), (p) => signed(p.welfare_percent, 4)],
    [
      say("under_percent", { outcome: quoted(view, q.from) }),
      (p) => signed(p.in_force_percent ?? p.start_utility_percent, 4),
    ],
    [
      say("without_a_deal_percent", { outcome: quoted(view, /** @type {any} */ (q).threat ?? "base") }),
      (p) => (known(p.threat_percent) ? signed(p.threat_percent, 4) : null),
    ],
    [say("mean_tariff_percent"), (p) => plain(100 * p.mean_tariff, 1)],
    [say("by_trade_percent"), (p) => plain(100 * p.trade_weighted_tariff, 1)],
    [say("transfer_received"), (p) => (p.transfer ? moneyPhrase(view, p.transfer) : null)],
    [say("largest_gain_from_deviating"), (p) => (known(p.gap) ? small(p.gap, 0) : null)],
  ]).filter(([, get]) => names.some((n) => get(q.players[n]) !== null));
  add(
    section,
    table(
      say("the_players_against_the_base"),
      [say("player"), ...columns.map((c) => c[0])],
      names.map((n) => [n, ...columns.map(([, get]) => get(q.players[n]) ?? "–")]),
    ),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Game} q
 */
export function payoffTable(view, section, q) {
  const { money } = view;
  const [a, b] = Object.keys(q.game_class),
    unit = money([...q.payoffs[a].flat(), ...q.payoffs[b].flat()]);
  const text = (v) => signed(v * unit.scale, unit.digits);
  add(
    section,
    table(
      say("payoffs_in_a_year_against", { unit: unit.name, a, b }),
      [`${a} \\ ${b}`, ...q.policies],
      q.policies.map((p, i) => [
        p,
        ...q.policies.map((_, j) => `${text(q.payoffs[a][i][j])}, ${text(q.payoffs[b][i][j])}`),
      ]),
    ),
  );
  const rows = [a, b].map((p) => [
    p,
    term(q.game_class[p]),
    q.critical_discount && known(q.critical_discount[p]) ? plain(q.critical_discount[p], 3) : "–",
    q.relative_gains_threshold && known(q.relative_gains_threshold[p])
      ? plain(q.relative_gains_threshold[p], 2)
      : say("none"),
  ]);
  add(
    section,
    table(
      say("with_as_keeping_the_agreement", { cooperate: q.cooperate, war: q.war }),
      [say("side"), say("kind_of_game"), say("patience_needed_discount_factor"), say("relative_gains_that_would_end")],
      rows,
      { textColumns: [0, 1] },
    ),
  );
  add(section, node("p", say("a_prisoners_dilemma_breaking_the"), { class: "small" }));
}

/**
 * @param {HTMLElement} section
 * @param {import("./view.js").CommonGround} q
 */
export function issuesTable(section, q) {
  if (!q.issues) return;
  const players = Object.keys(q.utility_percent),
    versus = (issue, p) => issue.alone_utility_percent[p] - q.status_quo_utility_percent[p];
  const cell = (v) => ({ text: signed(v, 4), kind: v > 1e-9 ? "gain" : v < -1e-9 ? "loss" : "" });
  add(
    section,
    table(
      say("each_issue_settled_alone_percent"),
      [say("issue"), say("in_the_best_subset"), ...players],
      q.issues.map((i) => [i.name, i.settled ? say("yes") : say("no"), ...players.map((p) => cell(versus(i, p)))]),
      { textColumns: [0, 1] },
    ),
  );
}

export function questionCertificate(section, q) {
  const c = q.certificate || {};
  const parts = [
    known(c.gap) && say("nash_gap_over_re_optimisations", { gap: small(c.gap), deviations: c.deviations }),
    known(c.bargaining) && say("bargaining_conditions_met_to", { bargaining: small(c.bargaining) }),
    known(c.step) && say("first_order_conditions_to_in", { step: small(c.step) }),
    known(c.projected_gradient) && say("projected_gradient", { projected_gradient: small(c.projected_gradient) }),
    known(c.probe_gain_percent) &&
      c.probes &&
      say("probes_gain_at_most_percent", { probes: c.probes, probe_gain_percent: small(c.probe_gain_percent) }),
    known(c.pareto_gain_percent) &&
      say("no_common_gain_found_above", { pareto_gain_percent: small(c.pareto_gain_percent) }),
    c.method && say("method_equilibria", { method: term(c.method), equilibria: c.equilibria }),
    known(c.sweeps) && say("sweeps", { sweeps: c.sweeps }),
    known(c.seconds) && say("ms", { seconds: plain(1000 * c.seconds, 1) }),
  ].filter(Boolean);
  if (parts.length)
    add(
      section,
      node("p", say("certificate", { parts: parts.join(say("semicolon")) }), {
        class: c.converged === false ? "failed" : "small",
      }),
    );
  certificate(section, q.equilibrium_certificate);
}

// What the kinds above have: players, their tariffs and what these do to others.
function governments(view, section, q) {
  const players = q.question === "optimal" ? [q.player] : Object.keys(q.players || q.utility_percent || {});
  playersTable(view, section, q);
  issuesTable(section, q);
  responseCurves(view, section, q);
  frontierChart(view, section, q);
  if ((q.schedules || []).length) add(section, node("h3", say("tariffs_by_sector")));
  for (const schedule of q.schedules || []) scheduleMap(view, section, schedule);
  thirdCountries(view, section, q, players);
}

/**
 * A kind of question that is not known here has its words, and what it changes by region.
 * @param {import("./view.js").View} view
 * @param {any} q
 */
export function questionSection(view, q) {
  const { regions } = view,
    title = q.title || (kindTitle[q.question] ? say(kindTitle[q.question]) : q.question);
  const section = openSection(view, q.id, titled(title, q.name), q);
  if (q.status !== "answered") return;
  if (q.question === "game") return payoffTable(view, section, q);
  const hasKind = q.question in kindTitle;
  if (hasKind) governments(view, section, q);
  if (q.regions) {
    const size = (r) => Math.abs(welfare(q, r));
    const order = regions.length > most ? [...regions].sort((a, b) => size(b) - size(a)) : regions;
    add(section, node("h3", say("all_regions_against_the_base")));
    regionTable(view, section, q, order);
    welfareBars(view, section, [q], order);
  }
  if (hasKind) questionCertificate(section, q);
}
