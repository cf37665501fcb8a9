// What tests/make_outputs.js made: the folder is named by DETENTE_OUTPUTS.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withTimes } from "../report/view.js";

export const folder = process.env.DETENTE_OUTPUTS ?? "";
if (!existsSync(join(folder, "every-question")))
  throw new Error("DETENTE_OUTPUTS names no folder of tests/make_outputs.js: run `ctest -R web`");

export const textOf = (path) => readFileSync(join(folder, path), "utf8");
export const dataOf = (path) => JSON.parse(textOf(path));
// Results as the report has them: with their times, where those stand apart.
export const resultsOf = (study) => {
  const results = dataOf(`${study}/results.json`),
    times = join(study, "times.json");
  return existsSync(join(folder, times)) ? withTimes(results, dataOf(times)) : results;
};
export const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
export const studies = readdirSync(folder).filter((name) => existsSync(join(folder, name, "results.json")));
