// How sure the numbers are: bands over the draws, what drives them, and in how many draws each claim holds.
import { bandChart } from "./bands.js";
import { axisOf, legendOf, namesAxis, textWidth, tooltip } from "./charts.js";
import { fan } from "./fan.js";
import { chance, known, signed } from "./numbers.js";
import { add, figureIn, html, node, noted, table } from "./page.js";
import { inDraws } from "./claims.js";
import { figureName } from "./figures.js";
import { partiesOf } from "./variants.js";
import { engineLanguage, say, term } from "./words.js";

// Verdicts in the order in which their shares stand beside each other, and the colour of each.
const shares = ["holds", "negligible", "undecided", "failed", "fails"];
const shareColours = (colours) => [colours.gain, colours.series[2], colours.axis, colours.series[7], colours.loss];
const mostDrivers = 8;
const inputKeys = /** @type {const} */ ({
  elasticities: "input_elasticities",
  elasticity: "input_elasticity",
  tariff_coverage: "input_tariff_coverage",
  fidelity: "input_fidelity",
  discount_rate: "input_discount_rate",
});

// What is drawn, in words: "elasticity.D26" is the trade elasticity of D26.
function inputName(input) {
  const [what, ...of] = input.split(".");
  return what in inputKeys ? say(inputKeys[what], { of: of.join(".") }) : undefined;
}

const bandOf = (u, outcome, region, key = "welfare_percent") => u.outcomes?.[outcome]?.regions?.[region]?.[key];

function bandRows(view, u) {
  const parties = partiesOf(view);
  return (u.outcome_order || []).flatMap((outcome) =>
    parties.flatMap((region) => {
      const band = bandOf(u, outcome, region);
      return band ? [{ outcome, region, name: `${region} · ${outcome}`, band }] : [];
    }),
  );
}

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {any} u
 */
function bands(view, section, u) {
  const rows = bandRows(view, u);
  if (!rows.length) return;
  if (rows.some((r) => known(r.band.p05))) {
    const figure = figureIn(section, say("bands"), say("change_of_welfare_against_the_base"));
    bandChart(
      view,
      figure,
      say("chart_of_the_bands_of"),
      rows.filter((r) => known(r.band.p05)),
      say("change_of_welfare_percent"),
    );
  }
  add(
    section,
    add(
      node("details"),
      node("summary", say("the_bands_as_numbers")),
      table(
        say("bands_of_the_change_of"),
        [
          say("outcome"),
          say("region_column"),
          say("as_it_stands"),
          say("mean"),
          say("standard_error"),
          say("sd"),
          "5 %",
          say("median"),
          "95 %",
          say("chance_of_a_gain"),
        ],
        rows.map(({ outcome, region, band: b }) => [
          outcome,
          { text: region, kind: "text" },
          ...[b.point, b.mean].map((v) => signed(v, 4)),
          known(b.error?.mean) ? b.error.mean.toFixed(4) : "–",
          known(b.sd) ? b.sd.toFixed(4) : "–",
          ...[b.p05, b.p50, b.p95].map((v) => signed(v, 4)),
          chance(b.positive),
        ]),
        { textColumns: [0, 1] },
      ),
    ),
  );
}

/**
 * A tornado: the share of the variance that each input alone accounts for.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 * @param {any} u
 */
function drivers(view, section, u) {
  const labelOf = (input) => inputName(input) ?? (u.inputs?.find((i) => i.name === input)?.label || input);
  const blocks = [
    ...(u.outcome_order || []).flatMap((outcome) =>
      partiesOf(view).map((region) => ({
        name: say("welfare_of_under", { region, outcome }),
        list: u.outcomes[outcome]?.drivers?.[region],
      })),
    ),
    ...Object.entries(u.answers || {}).flatMap(([name, a]) =>
      Object.entries(a.drivers || {}).map(([figure, list]) => ({ name: `${name}: ${figureName(figure)}`, list })),
    ),
  ].filter((b) => b.list?.length);
  if (!blocks.length) return;
  const figure = figureIn(
    section,
    say("what_drives_it"),
    u.drivers === "rank" ? say("squared_rank_correlation_of_each") : say("share_of_the_variance_over"),
  );
  const choice = /** @type {HTMLSelectElement} */ (node("select", null, { "aria-label": say("number") }));
  blocks.forEach((b, k) => choice.append(node("option", b.name, { value: String(k) })));
  add(figure, add(node("label", say("number_label")), choice));
  const inputs = () => blocks[Number(choice.value) || 0].list.slice(0, mostDrivers);
  const draw = view.chart(
    figure,
    say("tornado_chart_of_what_drives"),
    () => ({ height: 60 + 26 * mostDrivers }),
    (colours, width) => {
      const list = inputs(),
        names = list.map((d) => labelOf(d.input)),
        letters = width < 500 ? 20 : 44;
      return {
        tooltip: tooltip(colours, {
          trigger: "item",
          formatter: (p) => `${html(names[p.dataIndex] ?? "")}: ${chance(list[p.dataIndex]?.share)}`,
        }),
        grid: { left: textWidth(names, 12, letters) + 12, right: 24, top: 8, bottom: 44 },
        xAxis: axisOf(colours, say("share_of_the_variance"), { nameGap: 28, min: 0, max: 1, scale: false }),
        yAxis: namesAxis(colours, names, letters),
        series: [
          {
            name: "share",
            type: "bar",
            barMaxWidth: 15,
            itemStyle: { color: colours.series[0] },
            data: list.map((d) => d.share),
          },
        ],
      };
    },
  );
  choice.addEventListener("change", draw);
  const first = blocks.map((b) => [b.name, b.list.slice(0, 3)]);
  add(
    section,
    add(
      node("details"),
      node("summary", say("the_largest_drivers_of_each")),
      table(
        say("largest_drivers"),
        [
          say("number_column"),
          say("first_driver"),
          say("share"),
          say("second_driver"),
          say("share"),
          say("third_driver"),
          say("share"),
        ],
        first.map(([name, list]) => [
          name,
          ...[0, 1, 2].flatMap((k) =>
            list[k] ? [{ text: labelOf(list[k].input), kind: "text" }, chance(list[k].share)] : ["–", "–"],
          ),
        ]),
        { textColumns: [0, 1, 3, 5] },
      ),
    ),
  );
}

