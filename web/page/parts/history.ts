// A history of peace and war that plays: one step for each period, revealed in time.
import { colon, number, regionName, semicolons, t } from "../language.ts";
import { add, button, node, slider } from "./dom.ts";

interface History {
  years: number[];
  war: (boolean | number)[];
  lapse?: number[];
}

const stepsASecond = 12;

/** Where there is a history, a strip of its periods with a button that plays it; it stands whole where motion is unwelcome. */
export function historyPlayer(history: History | undefined, players: string[]): HTMLElement | undefined {
  if (!history?.years?.length || !history.war?.length) return undefined;
  const { years, war, lapse = [] } = history;
  const strip = node("div", null, { class: "strip", role: "img" }) as HTMLElement;
  const words = node("p", null, { class: "small", role: "status" });
  const cells = years.map((_, k) => {
    const cell = node("span", null, {
      class: [war[k] ? "war" : "peace", lapse[k] ? "lapse" : ""].join(" ").trim(),
    }) as HTMLElement;
    strip.append(cell);
    return cell;
  });
  const wars = war.filter((w, k) => w && !war[k - 1]).length;
  strip.setAttribute(
    "aria-label",
    semicolons([
      colon(t("at_war"), String(wars)),
      ...players.map((p, k) => colon(regionName(p), String(lapse.filter((l) => l & (1 << k)).length))),
    ]),
  );
  const last = years.length - 1;
  const at = slider(
    t("play_label"),
    { min: 0, max: last, step: 1, value: last },
    (k) => t("play_year", { year: number(years[k], { digits: 1 }), state: t(war[k] ? "at_war" : "peace") }),
    (k) => show(k),
  );
  function show(k: number): void {
    cells.forEach((cell, j) => cell.classList.toggle("later", j > k));
    words.textContent = "";
  }
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = "▶ " + t("play");
  };
  const play = button("▶ " + t("play"), () => {
    if (timer) return stop();
    if (Number(at.input.value) >= last) at.input.value = "0";
    play.textContent = "⏸ " + t("pause");
    timer = setInterval(() => {
      const next = Number(at.input.value) + 1;
      if (next > last || !strip.isConnected) return stop();
      at.input.value = String(next);
      at.show();
      show(next);
    }, 1000 / stepsASecond);
  });
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) play.hidden = true;
  return add(
    node("div", null, { class: "history" }),
    node("h3", t("history_title")),
    node("p", t("history_words"), { class: "small" }),
    strip,
    add(
      node("div", null, { class: "ends small", "aria-hidden": "true" }),
      ...[years[0], years[last] + (years[1] ?? 1) - years[0]].map((year) =>
        node("span", t("history_year", { year: number(year, { digits: 0 }) })),
      ),
    ),
    add(node("div", null, { class: "playing" }), play, at.element),
    words,
  ) as HTMLElement;
}
