// Every number that the report prints is one of results.json, rounded as it is shown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkClosing, checkClaims, checkHeader, checkSummary, checkVariants } from "./checks_whole.js";
import { checkUncertainty } from "./checks_uncertainty.js";
import { checkScenario } from "./checks_scenarios.js";
import { checkQuestion } from "./checks_questions.js";
import { checkPath } from "./checks_paths.js";
import { checkChallenge, checkRelation } from "./checks_relations.js";
import { resultsOf, studies } from "./outputs.js";
import { drawn, Trace } from "./trace.js";

// Numbers in the report's own words, which come from no result.
const fixed = [
  "+1 % means that a region's people could buy one percent more",
  "+1 % means that they could buy one percent more of everything",
  "100 times the logarithm",
  "sum: 100 ln W",
  "Caliendo and Parro (2015)",
  "in ln(1 + rate)",
  "From light (0) to dark",
  "(50 % is a coin toss)",
  "1.02 is a rise of 2 %",
  "from 0 (nothing) to 1 (as much)",
  "from 0 to 1",
  "1 would be as much as this one",
  "1 is as heavily as its own",
];

// Holds the page drawn from one results.json against another, which is the same but for what a test changes.
async function traced(shown, results) {
  const trace = new Trace(results, await drawn(shown));
  checkHeader(trace);
  checkClaims(trace);
  checkVariants(trace);
  checkUncertainty(trace);
  checkSummary(trace);
  for (const [k, name] of results.scenario_order.entries()) checkScenario(trace, name, k);
  for (const [k, q] of (results.question_order ?? []).entries()) checkQuestion(trace, q, k);
  for (const [k, name] of Object.keys(results.relations ?? {}).entries()) checkRelation(trace, name, k);
  for (const [k, name] of Object.keys(results.paths ?? {}).entries()) checkPath(trace, name, k);
  for (const [k, name] of Object.keys(results.challenge ?? {}).entries()) checkChallenge(trace, name, k);
  checkClosing(trace);
  return trace;
}

for (const study of studies)
  test(`${study}: every number of the report is one of its results`, async () => {
    const results = resultsOf(study);
    const trace = await traced(results, results);
    assert.deepEqual(trace.leftovers(fixed), []);
    assert.ok(trace.checked > 20, `${trace.checked} numbers`);
  });

// The tracing sees what it should: one number that differs is enough.
for (const path of [
  "scenarios.truce.regions.USA.ev",
  "scenarios.truce.certificate.residual",
  "base.regions.EU.tariff_revenue",
  "optimal.best.player_rates",
  "nash.war.players.CHN.mean_tariff",
  "talks.deal.players.USA.threat_percent",
  "game.shape.critical_discount.CHN",
  "relations.lasting.payoff_set.gap",
  "relations.lasting.slack.USA",
  "relations.lasting.trust.CHN.threshold",
  "relations.impatient.ledger.rules.kept_share",
  "paths.years.regions.USA.welfare_percent",
  "paths.years.regions.CHN.year_welfare_percent.1",
  "challenge.holding back.joint.payoff.0",
  "variants.0.welfare_percent.truce.USA",
  "uncertainty.outcomes.truce.regions.USA.welfare_percent.p05",
  "uncertainty.outcomes.half.regions.CHN.imports_gdp_percent.p75",
  "uncertainty.answers.lasting.figures.discount\\.USA.mean",
  "uncertainty.outcomes.truce.drivers.USA.0.share",
  "claims.0.share_of_draws.holds",
])
  test(`a report that shows another ${path} is found out`, async () => {
    const [results, shown] = [0, 1].map(() => resultsOf("every-question"));
    const keys = path
        .replace("player_rates", "schedules.0.rates.0.0")
        .split(/(?<!\\)\./)
        .map((key) => key.replace("\\", "")),
      last = keys.pop();
    const place = keys.reduce((node, key) => node[key], shown);
    place[last] = 1.5 * place[last] + 0.01;
    await assert.rejects(traced(shown, results));
  });
