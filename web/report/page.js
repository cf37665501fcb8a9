// Parts of a page: text enters by textContent only.
import { most } from "./numbers.js";
import { engineLanguage, say } from "./words.js";

export const slug = (name) => name.replace(/[^A-Za-z0-9_-]/g, "-");

// Text inside the markup of a chart's tooltip.
export const html = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

export function node(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  if (text !== undefined && text !== null) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
  return made;
}

export const add = (parent, ...children) => {
  parent.append(...children);
  return parent;
};

/**
 * A text with marks on the parts that the engine or a study wrote, where these are in another language.
 * @param {string} tag
 * @param {string} text
 * @param {(string | undefined)[]} parts in the order in which they stand in the text
 */
export function quoting(tag, text, parts, attributes = {}) {
  const made = node(tag, null, attributes);
  let rest = text;
  for (const part of engineLanguage() ? parts : []) {
    const at = part ? rest.indexOf(part) : -1;
    if (at < 0) continue;
    add(made, rest.slice(0, at), node("span", part, { lang: engineLanguage() }));
    rest = rest.slice(at + part.length);
  }
  return add(made, rest);
}

/** A cell is a text, or text in a tone (`kind`: "gain", "loss"), over several columns (`span`), in
 * another language than the page (`lang`).
 * @typedef {string | number | null | undefined | { text: unknown, kind?: string, span?: number, lang?: string }} Cell */

/** A row of a table; its first cell is its head.
 * @param {Cell[]} row
 * @param {(column: number) => string} [align] the class of a column's cells */
export function tableRow(row, align = (k) => (k === 0 ? "text" : "")) {
  const tr = node("tr");
  row.forEach((cell, k) => {
    const value = typeof cell === "object" && cell !== null ? cell : { text: cell };
    const attributes = {
      lang: value.lang,
      class: `${align(k)} ${value.kind || ""}`.trim(),
      scope: k === 0 && "row",
      colspan: value.span,
    };
    tr.append(node(k === 0 ? "th" : "td", value.text, attributes));
  });
  return tr;
}

/** The caption stands above the part that scrolls, so that it never scrolls away.
 * @param {string} caption
 * @param {string[]} columns
 * @param {Cell[][]} rows
 * @param {{ textColumns?: number[], limit?: number }} [options] columns set to the left; rows shown at first */
export function table(caption, columns, rows, { textColumns = [0], limit = most } = {}) {
  const made = add(node("table"), node("caption", caption)),
    head = node("tr"),
    body = node("tbody");
  const align = (k) => (textColumns.includes(k) ? "text" : "");
  columns.forEach((c, k) => head.append(node("th", c, { scope: "col", class: align(k) })));
  for (const row of rows) body.append(tableRow(row, align));
  add(made, add(node("thead"), head), body);
  const scroll = add(node("div", null, { class: "scroll", role: "group", tabindex: "0", "aria-label": caption }), made);
  const whole = add(node("div"), node("p", caption, { class: "caption", "aria-hidden": "true" }), scroll);
  const late = rows.length > limit + 5 ? [...body.children].slice(limit) : [];
  const show = (all) =>
    late.forEach((r) => {
      r.hidden = !all;
    });
  show(false);
  if (late.length) whole.append(toggle(limit, rows.length, show));
  return whole;
}

export function toggle(few, all, show) {
  const name = (open) => (open ? say("show_the_first_only", { few }) : say("show_all", { all }));
  const button = node("button", name(false), { type: "button", "aria-expanded": "false" });
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    button.textContent = name(open);
    show(open);
  });
  return button;
}

// A table whose cells may take several lines; `notes` stand small below the texts of one column, so that a phone
// and a page show them without moving the table sideways.
/** Text, or text with parts that the engine or a study wrote.
 * @typedef {string | { text: string, quoted: (string | undefined)[] }} Note */

export function noted(whole, notes, { column = 0, widths = ["min(15rem, 42vw)", "36rem"], lang = undefined } = {}) {
  [...whole.querySelector("tbody").children].forEach((row, r) =>
    [...row.children].forEach((cell, k) => {
      Object.assign(cell.style, { verticalAlign: "top", whiteSpace: "normal" });
      if (k !== column) return;
      Object.assign(cell.style, { minWidth: widths[0], maxWidth: widths[1], overflowWrap: "anywhere" });
      if (!notes[r]) return;
      const note =
        typeof notes[r] === "string"
          ? node("span", notes[r], { class: "small", lang })
          : quoting("span", notes[r].text, notes[r].quoted, { class: "small" });
      Object.assign(note.style, { display: "block", fontWeight: "normal" });
      cell.append(" ", note);
    }),
  );
  return whole;
}

/** A title with the name that the study calls it by, where that says more.
 * @param {string} title
 * @param {string} name */
export const titled = (title, name) =>
  title.toLowerCase() === name.toLowerCase() ? title : say("title_and_name", { title, name });

export function figureIn(parent, title, caption, quoted = []) {
  const figure = node("figure");
  add(parent, ...(title ? [node("h3", title)] : []), add(figure, quoting("figcaption", caption, quoted)));
  return figure;
}

// The engine's own sentences; folded where the rest of the page is in another language.
function engineWords(words) {
  const said = words.map((text) => node("p", text, { lang: engineLanguage() }));
  if (!engineLanguage() || !said.length) return said;
  return [add(node("details"), node("summary", say("engine_words")), ...said)];
}

/**
 * A section with its title, and its words or the reason why it has no answer.
 * @param {import("./view.js").View} view
 * @param {any} id
 * @param {any} title
 * @param {{ title?: string, status?: string, error?: string, description?: string, words?: string[] }} q
 */
export function openSection(view, id, title, q) {
  const { root } = view;
  const section = node("section", null, { id, "aria-label": engineLanguage() && q.title ? "" : title });
  add(root, add(section, quoting("h2", title, [q.title])));
  if (q.description) add(section, node("p", q.description, { class: "lead", lang: engineLanguage() }));
  if (q.status && q.status !== "answered")
    add(
      section,
      add(
        node("p", null, { class: "failed" }),
        node("strong", say("not_answered_mark")),
        node("span", q.error || say("no_reason_was_recorded"), { lang: q.error && engineLanguage() }),
      ),
    );
  else add(section, ...engineWords(q.words || []));
  return section;
}
