// The schema of the results, docs/results.schema.json, as a checker: whole outputs, or one of its definitions.
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";

export const schema = JSON.parse(readFileSync(new URL("../../docs/results.schema.json", import.meta.url), "utf8"));

const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  strictTuples: false,
  allowUnionTypes: true,
});
ajv.addSchema(schema, "results");

const explained = (error) => {
  const extra = error.params.additionalProperty ?? error.params.unevaluatedProperty;
  if (extra !== undefined)
    return `${error.instancePath}/${extra}: this key stands neither in docs/results.schema.json nor in the manual`;
  return `${error.instancePath || "/"}: ${error.message}${error.params.allowedValues ? ` (${error.params.allowedValues.join(", ")})` : ""}`;
};

// What does not fit, in words, with the repeated ones left out; empty where all does.
export function faults(data, definition) {
  const validate = ajv.getSchema(definition ? `results#/$defs/${definition}` : "results");
  if (validate(data)) return [];
  const told = validate.errors.filter((e) => e.keyword !== "if" && e.keyword !== "anyOf");
  return [...new Set(told.map(explained))];
}
