import { known, amount } from "./numbers.js";
import { node, add, table, noted } from "./page.js";
import { engineLanguage, say } from "./words.js";

/**
 * A verdict in words, and its tone.
 * @param {string} verdict
 * @returns {[string, string]}
 */
export function verdictOf(verdict) {
  const [key, tone] = verdicts[verdict] ?? [];
  return key ? [say(key), tone] : [verdict || "–", ""];
}

const verdicts = /** @type {const} */ ({
  holds: ["claim_holds", "gain", "holds"],
  fails: ["claim_fails", "loss", "fails"],
  negligible: ["claim_negligible", "", "negligible"],
  undecided: ["claim_undecided", "", "undecided"],
  failed: ["claim_failed", "", "undecided"],
});

const shareOf = {
  all: "in_draws_all",
  "nearly all": "in_draws_most",
  "hardly any": "in_draws_few",
};

/**
 * What the engine says of a claim over the draws ("depends: holds in 61 of 100"), in the language that is spoken.
 * @param {string} text
 */
export function inDraws(text) {
  const [, depends, verdict, share] = /^(depends: )?(\w+) in (.+)$/.exec(text ?? "") ?? [];
  if (!verdict || !(verdict in verdicts)) return text;
  const [, n, all] = /^([\d.]+) of (\d+)$/.exec(share) ?? [],
    of = n ? say("in_draws_of", { n, all }) : share in shareOf ? say(shareOf[share]) : share,
    said = say("in_draws", { verdict: say(verdicts[verdict][2]), share: of });
  return depends ? say("in_draws_depends", { verdict: said }) : said;
}

const overDraws = (c) => (c.in_draws ? say("over_draws", { in_draws: inDraws(c.in_draws) }) : "");

/**
 * @param {import("./view.js").View} view
 */
export function claimsSection(view) {
  const { claims, root } = view;
  if (!claims.length) return;
  const section = node("section", null, { id: "claims", "aria-label": say("claims") });
  add(root, add(section, node("h2", say("claims_and_what_would_overturn"))));
  const count = (v) => claims.filter((c) => c.verdict === v).length,
    parts = /** @type {const} */ (["holds", "fails", "negligible", "undecided"])
      .filter(count)
      .map((v) => say(`claims_${v}`, { n: count(v) }));
  add(
    section,
    node("p", say("statements_that_the_study_set", { claims: claims.length, parts: parts.join(say("comma")) })),
  );
  const spare = (c) =>
    !known(c.margin)
      ? "–"
      : `${amount(Math.abs(c.margin))}${c.verdict === "negligible" ? "" : c.verdict === "holds" ? say("margin_to_spare") : say("margin_short")}`;
  add(
    section,
    noted(
      table(
        say("verdicts"),
        [say("verdict"), say("claim_and_below_it_what"), say("margin")],
        claims.map((c) => {
          const [word, tone] = verdictOf(c.verdict);
          return [
            { text: word, kind: tone },
            { text: c.text || c.holds, kind: "text", lang: engineLanguage() },
            c.verdict === "undecided" ? "–" : spare(c),
          ];
        }),
        { textColumns: [0, 1], limit: 40 },
      ),
      claims.map((c) => {
        const quoted = [c.reason, c.overturn, ...(c.rests_on || []), c.variants_in_words].filter(Boolean);
        const text = [...quoted, overDraws(c)].filter(Boolean).join(" ");
        return text && { text, quoted };
      }),
      { column: 1, widths: ["min(14rem, 44vw)", "46rem"] },
    ),
  );
  const tested = claims.filter((c) => c.holds || c.deciding);
  if (!tested.length) return;
  add(
    section,
    add(
      node("details"),
      node("summary", say("how_each_claim_was_tested")),
      noted(
        table(
          say("the_test_of_each_claim"),
          [say("claim_and_test"), say("left_side"), "", say("right_side")],
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
              lang: engineLanguage(),
            });
            return [
              { text: c.text || "–", lang: engineLanguage() },
              side(d.left_text, d.left),
              d.comparison || "",
              side(d.right_text, d.right),
            ];
          }),
          { textColumns: [0, 1, 2, 3], limit: 40 },
        ),
        tested.map((c) => c.text && c.holds),
        { lang: engineLanguage() },
      ),
    ),
  );
}
