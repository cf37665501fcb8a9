import { small, most, still, known, plain, signed, adaptive, columnDigits, kind, sum, moneyPhrase } from "./numbers.js";
import { node, add, table } from "./page.js";
import { tradeMap } from "./trade_map.js";
import { isAnswered, of, welfare } from "./view.js";
import { welfareBars } from "./welfare_bars.js";

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
  if (!sorted.length) return "No change of welfare was computed.";
  const won = sorted.filter((r) => welfare(s, r) > still),
    lost = sorted.filter((r) => welfare(s, r) < -still).reverse();
  if (!lost.length && !won.length) return "Nothing moves: every region's real income stays as in the base.";
  const count = (list) =>
    (list.length === sorted.length ? `all ${sorted.length}` : `${list.length} of ${sorted.length}`) + " regions";
  const part = (list, verb, name) =>
    list.length
      ? `Real income ${verb} in ${count(list)}; ${name}: ${list
          .slice(0, 3)
          .map((r) => phrase(view, s, r))
          .join("; ")}. `
      : `Real income ${verb} in no region. `;
  const names = (list, what) =>
    list.length === 1 ? `the ${what}` : `largest ${what}${list.length > 1 ? (what === "loss" ? "es" : "s") : ""}`;
  const text = part(won, "rises", names(won, "gain")) + part(lost, "falls", names(lost, "loss"));
  const evs = regions.map((r) => of(s, r).ev);
  return evs.some(known) && regions.length > 1 ? `${text}All regions together: ${moneyPhrase(view, sum(evs))}.` : text;
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
    { name: "welfare, %", of: value("welfare_percent") },
    { name: "welfare, money", of: value("ev"), money: true, kind: true },
    { name: "real wage, %", of: value("real_wage_percent") },
    { name: "employment, %", of: value("employment_percent") },
    { name: "exports, %", of: value("exports_percent"), most: 2 },
    { name: "imports, %", of: value("imports_percent"), most: 2 },
    { name: "tariff revenue, base", of: (r) => (base[r] || {}).tariff_revenue, money: true, level: true },
    { name: "tariff revenue, scenario", of: value("tariff_revenue"), money: true, level: true },
  ].filter((c) => order.some((r) => known(c.of(r))));
  for (const c of columns) c.digits = c.money ? unit.digits : Math.min(c.most || 4, columnDigits(order.map(c.of)));
  const cell = (c, r) => {
    const v = known(c.of(r)) ? c.of(r) * (c.money ? unit.scale : 1) : undefined;
    return c.level ? plain(v, c.digits) : { text: signed(v, c.digits), kind: kind(v) };
  };
  add(
    section,
    table(
      `By region, change against the base; money in ${unit.name} a year${order.length > most ? "; regions that move most come first" : ""}`,
      ["region", ...columns.map((c) => c.name)],
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
  const details = add(
    node("details"),
    node("summary", "Where the change comes from: exact decomposition, and the published first-order formula"),
  );
  const get = (group, key) => (r) => (of(s, r)[group] || {})[key + "_percent"];
  const parts = (group, caption, columns) => {
    const kept = columns.filter((c) => c.always || order.some((r) => Math.abs(c.of(r) || 0) > 1e-12));
    add(
      details,
      table(
        caption,
        ["region", ...kept.map((c) => c.name)],
        order.map((r) => [r, ...kept.map((c) => (c.text || ((v) => signed(v, 4)))(c.of(r)))]),
      ),
    );
  };
  const exact = { name: "exact welfare", of: (r) => welfare(s, r), always: true };
  if (has("decomposition")) {
    const logs = order.some((r) => known(get("decomposition", "log_welfare")(r)));
    parts(
      "decomposition",
      `Exact, in percent: integrated along the path of the change; the parts add up to ${logs ? "100 times the logarithm of the welfare ratio" : "the exact change"}`,
      [
        ...["terms of trade", "volume of trade", "cost", "scale", "transfer"].map((name, k) => ({
          name,
          of: get("decomposition", name.replaceAll(" ", "_")),
          always: k < 2,
        })),
        { name: "sum: 100 ln W", of: get("decomposition", "log_welfare") },
        exact,
        {
          name: "error of the integral",
          of: get("decomposition", "error"),
          text: (v) => small(Math.abs(v), 0),
        },
      ],
    );
  }
  if (has("first_order")) {
    parts(
      "first_order",
      "The formula that Caliendo and Parro (2015) print as welfare, in percent: first order, evaluated at the finite change; not the change of real income",
      [
        { name: "terms of trade", of: get("first_order", "terms_of_trade"), always: true },
        { name: "volume of trade", of: get("first_order", "volume_of_trade"), always: true },
        { name: "their sum", of: get("first_order", "welfare"), always: true },
        exact,
      ],
    );
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
  add(section, node("h3", "Tariffs that change"));
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
    add(section, node("p", "No tariff changes.", { class: "small" }));
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
      `Mean over ${services ? "the sectors of each kind" : "goods"}, weighted by the base's imports, in percent${moved.length > 12 ? `; the 12 largest changes of ${moved.length}` : ""}`,
      ["importer", services ? "on what from" : "on goods from", "base", "scenario", "change, points"],
      moved
        .slice(0, 12)
        .map((m) => [
          m.to,
          services ? `${m.what} from ${m.from}` : m.from,
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
    known(c.residual) && `largest relative residual of any equation ${small(c.residual)}`,
    known(c.walras) && `Walras' law ${small(c.walras)}`,
    known(c.passes_over_trade) &&
      `${c.passes_over_trade} pass${c.passes_over_trade === 1 ? "" : "es"} over the trade tensor`,
    known(c.seconds) && (c.seconds < 1 ? `${plain(1000 * c.seconds, 2)} ms` : `${plain(c.seconds, 1)} s`),
    c.closure && `closure “${c.closure}”`,
    c.numeraire && `numeraire: ${c.numeraire}`,
  ].filter(Boolean);
  add(
    section,
    node("p", `Certificate: ${[c.converged === false ? "NOT CONVERGED" : "converged", ...parts].join("; ")}.`, {
      class: c.converged === false ? "failed" : "small",
    }),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {import("./view.js").Named} s
 */
export function scenarioSection(view, s) {
  const { folded, root } = view;
  const name = s.title ? `${s.title} (${s.name})` : s.name,
    section = node("section", null, { id: s.id, "aria-label": s.title || s.name });
  if (!folded) {
    add(root, add(section, node("h2", name)));
    scenarioContent(view, section, s);
    return;
  }
  const details = node("details", null, { class: "late", id: s.id });
  add(root, add(details, node("summary", name + (isAnswered(s) ? "" : " (not answered)"))));
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
  if (s.description) add(section, node("p", s.description, { class: "lead" }));
  if (!isAnswered(s)) {
    add(
      section,
      add(
        node("p", null, { class: "failed" }),
        node("strong", "✕ Not answered. "),
        s.error || "No reason was recorded.",
      ),
    );
    return;
  }
  add(section, node("p", sentence(view, s)));
  if (s.from && s.from !== "base")
    add(
      section,
      node("p", `Its changes come on top of “${s.from}”; its numbers, like all others, compare with the base.`, {
        class: "small",
      }),
    );
  const size = (r) => Math.abs(welfare(s, r) || 0);
  const order = regions.length > most ? [...regions].sort((a, b) => size(b) - size(a)) : regions;
  regionTable(view, section, s, order);
  decomposition(section, s, order);
  if (regions.some((r) => size(r) > still)) {
    add(section, node("h3", "Welfare by region"));
    welfareBars(view, section, [s], order);
    if (s.trade && regions.length > 1) {
      add(section, node("h3", "Trade between regions, change in percent"));
      tradeMap(view, section, s);
    }
  }
  tariffs(view, section, s);
  certificate(section, s.certificate);
}