// Finite draws make nothing certain: all of them, or none, not a chance of 1 or 0.
const shareInWords = (share, n) =>
  share === 1 ? say("all_draws", { n }) : share === 0 ? say("no_draws") : chance(share);

/**
 * @param {import("./view.js").View} view
 * @param {HTMLElement} section
 */
function claimShares(view, section) {
  const claims = view.claims.filter((c) => c.share_of_draws);
  if (!claims.length) return;
  const figure = figureIn(section, say("in_how_many_draws_each"), say("share_of_the_draws_claim"));
  legendOf(view, figure, (colours) => shares.map((name, k) => [term(name), shareColours(colours)[k]]));
  const names = claims.map((_, k) => say("claim_number", { k: k + 1 }));
  view.chart(
    figure,
    say("chart_of_the_share_of"),
    () => ({ height: 60 + 24 * claims.length }),
    (colours) => ({
      tooltip: tooltip(colours, {
        trigger: "item",
        formatter: (p) =>
          say("claim_share", {
            data_index: html(claims[p.dataIndex]?.text ?? ""),
            series_name: html(p.seriesName),
            p: chance(p.value),
          }),
      }),
      grid: { left: textWidth(names, 12) + 12, right: 16, top: 8, bottom: 44 },
      xAxis: axisOf(colours, say("share_of_the_draws"), { nameGap: 28, min: 0, max: 1, scale: false }),
      yAxis: namesAxis(colours, names),
      series: shares.map((name, k) => ({
        name: term(name),
        type: "bar",
        stack: "claims",
        barMaxWidth: 15,
        itemStyle: { color: shareColours(colours)[k] },
        data: claims.map((c) => c.share_of_draws[name] || 0),
      })),
    }),
  );
  add(
    section,
    noted(
      table(
        say("claims_over_the_draws"),
        [say("claim"), ...shares.map(term)],
        claims.map((c) => [
          { text: c.text || c.holds, kind: "text", lang: engineLanguage() },
          ...shares.map((s) => shareInWords(c.share_of_draws[s] || 0, view.results.uncertainty.draws)),
        ]),
        { limit: 40 },
      ),
      claims.map((c) => inDraws(view, c)),
    ),
  );
}

/**
 * @param {HTMLElement} section
 * @param {any} u
 */
function figuresOf(section, u) {
  const rows = Object.entries(u.answers || {}).flatMap(([name, a]) =>
    Object.entries(a.figures || {}).map(([figure, b]) => [name, figure, b]),
  );
  if (!rows.length) return;
  const number = (v) => (known(v) ? v.toPrecision(4).replace("-", "−") : "–");
  add(
    section,
    table(
      say("what_governments_and_relations_give"),
      [
        say("question"),
        say("figure_column"),
        say("as_it_stands"),
        say("mean"),
        say("standard_error"),
        "5 %",
        say("median"),
        "95 %",
      ],
      rows.map(([name, figure, b]) => [
        name,
        { text: figureName(figure), kind: "text" },
        ...[b.point, b.mean, b.error?.mean, b.p05, b.p50, b.p95].map(number),
      ]),
      { textColumns: [0, 1] },
    ),
  );
}

/**
 * @param {import("./view.js").View} view
 */
export function uncertaintySection(view) {
  const { uncertainty: u } = view.results;
  if (!u) return;
  const section = node("section", null, { id: "uncertainty", "aria-label": say("how_sure") });
  add(view.root, add(section, node("h2", say("how_sure_are_these_numbers"))));
  if (u.status !== "answered") {
    add(section, node("p", say("not_answered_why", { error: u.error }), { class: "failed", lang: engineLanguage() }));
    return;
  }
  for (const words of u.words || []) add(section, node("p", words, { lang: engineLanguage() }));
  bands(view, section, u);
  if (u.outcome_order?.length > 1) fan(view, section, u, partiesOf(view));
  claimShares(view, section);
  figuresOf(section, u);
  drivers(view, section, u);
}
