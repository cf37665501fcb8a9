// A channel between the two that tells lapses from intent: the agreement with it beside the one without.
import { axisOf, legendOf, square, tooltip } from "./charts.js";
import { chance, known, plain, yearly } from "./numbers.js";
import { add, figureIn, node, table } from "./page.js";
import { answerWord } from "./answers.js";
import { aYear, historyStrip } from "./relation_charts.js";
import { say } from "./words.js";

const years = (v) => (known(v) ? say("dialogue_years", { v: plain(v, v < 10 ? 2 : 1) }) : "–");

/**
 * Where some war sustains the agreement, by fidelity of both sides and accuracy of the channel.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {any} q
 * @param {string[]} sides
 */
function region(view, section, q, sides) {
  const { accuracy, fidelity_year: fidelity, holds } = q.dialogue.region;
  const figure = figureIn(section, null, say("where_a_war_after_breaches"));
  const names = [say("does_not_hold"), say("holds")],
    colourOf = (c) => [c.diverging[1], c.diverging[3]];
  legendOf(view, figure, (c) => names.map((n, k) => [n, colourOf(c)[k]]));
  const step = (list) => (list.at(-1) - list[0]) / (list.length - 1);
  const half = [step(fidelity) / 2, step(accuracy) / 2];
  const cells = fidelity.flatMap((f, r) => accuracy.map((a, c) => [f, a, holds[r][c]]));
  const points = sides.map((p) => [aYear(q, q.fidelity[p].mean), q.dialogue.accuracy]);
  view.chart(
    figure,
    say("map_of_accuracy_and_reliability", { cells: chance(cells.filter((c) => c[2]).length / cells.length) }),
    square,
    (colours) => ({
      tooltip: tooltip(colours, {
        formatter: (p) =>
          say("map_words", {
            data_index:
              p.seriesName === "map" ? names[p.value[2] ? 1 : 0] : p.seriesName === "sides" ? sides[p.dataIndex] : "",
            p: chance(p.value[0]),
            p2: chance(p.value[1]),
          }),
      }),
      grid: { left: 62, right: 24, top: 14, bottom: 48 },
      xAxis: axisOf(colours, say("reliability_of_promises_percent_a"), {
        min: fidelity[0],
        max: 1,
        nameGap: 28,
        splitLine: { show: false },
        axisLabel: { color: colours.ink, hideOverlap: true, formatter: (v) => plain(100 * v, 0) },
      }),
      yAxis: axisOf(colours, say("accuracy_of_the_channel_percent"), {
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
    node("h3", say("dialogue_a_channel_that_tells")),
    node(
      "p",
      say("after_a_breach_the_two", { accuracy: chance(d.accuracy), summits_per_year: plain(d.summits_per_year, 2) }),
    ),
  );
  const unit = yearly(
      view,
      q,
      players.map((p) => d.worth_per_year[p]),
    ),
    once = unit.once;
  const both = (what, of) => [what, of(d.without), of(d.with)];
  const war = (w) => (w.holds ? (w.periods === "forever" ? say("for_ever") : years(w.years)) : say("none_deters"));
  add(
    section,
    table(
      say("without_a_channel_and_with"),
      ["", say("without"), say("with")],
      [
        both(say("war_after_a_breach_that"), war),
        both(say("peace_on_average"), (w) =>
          w.holds ? (known(w.expected_peace_years) ? years(w.expected_peace_years) : say("for_ever")) : "–",
        ),
        both(say("share_of_the_time_at"), (w) => chance(w.war_share)),
        ...players.map((p) => both(say("part_of_the_gain_over", { p }), (w) => chance(w.kept_share?.[p]))),
      ],
    ),
    table(
      say("what_the_channel_is_worth", { unit: unit.name }),
      ["", say("worth"), say("of_that_a_coin"), say("for_each_breach", { once }), say("pays_from_accuracy")],
      players.map((p) => [
        p,
        unit.text(d.worth_per_year[p]),
        unit.text(d.worth_of_coin[p]),
        d.worth_per_summit ? unit.text(d.worth_per_summit[p]) : "–",
        known(d.pays_from?.[p]) ? chance(d.pays_from[p]) : say("none"),
      ]),
    ),
  );
  const over = d.over_best_answer;
  if (over)
    add(
      section,
      node(
        "p",
        say("that_is_over_a_trade", {
          answer: answerWord(over.answer),
          worth_per_year: players
            .map((p) => say("worth_to", { worth_per_year: unit.text(over.worth_per_year[p]), p }))
            .join(say("joined_and")),
          unit: unit.name,
        }),
      ),
    );
  region(view, section, q, players);
  historyStrip(view, section, q, players, d.history, say("the_same_history_with_the"));
}
