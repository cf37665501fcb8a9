// Answers that are kept beside the one that moves, each under the model that it was asked of.
import type { EngineClient } from "./engine/client.ts";
import type { Configured, Outcome } from "./engine/types.ts";
import { chosenOf, type Chosen, type Pin } from "./model/link.ts";
import { configurationOf } from "./model/options.ts";
import type { Scenario } from "./model/scenario.ts";

export interface Solved extends Pick<Pin, "title" | "scenario"> {
  /** The model that answered. */
  chosen: Chosen;
  outcome: Outcome;
  /** The economy as observed, under the same model. */
  base: Outcome | undefined;
}

const settingOf = (chosen: Chosen) => JSON.stringify(configurationOf(chosen));
const keyOf = (chosen: Chosen, scenario: Scenario) => settingOf(chosen) + JSON.stringify(scenario);

/** Whether two choices are the same model, with the same options, horizon and elasticities. */
export const sameModel = (a: Chosen, b: Chosen): boolean => settingOf(a) === settingOf(b);

export interface Bench {
  /** The slider's engine: it is left as `present` has it. */
  engine: EngineClient;
  present: Chosen;
  /** The base under `present`. */
  base: Outcome | undefined;
  /** What the engine is asked for a scenario. */
  asked(scenario: Scenario): unknown;
  /** Brings a set of elasticities to the engine. */
  bring(set: string): Promise<void>;
}

// Posted in one go, so that no question of the slider comes between another model and the one that it is for.
async function answeredBy(bench: Bench, chosen: Chosen, scenarios: Scenario[]) {
  const { engine, present, asked } = bench,
    other = !sameModel(chosen, present);
  if (other && chosen.elasticities) await bench.bring(chosen.elasticities);
  const configured: Promise<Configured | undefined> = other
    ? engine.configure(configurationOf(chosen))
    : Promise.resolve(undefined);
  const answers = scenarios.map((s) => engine.call<Outcome>("solve", asked(s)));
  const back = other ? engine.configure(configurationOf(present)) : Promise.resolve();
  const settled = await Promise.allSettled([configured, back, ...answers]);
  const [model, , ...outcomes] = settled;
  return outcomes.map((o) => {
    if (model.status === "rejected") return { failed: (model.reason as Error).message };
    if (o.status === "rejected") return { failed: (o.reason as Error).message };
    return {
      outcome: (o.value as { answer: Outcome }).answer,
      base: other ? (model.value as Configured).base : bench.base,
    };
  });
}

/** The answers of `pins` in their order, those in `kept` as they stand; and which could not be answered, and why. */
export async function answerPins(pins: Pin[], kept: Solved[], bench: Bench) {
  const found = new Map(kept.map((s) => [keyOf(s.chosen, s.scenario), s])),
    failures = new Map<Pin, string>();
  // Each question once, by however many pins it is asked.
  const asked = new Map(pins.map((p) => [keyOf(p, p.scenario), p])),
    missing = [...asked].flatMap(([key, p]) => (found.has(key) ? [] : [p])),
    refused = new Map<string, string>();
  for (const setting of new Set(missing.map(settingOf))) {
    const same = missing.filter((p) => settingOf(p) === setting);
    const answers = await answeredBy(
      bench,
      same[0],
      same.map((p) => p.scenario),
    );
    answers.forEach((answer, k) => {
      const pin = same[k];
      if (answer.failed !== undefined) refused.set(keyOf(pin, pin.scenario), answer.failed);
      else
        found.set(keyOf(pin, pin.scenario), {
          title: pin.title,
          scenario: pin.scenario,
          chosen: chosenOf(pin),
          outcome: answer.outcome!,
          base: answer.base,
        });
    });
  }
  for (const pin of pins) {
    const reason = refused.get(keyOf(pin, pin.scenario));
    if (reason !== undefined) failures.set(pin, reason);
  }
  const solved = pins.flatMap((p) => {
    const answer = found.get(keyOf(p, p.scenario));
    return answer ? [{ ...answer, title: p.title }] : [];
  });
  return { solved, failures };
}
