import { node, add, quoting, table } from "./page.js";
import { engineLanguage, say, term } from "./words.js";

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
      say("program_model", {
        model: model.kind || say("not_named"),
        closure: model.closure ? say("program_closure", { closure: term(model.closure) }) : "",
        scale_economies:
          typeof model.scale_economies === "boolean"
            ? say("program_scale", { scale_economies: model.scale_economies ? say("on") : say("off") })
            : "",
      }),
    ),
  );
  const stop = (text) => (/[.!?]$/.test(text) ? text : text + ".");
  add(
    root,
    list,
    node("h3", say("source_of_the_economy")),
    quoting(
      "p",
      say("licence_unit_of_money", {
        source: stop(economy.source || say("not_recorded")),
        licence: stop(economy.licence || say("see_the_source")),
        unit: stop(economy.unit || say("unit_not_recorded")),
      }),
      [economy.source, economy.licence, economy.unit],
    ),
  );
  add(root, node("h3", say("to_cite_and_to_make")));
  add(
    root,
    quoting(
      "p",
      say("cite_it_as_computed_with", {
        title: study.title,
        program: results.program,
        name: economy.title || economy.name,
      }),
      [study.title, results.program, economy.title],
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
  for (const [word, meaning] of [
    [say("word_base"), say("meaning_base")],
    [say("word_welfare"), say("meaning_welfare")],
    [say("word_welfare_money"), say("meaning_welfare_money")],
    [say("word_real_wage"), say("meaning_real_wage")],
    [say("word_terms_of_trade"), say("meaning_terms_of_trade")],
    [say("word_volume_of_trade"), say("meaning_volume_of_trade")],
    [say("word_hat"), say("meaning_hat")],
    [say("word_closure"), say("meaning_closure")],
    [say("word_numeraire"), say("meaning_numeraire")],
    [say("word_patience"), say("meaning_patience")],
    [say("word_fidelity"), say("meaning_fidelity")],
    [say("word_nash_gap"), say("meaning_nash_gap")],
    [say("word_certificate"), say("meaning_certificate")],
  ])
    add(words, node("dt", word), node("dd", meaning));
  add(root, add(node("details", null, { id: "words" }), node("summary", say("words_used_here")), words));
  // A link to a closed part would lead to one line.
  const open = () => {
    const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (part instanceof HTMLDetailsElement) part.open = true;
  };
  addEventListener("hashchange", open);
}
