// Numbers as a link or a study writes them, and nothing else that a computer may take for one.
const numeral = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** Undefined where `text` is no finite decimal number. */
export function numberFrom(text: string): number | undefined {
  const value = Number(text);
  return numeral.test(text) && Number.isFinite(value) ? value : undefined;
}
