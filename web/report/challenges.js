import { axisOf, namesAxis, seriesLegend, textWidth, tooltip } from "./charts.js";
import { plain, largest, columnDigits, sum, toned, yearly } from "./numbers.js";
import { node, add, table, openSection, titled } from "./page.js";
import { say } from "./words.js";

const challengeKeys = /** @type {const} */ ({
  aggregate_effort: "challenge_aggregate_effort",
  weakest_link: "challenge_weakest_link",
  single_best_effort: "challenge_single_best_effort",
  mutual_restraint: "challenge_mutual_restraint",
  coordination: "challenge_coordination",
});

/**
 * @param {import("./view.js").View} view
 * @param {import("./view.js").Challenge} q
 */
export function challengeSection(view, q) {
  const section = openSection(view, q.id, titled(q.title || say("a_shared_challenge"), q.name), q),
    names = q.contributors;
  add(section, node("p", say(challengeKeys[q.kind]), { class: "small" }));
  const { nash, joint } = q,
    unit = yearly(view, q, [...nash.payoff, ...joint.payoff]),
    efforts = [...nash.effort, ...joint.effort],
    digits = largest(efforts) >= 1 && largest(efforts) < 100 ? 2 : columnDigits(efforts),
    title = q.kind === "mutual_restraint" ? say("how_far_each_goes") : say("effort_each_alone_and_all");
  pairedBars(view, section, title, names, say("effort"), nash.effort, joint.effort, (v) => plain(v, digits));
  const cell = (v) => toned(v, unit.text(v)),
    row = (name, nashEffort, jointEffort, nashPayoff, jointPayoff) => [
      name,
      plain(nashEffort, digits),
      plain(jointEffort, digits),
      cell(nashPayoff),
      cell(jointPayoff),
      cell(jointPayoff - nashPayoff),
    ],
    rows = names.map((n, k) => row(n, nash.effort[k], joint.effort[k], nash.payoff[k], joint.payoff[k])),
    all = row(say("all_of_them"), sum(nash.effort), sum(joint.effort), sum(nash.payoff), sum(joint.payoff));
  add(
    section,
    table(
      say("gains_in", { unit: unit.name }),
      [
        say("contributor"),
        say("effort_alone"),
        say("effort_together"),
        say("gain_alone"),
        say("gain_together"),
        say("difference"),
      ],
      [...rows, all],
    ),
  );
  if (q.stable_coalition > 0)
    add(section, node("p", say("a_group_of_would_hold", { stable_coalition: q.stable_coalition })));
}

/**
 * Two bars a name, numbered: colour is not alone.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {any} title
 * @param {any} names
 * @param {any} axis
 * @param {any} alone
 * @param {any} together
 * @param {any} text
 */
export function pairedBars(view, section, title, names, axis, alone, together, text) {
  const { chart } = view;
  const figure = node("figure"),
    shown = [
      { name: say("each_alone"), of: alone },
      { name: say("all_together"), of: together },
    ];
  add(section, node("h3", title), figure);
  add(figure, seriesLegend(view, shown));
  chart(
    figure,
    say("bar_chart_of_by_contributor", {
      axis,
      together: names
        .map((n, k) => say("effort_of_both", { n, alone: text(alone[k]), together: text(together[k]) }))
        .slice(0, 8)
        .join(say("semicolon")),
    }),
    () => ({ height: 52 + 46 * names.length }),
    (colours) => ({
      tooltip: tooltip(colours, { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: text }),
      grid: { left: textWidth(names, 12) + 16, right: 70, top: 8, bottom: 44 },
      xAxis: axisOf(colours, axis, { scale: false, nameGap: 28 }),
      yAxis: namesAxis(colours, names),
      series: shown.map((s, k) => ({
        name: s.name,
        type: "bar",
        barMaxWidth: 16,
        color: colours.series[k],
        data: s.of.map((v) => ({
          value: v,
          label: {
            show: true,
            position: v < 0 ? "left" : "right",
            color: colours.ink,
            fontSize: 11,
            formatter: `${k + 1}: ${text(v)}`,
          },
        })),
      })),
    }),
  );
}
