// The page's language: words from texts.ts with their plural forms, names of countries, numbers and money.
import { known, moneyOf } from "../report/numbers.js";
import { inEnglish, speak as speakReport, type Words } from "../report/words.js";
import { twoLetters } from "./model/areas.ts";
import { reportZh, termsZh } from "./report_zh.ts";
import { schedulesZh } from "./texts_scenario.ts";
import { columns, regions, sectors, shortRegions, texts, type Text } from "./texts.ts";

export type Language = "en" | "zh";
export type Key = keyof typeof texts;

let language: Language = "en";

// The browser's own words and forms for a language: dear to make, and made when first asked for.
const intl = {
  plurals: undefined as Intl.PluralRules | undefined,
  countries: undefined as Intl.DisplayNames | undefined,
  named: new Map<string, string>(), // countries, by their two letters
  list: undefined as Intl.ListFormat | undefined,
  numbers: new Map<string, Intl.NumberFormat>(),
};

export const languages: Language[] = ["en", "zh"];
export const isLanguage = (name: unknown): name is Language => languages.includes(name as Language);
/** The page's language where an address names none: the browser's. */
export const preferred = (): Language => (navigator.language.startsWith("zh") ? "zh" : "en");
export const languageTag = (of: Language): string => (of === "zh" ? "zh-Hans" : "en");

export const current = (): Language => language;

/** The words of what the page shares with the report. */
export const reportWords = (): Words => {
  // A report stands beside its files; here the reader saves them.
  const own = { all_numbers_are_also_in: t("all_numbers_here") };
  return language === "zh"
    ? { language: "zh-CN", texts: { ...reportZh, ...own }, terms: termsZh }
    : { ...inEnglish, texts: { ...inEnglish.texts, ...own } };
};

/** A mark on sentences that the engine or a study wrote, where the page speaks another language. */
export const engineLanguage = (): string => (language === "en" ? "" : "en");

export function speak(next: Language): void {
  language = next;
  speakReport(reportWords());
  Object.assign(intl, {
    plurals: undefined,
    countries: undefined,
    named: new Map(),
    list: undefined,
    numbers: new Map(),
  });
  document.documentElement.lang = languageTag(next);
}

/** The words of `key`, with {name} filled in; where there are plural forms, `n` picks one. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const entry = (texts[key] as Text)[language];
  const plural = () => (intl.plurals ??= new Intl.PluralRules(language)).select(Number(values.n)) as "one";
  const form = typeof entry === "string" ? entry : (entry[plural()] ?? entry.other);
  return form.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** A region in words: a country by the browser's own names, a group by ours, else its code. */
export function regionName(code: string): string {
  const own = regions[code];
  if (own) return own[language];
  const two = twoLetters(code);
  if (!two) return code;
  let name = intl.named.get(two);
  if (name === undefined) {
    intl.countries ??= new Intl.DisplayNames([languageTag(language)], {
      type: "region",
      fallback: "code",
    });
    name = intl.countries.of(two) ?? code;
    intl.named.set(two, name);
  }
  return name;
}

// Codes of regions whose English names take an article within a sentence.
const withArticle = new Set(
  "ARE BHS CAF COM CYM DOM EU FRO GBR GMB MDV MHL MNP NLD PHL REST ROW SLB TCA USA VGB VIR".split(" "),
);

/** The name of a region within a sentence. */
export function regionInText(code: string): string {
  const name = regionName(code);
  if (language !== "en" || !withArticle.has(code)) return name;
  return `the ${code === "ROW" || code === "REST" ? name[0].toLowerCase() + name.slice(1) : name}`;
}

export const shortName = (code: string): string => shortRegions[code]?.[language] ?? regionName(code);

/** A sector in words; the economy's own title where we have none in this language. */
export function sectorName(code: string, title?: string): string {
  return (language === "en" ? undefined : sectors[code]?.[language]) ?? title ?? sectors[code]?.[language] ?? code;
}

/** An option of a model, or one of its choices, in words; undefined where only the engine has some. */
export const optionWords = (name: string): string | undefined =>
  `option_${name}` in texts ? t(`option_${name}` as Key) : undefined;

