import { most, signed, largest, columnDigits, kind, many } from "./numbers.js";
import { node, add, table } from "./page.js";
import { isAnswered, mostScenarios, welfare } from "./view.js";
import { welfareBars } from "./welfare_bars.js";

/**
 * @param {import("./view.js").View} view
 */
export function header(view) {
  const { claims, economy, folded, questions, regions, relations, paths, challenges, results, root, scenarios, study } =
    view;
  add(root, node("h1", study.title || "Détente report"));
  if (study.description) add(root, node("p", study.description, { class: "lead" }));
  const n = scenarios.length,
    sectors = (economy.sectors || []).length;
  const data = [many(regions.length, "region"), sectors ? many(sectors, "sector") : "", economy.year || ""]
    .filter(Boolean)
    .join(", ");
  const asked = [
    n &&
      `what would each region's people be able to buy, and who would trade how much with whom, if trade policy were changed as in the ${n === 1 ? "scenario" : `${n} scenarios`} below and everything had settled?`,
    questions.length && "what would governments choose: each for itself, or together?",
  ].filter(Boolean);
  const base = `Every number compares ${n ? "a scenario" : "an outcome"} with the base: the economy “${economy.title || economy.name}” (${data}) as it was. Welfare means real income; +1 % means that a region's people could buy one percent more.`;
  add(root, node("p", [asked.length ? `The question: ${asked.join(" And ")}` : "", base].filter(Boolean).join(" ")));
  const list = node("ul");
  const link = (text, id) => add(list, add(node("li"), node("a", text, { href: "#" + id })));
  if (claims.length) link("claims", "claims");
  if (results.uncertainty) link("how sure", "uncertainty");
  if (view.variants.length) link("other assumptions", "variants");
  if (scenarios.length + questions.length > 1) link("all scenarios", "summary");
  for (const s of scenarios.slice(0, mostScenarios)) link(s.name + (isAnswered(s) ? "" : " (failed)"), s.id);
  if (folded) add(list, node("li", `and ${scenarios.length - mostScenarios} more, below`));
  for (const q of questions) link(q.name + (q.status === "answered" ? "" : " (failed)"), q.id);
  for (const q of [...relations, ...paths, ...challenges])
    link(q.name + (q.status === "failed" ? " (failed)" : ""), q.id);
  if ((results.references || []).length) link("published numbers", "published");
  link("assumptions", "assumptions");
  link("words", "words");
  add(root, add(node("nav", null, { "aria-label": "Parts of the report" }), list));
}

/**
 * @param {import("./view.js").View} view
 */
export function summary(view) {
  const { folded, questions, regions, root } = view;
  // What changes regions, or would have: a game has no outcome of its own.
  const moves = (q) => q.question !== "game" && (q.regions || q.status !== "answered"),
    scenarios = [...view.scenarios, ...questions.filter(moves)],
    answered = scenarios.filter((s) => s.status === "answered" && s.regions);
  if (scenarios.length < 2) return;
  add(root, node("h2", "All scenarios", { id: "summary" }));
  const peak = new Map(regions.map((r) => [r, largest(answered.map((s) => welfare(s, r)))]));
  const order = regions.length > most ? [...regions].sort((a, b) => peak.get(b) - peak.get(a)) : regions;
  if (answered.length && !folded) welfareBars(view, root, answered, order);
  const digits = columnDigits([...peak.values()]),
    cell = (s, r) => ({ text: signed(welfare(s, r), digits), kind: kind(welfare(s, r)) });
  const caption = "Change of welfare against the base, percent";
  // Few regions fit as columns; many stand below each other.
  if (regions.length <= 12) {
    const rows = scenarios.map((s) =>
      isAnswered(s)
        ? [s.name, ...order.map((r) => cell(s, r))]
        : [s.name, { text: "✕ not answered, see below", kind: "text", span: order.length }],
    );
    add(root, table(caption, ["scenario", ...order], rows, { limit: folded ? mostScenarios : Infinity }));
  } else {
    const shown = scenarios.slice(0, mostScenarios),
      columns = shown.map((s) => s.name + (isAnswered(s) ? "" : " (not answered)"));
    add(
      root,
      table(
        `${caption}; regions that move most come first${folded ? `; the first ${mostScenarios} of ${scenarios.length} scenarios` : ""}`,
        ["region", ...columns],
        order.map((r) => [r, ...shown.map((s) => cell(s, r))]),
      ),
    );
  }
}
