// Options of the models, as the engine's table has them (detente_models): what a reader may set, and what that means for
// the engine and for a study file.
import type { Configuration } from "../engine/types.ts";
import { numberFrom } from "./numerals.ts";

export type Value = string | number | boolean;

export interface Option {
  name: string;
  /** The engine's own words. */
  text: string;
  kind: "flag" | "number" | "choice" | "region";
  /** The default as a study would write it, or the formula that it comes from. */
  default: string;
  /** The default itself; absent where it follows from another option. */
  value?: Value;
  low?: number;
  high?: number;
  choices?: string[];
}

export interface Model {
  name: string;
  title: string;
  options: Option[];
}

/** What a reader has set, by option. */
export type Options = Record<string, Value>;

/** Where the page begins elsewhere than the model: the world's tariff revenue is handed out, as in the other economy. */
const begins: Record<string, Options> = { melitz: { revenue: "lump_sum" } };

/** What stands before a reader sets anything; undefined where it follows from another option. */
export const startOf = (model: string, option: Option): Value | undefined =>
  begins[model]?.[option.name] ?? option.value;

/** `[model]` and the elasticities of `[economy]`, for the engine and for a study. */
export function configurationOf(s: {
  model: string;
  options?: Options;
  horizon?: string;
  elasticities?: string;
}): Configuration {
  return {
    model: { kind: s.model, ...begins[s.model], ...s.options },
    elasticities: {
      ...(s.elasticities ? { elasticities: s.elasticities } : {}),
      ...(s.horizon ? { horizon: s.horizon } : {}),
    },
  };
}

/** `options` with `name` set; what a reader sets back to the beginning is no option any more. */
export function withOption(model: string, options: Options | undefined, option: Option, value?: Value) {
  const { [option.name]: _before, ...rest } = options ?? {};
  const next = value === undefined || value === startOf(model, option) ? rest : { ...rest, [option.name]: value };
  return Object.keys(next).length ? next : undefined;
}

/** A model and its options as a link has them: krugman,closure:fixed. */
export const modelText = (model: string, options: Options = {}): string =>
  [model, ...Object.entries(options).map(([name, value]) => `${name}:${value}`)].join(",");

export function modelFrom(text: string): { model: string; options?: Options } {
  const [model, ...rest] = text.split(",");
  const options: Options = {};
  for (const part of rest) {
    const [name, value] = part.split(/:(.*)/s);
    if (!/^[a-z][a-z_]*$/.test(name) || value === undefined)
      throw new Error(`the link has “${part}” where an option needs name:value`);
    options[name] = value === "true" || value === "false" ? value === "true" : (numberFrom(value) ?? value);
  }
  return rest.length ? { model, options } : { model };
}
