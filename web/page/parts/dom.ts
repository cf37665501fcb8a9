// Small pieces of a page.
import { add, node, quoting } from "../../report/page.js";

export { add, node, quoting };

const reached = "a[href], button, input, select, textarea, summary, [tabindex]";

const controlsOf = (root: Element) =>
  [...root.querySelectorAll<HTMLElement>(reached)].filter((c) => !(c as HTMLButtonElement).disabled && c.tabIndex >= 0);

// What a control is to a reader: its kind and its name.
function calledOf(control: Element): string {
  const label = control.closest("label"),
    name =
      control.getAttribute("aria-label") ?? (label?.querySelector(":scope > span") ?? label ?? control).textContent;
  return [control.tagName, control.getAttribute("type"), control.getAttribute("role"), control.id, name].join(" ");
}

function scrollersOf(control: Element, root: Element): Element[] {
  const out: Element[] = [];
  for (let at = control.parentElement; at && root.contains(at); at = at.parentElement) out.push(at);
  return out;
}

/**
 * Lets `act` draw what is in `root` anew; a control in it that has the focus, or the one that takes its place, has it
 * afterwards: the same control, else that of the same kind and name, else one in the same place (`data-place`), else
 * the one that is now as far down.
 */
function keepingFocus(root: Element, act: () => void): void {
  const active = document.activeElement;
  if (!active || active === root || !root.contains(active)) return act();
  const before = controlsOf(root),
    at = before.indexOf(active as HTMLElement),
    called = calledOf(active),
    nth = before.filter((c) => calledOf(c) === called).indexOf(active as HTMLElement),
    place = active.closest<HTMLElement>("[data-place]")?.dataset.place,
    scrolled = scrollersOf(active, root).map((s) => s.scrollTop);
  act();
  const after = controlsOf(root),
    same = after.filter((c) => calledOf(c) === called);
  const next =
    (active.isConnected ? (active as HTMLElement) : undefined) ??
    same[nth] ??
    same[0] ??
    after.find((c) => place && c.closest<HTMLElement>("[data-place]")?.dataset.place === place) ??
    after[Math.min(Math.max(at, 0), after.length - 1)];
  if (!next || next === document.activeElement) return;
  next.focus({ preventScroll: true });
  const scrollers = scrollersOf(next, root);
  if (scrollers.length === scrolled.length) scrollers.forEach((s, k) => (s.scrollTop = scrolled[k]));
}

/** What is in `root` anew, without the focus getting lost. */
export const redraw = (root: Element, ...made: (Node | string)[]): void =>
  keepingFocus(root, () => root.replaceChildren(...made));

export function button(text: string, act: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  const made = node("button", text, { type: "button", ...attributes }) as HTMLButtonElement;
  made.addEventListener("click", act);
  return made;
}

export interface Choice {
  value: string;
  text: string;
  /** Where the text is in another language than the page. */
  lang?: string;
  /** There to be seen, not to be chosen. */
  disabled?: boolean;
}

export function select(
  label: string,
  choices: Choice[],
  chosen: string,
  act: (value: string) => void,
): HTMLLabelElement {
  const made = node("select") as HTMLSelectElement;
  for (const { value, text, lang, disabled = false } of choices) {
    const option = node("option", text, { lang }) as HTMLOptionElement;
    option.value = value;
    option.selected = value === chosen;
    option.disabled = disabled;
    made.append(option);
  }
  made.addEventListener("change", () => act(made.value));
  return add(node("label", null, { class: "choice" }), node("span", label), made) as HTMLLabelElement;
}

export interface Slider {
  element: HTMLElement;
  input: HTMLInputElement;
  show(): void;
}

/** A range with its value in words beside it; `input` while it moves, `change` when it rests. */
export function slider(
  label: string,
  { min, max, step, value }: { min: number; max: number; step: number; value: number },
  words: (value: number) => string,
  moved: (value: number) => void,
  rests: () => void = () => {},
): Slider {
  const input = node("input", null, { type: "range", "aria-label": label }) as HTMLInputElement;
  Object.assign(input, { min: String(min), max: String(max), step: String(step), value: String(value) });
  const output = node("output", words(value), { "aria-hidden": "true" });
  const show = () => {
    output.textContent = words(Number(input.value));
    input.setAttribute("aria-valuetext", words(Number(input.value)));
    const part = (100 * (Number(input.value) - min)) / (max - min);
    input.style.setProperty("--part", `${part}%`);
  };
  input.addEventListener("input", () => {
    show();
    moved(Number(input.value));
  });
  input.addEventListener("change", rests);
  show();
  const element = add(node("div", null, { class: "slider" }), input, output) as HTMLElement;
  return { element, input, show };
}
