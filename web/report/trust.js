import { legendAbove, tooltip, axisOf, dashes, legendOf } from "./charts.js";
import { known, plain, signed, filled, chance, amount, toned, yearly } from "./numbers.js";
import { html, node, add, table, figureIn } from "./page.js";

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 */
export function trustPart(view, section, q) {
  const sides = Object.entries(q.trust || {});
  if (sides.length) add(section, node("h3", "Trust, and what learning is worth"));
  for (const [p, t] of sides) {
    const partner = t.partner || "the other side";
    add(
      section,
      node(
        "p",
        [
          `${p} does not know whether ${partner} keeps its word unless provoked or always breaks it.`,
          known(t.prior) && `At first it thinks the former with a chance of ${chance(t.prior)}.`,
          known(t.threshold)
            ? `It cooperates where that chance is at least ${chance(t.threshold)}.`
            : "No chance, however high, makes it cooperate.",
          t.cooperates !== undefined && `So ${p} ${t.cooperates ? "cooperates" : "does not cooperate"} at the start.`,
          known(t.reassurance)
            ? `Asked once and never again, it would cooperate from a chance of ${chance(t.reassurance)} on (Kydd's threshold).`
            : "Asked once and never again, it would not cooperate whatever the chance: a breach pays in the period (Kydd).",
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
    { p, kind: "keeps its word", of: t.reciprocator },
    { p, kind: "breaks it", of: t.opportunist },
  ]);
  if (!rows.length || rows.some((row) => !row.of)) return;
  add(
    section,
    table(
      "What becomes of a partner",
      ["side", "partner that", "known first", "after years", "broken with first", "after years", "neither"],
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
      once = unit.name.replace(/ a year$/, "");
    add(
      section,
      node(
        "p",
        t.concession.exists
          ? `To tell a partner: a concession of ${p} that costs between ${unit.text(t.concession.from)} and ${unit.text(t.concession.to)} (${once}) would tell one that keeps its word from one that does not.`
          : `No single concession of ${p} would tell one that keeps its word from one that does not.`,
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
    ["keeps its word", t.belief_reciprocator, "solid", "circle"],
    ["always breaks it", t.belief_opportunist, "dashed", "diamond"],
  ]).filter((l) => filled(l[1]));
  if (!lines.length) return;
  const time = (k) => (t.years ? t.years[k] : k),
    figure = figureIn(
      section,
      null,
      `What ${p} comes to believe, period by period: the chance that ${partner} keeps its word unless provoked, in one simulated history with a partner of each kind.`,
    );
  const dots = (c) => `repeating-linear-gradient(90deg, ${c.ink} 0 2px, transparent 2px 5px)`,
    dashed = (style) => style === "dashed";
  legendOf(view, figure, (c) => [
    ...lines.map(([name, , style]) => [
      `if ${partner} in truth ${name}${dashed(style) ? " (dashed)" : ""}`,
      dashed(style) ? dashes(c.loss) : c.gain,
    ]),
    ...(known(t.threshold) ? [[`${p} cooperates above (dotted)`, dots(c)]] : []),
  ]);
  chart(
    figure,
    `Belief of ${p} about ${partner} over time: ${lines.map(([name, list]) => `with a partner that ${name}, from ${chance(list[0])} to ${chance(list.at(-1))}`).join("; ")}.`,
    (room) => ({ width: Math.min(room, 760), height: 250 }),
    (colours) => ({
      tooltip: tooltip(colours, {
        trigger: "axis",
        valueFormatter: (v) => `${plain(v, 1)} %`,
        axisPointer: { label: { formatter: (o) => amount(o.value).replace(",", "") } },
      }),
      grid: { left: 56, right: 20, top: 12, bottom: 46 },
      xAxis: axisOf(colours, t.years ? (t.years[0] >= 1900 ? "year" : "years from the start") : "period", {
        nameGap: 26,
        min: time(0),
        max: time(Math.max(...lines.map((l) => l[1].length)) - 1),
        axisLabel: { color: colours.ink, hideOverlap: true, showMaxLabel: false, formatter: (v) => String(v) },
      }),
      yAxis: axisOf(colours, "chance, percent", { min: 0, max: 100, scale: false, nameGap: 36 }),
      series: lines.map(([name, list, style, symbol], k) => ({
        name: `partner that ${name}`,
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
    unit = yearly(view, q, [d.gain_per_year, d.gain_per_summit, ...rows.map((r) => r.gain_per_year)]),
    once = unit.name.replace(/ a year$/, "");
  const worth = (v) => plain(v * unit.scale, unit.digits),
    parts = [
      known(d.gain_per_year) && `${worth(d.gain_per_year)} ${unit.name} to ${p}`,
      known(d.gain_per_summit) && `${worth(d.gain_per_summit)} ${once} for each meeting`,
    ].filter(Boolean);
  if (parts.length)
    add(
      section,
      node(
        "p",
        `Were the other's nature unknown, being told after a breach whether it was an accident${known(d.accuracy) ? `, rightly in ${chance(d.accuracy)} of cases,` : ""} would be worth ${parts.join(", ")}.`,
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
    nameOf = (f) => (f === undefined ? "gain" : `promises carried out in ${chance(f)}`);
  const figure = figureIn(
    section,
    null,
    `What being told is worth to ${p}, in ${unit.name}, by how often it tells rightly whether a breach was an accident (50 % is a coin toss)${known(prior) ? `, where ${p} first trusts with a chance of ${chance(prior)}` : ""}. One line for each reliability of promises.`,
  );
  const several = values("accuracy").length > 1;
  if (several)
    chart(
      figure,
      `Value of being told to ${p} by its accuracy: ${lines
        .map((f) => {
          const l = kept.filter((r) => r.fidelity === f).sort((x, y) => x.accuracy - y.accuracy);
          return `${nameOf(f)}: up to ${unit.text(Math.max(...l.map((r) => r.gain_per_year)))}`;
        })
        .join("; ")}.`,
      (room) => ({ width: Math.min(room, 640), height: 240 + 20 * lines.length }),
      (colours) => ({
        tooltip: tooltip(colours, {
          formatter: (o) =>
            `${html(o.seriesName)}<br>right in ${plain(o.value[0], 0)} %: ${signed(o.value[1], unit.digits)}`,
        }),
        legend: legendAbove(colours),
        grid: { left: 66, right: 20, top: 16 + 20 * lines.length, bottom: 46 },
        xAxis: axisOf(colours, "talks tell rightly, percent", { nameGap: 26 }),
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
    `Value of being told to ${p}, in ${unit.name}`,
    ["tells rightly", "promises carried out", "trust at first", "worth"],
    rows.map((r) => [
      chance(r.accuracy),
      chance(r.fidelity),
      chance(r.prior),
      toned(r.gain_per_year, unit.text(r.gain_per_year)),
    ]),
  );
  add(section, several ? add(node("details"), node("summary", `Every combination, for ${p}`), listed) : listed);
}
