// Which country on the map belongs to which region of an economy, and how many people live there.
import codes from "i18n-iso-countries/codes.json";
import population from "./population.json";

// [alpha-2, alpha-3, numeric]
const triples = codes as unknown as [string, string, string][];
const alpha2 = new Map(triples.map(([two, three]) => [three, two]));
const alpha3 = new Map(triples.map(([, three, numeric]) => [numeric, three]));

/** The 28 members of 2017: the value added of `EU` in us-china-2017 is theirs. */
const european2017 =
  "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN SWE".split(
    " ",
  );

const groups: Record<string, string[]> = { EU: european2017 };

export const twoLetters = (region: string): string | undefined => alpha2.get(region);

/** From the numeric code of a shape to the region of the economy that the country is in. */
export function regionOfShapes(regions: string[]): (numeric: string | undefined) => string | undefined {
  const known = new Set(regions);
  const member = new Map<string, string>();
  for (const [group, members] of Object.entries(groups))
    if (known.has(group)) members.forEach((m) => known.has(m) || member.set(m, group));
  const rest = ["ROW", "REST"].find((r) => known.has(r));
  return (numeric) => {
    const code = numeric && alpha3.get(numeric.padStart(3, "0"));
    if (!code) return rest;
    return known.has(code) ? code : (member.get(code) ?? rest);
  };
}

const people = population.people as Record<string, number>;

/** Where the numbers of people come from. */
export const populationSource = population.source;

/** Of which year they are. */
export const populationYear = population.year;

/** People by region of the economy; a region that has no estimate is left out. */
export function peopleOf(regions: string[]): Map<string, number> {
  const regionOf = regionOfShapes(regions);
  const numericOf = new Map(triples.map(([, three, numeric]) => [three, numeric]));
  const out = new Map<string, number>();
  for (const [country, count] of Object.entries(people)) {
    const region = regionOf(numericOf.get(country));
    if (region) out.set(region, (out.get(region) ?? 0) + count);
  }
  return out;
}
