import { known, amount, plain } from "./numbers.js";
import { node, add, table, noted } from "./page.js";
import { engineLanguage, say } from "./words.js";

const nearlyAll = 0.9; // of the draws: below that a verdict depends on what is drawn, as the engine says it

/**
 * Whether a verdict stands in nearly all draws and under every variant, as far as the study has either.
 * @param {any} c a claim
 */
export const isFirm = (c) =>
  c.robust !== false && (c.share_of_draws === undefined || c.share_of_draws[c.verdict] >= nearlyAll);

/**
 * A claim's verdict in words, and its tone: weaker where it turns in many draws or under another assumption.
 * @param {any} c
 * @returns {[string, string]}
 */
export function verdictOf(c) {
  const [key, tone, weak] = verdicts[c.verdict] ?? [];
  if (!key) return [c.verdict || "–", ""];
  return isFirm(c) || !weak ? [say(key), tone] : [say(weak), ""];
}

const verdicts = /** @type {const} */ ({
  holds: ["claim_holds", "gain", "claim_holds_here"],
  fails: ["claim_fails", "loss", "claim_fails_here"],
  negligible: ["claim_negligible", ""],
  undecided: ["claim_undecided", ""],
});

// What a margin is counted in, by the functions that stand in the comparison (docs/study-file.md).
/** @type {[RegExp, string][]} */
const counted = [
  [/^(self_enforcing|self_enforcing_if_threatened)$/, "yes or no"],
  [/^(welfare|real_wage|tariff|path_welfare|path_impact|path_long_run|capital|consumption)$/, "points"],
  [/^(ev|world|others|trade|tariff_revenue|path_ev)$/, "money"],
  [/^(gain_from_agreement|temptation|slack|value_of_dialogue|value_of_learning)$/, "relation's money"],
  [/^peace_years$/, "years"],
];

/**
 * The unit of a claim's margin; "" where it is the comparison's own.
 * @param {import("./view.js").View} view
 * @param {any} c
 */
function unitOf({ relations, economy }, c) {
  const text = `${c.deciding?.left_text ?? ""} ${c.deciding?.right_text ?? ""}`,
    names = [...text.matchAll(/(\w+)\(/g)].map((m) => m[1]);
  const kinds = new Set(names.map((name) => counted.find(([of]) => of.test(name))?.[1] ?? ""));
  const [kind] = kinds;
  if (kinds.size !== 1 || text.includes("/")) return "";
  if (kind !== "relation's money") return kind;
  // A relation may count in a unit of its own.
  return relations.every((r) => !r.unit || r.unit.startsWith(economy.unit)) ? "money" : "";
}

// How far the deciding number is from turning the verdict; what is true or false has no way to go.
function marginOf(view, c) {
  const unit = unitOf(view, c);
  if (c.verdict === "undecided" || !known(c.margin) || unit === "yes or no") return "–";
  const size = Math.abs(c.margin),
    { scale, name, digits } = view.money([size]);
  const value = {
    money: () => say("a_year", { unit: `${plain(size * scale, digits)} ${name}` }),
    points: () => say("margin_points", { n: amount(size) }),
    years: () => say("margin_years", { n: amount(size) }),
    "": () => amount(size),
  }[unit]();
  if (c.verdict === "negligible") return value;
  return value + say(c.verdict === "holds" ? "margin_to_spare" : "margin_short");
}

const shareOf = {
  all: "in_draws_all",
  "nearly all": "in_draws_most",
  "hardly any": "in_draws_few",
};

/**
 * What the engine says of a claim over the draws ("depends: holds in 61 of 100"), in the language that is spoken, with
 * how many they are where it says “all”.
 * @param {import("./view.js").View} view
 * @param {any} c
 */
export function inDraws({ results }, c) {
  const [, depends, verdict, share] = /^(depends: )?(\w+) in (.+)$/.exec(c.in_draws ?? "") ?? [];
  if (!verdict || !(verdict in verdicts)) return c.in_draws ?? "";
  const [, n, all] = /^([\d.]+) of (\d+)$/.exec(share) ?? [],
    draws = results.uncertainty?.draws ?? "",
    of = n ? say("in_draws_of", { n, all }) : share in shareOf ? say(shareOf[share], { n: draws }) : share,
    said = say("in_draws", { verdict: say(/** @type {"holds"} */ (verdict)), share: of });
  return depends ? say("in_draws_depends", { verdict: said }) : said;
}

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
  const weak = claims.filter((c) => /^(holds|fails)$/.test(c.verdict) && !isFirm(c)).length;
  if (weak) add(section, node("p", say("claims_here", { n: weak }), { class: "small" }));
  add(
    section,
    noted(
      table(
        say("verdicts"),
        [say("verdict"), say("claim_and_below_it_what"), say("margin")],
        claims.map((c) => {
          const [word, tone] = verdictOf(c);
          return [
            { text: word, kind: tone },
            { text: c.text || c.holds, kind: "text", lang: engineLanguage() },
            marginOf(view, c),
          ];
        }),
        { textColumns: [0, 1], limit: 40 },
      ),
      claims.map((c) => {
        const quoted = [c.reason, c.overturn, ...(c.rests_on || []), c.variants_in_words].filter(Boolean);
        const text = [...quoted, c.in_draws && say("over_draws", { in_draws: inDraws(view, c) })]
          .filter(Boolean)
          .join(" ");
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
