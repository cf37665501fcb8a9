// How sure an answer is: draws of the elasticities, or the ends of the range that is published of them.
import type { Answerer } from "./engine/answerer.ts";
import type { Outcome } from "./engine/types.ts";
import type { Scenario } from "./model/scenario.ts";
import { outcomes, studyOf, uncertainty, type Draws, type Setting } from "./model/study.ts";

/** By region: nine tenths of `draws`, or from the answer at one elasticity to that at another. */
export interface Bands {
  draws?: number;
  between?: [number, number];
  regions: Record<string, { welfare_percent?: { p05?: number; p95?: number } }>;
}

export const restingDraws: Draws = { draws: 64, seed: 1 };
// The range that is published for the long run (docs/elasticities.md), for an economy without estimates of its own.
const publishedRange: [number, number] = [2.8, 4.5];

export async function drawnBands(by: Answerer, setting: Setting, scenario: Scenario): Promise<Bands | undefined> {
  const study = studyOf("Bands", setting, scenario) + "\n" + uncertainty(restingDraws);
  const results = await by.run(study, "bands", () => {});
  const regions = results.uncertainty?.outcomes?.[outcomes.scenario]?.regions;
  return regions && { draws: results.uncertainty.draws ?? restingDraws.draws, regions };
}

/** Two equilibria, one at each end of the range; `asked` is what the engine is asked, `now` the answer between. */
export async function rangeBands(by: Answerer, setting: Setting, asked: unknown, now: Outcome): Promise<Bands> {
  const { model } = setting.configuration,
    ends: Outcome[] = [];
  for (const mean of publishedRange) {
    await by.client.configure({ model, elasticities: { mean } });
    ends.push((await by.client.call<Outcome>("solve", asked)).answer);
  }
  // The answer between the two ends need not lie between theirs.
  ends.push(now);
  const spread = (region: string) => {
    const all = ends.map((end) => end.regions[region].welfare_percent as number);
    return { welfare_percent: { p05: Math.min(...all), p95: Math.max(...all) } };
  };
  return {
    between: publishedRange,
    regions: Object.fromEntries(Object.keys(now.regions).map((r) => [r, spread(r)])),
  };
}
