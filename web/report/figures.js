// What the figures of questions and relations over draws are called: "utility_percent.USA" in words.
import { say } from "./words.js";

const names = /** @type {const} */ ({
  critical_discount: "figure_critical_discount",
  dilemma: "figure_dilemma",
  discount: "figure_discount",
  fidelity: "figure_fidelity",
  fidelity_threshold: "figure_fidelity_threshold",
  gain_from_agreement: "figure_gain_from_agreement",
  gain_over_threat_percent: "figure_gain_over_threat",
  self_enforcing: "figure_self_enforcing",
  slack: "figure_slack",
  temptation: "figure_temptation",
  trade_weighted_tariff_percent: "figure_tariff",
  utility_percent: "figure_utility",
  welfare_percent: "figure_path_worth",
  impact_percent: "figure_path_impact",
  long_run_percent: "figure_path_long_run",
});

/**
 * The engine's key for a figure, with the region that it is of, in words; as it stands where there are none.
 * @param {string} key
 */
export function figureName(key) {
  const [what, ...of] = key.split(".");
  if (!(what in names)) return key;
  const name = say(names[what]);
  return of.length ? say("figure_of", { name, of: of.join(".") }) : name;
}
