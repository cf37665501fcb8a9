// What decides whether an agreement lasts, as a reader sets it: in the page's state, in a link, in a study.
import { numberFrom } from "./numerals.ts";

export interface Levers {
  /** What the two agree on. */
  cooperate: "deal" | "scenario";
  /** A year. */
  discountRate: number;
  periodYears: number;
  /** The chance that a channel tells a lapse from intent rightly. */
  accuracy: number;
  /** The chance a year that a promise is carried out, by player; absent: as the ledger of the two shows. */
  fidelity?: [number, number];
}

export const leversAtFirst: Levers = { cooperate: "deal", discountRate: 0.04, periodYears: 0.5, accuracy: 0.8 };
export const fidelityAtFirst: [number, number] = [0.95, 0.95];

const spans = { discountRate: [0, 0.3], periodYears: [1 / 12, 2], accuracy: [0.5, 1], fidelity: [0.5, 1] } as const;
const names: Record<string, keyof Levers> = {
  agreement: "cooperate",
  discount: "discountRate",
  period: "periodYears",
  accuracy: "accuracy",
  fidelity: "fidelity",
};

/** Levers as a link has them, those alone that were moved: discount:0.08,fidelity:0.9+0.8; empty for none. */
export function leversText(levers: Levers | undefined): string {
  return Object.entries(names)
    .filter(([, key]) => levers?.[key] !== undefined && levers[key] !== leversAtFirst[key])
    .map(([name, key]) => `${name}:${[levers![key]].flat().join("+")}`)
    .join(",");
}

function numberOf(text: string, key: keyof typeof spans, name: string): number {
  const value = numberFrom(text) ?? NaN,
    [least, most] = spans[key];
  if (!(value >= least && value <= most))
    throw new Error(`the link has “${text}” where ${name} is ${least} to ${most}`);
  return value;
}

export function leversFrom(text: string): Levers {
  const levers: Levers = { ...leversAtFirst };
  for (const part of text.split(",").filter(Boolean)) {
    const [name, value = ""] = part.split(":"),
      key = names[name];
    if (key === undefined)
      throw new Error(`the link has “${part}” where an agreement's ${Object.keys(names).join(", ")} are known`);
    if (key === "cooperate") {
      if (value !== "deal" && value !== "scenario")
        throw new Error(`the link has “${value}” where agreement is deal or scenario`);
      levers.cooperate = value;
    } else if (key === "fidelity") {
      const both = value.split("+").map((v) => numberOf(v, key, name));
      if (both.length !== 2)
        throw new Error(`the link has “${value}” where fidelity needs two numbers, such as 0.9+0.8`);
      levers.fidelity = both as [number, number];
    } else levers[key] = numberOf(value, key, name);
  }
  return levers;
}
