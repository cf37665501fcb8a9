import { node, add, table } from "./page.js";

/**
 * @param {import("./view.js").View} view
 */
export function publishedTables(view) {
  const { results, root } = view;
  const list = results.references || [];
  if (list.length) add(root, node("h2", "Published numbers beside ours", { id: "published" }));
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
  add(root, node("h2", "What was assumed", { id: "assumptions" }));
  const list = node("ul");
  (results.assumptions || []).forEach((a) => list.append(node("li", a)));
  const model = results.model || {};
  add(
    list,
    node(
      "li",
      `In the program's words: model ${model.kind || "not named"}${model.closure ? `, closure ${model.closure}` : ""}${typeof model.scale_economies === "boolean" ? `, scale economies ${model.scale_economies ? "on" : "off"}` : ""}.`,
    ),
  );
  const stop = (text) => (/[.!?]$/.test(text) ? text : text + ".");
  add(
    root,
    list,
    node("h3", "Source of the economy"),
    node(
      "p",
      `${stop(economy.source || "Not recorded")} Licence: ${stop(economy.licence || "see the source")} Unit of money: ${stop(economy.unit || "not recorded")}`,
    ),
  );
  add(root, node("h3", "To cite, and to make it again"));
  add(
    root,
    node(
      "p",
      `Cite it as: “${study.title}”, computed with Détente (${results.program}) from the economy “${economy.title || economy.name}”; cite the economy's source as well.`,
    ),
  );
  add(
    root,
    add(
      node("p", "To make it again: "),
      node("code", `detente run ${study.file}`),
      ". All numbers are also in results.json, results.nc and tables/, beside this file.",
    ),
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
    ["Base", "The economy as observed, made an exact equilibrium of the model. Every change is measured from it."],
    [
      "Welfare",
      "Real income: the income of a region's people (wages, tariff revenue, and what it borrows or lends) divided by the price of what they buy. +1 % means that they could buy one percent more of everything.",
    ],
    [
      "Welfare, money",
      "The change of welfare as the money that would be worth as much at the base's prices (equivalent variation).",
    ],
    ["Real wage", "Wages divided by the same prices; it leaves out tariff revenue."],
    ["Terms of trade", "What a region's exports fetch compared with what its imports cost."],
    ["Volume of trade", "The gain or loss from trading more or less of what tariffs already made too dear."],
    ["Hat", "A ratio: the value in the scenario divided by the value in the base. 1.02 is a rise of 2 %."],
    [
      "Closure",
      "What is assumed of trade deficits: fixed (as observed), world_share (in proportion to world income), balanced (none).",
    ],
    [
      "Numeraire",
      "What values are measured in, because a model of trade fixes only relative prices; the certificate of each scenario names it.",
    ],
    [
      "Discount factor, patience",
      "What the next period counts for relative to this one, from 0 (nothing) to 1 (as much).",
    ],
    ["Fidelity", "How often a promise is carried out as meant, from 0 to 1."],
    [
      "Nash gap",
      "The most that any government could gain by changing its own tariffs alone, as a share of its welfare: none at the end of a trade war.",
    ],
    ["Certificate", "How exactly the equations hold, checked apart from the program that solved them."],
  ])
    add(words, node("dt", term), node("dd", meaning));
  add(root, add(node("details", null, { id: "words" }), node("summary", "Words used here"), words));
  // A link to a closed part would lead to one line.
  const open = () => {
    const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (part instanceof HTMLDetailsElement) part.open = true;
  };
  addEventListener("hashchange", open);
}
