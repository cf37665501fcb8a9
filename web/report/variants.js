// The study under other assumptions: which claims turn, and how far its headline numbers move.
import { axisOf, lettersIn, namesAxis, textWidth, tooltip } from "./charts.js";
import { known, signed } from "./numbers.js";
import { add, figureIn, html, node, noted, table } from "./page.js";
import { outcomeByName, welfare } from "./view.js";
import { engineLanguage, say } from "./words.js";

const signs = { holds: ["✓", "gain"], fails: ["✕", "loss"], negligible: ["≈", ""], undecided: ["?", ""] };

/**
 * Whom the study is about: the players of its questions, or the two whom its first outcome changes most.
 * @param {import("./view.js").View} view
 * @returns {string[]}
 */
export function partiesOf(view) {
  const players = view.questions.flatMap((q) => (Array.isArray(q.players) ? q.players : Object.keys(q.players || {})));
  const named = view.regions.filter((r) => players.includes(r));
  if (named.length) return named;
  const first = [...view.scenarios, ...view.questions].find((s) => s.regions);
  const size = (r) => Math.abs(welfare(first, r) || 0);
  return first ? [...view.regions].sort((a, b) => size(b) - size(a)).slice(0, 2) : [];
}

// One row for each outcome and party: as it stands, and under each variant that has it.
function rowsOf(view) {
  const parties = partiesOf(view),
    names = [...view.scenarios, ...view.questions.filter((q) => q.question !== "game")].map((s) => s.name);
  return names.flatMap((outcome) =>
    parties.map((region) => {
      const own = outcomeByName(view, outcome);
      return {
        outcome,
        region,
        own: own && own.regions ? welfare(own, region) : undefined,
        variants: view.variants.map((v) => v.welfare_percent?.[outcome]?.[region]),
      };
    }),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {ReturnType<typeof rowsOf>} rows
 */
function spread(view, section, rows) {
  const figure = figureIn(section, say("how_far_the_numbers_move"), say("change_of_welfare_against_the_base_percent"));
  const names = rows.map((r) => `${r.region} · ${r.outcome}`);
  const label = say("chart_of_the_change_of");
  const sizeOf = () => ({ height: 60 + 24 * rows.length });
  view.chart(figure, label, sizeOf, (colours, width) => ({
    tooltip: tooltip(colours, {
      trigger: "item",
      formatter: (p) =>
        say("variant_value", { name: html(p.name), names: html(names[p.value[1]]), p: signed(p.value[0], 4) }),
    }),
    grid: { left: textWidth(names, 12, lettersIn(width)) + 12, right: 16, top: 8, bottom: 44 },
    xAxis: axisOf(colours, say("change_of_welfare_percent"), {
      nameGap: 28,
      scale: false,
      splitNumber: width < 500 ? 3 : 6,
    }),
    yAxis: {
      ...namesAxis(colours, names, lettersIn(width)),
      splitLine: { show: true, lineStyle: { color: colours.line, type: "dotted" } },
    },
    series: [
      {
        name: "variants",
        type: "scatter",
        symbolSize: 8,
        itemStyle: { color: colours.series[0], opacity: 0.65 },
        data: rows.flatMap((r, y) =>
          r.variants.flatMap((value, k) => (known(value) ? [{ value: [value, y], name: view.variants[k].name }] : [])),
        ),
      },
      {
        name: "as it stands",
        type: "scatter",
        symbol: "diamond",
        symbolSize: 13,
        itemStyle: { color: colours.series[1] },
        data: rows.flatMap((r, y) =>
          known(r.own) ? [{ value: [r.own, y], name: say("the_study_as_it_stands") }] : [],
        ),
      },
    ],
  }));
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 */
function claimsMatrix(view, section) {
  if (!view.claims.length) return;
  const robust = view.claims.filter((c) => c.robust).length;
  add(section, node("p", say("no_variant_turns_of_the", { robust, claims: view.claims.length })));
  const sign = (verdict) => {
    const [text, kind] = signs[verdict] || signs.undecided;
    return { text, kind };
  };
  add(
    section,
    noted(
      table(
        say("claims_under_each_variant"),
        [say("claim"), say("as_is"), ...view.variants.map((_, k) => String(k + 1))],
        view.claims.map((c) => [
          { text: c.text || c.holds, kind: "text", lang: engineLanguage() },
          sign(c.verdict),
          ...view.variants.map((v) => sign(c.variants?.[v.name])),
        ]),
        { limit: 40 },
      ),
      view.claims.map((c) => c.variants_in_words),
      { lang: engineLanguage() },
    ),
  );
}

/**
 * @param {import("./view.js").View} view
 */
export function variantsSection(view) {
  const { variants, root } = view;
  if (!variants.length) return;
  const section = node("section", null, { id: "variants", "aria-label": say("variants") });
  add(root, add(section, node("h2", say("the_same_under_other_assumptions"))));
  add(section, node("p", say("everything_was_answered_again_with")));
  const list = node("ol");
  for (const v of variants) {
    const item = add(node("li"), node("strong", v.name), v.title ? `: ${v.title}. ` : ". ", v.description || "");
    if (engineLanguage()) item.setAttribute("lang", engineLanguage());
    if (v.status !== "answered")
      add(item, node("span", say("variant_not_answered", { error: v.error }), { class: "failed" }));
    else if (v.unanswered)
      add(
        item,
        node("span", say("variant_unanswered", { unanswered: v.unanswered.join(say("semicolon")) }), {
          class: "failed",
        }),
      );
    add(list, item);
  }
  add(section, list);
  claimsMatrix(view, section);
  const rows = rowsOf(view).filter((r) => known(r.own) || r.variants.some(known));
  if (!rows.length) return;
  spread(view, section, rows);
  add(
    section,
    add(
      node("details"),
      node("summary", say("the_numbers_under_each_variant")),
      table(
        say("welfare_under_each_variant_change"),
        [say("outcome"), say("region_column"), say("as_is"), ...variants.map((_, k) => String(k + 1))],
        rows.map((r) => [
          r.outcome,
          { text: r.region, kind: "text" },
          ...[r.own, ...r.variants].map((v) => signed(v, 4)),
        ]),
        { textColumns: [0, 1] },
      ),
    ),
  );
}
