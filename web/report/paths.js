// Paths over years: a line a region, and what all years together are worth.
import { axisOf, legendOf, tooltip } from "./charts.js";
import { adaptive, known, plain, signed, small, toned } from "./numbers.js";
import { add, figureIn, html, node, openSection, table, titled } from "./page.js";
import { say } from "./words.js";

// What lines can be of, the first one first.
const measures = /** @type {const} */ ([
  ["year_welfare_percent", "path_year_welfare"],
  ["consumption_percent", "path_consumption"],
  ["capital_percent", "path_capital"],
  ["real_wage_percent", "path_real_wage"],
]);

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
    say("path_year_by_year"),
    say("path_phases", {
      first: q.years[0],
      last: q.years.at(-1),
      phases: q.phases.map(({ scenario, from }) => say("path_phase", { scenario, from })).join(say("path_comma")),
    }),
    q.phases.map((p) => p.scenario),
  );
  const number = selectOf(
    say("path_number"),
    measures.map(([, text]) => say(text)),
    0,
  );
  const line = (k) => say("path_line", { letter: "ABC"[k] });
  const regions = Array.from({ length: shown }, (_, k) => selectOf(line(k), names, k));
  add(figure, add(node("label", say("path_label", { name: say("path_number") })), number));
  regions.forEach((select, k) => add(figure, add(node("label", " " + say("path_label", { name: line(k) })), select)));
  legendOf(view, figure, (colours) => regions.map((_, k) => [line(k), colours.series[k]]));
  const of = (region) => q.regions[region][measures[chosen(number)][0]];
  const [first, second] = names;
  const draw = view.chart(
    figure,
    say("path_chart", {
      measure: say(measures[0][1]),
      regions: [first, second]
        .filter(Boolean)
        .map((region) => {
          const values = q.regions[region][measures[0][0]];
          return say("path_chart_region", { region, first: adaptive(values[0]), last: adaptive(values.at(-1)) });
        })
        .join(say("semicolon")),
    }),
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
  const section = openSection(view, q.id, titled(q.title || say("path_untitled"), q.name), q);
  if (q.status !== "answered" || !q.regions) return;
  const size = (r) => Math.abs(q.regions[r].ev),
    names = Object.keys(q.regions).sort((a, b) => size(b) - size(a)),
    unit = view.money(names.map((r) => q.regions[r].ev));
  yearLines(view, section, q, names);
  const percent = (v) => toned(v, signed(v, 4));
  add(
    section,
    node("h3", say("path_all_years_together")),
    table(
      say("path_worth", { unit: unit.name }),
      [
        say("region_column"),
        say("path_all_years"),
        say("path_money"),
        say("path_first_year"),
        say("path_last_year"),
        say("path_long_run"),
        say("path_long_run_capital"),
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
        say("path_certificate", {
          residual: small(c.residual),
          gap: small(c.long_run_gap),
          tail: small(c.tail_error),
          passes: plain(c.passes_over_trade, 0),
        }),
        { class: "small" },
      ),
    );
  if (q.capital)
    add(
      section,
      node(
        "p",
        say("path_law_of_capital", {
          share: plain(q.capital.share, 3),
          transition: plain(q.capital.transition, 3),
          discount: plain(q.capital.discount, 3),
        }),
        { class: "small" },
      ),
    );
}
