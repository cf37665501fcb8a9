import { small, most, still, known, plain, signed, adaptive, columnDigits, kind, sum, moneyPhrase } from "./numbers.js";
import { node, add, quoting, table, titled } from "./page.js";
import { tradeMap } from "./trade_map.js";
import { isAnswered, of, welfare } from "./view.js";
import { welfareBars } from "./welfare_bars.js";
import { engineLanguage, say, term } from "./words.js";

export const phrase = (view, s, r) =>
  `${r} ${adaptive(welfare(s, r))} %` + (known(of(s, r).ev) ? ` (${moneyPhrase(view, of(s, r).ev)})` : "");

/**
 * The same words for every country, and gains and losses in the same form.
 * @param {import("./view.js").View} view
 * @param {import("./view.js").Outcome} s
 */
export function sentence(view, s) {
  const { regions } = view;
  const sorted = regions.filter((r) => known(welfare(s, r))).sort((a, b) => welfare(s, b) - welfare(s, a));
  if (!sorted.length) return say("no_change_of_welfare_was");
  const won = sorted.filter((r) => welfare(s, r) > still),
    lost = sorted.filter((r) => welfare(s, r) < -still).reverse();
  if (!lost.length && !won.length) return say("nothing_moves");
  const part = (list, rises) =>
    list.length
      ? say(rises ? "income_rises" : "income_falls", {
          count: say(list.length === sorted.length ? "regions_all" : "regions_of", {
            n: list.length,
            all: sorted.length,
          }),
          name: say(rises ? "largest_gains" : "largest_losses", { n: list.length }),
          regions: list
            .slice(0, 3)
            .map((r) => phrase(view, s, r))
            .join(say("semicolon")),
        })
      : say(rises ? "income_rises_nowhere" : "income_falls_nowhere");
  const text = part(won, true) + part(lost, false);
  const evs = regions.map((r) => of(s, r).ev);
  return evs.some(known) && regions.length > 1
    ? text + say("all_regions_together", { money: moneyPhrase(view, sum(evs)) })
    : text;
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Outcome} s
 * @param {string[]} order
 */
export function regionTable(view, section, s, order) {
  const { money, results } = view;
  const base = (results.base || {}).regions || {},
    unit = money(order.flatMap((r) => [of(s, r).ev, of(s, r).tariff_revenue]));
  const value = (key) => (r) => of(s, r)[key];
  const columns = [
    { name: say("welfare_percent"), of: value("welfare_percent") },
    { name: say("welfare_money"), of: value("ev"), money: true, kind: true },
    { name: say("real_wage_percent"), of: value("real_wage_percent") },
    { name: say("employment_percent"), of: value("employment_percent") },
    { name: say("exports_percent"), of: value("exports_percent"), most: 2 },
    { name: say("imports_percent"), of: value("imports_percent"), most: 2 },
    { name: say("tariff_revenue_base"), of: (r) => (base[r] || {}).tariff_revenue, money: true, level: true },
    { name: say("tariff_revenue_scenario"), of: value("tariff_revenue"), money: true, level: true },
  ].filter((c) => order.some((r) => known(c.of(r))));
  for (const c of columns) c.digits = c.money ? unit.digits : Math.min(c.most || 4, columnDigits(order.map(c.of)));
  const cell = (c, r) => {
    const v = known(c.of(r)) ? c.of(r) * (c.money ? unit.scale : 1) : undefined;
    return c.level ? plain(v, c.digits) : { text: signed(v, c.digits), kind: kind(v) };
  };
  add(
    section,
    table(
      say("by_region_change_against_the", {
        unit: unit.name,
        most: order.length > most ? say("regions_that_move_most_come_first") : "",
      }),
      [say("region_column"), ...columns.map((c) => c.name)],
      order.map((r) => [r, ...columns.map((c) => cell(c, r))]),
    ),
  );
}

/**
 * @param {HTMLElement} section
 * @param {import("./view.js").Outcome} s
 * @param {string[]} order
 */
export function decomposition(section, s, order) {
  const has = (group) => order.some((r) => of(s, r)[group]);
  if (!has("decomposition") && !has("first_order")) return;
  const details = add(node("details"), node("summary", say("where_the_change_comes_from")));
  const get = (group, key) => (r) => (of(s, r)[group] || {})[key + "_percent"];
  const parts = (group, caption, columns) => {
    const kept = columns.filter((c) => c.always || order.some((r) => Math.abs(c.of(r) || 0) > 1e-12));
    add(
      details,
      table(
        caption,
        [say("region_column"), ...kept.map((c) => c.name)],
        order.map((r) => [r, ...kept.map((c) => (c.text || ((v) => signed(v, 4)))(c.of(r)))]),
      ),
    );
  };
  const exact = { name: say("exact_welfare"), of: (r) => welfare(s, r), always: true };
  if (has("decomposition")) {
    const logs = order.some((r) => known(get("decomposition", "log_welfare")(r)));
    parts(
      "decomposition",
      say("exact_in_percent_integrated_along", {
        logs: logs ? say("hundred_times_logarithm") : say("the_exact_change"),
      }),
      [
        .../** @type {const} */ (["terms_of_trade", "volume_of_trade", "cost", "scale", "transfer"]).map((key, k) => ({
          name: say(`part_${key}`),
          of: get("decomposition", key),
          always: k < 2,
        })),
        { name: say("sum_100_ln_w"), of: get("decomposition", "log_welfare") },
        exact,
        {
          name: say("error_of_the_integral"),
          of: get("decomposition", "error"),
          text: (v) => small(Math.abs(v), 0),
        },
      ],
    );
  }
  if (has("first_order")) {
    parts("first_order", say("the_formula_that_caliendo_and"), [
      { name: say("terms_of_trade"), of: get("first_order", "terms_of_trade"), always: true },
      { name: say("volume_of_trade"), of: get("first_order", "volume_of_trade"), always: true },
      { name: say("their_sum"), of: get("first_order", "welfare"), always: true },
      exact,
    ]);
  }
  add(section, details);
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Outcome} s
 */
