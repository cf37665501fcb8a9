// What a change of real income is made of where the engine gives no decomposition, from the accounts that it does give.
import type { Outcome } from "../engine/types.ts";

export type Part = "wages" | "employment" | "profits" | "revenue" | "transfers" | "work";

/** What the accounts do not say of a model. */
export interface Work {
  /** The elasticity of employment to the real wage. */
  labourSupply: number;
  /** Tariff revenue replaces an income tax, which work is paid less of. */
  incomeTax: boolean;
}

/**
 * The parts of `region`'s change of welfare, in percent of the base's; they add up to it. Spending is wages times
 * employment, profits, tariff revenue and transfers, each at today's consumer prices; where employment answers to wages,
 * real income counts net of what work costs those who do it (docs/melitz.md), and so does what each part is a percentage
 * of. Undefined where an account is missing.
 */
export function partsOf(
  base: Outcome | undefined,
  outcome: Outcome,
  region: string,
  { labourSupply, incomeTax }: Work,
): Record<Part, number> | undefined {
  const before = base?.regions[region],
    now = outcome.regions[region];
  if (!before || !now) return undefined;
  const profit = before.profit ?? 0,
    labour = before.value_added - profit,
    wage = now.wage_hat / now.price_hat,
    employment = 1 + (now.employment_percent ?? 0) / 100,
    labourNow = labour * now.wage_hat * employment;
  // Spending is all that there is to spend.
  const profitNow = now.income_hat * before.income - labourNow - now.tariff_revenue - now.transfer;
  const relief = incomeTax ? (1 - before.tariff_revenue / labour) / (1 - now.tariff_revenue / labourNow) : 1;
  const work = ((labourSupply / (1 + labourSupply)) * labour) / relief;
  const percent = (real: number) => (100 * real) / (before.income - work);
  const parts = {
    wages: percent(labour * (wage - 1)),
    employment: percent(labour * wage * (employment - 1)),
    profits: before.profit === undefined ? 0 : percent(profitNow / now.price_hat - profit),
    revenue: percent(now.tariff_revenue / now.price_hat - before.tariff_revenue),
    transfers: percent(now.transfer / now.price_hat - before.transfer),
    work: percent(work * (1 - wage * employment)),
  };
  return Object.values(parts).every(Number.isFinite) ? parts : undefined;
}

/** Whether the parts are all of `total`, but for the rounding of the accounts. */
export const addUp = (parts: Record<Part, number>, total: number): boolean =>
  Math.abs(Object.values(parts).reduce((sum, v) => sum + v, 0) - total) < 1e-6 * (1 + Math.abs(total));
