import { tooltip, cut, textWidth, axisOf, square, barBetween, dashes, legendOf } from "./charts.js";
import { known, plain, signed, sum, bounds, filled, many, chance, amount, yearly } from "./numbers.js";
import { html, node, add, table, figureIn } from "./page.js";

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
  const names = ["neither side", `${a} only`, `${b} only`, "both sides"],
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
    "For whom the agreement holds",
    `Further right, promises are carried out more often (fidelity, a chance a year); further up, both sides give the future more weight (what the next year counts for, of this one). Colours say for whom keeping the agreement then pays where a breach is answered by a trade war, if both sides were alike in both${q.self_enforcing_by === "equilibria" ? ", with the war taken as given, though it is no best answer of both to each other" : ""}.${points.length ? " The marks are the two sides as estimated; the bar through a mark is the interval of its reliability." : ""}`,
  );
  legendOf(view, figure, (c) => present.map((k) => [`holds for ${names[k]}`, colourOf(c)[k]]));
  const [left, right] = bounds([xs[0], xs.at(-1), ...points.flatMap((m) => [m.f.low, m.f.high, m.f.mean])]),
    [low, high] = bounds([ys[0], ys.at(-1), ...points.map((m) => m.d)]);
  chart(
    figure,
    `Map of reliability and patience: the agreement holds for both sides in ${chance(cells[3].length / all)} of the map. ${points.map((m) => `${m.p} stands at reliability ${chance(m.f.mean)} and patience ${plain(m.d, 3)}`).join("; ")}.`,
    square,
    (colours) => ({
      tooltip: tooltip(colours, {
        formatter: (p) =>
          p.seriesName === "map"
            ? `holds for ${html(names[runs[p.dataIndex].k])}`
            : `${html(p.name || p.seriesName)}<br>reliability ${chance(p.value[0])}, patience ${plain(p.value[1], 3)}`,
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
      xAxis: axisOf(colours, "reliability of promises, percent a year", {
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
      yAxis: axisOf(colours, "weight of the next year", {
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
    { name: "agreement", symbol: "circle", value: set.agreement },
    { name: "war", symbol: "triangle", value: set.war },
  ]
    .filter((m) => m.value)
    .map((m) => ({ ...m, value: m.value.map((v) => v * unit.scale) }));
  const size =
    outer.length && outer.length < 3 ? ` (here only ${outer.length === 1 ? "a single point" : "a line"})` : "";
  const caption = [
    `Every point is a pair of yearly gains against the base, in ${unit.name}. The shaded area is what the two sides can have for ever without anyone to enforce it, because each keeps its word for fear of losing it${size}`,
    feasible.length ? "; the dashed outline is all that their policies could bring if promises bound them." : ".",
    inner.length && known(set.gap)
      ? ` Computed from inside and from outside; the two differ by at most ${chance(set.gap)} of what is at stake for either side.`
      : "",
    set.status && set.status !== "converged" ? ` The computation ended as “${set.status}”.` : "",
  ].join("");
  const figure = figureIn(section, "What can last between them", caption);
  const areas = /** @type {[string, number[][], number][]} */ ([
    ["can last", outer, inner.length ? 0.25 : 0.45],
    ["can surely last (inner bound)", inner, 0.4],
  ]).filter((s) => s[1].length);
  legendOf(view, figure, (c) => [
    ...areas.map(([name, , opacity], k) => [
      k === 0 && inner.length ? "might last (outer bound)" : name,
      c.gain + Math.round(255 * (k ? 0.65 : opacity)).toString(16),
    ]),
    ...(feasible.length ? [["possible if promises bound (dashed)", dashes(c.axis)]] : []),
  ]);
  const at = (m) => `${m.name} at ${m.value.map((v) => signed(v, unit.digits)).join(" and ")}`;
  chart(
    figure,
    `Set of payoffs of ${a} and ${b} that can last, in ${unit.name}; ${marks.map(at).join("; ")}.`,
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
                name: "possible if promises bound",
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
export function historyStrip(view, section, q, [a, b], h = q.history, title = "One possible history") {
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
  const rows = [`${b} lapsed`, "peace or war", `${a} lapsed`],
    marks = /** @type {[number, number[], string][]} */ ([
      [2, lapses(1), "triangle"],
      [0, lapses(2), "diamond"],
    ]);
  const figure = figureIn(
    section,
    title,
    `A history drawn at random from the same numbers${known(h.seed) ? ` (seed ${h.seed})` : ""}: low bars are times of peace, tall bars times of war. A mark is a promise that was not carried out though its side meant to.`,
  );
  legendOf(view, figure, (c) => [
    ["peace (low bar)", c.diverging[3]],
    ["war (tall bar)", c.loss],
  ]);
  const words = `${many(wars, "spell")} of war in ${many(Math.round(h.years.length * step), "year")}; ${a} lapsed ${many(lapses(1).length, "time")}, ${b} ${many(lapses(2).length, "time")}.`;
  chart(
    figure,
    `Strip of peace and war over one simulated history: ${words}`,
    () => ({ height: 178 }),
    (colours) => ({
      tooltip: tooltip(colours, {
        formatter: (p) =>
          p.seriesName === "strip"
            ? `${runs[p.dataIndex].war ? "war" : "peace"}: ${amount(runs[p.dataIndex].from)} to ${amount(runs[p.dataIndex].to)}`.replaceAll(
                ",",
                "",
              )
            : `${html(p.seriesName)}, ${Math.floor(p.value[0])}`,
      }),
      grid: { left: textWidth(rows, 12) + 10, right: 20, top: 8, bottom: 46 },
      xAxis: axisOf(colours, h.years[0] >= 1900 ? "year" : "years from the start", {
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
    axis = "weight of the next period";
  add(section, node("h3", "How much cooperation patience buys"));
  if (curve.discount.length > 1) {
    add(
      section,
      node(
        "p",
        `The best tariffs that the fear of a lasting trade war holds up, every line set to that end, if both sides give the next period this weight and promises are always carried out: nobody gains by breaking them, and each side keeps at least this share of what “${q.cooperate}” gives it over “${q.war}”.${filled(curve.nothing_holds) ? ` With a weight of ${plain(Math.max(...curve.nothing_holds), 2)} or less nothing holds: “${q.war}” is no best answer of both to each other.` : Math.abs(curve.share[0]) < 1e-6 ? ` With no weight on the future, only “${q.war}” is left.` : ""}`,
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
      `Share of what “${q.cooperate}” gives over “${q.war}” that can be kept`,
      "Share of the agreement's gains by the weight of the next period, in percent.",
      "share of the gain, percent",
      [line("share of the gain", curve.share, 0)],
    );
    draw(
      "Mean tariffs that keep it",
      `Mean tariffs of ${a} and ${b} by the weight of the next period, in percent.`,
      "mean tariff, percent",
      players.map((p, k) => line(p, curve.mean_tariff[p], k)),
    );
  }
  if (now && now.holds)
    add(
      section,
      table(
        "The best tariffs at the patience of each side",
        [
          "side",
          "weight of the next period",
          "share of the gain kept",
          "mean tariff",
          "a breach would lose, as a share of the gain",
        ],
        players.map((p) => [
          p,
          plain(q.discount[p], 3),
          `${plain(100 * now.share, 1)} %`,
          `${plain(100 * now.mean_tariff[p], 1)} %`,
          now.slack[p] < 1e-3 ? "nothing: this side is at the edge" : `${plain(100 * now.slack[p], 1)} %`,
        ]),
      ),
    );
  if (curve.not_found) add(section, node("p", `Not found everywhere: ${curve.not_found.error}`, { class: "small" }));
  if (!q.escape) return;
  add(
    section,
    table(
      "An escape clause: what is kept in each state where the two together do best",
      ["what is at stake, times", "how often", "way from agreement to war", ...players.map((p) => `${p}, mean tariff`)],
      q.escape.states.map((s) => [
        plain(s.factor, 2),
        chance(s.share),
        `${plain(100 * s.policy, 1)} %`,
        ...players.map((p) => `${plain(100 * s.mean_tariff[p], 1)} %`),
      ]),
    ),
  );
}
