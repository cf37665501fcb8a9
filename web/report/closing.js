import { node, add, table } from "./page.js";
import { engineLanguage, say } from "./words.js";

/**
 * @param {import("./view.js").View} view
 */
export function publishedTables(view) {
  const { results, root } = view;
  const list = results.references || [];
  if (list.length) add(root, node("h2", say("published_numbers_beside_ours"), { id: "published" }));
  for (const t of list) {
    const numeric = (k) => t.rows.every((row) => row[k] === null || row[k] === "" || !Number.isNaN(Number(row[k])));
    const cell = (v) =>
      (v === null || v === undefined || v === ""
        ? "–"
        : typeof v === "number"
          ? v.toLocaleString("en-US", { maximumFractionDigits: 6 })
          : String(v)
      ).replace(/^-/, "−");
    add(
      root,
      table(
        t.title,
        t.columns,
        t.rows.map((row) => row.map(cell)),
        { textColumns: t.columns.map((_, k) => k).filter((k) => k === 0 || !numeric(k)), limit: 60 },
      ),
    );
    if (t.sentence) add(root, node("p", t.sentence));
  }
}

/**
 * @param {import("./view.js").View} view
 */
export function closing(view) {
  const { economy, results, root, study } = view;
  add(root, node("h2", say("what_was_assumed"), { id: "assumptions" }));
  const list = node("ul");
  (results.assumptions || []).forEach((a) => list.append(node("li", a, { lang: engineLanguage() })));
  const model = results.model || {};
  add(
    list,
    node(
      "li",
      say("in_the_programs_words_model", {
        model: model.kind || say("not_named"),
        closure: model.closure ? say("closure", { closure: model.closure }) : "",
        scale_economies:
          typeof model.scale_economies === "boolean"
            ? say("scale_economies", { scale_economies: model.scale_economies ? say("on") : say("off") })
            : "",
      }),
    ),
  );
  const stop = (text) => (/[.!?]$/.test(text) ? text : text + ".");
  add(
    root,
    list,
    node("h3", say("source_of_the_economy")),
    node(
      "p",
      say("licence_unit_of_money", {
        source: stop(economy.source || say("not_recorded")),
        licence: stop(economy.licence || say("see_the_source")),
        unit: stop(economy.unit || say("not_recorded_2")),
      }),
    ),
  );
  add(root, node("h3", say("to_cite_and_to_make")));
  add(
    root,
    node(
      "p",
      say("cite_it_as_computed_with", {
        title: study.title,
        program: results.program,
        name: economy.title || economy.name,
      }),
    ),
  );
  add(
    root,
    add(node("p", say("to_make_it_again")), node("code", `detente run ${study.file}`), say("all_numbers_are_also_in")),
  );
  glossary(view);
}

/**
 * @param {import("./view.js").View} view
 */
export function glossary(view) {
  const { root } = view;
  const words = node("dl");
  for (const [term, meaning] of [
    [say("base"), say("the_economy_as_observed_made")],
    [say("welfare"), say("real_income_the_income_of")],
    [say("welfare_money"), say("the_change_of_welfare_as")],
    [say("real_wage"), say("wages_divided_by_the_same")],
    [say("terms_of_trade"), say("what_a_regions_exports_fetch")],
    [say("volume_of_trade"), say("the_gain_or_loss_from")],
    [say("hat"), say("a_ratio_the_value_in")],
    [say("closure_2"), say("what_is_assumed_of_trade")],
    [say("numeraire"), say("what_values_are_measured_in")],
    [say("discount_factor_patience"), say("what_the_next_period_counts")],
    [say("fidelity"), say("how_often_a_promise_is")],
    [say("nash_gap"), say("the_most_that_any_government")],
    [say("certificate"), say("how_exactly_the_equations_hold")],
  ])
    add(words, node("dt", term), node("dd", meaning));
  add(root, add(node("details", null, { id: "words" }), node("summary", say("words_used_here")), words));
  // A link to a closed part would lead to one line.
  const open = () => {
    const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (part instanceof HTMLDetailsElement) part.open = true;
  };
  addEventListener("hashchange", open);
}
