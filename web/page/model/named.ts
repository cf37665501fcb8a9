// Results with names in place of codes, for a reader: regions, sectors, and the page's own outcomes.

export interface Names {
  region(code: string): string;
  sector(code: string, title?: string): string;
  /** Names of outcomes in the studies that the page writes, by what they are called there. */
  outcomes: Record<string, string>;
}

// Where a key is the name of an outcome; elsewhere the same word may be something else.
const byOutcome = new Set(["scenarios", "nash", "talks", "optimal", "relations", "outcomes", "answers"]);
// Where a key is a figure or a region, with what it is of behind a point: "utility_percent.USA".
const byFigure = new Set(["figures", "drivers"]);
const code = /^[A-Z][A-Z0-9]+$/;

/**
 * A copy of `results` in which every region and sector, as a key or a text by itself, has its name; "elasticity.D26" and
 * the like have it too. Sentences stay as the engine wrote them.
 */
export function named(results: any, { region, sector, outcomes }: Names): any {
  const { regions = [], sectors = [], sector_titles: titles = [] } = results.economy ?? {};
  const codes = new Map<string, string>();
  (sectors as string[]).forEach((s, k) => code.test(s) && codes.set(s, sector(s, titles[k])));
  (regions as string[]).forEach((r) => code.test(r) && codes.set(r, region(r)));
  // Two of one name would be one: then the codes stay.
  const unique = new Set(codes.values()).size === codes.size;
  const codeName = (text: string) => (unique ? codes.get(text) : undefined);
  const text = (value: string): string => {
    const dot = value.indexOf(".");
    const known = codeName(value) ?? (Object.hasOwn(outcomes, value) ? outcomes[value] : undefined);
    if (known !== undefined) return known;
    const behind = dot > 0 ? codeName(value.slice(dot + 1)) : undefined;
    return behind === undefined ? value : value.slice(0, dot + 1) + behind;
  };
  const walk = (value: any, parent = ""): any => {
    if (typeof value === "string") return parent === "kind" ? value : text(value);
    if (Array.isArray(value)) return value.map((v) => walk(v));
    if (!value || typeof value !== "object") return value;
    const key = (name: string) => codeName(name) ?? (byOutcome.has(parent) || byFigure.has(parent) ? text(name) : name);
    return Object.fromEntries(Object.entries(value).map(([name, v]) => [key(name), walk(v, name)]));
  };
  return walk(results);
}
