// Numbers as text: how many digits, which unit. Nothing here knows the page.
import { locale, say, term } from "./words.js";

export const most = 20; // rows shown at first where an economy has many regions

export const still = 5e-5; // percent: smaller changes are not spoken of

/** @type {(v: unknown) => v is number} */
export const known = (v) => typeof v === "number" && Number.isFinite(v);

export const grouped = (v, digits) =>
  v.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });

// Residuals and the like: their size is what matters.
export const small = (v, digits = 1) =>
  known(v) ? (v === 0 ? "0" : v.toExponential(digits).replaceAll("-", "−")) : "–";

// What rounds to nothing has no sign.
export const plain = (v, digits) =>
  known(v)
    ? grouped(v, digits)
        .replace(/^-(?=[0.]*$)/, "")
        .replace("-", "−")
    : "–";

export function signed(v, digits) {
  if (!known(v)) return "–";
  const text = grouped(Math.abs(v), digits);
  return Number(text.replaceAll(",", "")) === 0 ? text : (v < 0 ? "−" : "+") + text;
}

// Three digits that say something, whatever the size.
export const adaptive = (v) =>
  Math.abs(v) < still
    ? "0"
    : signed(v, !known(v) || Math.abs(v) >= 10 ? 1 : Math.abs(v) >= 0.1 ? 2 : Math.abs(v) >= 0.01 ? 3 : 4);

export const largest = (values) => values.reduce((m, v) => (known(v) ? Math.max(m, Math.abs(v)) : m), 0);

// One number of digits for a column, so that its points stand below each other.
export function columnDigits(values) {
  const top = largest(values);
  return top >= 100 ? 1 : top >= 10 ? 2 : top >= 0.1 ? 3 : 4;
}

export const kind = (v) => (!known(v) || Math.abs(v) < still ? "" : v > 0 ? "gain" : "loss");

export const sum = (values) => values.reduce((total, v) => total + (known(v) ? v : 0), 0);

export const bounds = (values) => [Math.min(...values.filter(known)), Math.max(...values.filter(known))];

/** @type {<T>(list: T[] | null | undefined) => list is [T, ...T[]]} */
export const filled = (list) => Array.isArray(list) && list.length > 0;

export const rate = (v) => (known(v) ? plain(100 * v, Math.abs(v) < 0.0995 ? 1 : 0) : "–");

// Chances and shares as percent: 99.95 % must not read as 100 %.
export const chance = (v) =>
  known(v)
    ? `${(100 * v).toLocaleString(locale(), { maximumFractionDigits: (v > 0.99 && v < 1) || Math.abs(v) < 0.01 ? 2 : 1 }).replace("-", "−")}\u00a0%`
    : "–";

export const amount = (v) =>
  known(v)
    ? v
        .toLocaleString(locale(), Math.abs(v) < 1000 ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: 0 })
        .replace("-", "−")
    : "–";

export const toned = (v, text) => ({ text, kind: Math.abs(v) > 1e-9 ? (v > 0 ? "gain" : "loss") : "" });

// "million US dollars" -> a factor and a currency; a unit that is no money stays as it is.
export function moneyOf(unit) {
  const match = /^(?:(thousand|million|billion)s?(?: of)? )?(.+)$/i.exec(unit);
  const prefix = match && match[1] ? { thousand: 1e3, million: 1e6, billion: 1e9 }[match[1].toLowerCase()] : 1;
  const currency =
    match && (match[1] || /dollar|euro|yen|yuan|renminbi|pound|franc|\b[A-Z]{3}\b/i.test(unit)) ? match[2] : null;
  // The largest value decides the unit, so that a table and a sentence each keep to one.
  return (values) => {
    if (!currency) return { scale: 1, name: unit, digits: columnDigits(values) };
    const top = largest(values) * prefix,
      money = term(currency);
    const [size, name] =
      top >= 1e12
        ? [1e12, say("trillion", { money })]
        : top >= 1e8
          ? [1e9, say("billion", { money })]
          : top >= 1e5
            ? [1e6, say("million", { money })]
            : [1, money];
    return { scale: prefix / size, name, digits: top / size >= 1000 ? 1 : 2 };
  };
}

/**
 * @param {import("./view.js").View} view
 * @param {any} value
 */
export function moneyPhrase(view, value) {
  const { money } = view;
  const unit = money([value]),
    scaled = value * unit.scale;
  const shown = signed(scaled, Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 1 ? 1 : 2);
  return say("money_a_year", { value: shown, unit: unit.name });
}

/**
 * Money of a question, in one unit for all its values; a unit of its own stays as it is. `once` is the unit of a sum
 * that is paid once.
 * @param {import("./view.js").View} view
 * @param {{ unit?: string }} q
 * @param {any} values
 */
export function yearly(view, q, values) {
  const { economy, money } = view;
  const own = q.unit && q.unit !== `${economy.unit} a year` && q.unit !== economy.unit,
    unit = own ? { scale: 1, name: q.unit, digits: columnDigits(values) } : money(values);
  const named = own || / a year$/.test(unit.name) ? unit.name : say("a_year", { unit: unit.name });
  return {
    ...unit,
    name: named,
    once: own ? named.replace(/ a year$/, "") : unit.name.replace(/ a year$/, ""),
    text: (v) => signed(v * unit.scale, unit.digits),
  };
}
