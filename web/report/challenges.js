import { axisOf, namesAxis, seriesLegend, textWidth, tooltip } from "./charts.js";
import { plain, largest, columnDigits, sum, toned, yearly } from "./numbers.js";
import { node, add, table, openSection } from "./page.js";

export const challengeWords = {
  aggregate_effort: "What counts is the sum of all efforts, as with emissions.",
  weakest_link: "What counts is the smallest effort, as in ending a disease.",
  single_best_effort: "What counts is the largest effort, as in finding a vaccine.",
  mutual_restraint: "What counts is that each holds back, as in a race or with weapons tests.",
  coordination: "What counts is that enough of them do the same, as with a standard.",
};

/**
 * @param {import("./view.js").View} view
 * @param {import("./view.js").Challenge} q
 */
export function challengeSection(view, q) {
  const section = openSection(view, q.id, `${q.title || "A shared challenge"} (${q.name})`, q),
    names = q.contributors;
  add(section, node("p", challengeWords[q.kind], { class: "small" }));
  const { nash, joint } = q,
    unit = yearly(view, q, [...nash.payoff, ...joint.payoff]),
    efforts = [...nash.effort, ...joint.effort],
    digits = largest(efforts) >= 1 && largest(efforts) < 100 ? 2 : columnDigits(efforts),
    title = q.kind === "mutual_restraint" ? "How far each goes" : "Effort, each alone and all together";
  pairedBars(view, section, title, names, "effort", nash.effort, joint.effort, (v) => plain(v, digits));
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
    all = row("all of them", sum(nash.effort), sum(joint.effort), sum(nash.payoff), sum(joint.payoff));
  add(
    section,
    table(
      `Gains in ${unit.name}`,
      ["contributor", "effort alone", "effort together", "gain alone", "gain together", "difference"],
      [...rows, all],
    ),
  );
  if (q.stable_coalition > 0)
    add(
      section,
      node(
        "p",
        `A group of ${q.stable_coalition} would hold by itself: none of it gains by leaving, and nobody outside gains by joining.`,
      ),
    );
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
      { name: "each alone", of: alone },
      { name: "all together", of: together },
    ];
  add(section, node("h3", title), figure);
  add(figure, seriesLegend(view, shown));
  chart(
    figure,
    `Bar chart of ${axis} by contributor, each alone against all together: ${names
      .map((n, k) => `${n} ${text(alone[k])} and ${text(together[k])}`)
      .slice(0, 8)
      .join("; ")}.`,
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