export function tariffs(view, section, s) {
  const { regions, results } = view;
  if (!s.tariffs) return;
  add(section, node("h3", say("tariffs_that_change")));
  const trade = (i, j) => results.base.trade[i][j],
    at = (rates, i, j) => (rates ? rates[i][j] : 0);
  const changes = (what, before, after) =>
    regions.flatMap((from, i) =>
      regions.map((to, j) => ({
        what,
        from,
        to,
        before: at(before, i, j),
        after: at(after, i, j),
        trade: trade(i, j),
      })),
    );
  const moved = [
    ...changes("goods", results.base.tariffs, s.tariffs),
    ...changes("services", results.base.service_tariffs, s.service_tariffs),
  ].filter((m) => Math.abs(m.after - m.before) > 1e-9);
  if (!moved.length) {
    add(section, node("p", say("no_tariff_changes"), { class: "small" }));
    return;
  }
  // The same rise for many pairs is common: the largest flow comes first.
  const points = (m) => Math.round(1e4 * Math.abs(m.after - m.before));
  moved.sort((a, b) => points(b) - points(a) || b.trade - a.trade);
  const percent = (rate) => plain(100 * rate, 1);
  const services = moved.some((m) => m.what === "services");
  add(
    section,
    table(
      say("mean_over_weighted_by_the", {
        services: services ? say("the_sectors_of_each_kind") : say("goods"),
        moved: moved.length > 12 ? say("largest_changes_of", { moved: moved.length }) : "",
      }),
      [
        say("importer"),
        services ? say("on_what_from") : say("on_goods_from"),
        say("base_column"),
        say("scenario"),
        say("change_points"),
      ],
      moved
        .slice(0, 12)
        .map((m) => [
          m.to,
          services ? say(m.what === "goods" ? "goods_from" : "services_from", { from: m.from }) : m.from,
          percent(m.before),
          percent(m.after),
          signed(100 * (m.after - m.before), 1),
        ]),
      { textColumns: [0, 1] },
    ),
  );
}

/**
 * @param {HTMLElement} section
 * @param {import("./view.js").Certificate | undefined} c
 */
export function certificate(section, c) {
  if (!c) return;
  const parts = [
    known(c.residual) && say("largest_relative_residual_of_any", { residual: small(c.residual) }),
    known(c.walras) && say("walras_law", { walras: small(c.walras) }),
    known(c.passes_over_trade) && say("n_passes", { n: c.passes_over_trade }),
    known(c.seconds) &&
      (c.seconds < 1
        ? say("ms", { seconds: plain(1000 * c.seconds, 2) })
        : say("seconds", { seconds: plain(c.seconds, 1) })),
    c.closure && say("closure", { closure: term(c.closure) }),
    c.numeraire && say("numeraire", { numeraire: term(c.numeraire) }),
  ].filter(Boolean);
  add(
    section,
    node(
      "p",
      say("certificate", {
        parts: [c.converged === false ? say("not_converged") : say("converged"), ...parts].join(say("semicolon")),
      }),
      {
        class: c.converged === false ? "failed" : "small",
      },
    ),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {import("./view.js").Named} s
 */
export function scenarioSection(view, s) {
  const { folded, root } = view;
  const name = s.title ? titled(s.title, s.name) : s.name,
    section = node("section", null, { id: s.id, "aria-label": engineLanguage() ? "" : s.title || s.name });
  if (!folded) {
    add(root, add(section, quoting("h2", name, [s.title])));
    scenarioContent(view, section, s);
    return;
  }
  const details = node("details", null, { class: "late", id: s.id });
  add(root, add(details, node("summary", name + (isAnswered(s) ? "" : say("title_not_answered")))));
  section.removeAttribute("id");
  details.addEventListener(
    "toggle",
    () => {
      add(details, section);
      scenarioContent(view, section, s);
    },
    { once: true },
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Named} s
 */
export function scenarioContent(view, section, s) {
  const { regions } = view;
  if (s.description) add(section, node("p", s.description, { class: "lead", lang: engineLanguage() }));
  if (!isAnswered(s)) {
    add(
      section,
      add(
        node("p", null, { class: "failed" }),
        node("strong", say("not_answered_mark")),
        node("span", s.error || say("no_reason_was_recorded"), { lang: s.error && engineLanguage() }),
      ),
    );
    return;
  }
  add(section, node("p", sentence(view, s)));
  if (s.from && s.from !== "base")
    add(
      section,
      node("p", say("its_changes_come_on_top", { from: s.from }), {
        class: "small",
      }),
    );
  const size = (r) => Math.abs(welfare(s, r) || 0);
  const order = regions.length > most ? [...regions].sort((a, b) => size(b) - size(a)) : regions;
  regionTable(view, section, s, order);
  decomposition(section, s, order);
  if (regions.some((r) => size(r) > still)) {
    add(section, node("h3", say("welfare_by_region")));
    welfareBars(view, section, [s], order);
    if (s.trade && regions.length > 1) {
      add(section, node("h3", say("trade_between_regions_change_in")));
      tradeMap(view, section, s);
    }
  }
  tariffs(view, section, s);
  certificate(section, s.certificate);
}
