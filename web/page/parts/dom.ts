// Small pieces of a page.
import { add, node, quoting } from "../../report/page.js";

export { add, node, quoting };

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
