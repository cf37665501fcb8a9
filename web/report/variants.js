// The study under other assumptions: which claims turn, and how far its headline numbers move.
import { axisOf, lettersIn, namesAxis, textWidth, tooltip } from "./charts.js";
import { known, signed } from "./numbers.js";
import { add, figureIn, html, node, noted, table } from "./page.js";
import { outcomeByName, welfare } from "./view.js";

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
  const figure = figureIn(
    section,
    "How far the numbers move",
    "Change of welfare against the base, percent. The diamond is the study as it stands, each circle one variant.",
  );
  const names = rows.map((r) => `${r.region} · ${r.outcome}`);
  const label = "Chart of the change of welfare of each party under each variant. The table has the same numbers.";
  const sizeOf = () => ({ height: 60 + 24 * rows.length });
  view.chart(figure, label, sizeOf, (colours, width) => ({
    tooltip: tooltip(colours, {
      trigger: "item",
      formatter: (p) => `${html(p.name)}<br>${html(names[p.value[1]])}: ${signed(p.value[0], 4)} %`,
    }),
    grid: { left: textWidth(names, 12, lettersIn(width)) + 12, right: 16, top: 8, bottom: 44 },
    xAxis: axisOf(colours, "change of welfare, percent", {
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
        data: rows.flatMap((r, y) => (known(r.own) ? [{ value: [r.own, y], name: "the study as it stands" }] : [])),
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
  add(
    section,
    node(
      "p",
      `No variant turns ${robust} of the ${view.claims.length} claims. ✓ holds, ✕ fails, ≈ negligible, ? undecided; the column “as is” is the study as it stands.`,
    ),
  );
  const sign = (verdict) => {
    const [text, kind] = signs[verdict] || signs.undecided;
    return { text, kind };
  };
  add(
    section,
    noted(
      table(
        "Claims under each variant",
        ["claim", "as is", ...view.variants.map((_, k) => String(k + 1))],
        view.claims.map((c) => [
          { text: c.text || c.holds, kind: "text" },
          sign(c.verdict),
          ...view.variants.map((v) => sign(c.variants?.[v.name])),
        ]),
        { limit: 40 },
      ),
      view.claims.map((c) => c.variants_in_words),
    ),
  );
}

/**
 * @param {import("./view.js").View} view
 */
export function variantsSection(view) {
  const { variants, root } = view;
  if (!variants.length) return;
  const section = node("section", null, { id: "variants", "aria-label": "Variants" });
  add(root, add(section, node("h2", "The same under other assumptions")));
  add(section, node("p", "Everything was answered again with one thing changed at a time:"));
  const list = node("ol");
  for (const v of variants) {
    const item = add(node("li"), node("strong", v.name), v.title ? `: ${v.title}. ` : ". ", v.description || "");
    if (v.status !== "answered") add(item, node("span", ` Not answered: ${v.error}`, { class: "failed" }));
    else if (v.unanswered) add(item, node("span", ` Not answered: ${v.unanswered.join("; ")}`, { class: "failed" }));
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
      node("summary", "The numbers under each variant"),
      table(
        "Welfare under each variant: change against the base, percent",
        ["outcome", "region", "as is", ...variants.map((_, k) => String(k + 1))],
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
