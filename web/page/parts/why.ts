// Why a region gains or loses: its decomposition in words.
import { known } from "../../report/numbers.js";
import type { App } from "../app.ts";
import type { Outcome } from "../engine/types.ts";
import { joined, percent, regionInText, regionName, sectorName, semicolons, t, type Key } from "../language.ts";
import type { Facts } from "../model/outcome.ts";
import { addUp, partsOf, type Part, type Work } from "../model/parts.ts";

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

const inOrder: Part[] = ["wages", "employment", "work", "profits", "revenue", "transfers"];

/** The base and what else the accounts need. */
export interface Accounts {
  base: Outcome | undefined;
  work: Work;
}

export const accountsOf = (app: App): Accounts => ({
  base: app.base,
  work: {
    labourSupply: Number(app.optionValue("labour_supply") ?? 0),
    incomeTax: app.optionValue("revenue") === "income_tax",
  },
});

const accountKey = (part: Part, value: number) =>
  part === "employment"
    ? (`why_account_${value > 0 ? "more" : "less"}_employment` as const)
    : (`why_account_${part}` as const);

// What wages, employment, profits, revenue and transfers do, as far as the accounts add up.
function fromAccounts(region: string, outcome: Outcome, { base, work }: Accounts): string[] {
  const { welfare_percent: total, real_wage_percent: wage } = outcome.regions[region],
    exact = partsOf(base, outcome, region, work);
  if (!exact || !addUp(exact, total)) return known(wage) ? [t("why_wage", { value: percent(wage) })] : [];
  const said = inOrder
    .filter((part) => Math.abs(exact[part]) >= still)
    .map((part) => t(accountKey(part, exact[part]), { value: percent(exact[part]) }));
  return [
    t("why_sum", { region: regionName(region), value: percent(total), parts: joined(said) }),
    ...(work.labourSupply > 0 ? [t("why_net_of_work")] : []),
  ];
}

/** Sentences about one region: the exact decomposition, or in a model that has none what the region's accounts say. */
export function whyOf(facts: Facts, outcome: Outcome, region: string, accounts: Accounts): string[] {
  const of = outcome.regions[region],
    total = of?.welfare_percent;
  if (!known(total) || Math.abs(total) < still) return [t("why_none")];
  const name = regionName(region),
    exact = of.decomposition;
  if (!exact) return fromAccounts(region, outcome, accounts);
  const said = parts.flatMap(([key, words]) => {
    const value = exact[`${key}_percent`];
    return known(value) && Math.abs(value) >= still ? [t(words, { value: percent(value) })] : [];
  });
  const termsLead = Math.abs(exact.terms_of_trade_percent) > Math.abs(exact.volume_of_trade_percent);
  const main = termsLead ? exact.terms_of_trade : exact.volume_of_trade;
  const sign = Math.sign(termsLead ? exact.terms_of_trade_percent : exact.volume_of_trade_percent);
  const logs = exact.log_welfare_percent;
  const { economy } = facts;
  const partners = leading(main?.by_partner_percent, sign, 2).map(regionInText),
    lines = leading(main?.by_sector_percent, sign, 3)
      .map((s) => sectorName(s, economy.sector_titles?.[economy.sectors.indexOf(s)]))
      // A title may hold the sign that parts it from the next.
      .map((title) => (/[;；]/.test(title) ? t("quoted", { what: title }) : title));
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
