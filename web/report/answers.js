import { known, plain, chance, amount } from "./numbers.js";
import { node, add, table } from "./page.js";

/** What each answer to a breach is called on the page. */
export const answerWords = {
  war: "war after every breach",
  "random-war": "war after some breaches, by chance",
  proportional: "answers in proportion to the harm",
  "best-equilibrium": "best of all equilibria",
  "channelled-war": "war after breaches that a channel calls intended",
};
export const verdictWords = { yes: "✓ yes", assumed: "? assumed", no: "✕ no" };

/**
 * Answers to a breach, side by side.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Relation} q
 * @param {string[]} players
 */
export function answersPart(view, section, q, players) {
  if (!q.answers || !q.answers.length) return;
  const years = (v) => (v === "forever" ? "for ever" : known(v) ? amount(Number(v.toPrecision(3))) : "–"),
    peace = (a) =>
      known(a.answer_share) ? (known(a.expected_peace_years) ? years(a.expected_peace_years) : "for ever") : "–";
  add(
    section,
    node("h3", "Answers to a breach"),
    node(
      "p",
      q.best_answer
        ? `Of the answers that hold without a channel, "${answerWords[q.best_answer]}" keeps most.`
        : "None of the answers whose play is known holds.",
      { class: "small" },
    ),
    table(
      "Answers to a breach: which hold, and what they leave",
      [
        "answer",
        "holds",
        ...players.map((p) => `gain that ${p} keeps`),
        "years of war",
        "chance of an answer",
        "years of peace",
        "peace for ten years",
        "time under an answer",
      ],
      q.answers.map((a) => [
        answerWords[a.name],
        verdictWords[a.holds],
        ...players.map((p) => chance(a.kept_share[p])),
        years(a.years),
        a.probability === undefined ? "always" : `${plain(100 * a.probability, 1)} %`,
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
      node(
        "p",
        "Assumed: it would deter if it were carried out, but the war is no best answer of both to each other.",
        {
          class: "small",
        },
      ),
    );
}
