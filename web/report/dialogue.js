// A channel between the two that tells lapses from intent: the agreement with it beside the one without.
import { axisOf, legendOf, square, tooltip } from "./charts.js";
import { chance, known, plain, yearly } from "./numbers.js";
import { add, figureIn, node, table } from "./page.js";
import { answerWords } from "./answers.js";
import { aYear, historyStrip } from "./relation_charts.js";

const years = (v) => (known(v) ? `${plain(v, v < 10 ? 2 : 1)} years` : "–");

/**
 * Where some war sustains the agreement, by fidelity of both sides and accuracy of the channel.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {any} q
 * @param {string[]} sides
 */
function region(view, section, q, sides) {
  const { accuracy, fidelity_year: fidelity, holds } = q.dialogue.region;
  const figure = figureIn(
    section,
    null,
    "Where a war after breaches that the channel calls intended keeps both sides to the agreement: to the right promises are carried out more often (a chance a year), further up the channel is right more often. The marks are the two sides.",
  );
  const names = ["does not hold", "holds"],
    colourOf = (c) => [c.diverging[1], c.diverging[3]];
  legendOf(view, figure, (c) => names.map((n, k) => [n, colourOf(c)[k]]));
  const step = (list) => (list.at(-1) - list[0]) / (list.length - 1);
  const half = [step(fidelity) / 2, step(accuracy) / 2];
  const cells = fidelity.flatMap((f, r) => accuracy.map((a, c) => [f, a, holds[r][c]]));
  const points = sides.map((p) => [aYear(q, q.fidelity[p].mean), q.dialogue.accuracy]);
  view.chart(
    figure,
    `Map of accuracy and reliability: the agreement holds in ${chance(cells.filter((c) => c[2]).length / cells.length)} of the map.`,
    square,
    (colours) => ({
      tooltip: tooltip(colours, {
        formatter: (p) =>
          `${p.seriesName === "map" ? names[p.value[2] ? 1 : 0] : p.seriesName === "sides" ? sides[p.dataIndex] : ""}: promises ${chance(p.value[0])}, accuracy ${chance(p.value[1])}`,
      }),
      grid: { left: 62, right: 24, top: 14, bottom: 48 },
      xAxis: axisOf(colours, "reliability of promises, percent a year", {
        min: fidelity[0],
        max: 1,
        nameGap: 28,
        splitLine: { show: false },
        axisLabel: { color: colours.ink, hideOverlap: true, formatter: (v) => plain(100 * v, 0) },
      }),
      yAxis: axisOf(colours, "accuracy of the channel, percent", {
        min: accuracy[0],
        max: 1,
        nameGap: 40,
        splitLine: { show: false },
        axisLabel: { color: colours.ink, hideOverlap: true, formatter: (v) => plain(100 * v, 0) },
      }),
      series: [
        {
          name: "map",
          type: "custom",
          clip: true,
          data: cells,
          renderItem: (_, api) => {
            const [x1, y1] = api.coord([api.value(0) - half[0], api.value(1) + half[1]]),
              [x2, y2] = api.coord([api.value(0) + half[0], api.value(1) - half[1]]);
            return {
              type: "rect",
              shape: { x: x1, y: y1, width: x2 - x1 + 0.5, height: y2 - y1 + 0.5 },
              style: { fill: colourOf(colours)[api.value(2) ? 1 : 0] },
            };
          },
        },
        {
          name: "sides",
          type: "scatter",
          symbol: "diamond",
          symbolSize: 14,
          itemStyle: { color: colours.ink },
          data: points,
        },
      ],
    }),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 * @param {string[]} players
 */
export function dialogueSection(view, section, q, players) {
  const d = q.dialogue;
  if (!d) return;
  add(
    section,
    node("h3", "Dialogue: a channel that tells lapses from intent"),
    node(
      "p",
      `After a breach the two can tell whether it was a lapse or meant, rightly in ${chance(d.accuracy)} of cases; what the channel calls a lapse is not answered. While both mean to keep their word there are ${plain(d.summits_per_year, 2)} breaches a year to talk about.`,
    ),
  );
  const unit = yearly(
      view,
      q,
      players.map((p) => d.worth_per_year[p]),
    ),
    once = unit.name.replace(/ a year$/, "");
  const both = (what, of) => [what, of(d.without), of(d.with)];
  const war = (w) => (w.holds ? (w.periods === "forever" ? "for ever" : years(w.years)) : "none deters");
  add(
    section,
    table(
      "Without a channel and with it",
      ["", "without", "with"],
      [
        both("war after a breach that is answered", war),
        both("peace on average", (w) =>
          w.holds ? (known(w.expected_peace_years) ? years(w.expected_peace_years) : "for ever") : "–",
        ),
        both("share of the time at war", (w) => chance(w.war_share)),
        ...players.map((p) => both(`part of the gain over war that ${p} keeps`, (w) => chance(w.kept_share?.[p]))),
      ],
    ),
    table(
      `What the channel is worth, in ${unit.name}`,
      ["", "worth", "of that a coin", `for each breach, ${once}`, "pays from accuracy"],
      players.map((p) => [
        p,
        unit.text(d.worth_per_year[p]),
        unit.text(d.worth_of_coin[p]),
        d.worth_per_summit ? unit.text(d.worth_per_summit[p]) : "–",
        known(d.pays_from?.[p]) ? chance(d.pays_from[p]) : "none",
      ]),
    ),
  );
  const over = d.over_best_answer;
  if (over)
    add(
      section,
      node(
        "p",
        `That is over a trade war after every breach without a channel. Over ${answerWords[over.answer]}, the best answer that holds without one, it is worth ${players.map((p) => `${unit.text(over.worth_per_year[p])} to ${p}`).join(" and ")} (${unit.name}).`,
      ),
    );
  region(view, section, q, players);
  historyStrip(view, section, q, players, d.history, "The same history with the channel");
}
