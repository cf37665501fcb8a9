import { tooltip, cut, textWidth, axisOf, square, barBetween, dashes, legendOf } from "./charts.js";
import { known, plain, signed, sum, bounds, filled, chance, amount, yearly } from "./numbers.js";
import { html, node, add, table, figureIn } from "./page.js";
import { say } from "./words.js";

/**
 * A chance or a weight a period as the same a year.
 * @param {{ period_years?: number }} q of a relation that was answered
 * @param {number} rate
 */
export function aYear(q, rate) {
  return rate ** (1 / (q.period_years ?? 1));
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 * @param {string[]} sides
 */
export function holdsMap(view, section, q, [a, b]) {
  const { chart } = view;
  const map = q.region_map;
  if (!map || !filled(map.discount_year) || !filled(map.fidelity_year) || !map.a || !map.b) return;
  const edges = (g) =>
    [...g, 2 * g.at(-1) - (g.at(-2) ?? g.at(-1) - 0.02)].map((v, k) =>
      Math.min(1, Math.max(0, k ? (v + g[k - 1]) / 2 : 1.5 * v - 0.5 * (g[1] ?? v + 0.02))),
    );
  const xs = edges(map.fidelity_year),
    ys = edges(map.discount_year),
    classOf = (r, c) => (map.a[r][c] ? 1 : 0) + (map.b[r][c] ? 2 : 0);
  const names = [say("neither_side"), say("first_only", { a }), say("second_only", { b }), say("both_sides")],
    colourOf = (c) => [c.diverging[1], c.series[4], c.series[3], c.diverging[3]];
  const runs = [],
    cells = /** @type {number[][][]} */ ([[], [], [], []]);
  map.discount_year.forEach((_d, r) =>
    map.fidelity_year.forEach((_f, c) => {
      const k = classOf(r, c),
        last = runs.at(-1);
      cells[k].push([(xs[c] + xs[c + 1]) / 2, (ys[r] + ys[r + 1]) / 2]);
      if (c && last.k === k) last.to = xs[c + 1];
      else runs.push({ k, from: xs[c], to: xs[c + 1], low: ys[r], high: ys[r + 1] });
    }),
  );
  const present = names.map((_, k) => k).filter((k) => cells[k].length),
    all = map.discount_year.length * map.fidelity_year.length;
  // The name of an area stands on its cell nearest to the middle, where the area is large enough to carry it.
  const labels = present
    .filter((k) => cells[k].length > 0.08 * all)
    .map((k) => {
      const mean = [0, 1].map((d) => sum(cells[k].map((p) => p[d])) / cells[k].length),
        far = (p) => Math.hypot((p[0] - mean[0]) / (xs.at(-1) - xs[0]), (p[1] - mean[1]) / (ys.at(-1) - ys[0]));
      return { value: cells[k].reduce((best, p) => (far(p) < far(best) ? p : best)), name: names[k] };
    });
  const points = [a, b]
    .filter((p) => known(q.fidelity?.[p]?.mean) && known(q.discount?.[p]))
    .map((p) => {
      const { low, mean, high } = q.fidelity[p];
      return {
        p,
        f: { low: aYear(q, low), mean: aYear(q, mean), high: aYear(q, high) },
        d: aYear(q, q.discount[p]),
      };
    });
  const figure = figureIn(
    section,
    say("for_whom_the_agreement_holds"),
    say("further_right_promises_are_carried", {
      self_enforcing_by: q.self_enforcing_by === "equilibria" ? say("with_the_war_taken_as") : "",
      points: points.length ? say("the_marks_are_the_two") : "",
    }),
  );
  legendOf(view, figure, (c) => present.map((k) => [say("holds_for", { names: names[k] }), colourOf(c)[k]]));
  const [left, right] = bounds([xs[0], xs.at(-1), ...points.flatMap((m) => [m.f.low, m.f.high, m.f.mean])]),
    [low, high] = bounds([ys[0], ys.at(-1), ...points.map((m) => m.d)]);
  chart(
    figure,
    say("map_of_reliability_and_patience", {
      all: chance(cells[3].length / all),
      points: points
        .map((m) => say("stands_at_reliability_and_patience", { p: m.p, m: chance(m.f.mean), m2: plain(m.d, 3) }))
        .join(say("semicolon")),
    }),
    square,
    (colours) => ({
      tooltip: tooltip(colours, {
        formatter: (p) =>
          p.seriesName === "map"
            ? say("holds_for_these", { data_index: html(names[runs[p.dataIndex].k]) })
            : say("point_reliability", {
                series_name: html(p.name || p.seriesName),
                p: chance(p.value[0]),
                p2: plain(p.value[1], 3),
              }),
      }),
      grid: {
        left: 62,
        right: 24,
        top: points.length ? 28 : 14,
        bottom: 48,
        show: true,
        backgroundColor: colours.empty,
        borderWidth: 0,
      },
      xAxis: axisOf(colours, say("reliability_of_promises_percent_a"), {
        min: left,
        max: right,
        nameGap: 28,
        splitLine: { show: false },
        axisLabel: {
          color: colours.ink,
          hideOverlap: true,
          showMinLabel: false,
          formatter: (v) => plain(100 * v, right - left < 0.05 ? 1 : 0),
        },
      }),
      yAxis: axisOf(colours, say("weight_of_the_next_year"), {
        min: low,
        max: high,
        nameGap: 44,
        splitLine: { show: false },
        axisLabel: {
          color: colours.ink,
          hideOverlap: true,
          showMinLabel: false,
          showMaxLabel: false,
          formatter: (v) => plain(v, high - low < 0.1 ? 3 : 2),
        },
      }),
      series: [
        {
          name: "map",
          type: "custom",
          data: runs.map((r) => [r.from, r.low, r.to, r.high, r.k]),
          encode: { x: [0, 2], y: [1, 3] },
          renderItem: (_, api) => {
            const [p, o] = [
              [0, 3],
              [2, 1],
            ].map(([x, y]) => api.coord([api.value(x), api.value(y)]).map(Math.round));
            return {
              type: "rect",
              shape: { x: p[0], y: p[1], width: o[0] - p[0], height: o[1] - p[1] },
              style: { fill: colourOf(colours)[api.value(4)] },
            };
          },
        },
        {
          name: "areas",
          type: "scatter",
          silent: true,
          symbolSize: 0.1,
          z: 3,
          itemStyle: { opacity: 1, color: "transparent" },
          labelLayout: { moveOverlap: "shiftY" },
          data: labels.map((l) => ({
            ...l,
            label: {
              show: true,
              position: "inside",
              formatter: l.name,
              color: colours.ink,
              textBorderColor: colours.paper,
              textBorderWidth: 3,
              fontSize: 12,
            },
          })),
        },
        ...points
          .filter((m) => m.f.high > m.f.low)
          .map((m) => barBetween(m.p, colours.ink, [m.f.low, m.d], [m.f.high, m.d])),
        ...points.map((m, k) => ({
          name: m.p,
          type: "scatter",
          symbol: ["circle", "diamond"][k],
          symbolSize: 14,
          z: 5,
          itemStyle: { opacity: 1, color: k ? colours.paper : colours.ink, borderColor: colours.ink, borderWidth: 2 },
          data: [
            {
              name: m.p,
              value: [m.f.mean, m.d],
              label: {
                show: true,
                position: k && m.d - low > 0.08 * (high - low) ? "bottom" : "top",
                formatter: m.p,
                color: colours.ink,
                textBorderColor: colours.paper,
                textBorderWidth: 3,
                fontWeight: "bold",
              },
            },
          ],
        })),
      ],
    }),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 * @param {string[]} sides
 */
export function lastingSet(view, section, q, [a, b]) {
  const { chart } = view;
  const set = q.payoff_set;
  if (!set || !(filled(set.vertices) || filled(set.feasible))) return;
  const unit = yearly(view, q, [set.vertices, set.feasible, set.inner].filter(filled).flat(2)),
    scaled = (list) => (filled(list) ? list.map((p) => p.map((v) => v * unit.scale)) : []);
  const outer = scaled(set.vertices),
    inner = scaled(set.inner),
    feasible = scaled(set.feasible),
    closed = (list) => [...list, list[0]];
  const marks = [
    { name: say("agreement"), symbol: "circle", value: set.agreement },
    { name: say("war"), symbol: "triangle", value: set.war },
  ]
    .filter((m) => m.value)
    .map((m) => ({ ...m, value: m.value.map((v) => v * unit.scale) }));
  const size =
    outer.length && outer.length < 3
      ? say("set_is_only", { outer: outer.length === 1 ? say("a_single_point") : say("a_line") })
      : "";
  const caption = [
    say("every_point_is_a_pair", { unit: unit.name, size }),
    feasible.length ? say("the_dashed_outline_is_all") : ".",
    inner.length && known(set.gap) ? say("computed_from_inside_and_from", { gap: chance(set.gap) }) : "",
    set.status && set.status !== "converged" ? say("the_computation_ended_as", { status: set.status }) : "",
  ].join("");
  const figure = figureIn(section, say("what_can_last_between_them"), caption);
  const areas = /** @type {[string, number[][], number][]} */ ([
    [say("can_last"), outer, inner.length ? 0.25 : 0.45],
    [say("can_surely_last_inner_bound"), inner, 0.4],
  ]).filter((s) => s[1].length);
  legendOf(view, figure, (c) => [
    ...areas.map(([name, , opacity], k) => [
      k === 0 && inner.length ? say("might_last_outer_bound") : name,
      c.gain + Math.round(255 * (k ? 0.65 : opacity)).toString(16),
    ]),
    ...(feasible.length ? [[say("possible_if_promises_bound_dashed"), dashes(c.axis)]] : []),
  ]);
  const at = (m) =>
    say("mark_at", { m: m.name, digits: m.value.map((v) => signed(v, unit.digits)).join(say("joined_and")) });
  chart(
    figure,
    say("set_of_payoffs_of_and", { a, b, unit: unit.name, marks: marks.map(at).join(say("semicolon")) }),
    square,
    (colours) => ({
      tooltip: tooltip(colours, {
        formatter: (p) =>
          `${html(p.name || p.seriesName)}<br>${html(a)} ${signed(p.value[0], unit.digits)}, ${html(b)} ${signed(p.value[1], unit.digits)}`,
      }),
      grid: { left: 72, right: 28, top: 16, bottom: 48 },
      xAxis: axisOf(colours, `${a}, ${unit.name}`, { nameGap: 28, boundaryGap: [0.06, 0.06] }),
      yAxis: axisOf(colours, `${b}, ${unit.name}`, { nameGap: 50, boundaryGap: [0.08, 0.06] }),
      series: [
        ...(feasible.length
          ? [
              {
                name: say("possible_if_promises_bound"),
                type: "line",
                symbolSize: 4,
                color: colours.axis,
                lineStyle: { type: "dashed", width: 1.5 },
                data: closed(feasible),
              },
            ]
          : []),
        ...areas.flatMap(([name, list, opacity]) => [
          {
            name,
            type: "custom",
            silent: true,
            z: 1,
            data: [list[0]],
            renderItem: (_, api) => ({
              type: "polygon",
              shape: { points: list.map((p) => api.coord(p)) },
              style: { fill: colours.gain, opacity },
            }),
          },
          { name, type: "line", symbolSize: 4, color: colours.gain, lineStyle: { width: 2 }, data: closed(list) },
        ]),
        ...marks.map((m, k) => ({
          name: m.name,
          type: "scatter",
          symbol: m.symbol,
          symbolSize: 14,
          z: 5,
          itemStyle: {
            opacity: 1,
            color: k ? colours.loss : colours.ink,
            borderColor: colours.paper,
            borderWidth: 1.5,
          },
          data: [
            {
              name: m.name,
              value: m.value,
              label: {
                show: true,
                position: k ? "bottom" : "top",
                formatter: m.name,
                color: colours.ink,
                textBorderColor: colours.paper,
                textBorderWidth: 3,
              },
            },
          ],
        })),
      ],
    }),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 * @param {string[]} sides
 * @param {any} [h] the history
 * @param {string} [title]
 */
export function historyStrip(view, section, q, [a, b], h = q.history, title = say("one_possible_history")) {
  const { chart } = view;
  if (!h || !filled(h.years) || !filled(h.war)) return;
  const step = h.years.length > 1 ? h.years[1] - h.years[0] : q.period_years || 1,
    lapse = h.lapse || [],
    runs = [];
  h.years.forEach((year, k) => {
    if (k && runs.at(-1).war === h.war[k]) runs.at(-1).to = year + step;
    else runs.push({ war: h.war[k], from: year, to: year + step });
  });
  const wars = runs.filter((r) => r.war).length,
    lapses = (bit) => h.years.flatMap((year, k) => (lapse[k] & bit ? [year + step / 2] : []));
  const rows = [say("second_lapsed", { b }), say("peace_or_war"), say("first_lapsed", { a })],
    marks = /** @type {[number, number[], string][]} */ ([
      [2, lapses(1), "triangle"],
      [0, lapses(2), "diamond"],
    ]);
  const figure = figureIn(
    section,
    title,
    say("a_history_drawn_at_random", { seed: known(h.seed) ? say("history_seed", { seed: h.seed }) : "" }),
  );
  legendOf(view, figure, (c) => [
    [say("peace_low_bar"), c.diverging[3]],
    [say("war_tall_bar"), c.loss],
  ]);
  const words = say("history_words", {
    wars: say("n_spells", { n: wars }),
    years: say("n_years", { n: Math.round(h.years.length * step) }),
    a,
    b,
    lapses_a: say("n_times", { n: lapses(1).length }),
    lapses_b: say("n_times", { n: lapses(2).length }),
  });
  chart(
    figure,
    say("strip_of_peace_and_war", { words }),
    () => ({ height: 178 }),
    (colours) => ({
      tooltip: tooltip(colours, {
        formatter: (p) =>
          p.seriesName === "strip"
            ? say("spell_from_to", {
                war: runs[p.dataIndex].war ? say("war") : say("peace"),
                from: amount(runs[p.dataIndex].from),
                to: amount(runs[p.dataIndex].to),
              }).replaceAll(",", "")
            : `${html(p.seriesName)}, ${Math.floor(p.value[0])}`,
      }),
      grid: { left: textWidth(rows, 12) + 10, right: 20, top: 8, bottom: 46 },
      xAxis: axisOf(colours, h.years[0] >= 1900 ? say("year") : say("years_from_the_start"), {
        min: h.years[0],
        max: h.years.at(-1) + step,
        nameGap: 26,
        splitLine: { show: false },
        axisLine: { show: true, lineStyle: { color: colours.axis } },
      }),
      yAxis: {
        type: "category",
        data: rows,
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { color: colours.ink, interval: 0, formatter: (n) => cut(n) },
      },
      series: [
        {
          name: "strip",
          type: "custom",
          data: runs.map((r) => [r.from, 1, r.to, r.war]),
          encode: { x: [0, 2], y: 1 },
          renderItem: (_, api) => {
            const p = api.coord([api.value(0), 1]),
              o = api.coord([api.value(2), 1]),
              tall = api.size([0, 1])[1],
              height = tall * (api.value(3) ? 0.9 : 0.3);
            return {
              type: "rect",
              shape: { x: p[0], y: p[1] + 0.45 * tall - height, width: Math.max(1, o[0] - p[0]), height },
              style: { fill: api.value(3) ? colours.loss : colours.diverging[3] },
            };
          },
        },
        ...marks.map(([row, at, symbol]) => ({
          name: rows[row],
          type: "scatter",
          symbol,
          symbolSize: at.length > 60 ? 6 : 9,
          color: colours.ink,
          data: at.map((x) => [x, row]),
        })),
      ],
    }),
  );
  add(figure, node("p", words, { class: "small" }));
}

/**
 * How much cooperation each degree of patience holds up: in gains and in tariffs.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 * @param {string[]} players
 */
export function cooperationChart(view, section, q, players) {
  const { chart } = view;
  const curve = q.cooperation_curve;
  if (!curve) return;
  const [a, b] = players,
    now = curve.now,
    axis = say("weight_of_the_next_period");
  add(section, node("h3", say("how_much_cooperation_patience_buys")));
  if (curve.discount.length > 1) {
    add(
      section,
      node(
        "p",
        say("the_best_tariffs_that_the", {
          cooperate: q.cooperate,
          war: q.war,
          war2: filled(curve.nothing_holds)
            ? say("with_a_weight_of_or", { nothing_holds: plain(Math.max(...curve.nothing_holds), 2), war: q.war })
            : Math.abs(curve.share[0]) < 1e-6
              ? say("with_no_weight_on_the", { war: q.war })
              : "",
        }),
        { class: "small" },
      ),
    );
    const line = (name, values, k) => ({
      name,
      type: "line",
      symbolSize: 4,
      symbol: ["circle", "rect"][k % 2],
      lineStyle: { type: ["solid", "dashed"][k % 2] },
      data: curve.discount.map((d, i) => [d, 100 * values[i]]),
    });
    const draw = (title, words, yName, series) => {
      const figure = add(node("figure"), node("figcaption", title));
      add(section, figure);
      chart(figure, words, square, (colours) => ({
        tooltip: tooltip(colours, { trigger: "axis", valueFormatter: (v) => `${plain(v, 1)} %` }),
        legend: series.length > 1 ? { top: 0, textStyle: { color: colours.ink } } : { show: false },
        grid: { left: 56, right: 20, top: 36, bottom: 48 },
        xAxis: axisOf(colours, axis, { min: 0, max: 1, scale: false, nameGap: 28 }),
        yAxis: axisOf(colours, yName, { min: 0, scale: false, nameGap: 36 }),
        series: series.map((one, k) => ({ ...one, color: colours.series[k] })),
      }));
    };
    draw(
      say("share_of_what_gives_over", { cooperate: q.cooperate, war: q.war }),
      say("share_of_the_agreements_gains"),
      say("share_of_the_gain_percent"),
      [line(say("share_of_the_gain"), curve.share, 0)],
    );
    draw(
      say("mean_tariffs_that_keep_it"),
      say("mean_tariffs_of_and_by", { a, b }),
      say("mean_tariff_axis"),
      players.map((p, k) => line(p, curve.mean_tariff[p], k)),
    );
  }
  if (now && now.holds)
    add(
      section,
      table(
        say("the_best_tariffs_at_the"),
        [
          say("side"),
          say("weight_of_the_next_period"),
          say("share_of_the_gain_kept"),
          say("mean_tariff"),
          say("a_breach_would_lose_as"),
        ],
        players.map((p) => [
          p,
          plain(q.discount[p], 3),
          `${plain(100 * now.share, 1)} %`,
          `${plain(100 * now.mean_tariff[p], 1)} %`,
          now.slack[p] < 1e-3 ? say("nothing_this_side_is_at") : `${plain(100 * now.slack[p], 1)} %`,
        ]),
      ),
    );
  if (curve.not_found)
    add(section, node("p", say("not_found_everywhere", { error: curve.not_found.error }), { class: "small" }));
  if (!q.escape) return;
  add(
    section,
    table(
      say("an_escape_clause_what_is"),
      [
        say("what_is_at_stake_times"),
        say("how_often"),
        say("way_from_agreement_to_war"),
        ...players.map((p) => say("mean_tariff_of", { p })),
      ],
      q.escape.states.map((s) => [
        plain(s.factor, 2),
        chance(s.share),
        `${plain(100 * s.policy, 1)} %`,
        ...players.map((p) => `${plain(100 * s.mean_tariff[p], 1)} %`),
      ]),
    ),
  );
}
