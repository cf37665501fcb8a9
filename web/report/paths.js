// Paths over years: a line a region, and what all years together are worth.
import { axisOf, legendOf, tooltip } from "./charts.js";
import { adaptive, known, plain, signed, small, toned } from "./numbers.js";
import { add, figureIn, html, node, openSection, table } from "./page.js";

// What lines can be of, the first one first.
const measures = [
  ["year_welfare_percent", "consumption against the same year without these policies, percent"],
  ["consumption_percent", "consumption against the base, percent"],
  ["capital_percent", "capital against the base, percent"],
  ["real_wage_percent", "what a unit of labour earns against the base, percent"],
];

const chosen = (select) => Number(select.value) || 0;

function selectOf(label, options, at) {
  const select = /** @type {HTMLSelectElement} */ (node("select", null, { "aria-label": label }));
  options.forEach((text, k) =>
    select.append(node("option", text, { value: String(k), selected: k === at && "selected" })),
  );
  return select;
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {import("./view.js").Path} q
 * @param {string[]} names regions, those that the path moves most in money first
 */
function yearLines(view, section, q, names) {
  const shown = Math.min(3, names.length);
  const figure = figureIn(
    section,
    "Year by year",
    `From ${q.years[0]} to ${q.years.at(-1)}: ${q.phases.map((p) => `“${p.scenario}” from ${p.from} on`).join(", ")}.`,
  );
  const number = selectOf(
    "Number",
    measures.map(([, text]) => text),
    0,
  );
  const regions = Array.from({ length: shown }, (_, k) => selectOf(`Line ${"ABC"[k]}`, names, k));
  add(figure, add(node("label", "Number: "), number));
  regions.forEach((select, k) => add(figure, add(node("label", ` Line ${"ABC"[k]}: `), select)));
  legendOf(view, figure, (colours) => regions.map((_, k) => [`line ${"ABC"[k]}`, colours.series[k]]));
  const of = (region) => q.regions[region][measures[chosen(number)][0]];
  const [first, second] = names;
  const draw = view.chart(
    figure,
    `Line chart by year, ${measures[0][1]}: ${[first, second]
      .filter(Boolean)
      .map(
        (r) =>
          `${r} from ${adaptive(q.regions[r][measures[0][0]][0])} to ${adaptive(q.regions[r][measures[0][0]].at(-1))}`,
      )
      .join("; ")}.`,
    () => ({ height: 320 }),
    (colours) => ({
      tooltip: tooltip(colours, {
        trigger: "axis",
        formatter: (points) => {
          const all = [points].flat();
          return [html(String(all[0].name)), ...all.map((p) => `${html(p.seriesName)}: ${signed(p.value, 4)} %`)].join(
            "<br>",
          );
        },
      }),
      grid: { left: 64, right: 16, top: 12, bottom: 32 },
      xAxis: {
        type: "category",
        boundaryGap: false,
        data: q.years.map(String),
        axisLabel: { color: colours.ink },
        axisLine: { lineStyle: { color: colours.axis } },
      },
      yAxis: axisOf(colours, ""),
      series: regions.map((select, k) => ({
        name: names[chosen(select)],
        type: "line",
        symbolSize: 4,
        color: colours.series[k],
        data: of(names[chosen(select)]),
      })),
    }),
  );
  for (const select of [number, ...regions]) select.addEventListener("change", draw);
}

/**
 * @param {import("./view.js").View} view
 * @param {import("./view.js").Path} q
 */
export function pathSection(view, q) {
  const section = openSection(view, q.id, `${q.title || "A path over years"} (${q.name})`, q);
  if (q.status !== "answered" || !q.regions) return;
  const size = (r) => Math.abs(q.regions[r].ev),
    names = Object.keys(q.regions).sort((a, b) => size(b) - size(a)),
    unit = view.money(names.map((r) => q.regions[r].ev));
  yearLines(view, section, q, names);
  const percent = (v) => toned(v, signed(v, 4));
  add(
    section,
    node("h3", "All years together"),
    table(
      `What the path is worth, against the same growth without its policies; money in ${unit.name} a year, at the income of the base`,
      [
        "region",
        "all years, %",
        "money",
        "first year, %",
        "last year, %",
        "long run, %",
        "capital in the long run, % of the base's",
      ],
      names.map((r) => {
        const one = q.regions[r];
        return [
          r,
          percent(one.welfare_percent),
          toned(one.ev, signed(one.ev * unit.scale, unit.digits)),
          percent(one.impact_percent),
          percent(one.year_welfare_percent.at(-1)),
          percent(one.long_run_percent),
          signed(one.long_run_capital_percent, 4),
        ];
      }),
    ),
  );
  const c = q.certificate;
  if (known(c?.residual))
    add(
      section,
      node(
        "p",
        `Certificate: largest residual of any year ${small(c.residual)}; long run steady to ${small(c.long_run_gap)}; ${plain(c.passes_over_trade, 0)} passes over the trade tensor.`,
        { class: "small" },
      ),
    );
  if (q.capital)
    add(
      section,
      node(
        "p",
        `Capital has a share of ${plain(q.capital.share, 3)}, follows real income by ${plain(q.capital.transition, 3)} a year, and next year counts for ${plain(q.capital.discount, 3)} of this one.`,
        { class: "small" },
      ),
    );
}