/** A model of the engine in words. */
export const modelTitle = (kind: string): string => (`model_${kind}` in texts ? t(`model_${kind}` as Key) : kind);

const economies: Record<string, Key> = { "us-china-2017": "economy_us_china", "world-2023": "economy_world" };

/** An economy of the page in words. */
export const economyTitle = (name: string): string => (economies[name] ? t(economies[name]) : name);

/** A dated schedule's title, where there is one in this language other than the file's own. */
export const scheduleTitle = (name: string): string | undefined => (language === "zh" ? schedulesZh[name] : undefined);

export const columnName = (column: string): string | undefined => columns[column]?.[language];

const locale = () => (language === "zh" ? "zh-CN" : "en-US");
function formatted(value: number, least: number, most: number): string {
  const key = `${least},${most}`;
  let form = intl.numbers.get(key);
  if (!form) {
    form = new Intl.NumberFormat(locale(), { minimumFractionDigits: least, maximumFractionDigits: most });
    intl.numbers.set(key, form);
  }
  return form.format(value);
}

const signOf = (v: number, text: string) => (/^[0.,\s]*$/.test(text) ? "" : v < 0 ? "−" : "+") + text;

/** A number with so many digits that it says something; `sign` always shows + or −. */
export function number(v: unknown, { sign = false, digits }: { sign?: boolean; digits?: number } = {}): string {
  if (!known(v)) return "–";
  if (v === 0) return "0";
  const size = Math.abs(v);
  const places = digits ?? (size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : size >= 0.01 ? 3 : 4);
  const text = formatted(size, places, places);
  return sign ? signOf(v, text) : (v < 0 && !/^[0.,]*$/.test(text) ? "−" : "") + text;
}

/** A change with its sign; one that rounds to nothing is 0. */
export const signed = (v: number): string => (Math.abs(v) < 5e-5 ? "0" : number(v, { sign: true }));

/** Those of several sentences that say something, one after the other. */
export const sentences = (...said: string[]): string => said.filter(Boolean).join(language === "zh" ? "" : " ");

export const percent = (v: unknown, sign = true): string =>
  known(v) ? `${sign || Math.abs(v) < 5e-5 ? signed(v) : number(v)}\u00a0%` : "–";

/** How many of the currency one unit of the economy is; 0 where its unit is no money. */
export function factorOf(unit: string): number {
  const { scale, name } = moneyOf(unit)([0]);
  return name === unit && !/dollar|euro|yuan/i.test(unit) ? 0 : scale;
}

const steps = {
  en: [
    [1e12, "\u00a0trillion"],
    [1e9, "\u00a0billion"],
    [1e6, "\u00a0million"],
    [1, ""],
  ],
  zh: [
    [1e12, " 万亿"],
    [1e8, " 亿"],
    [1e5, " 万"],
    [1, ""],
  ],
} as const;

/** Dollars in words: “−$36.2 billion”, “−362 亿美元”. */
export function dollars(v: unknown, sign = true): string {
  if (!known(v)) return "–";
  const size = Math.abs(v);
  const [step, word] = steps[language].find(([s]) => size >= s) ?? [1, ""];
  const scale = step === 1e5 ? 1e4 : step; // 万 begins where five digits end
  const digits = size / scale >= 100 ? 0 : size / scale >= 10 ? 1 : 2;
  const text = formatted(size / scale, 0, step === 1 && size >= 10 ? 0 : digits);
  const shown = language === "zh" ? `${text}${word}美元` : `$${text}${word}`;
  if (/^[^1-9]*$/.test(text)) return language === "zh" ? "0 美元" : "$0";
  return (v < 0 ? "−" : sign ? "+" : "") + shown;
}

/** What is said of a thing, and things side by side, with the signs that the language sets between them. */
export const colon = (what: string, said: string): string => t("colon", { what, said });
export const semicolons = (said: string[]): string => said.join(t("semicolon"));

/** The order in which the language lists names. */
export const byText = (a: { text: string }, b: { text: string }): number => a.text.localeCompare(b.text, locale());

/** Names in a row, as the language joins them. */
export const joined = (names: string[]): string =>
  (intl.list ??= new Intl.ListFormat(locale(), { style: "long", type: "conjunction" })).format(names);
