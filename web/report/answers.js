import { known, plain, chance, amount } from "./numbers.js";
import { node, add, table } from "./page.js";
import { say } from "./words.js";

/**
 * What an answer to a breach is called on the page.
 * @param {string} answer
 */
export const answerWord = (answer) => (answer in answerKeys ? say(answerKeys[answer]) : answer);
/** @param {string} verdict */
export const verdictWord = (verdict) => (verdict in verdictKeys ? say(verdictKeys[verdict]) : verdict);

const answerKeys = /** @type {const} */ ({
  war: "answer_war",
  "random-war": "answer_random_war",
  proportional: "answer_proportional",
  "best-equilibrium": "answer_best_equilibrium",
  "channelled-war": "answer_channelled_war",
});
const verdictKeys = /** @type {const} */ ({ yes: "verdict_yes", assumed: "verdict_assumed", no: "verdict_no" });

/**
 * Answers to a breach, side by side.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 * @param {string[]} players
 */
export function answersPart(view, section, q, players) {
  if (!q.answers || !q.answers.length) return;
  const years = (v) => (v === "forever" ? say("for_ever") : known(v) ? amount(Number(v.toPrecision(3))) : "–"),
    peace = (a) =>
      known(a.answer_share) ? (known(a.expected_peace_years) ? years(a.expected_peace_years) : say("for_ever")) : "–";
  add(
    section,
    node("h3", say("answers_to_a_breach")),
    node(
      "p",
      q.best_answer
        ? say("of_the_answers_that_hold", { best_answer: answerWord(q.best_answer) })
        : say("none_of_the_answers_whose"),
      { class: "small" },
    ),
    table(
      say("answers_to_a_breach_which"),
      [
        say("answer"),
        say("holds"),
        ...players.map((p) => say("gain_that_keeps", { p })),
        say("years_of_war"),
        say("chance_of_an_answer"),
        say("years_of_peace"),
        say("peace_for_ten_years"),
        say("time_under_an_answer"),
      ],
      q.answers.map((a) => [
        answerWord(a.name),
        verdictWord(a.holds),
        ...players.map((p) => chance(a.kept_share[p])),
        years(a.years),
        a.probability === undefined ? say("always") : `${plain(100 * a.probability, 1)} %`,
        peace(a),
        chance(a.survival_10_years),
        chance(a.answer_share),
      ]),
      { textColumns: [0, 1] },
    ),
  );
  if (q.verdict === "assumed" || q.answers.some((a) => a.holds === "assumed"))
    add(
      section,
      node("p", say("assumed_it_would_deter_if"), {
        class: "small",
      }),
    );
}
