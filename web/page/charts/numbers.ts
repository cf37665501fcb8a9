// The numbers of a figure: a table on the page, and a file whose every column says what it measures, in which unit and of
// which scenario.
import { known } from "../../report/numbers.js";
import { number, t } from "../language.ts";
import { turn } from "../turns.ts";

export type Cell = string | number | null | undefined;

/** A column that is in files alone: a code by which tables are joined. */
export interface Key {
  what: string;
}

export interface Column extends Key {
  unit?: string;
  /** The scenario that it is of. */
  of?: string;
}

export interface Numbers {
  /** These cells come first in a row. */
  keys?: Key[];
  columns: Column[];
  rows: Cell[][];
  /** Columns on the page are so many that they are of one width. */
  wide?: boolean;
}

const inUnit = (what: string, unit?: string) => (unit ? t("column_unit", { what, unit }) : what);

/** A head on the page, where the figure's title says what is measured. */
export const headOnPage = ({ what, unit, of }: Column): string => inUnit(of ?? what, unit);

/** A head in a file, which stands by itself. */
export const headInFile = ({ what, unit, of }: Column): string =>
  inUnit(of ? t("column_of", { what, of }) : what, unit);

export const shownCell = (cell: Cell): string => (known(cell) ? number(cell) : String(cell ?? "–"));

// What a spreadsheet takes for a formula, where a text begins with it: an apostrophe before it makes it a text.
const formula = /^[=+\-@\t\r]/;

// Quoted also where a # would begin a comment for who reads the file with comments.
const inCsv = (v: Cell) => {
  if (typeof v === "number") return String(v);
  const text = (v ?? "").replace(formula, "'$&");
  return /[",#\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

// A comment is one line; a quotation mark at its beginning would be taken for a cell's, and what follows a separator for
// a cell.
const inComment = (text: string) =>
  text
    .replace(/\s+/g, " ")
    .replace(/"/g, "'")
    .replace(/([,;]\s*)(?=[=+\-@])/g, "$1'")
    .trim();

const rowsInOneGo = 1000;

/**
 * A table as CSV (RFC 4180), numbers with all their digits, below lines that begin with # and say what it is. Begins with
 * a byte order mark, by which spreadsheets know UTF-8. In pieces, a turn for each.
 */
export async function csv({ keys = [], columns, rows }: Numbers, head: [string, string][]): Promise<string> {
  const pieces = [
    "\ufeff",
    ...head.map(([name, text]) => `# ${name}: ${inComment(text)}\r\n`),
    [...keys.map((k) => k.what), ...columns.map(headInFile)].map(inCsv).join(",") + "\r\n",
  ];
  for (let k = 0; k < rows.length; k += rowsInOneGo) {
    if (k) await turn();
    pieces.push(
      rows
        .slice(k, k + rowsInOneGo)
        .map((r) => r.map(inCsv).join(",") + "\r\n")
        .join(""),
    );
  }
  return pieces.join("");
}
