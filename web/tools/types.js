// TypeScript's types of the results, from docs/results.schema.json: types/results.d.ts.
import { mkdirSync, writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";
import { schema } from "./schema.js";

// Words beside a reference would make a type of their own of it, and conditions between keys have no type.
function simplified(node) {
  if (Array.isArray(node)) return node.map(simplified);
  if (node === null || typeof node !== "object") return node;
  if (node.$ref) return { $ref: node.$ref };
  const left = ["if", "then", "else", "unevaluatedProperties", "propertyNames"];
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => !left.includes(key))
      .map(([key, value]) => [key, simplified(value)]),
  );
}

const text = await compile(simplified(schema), "Results", {
  additionalProperties: false,
  bannerComment: "/* Written by tools/types.js from docs/results.schema.json. */",
  unreachableDefinitions: true,
  maxItems: 4,
});
mkdirSync(new URL("../types/", import.meta.url), { recursive: true });
writeFileSync(new URL("../types/results.d.ts", import.meta.url), text);
