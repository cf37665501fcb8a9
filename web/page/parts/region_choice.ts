// Who a line of change is about: one region, everyone, or several to tick.
import { byText, regionName, t } from "../language.ts";
import { list } from "../model/scenario.ts";
import { add, node, select, type Choice } from "./dom.ts";

const everyone = "*",
  several = "+";

/** A box to tick; `key` finds it again when its line is drawn anew. */
export function tickBox(key: string, text: string, checked: boolean, act: (on: boolean) => void): HTMLElement {
  const input = node("input", null, { type: "checkbox", "data-key": key }) as HTMLInputElement;
  input.checked = checked;
  input.addEventListener("change", () => act(input.checked));
  return add(node("label"), input, text) as HTMLElement;
}

// Until one is ticked, a line is about everyone.
const severalWords = (names: string[], ticks: boolean): string => {
  if (!ticks) return t("several");
  return names.includes(everyone) ? `${t("several")} (${t("everyone")})` : t("several_regions", { n: names.length });
};

export interface Ticking {
  /** Names this choice among all that are drawn. */
  key: string;
  label: string;
  /** Choices whose boxes are open although one region or everyone is chosen. */
  open: Set<string>;
  redraw: () => void;
}

/** `value` as a line has it; `set` gets what it becomes. */
export function regionChoice(
  regions: string[],
  value: string | string[] | undefined,
  { key, label, open, redraw }: Ticking,
  set: (value: string | string[]) => void,
): HTMLElement {
  const names = list(value),
    ticks = open.has(key) || names.length > 1;
  const named = regions.map((r) => ({ value: r, text: regionName(r) })).sort(byText);
  const choices: Choice[] = [
    { value: everyone, text: t("everyone") },
    ...named,
    ...(regions.length > 1 ? [{ value: several, text: severalWords(names, ticks) }] : []),
  ];
  const choose = select(label, choices, ticks ? several : names[0], (chosen) => {
    if (chosen === several) {
      open.add(key);
      redraw();
    } else {
      open.delete(key);
      set(chosen);
    }
  });
  choose.querySelector("select")!.dataset.key = key;
  const element = add(node("div", null, { class: "regions" }), choose) as HTMLElement;
  if (!ticks) return element;
  const boxes = node("div", null, { class: "ticks", role: "group", "aria-label": label, "data-key": `${key} all` });
  for (const { value: region, text } of named)
    boxes.append(
      tickBox(`${key} ${region}`, text, names.includes(region), (on) => {
        const others = names.filter((n) => n !== everyone && n !== region),
          next = on ? [...others, region] : others;
        set(next.length > 1 ? next : (next[0] ?? everyone));
      }),
    );
  return add(element, boxes) as HTMLElement;
}
