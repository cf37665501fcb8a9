import { known, amount } from "./numbers.js";
import { node, add, table, noted } from "./page.js";

export const verdicts = {
  holds: ["✓\u00a0holds", "gain"],
  fails: ["✕\u00a0fails", "loss"],
  negligible: ["≈\u00a0negligible", ""],
  undecided: ["?\u00a0undecided", ""],
};

const overDraws = (c) => (c.in_draws ? `Over draws: ${c.in_draws}.` : "");

/**
 * @param {import("./view.js").View} view
 */
export function claimsSection(view) {
  const { claims, root } = view;
  if (!claims.length) return;
  const section = node("section", null, { id: "claims", "aria-label": "Claims" });
  add(root, add(section, node("h2", "Claims, and what would overturn them")));
  const count = (v) => claims.filter((c) => c.verdict === v).length,
    parts = [
      ["holds", "hold", "holds"],
      ["fails", "fail", "fails"],
      ["negligible", "are negligible", "is negligible"],
      ["undecided", "are undecided", "is undecided"],
    ]
      .filter(([v]) => count(v))
      .map(([v, many, one]) => `${count(v)} ${count(v) === 1 ? one : many}`);
  add(
    section,
    node(
      "p",
      `Statements that the study set out to test, written down as comparisons of its numbers. Of ${claims.length}, ${parts.join(", ")}. The margin says how far the deciding number is from turning the verdict, in that number's own unit.`,
    ),
  );
  const spare = (c) =>
    !known(c.margin)
      ? "–"
      : `${amount(Math.abs(c.margin))}${c.verdict === "negligible" ? "" : c.verdict === "holds" ? " to spare" : " short"}`;
  add(
    section,
    noted(
      table(
        "Verdicts",
        ["verdict", "claim, and below it what would overturn it", "margin"],
        claims.map((c) => {
          const [word, tone] = verdicts[c.verdict] || [c.verdict || "–", ""];
          return [
            { text: word, kind: tone },
            { text: c.text || c.holds, kind: "text" },
            c.verdict === "undecided" ? "–" : spare(c),
          ];
        }),
        { textColumns: [0, 1], limit: 40 },
      ),
      claims.map((c) =>
        [c.reason, c.overturn, ...(c.rests_on || []), c.variants_in_words, overDraws(c)].filter(Boolean).join(" "),
      ),
      1,
      ["min(14rem, 44vw)", "46rem"],
    ),
  );
  const tested = claims.filter((c) => c.holds || c.deciding);
  if (!tested.length) return;
  add(
    section,
    add(
      node("details"),
      node("summary", "How each claim was tested"),
      noted(
        table(
          "The test of each claim, and the comparison that decided it",
          ["claim and test", "left side", "", "right side"],
          tested.map((c) => {
            const d = c.deciding || {},
              spaced = (text) => text.replace(/,(?=\S)/g, ", "); // so that a line can end there
            const side = (text, v) => ({
              text:
                text === undefined
                  ? "–"
                  : known(v) && String(v) !== text
                    ? `${spaced(text)} = ${amount(v)}`
                    : spaced(text),
              kind: "text",
            });
            return [c.text || "–", side(d.left_text, d.left), d.comparison || "", side(d.right_text, d.right)];
          }),
          { textColumns: [0, 1, 2, 3], limit: 40 },
        ),
        tested.map((c) => c.text && c.holds),
      ),
    ),
  );
}
