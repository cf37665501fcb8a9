// What is drawn here speaks the language of whoever draws it: a report's English, or that of a page's reader.
import { english } from "./texts.js";

/**
 * @typedef {string | { one?: string, other: string }} Form a text, or its plural forms, picked by {n}
 * @typedef {object} Words
 * @property {string} language BCP 47
 * @property {Record<keyof typeof english, Form>} texts
 * @property {Record<string, string>} [terms] words of the results themselves (statuses, units) where they read otherwise
 */

/** @type {Words} */
export const inEnglish = { language: "en", texts: english };

let spoken = inEnglish,
  rules = new Intl.PluralRules("en");

/** @param {Words} words */
export function speak(words) {
  spoken = words;
  rules = new Intl.PluralRules(words.language);
}

/**
 * The text of `key` with {name} filled in; where it has plural forms, `n` picks one.
 * @param {keyof typeof english} key
 * @param {Record<string, unknown>} [values]
 * @returns {string}
 */
export function say(key, values = {}) {
  const entry = spoken.texts[key];
  const form = typeof entry === "string" ? entry : (entry[rules.select(Number(values.n))] ?? entry.other);
  return form.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * A word that the engine chose among a few; as it stands where there is no other for it.
 * @param {string} word
 */
export const term = (word) => spoken.terms?.[word] ?? word;

/** Numbers are written as the language writes them. */
export const locale = () => (spoken.language === "en" ? "en-US" : spoken.language);

/** The language of sentences that the engine or a study wrote, where it is not the one that is spoken: a mark for readers aloud. */
export const engineLanguage = () => (spoken.language === "en" ? undefined : "en");
