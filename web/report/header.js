import { most, signed, largest, columnDigits, kind } from "./numbers.js";
import { node, add, quoting, table } from "./page.js";
import { isAnswered, mostScenarios, welfare } from "./view.js";
import { welfareBars } from "./welfare_bars.js";
import { engineLanguage, say } from "./words.js";

/**
 * @param {import("./view.js").View} view
 */
export function header(view) {
  const { claims, economy, folded, questions, regions, relations, paths, challenges, results, root, scenarios, study } =
    view;
  add(root, node("h1", study.title || say("untitled_report"), { lang: study.title && engineLanguage() }));
  if (study.description) add(root, node("p", study.description, { class: "lead", lang: engineLanguage() }));
  const n = scenarios.length,
    sectors = (economy.sectors || []).length;
  const data = [
    say("n_regions", { n: regions.length }),
    sectors ? say("n_sectors", { n: sectors }) : "",
    economy.year || "",
  ]
    .filter(Boolean)
    .join(say("comma"));
  const asked = [
    n && say("question_scenarios", { n }),
    questions.length && say("what_would_governments_choose_each"),
  ].filter(Boolean);
  const base = say("every_number_compares_with_the", {
    n: n ? say("a_scenario") : say("an_outcome"),
    name: economy.title || economy.name,
    data,
  });
  add(
    root,
    quoting(
      "p",
      [asked.length ? say("the_question", { asked: asked.join(say("question_and")) }) : "", base]
        .filter(Boolean)
        .join(" "),
      [economy.title],
    ),
  );
  const list = node("ul");
  const link = (text, id, name = "") => add(list, add(node("li"), quoting("a", text, [name], { href: "#" + id })));
  if (claims.length) link(say("link_claims"), "claims");
  if (results.uncertainty) link(say("link_how_sure"), "uncertainty");
  if (view.variants.length) link(say("link_variants"), "variants");
  if (scenarios.length + questions.length > 1) link(say("link_summary"), "summary");
  for (const s of scenarios.slice(0, mostScenarios))
    link(s.name + (isAnswered(s) ? "" : say("link_failed")), s.id, s.name);
  if (folded) add(list, node("li", say("link_more", { most_scenarios: scenarios.length - mostScenarios })));
  for (const q of questions) link(q.name + (q.status === "answered" ? "" : say("link_failed")), q.id, q.name);
  for (const q of [...relations, ...paths, ...challenges])
    link(q.name + (q.status === "failed" ? say("link_failed") : ""), q.id, q.name);
  if ((results.references || []).length) link(say("link_published"), "published");
  link(say("link_assumptions"), "assumptions");
  link(say("link_words"), "words");
  add(root, add(node("nav", null, { "aria-label": say("parts_of_the_report") }), list));
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
  add(root, node("h2", say("all_scenarios"), { id: "summary" }));
  const peak = new Map(regions.map((r) => [r, largest(answered.map((s) => welfare(s, r)))]));
  const order = regions.length > most ? [...regions].sort((a, b) => peak.get(b) - peak.get(a)) : regions;
  if (answered.length && !folded) welfareBars(view, root, answered, order);
  const digits = columnDigits([...peak.values()]),
    cell = (s, r) => ({ text: signed(welfare(s, r), digits), kind: kind(welfare(s, r)) });
  const caption = say("change_of_welfare_against_the");
  // Few regions fit as columns; many stand below each other.
  if (regions.length <= 12) {
    const rows = scenarios.map((s) =>
      isAnswered(s)
        ? [s.name, ...order.map((r) => cell(s, r))]
        : [s.name, { text: say("not_answered_see_below"), kind: "text", span: order.length }],
    );
    add(root, table(caption, [say("scenario"), ...order], rows, { limit: folded ? mostScenarios : Infinity }));
  } else {
    const shown = scenarios.slice(0, mostScenarios),
      columns = shown.map((s) => s.name + (isAnswered(s) ? "" : say("title_not_answered")));
    add(
      root,
      table(
        say("regions_that_move_most_come", {
          caption,
          scenarios: folded
            ? say("the_first_of_scenarios", { most_scenarios: mostScenarios, scenarios: scenarios.length })
            : "",
        }),
        [say("region_column"), ...columns],
        order.map((r) => [r, ...shown.map((s) => cell(s, r))]),
      ),
    );
  }
}
