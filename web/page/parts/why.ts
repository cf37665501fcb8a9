// Why a region gains or loses: its decomposition in words.
import { known } from "../../report/numbers.js";
import type { Outcome } from "../engine/types.ts";
import { joined, percent, regionName, sectorName, semicolons, t, type Key } from "../language.ts";
import type { Facts } from "../model/outcome.ts";

const parts: [string, Key][] = [
  ["terms_of_trade", "why_terms"],
  ["volume_of_trade", "why_volume"],
  ["scale", "why_scale"],
  ["cost", "why_cost"],
  ["transfer", "why_transfer"],
];
const still = 5e-5;

// The names whose parts of a number are largest in size and of its sign.
function leading(by: Record<string, number> | undefined, sign: number, count: number): string[] {
  return Object.entries(by ?? {})
    .filter(([, v]) => sign * v > 0)
    .sort((a, b) => sign * (b[1] - a[1]))
    .slice(0, count)
    .map(([name]) => name);
}

/** Sentences about one region; a model without a decomposition says what wages and revenue do. */
export function whyOf(facts: Facts, outcome: Outcome, region: string): string[] {
  const of = outcome.regions[region],
    total = of?.welfare_percent;
  if (!known(total) || Math.abs(total) < still) return [t("why_none")];
  const name = regionName(region),
    exact = of.decomposition;
  if (!exact) {
    if (!known(of.real_wage_percent)) return [];
    const rest = t("why_rest", { value: percent(of.real_wage_percent), other: percent(total - of.real_wage_percent) });
    return [t("why_sum", { region: name, value: percent(total), parts: rest })];
  }
  const said = parts.flatMap(([key, words]) => {
    const value = exact[`${key}_percent`];
    return known(value) && Math.abs(value) >= still ? [t(words, { value: percent(value) })] : [];
  });
  const termsLead = Math.abs(exact.terms_of_trade_percent) > Math.abs(exact.volume_of_trade_percent);
  const main = termsLead ? exact.terms_of_trade : exact.volume_of_trade;
  const sign = Math.sign(termsLead ? exact.terms_of_trade_percent : exact.volume_of_trade_percent);
  const logs = exact.log_welfare_percent;
  const { economy } = facts;
  const partners = leading(main?.by_partner_percent, sign, 2).map(regionName),
    lines = leading(main?.by_sector_percent, sign, 3).map((s) =>
      sectorName(s, economy.sector_titles?.[economy.sectors.indexOf(s)]),
    );
  return [
    t("why_sum", { region: name, value: percent(total), parts: joined(said) }),
    ...(known(logs) && percent(logs) !== percent(total) ? [t("why_logs", { value: percent(logs) })] : []),
    ...(partners.length && lines.length && economy.sectors.length > 1
      ? [
          t("why_from", {
            part: t(termsLead ? "why_part_terms" : "why_part_volume"),
            partners: joined(partners),
            sectors: semicolons(lines),
          }),
        ]
      : []),
  ];
}
