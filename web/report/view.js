// What every part of a report looks at: the results with their names in order, the unit of money, and the charts.
import { chartsBy } from "./charts.js";
import { moneyOf } from "./numbers.js";
import { slug } from "./page.js";
import { inEnglish, speak } from "./words.js";

/**
 * @typedef {import("../types/results").Results} Results
 * @typedef {import("../types/results").Outcome} Outcome what a scenario and a question about governments have
 * @typedef {import("../types/results").Scenario} Scenario
 * @typedef {import("../types/results").Nash} Nash
 * @typedef {import("../types/results").Talks} Talks
 * @typedef {import("../types/results").CommonGround} CommonGround
 * @typedef {import("../types/results").Game} Game
 * @typedef {import("../types/results").Relation & { name: string, id: string }} Relation
 * @typedef {import("../types/results").Path & { name: string, id: string }} Path
 * @typedef {import("../types/results").Challenge & { name: string, id: string }} Challenge
 * @typedef {import("../types/results").Ledger} Ledger
 * @typedef {import("../types/results").Schedule} Schedule
 * @typedef {import("../types/results").Certificate} Certificate
 * @typedef {Scenario & { name: string, id: string }} Named
 * @typedef {Outcome & { players?: Record<string, any> }} Played
 * @typedef {ReturnType<typeof viewOf>} View
 */

// Results with what a clock said put to the same addresses.
export function withTimes(results, times) {
  const out = { ...results };
  for (const [key, value] of Object.entries(times)) {
    if (typeof value !== "object") out[key] = value;
    else if (key in out) out[key] = withTimes(out[key], value);
  }
  return out;
}

// Beyond this many scenarios, each part is drawn when it is opened: a page of thousands of charts opens for nobody.
export const mostScenarios = 60;

export const isAnswered = (s) => s.status === "answered" && Boolean(s.regions);
export const of = (s, r) => (s.regions && s.regions[r]) || {};
export const welfare = (s, r) => of(s, r).welfare_percent;
export const outcomeByName = (view, name) =>
  [...view.scenarios, ...view.questions].find((s) => s.name === name && s.status === "answered");

/**
 * Everything that is drawn from `results` speaks `words` (words.js): English unless told.
 * @param {any} results
 * @param {HTMLElement} root
 * @param {any} plotter
 */
export function viewOf(results, root, plotter, words = inEnglish) {
  speak(words);
  const { economy, study } = results,
    { regions } = economy;
  const scenarios = (results.scenario_order || Object.keys(results.scenarios)).map((name, k) => ({
    name,
    id: `scenario-${k + 1}-${slug(name)}`,
    ...results.scenarios[name],
  }));
  const questions = (results.question_order || []).map((q, k) => ({
    ...results[q.kind][q.name],
    name: q.name,
    question: q.kind,
    id: `question-${k + 1}-${slug(q.name)}`,
  }));
  const numbered = (kind, list) =>
    Object.entries(list || {}).map(([name, q], k) => ({ ...q, name, id: `${kind}-${k + 1}-${slug(name)}` }));
  const relations = numbered("relation", results.relations),
    paths = numbered("path", results.paths),
    challenges = numbered("challenge", results.challenge);
  return {
    results,
    root,
    economy,
    study,
    regions,
    scenarios,
    questions,
    relations,
    paths,
    challenges,
    claims: results.claims || [],
    variants: results.variants || [],
    folded: scenarios.length > mostScenarios,
    money: moneyOf(economy.unit || ""),
    ...chartsBy(plotter),
  };
}
