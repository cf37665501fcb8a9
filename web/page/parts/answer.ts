// An answer that takes longer than a slider: progress, cancel, and then the report's own parts for what came out.
import { viewOf } from "../../report/view.js";
import { term } from "../../report/words.js";
import type { App } from "../app.ts";
import { patientPlotter } from "../charts/plotter.ts";
import { engineLanguage, number, regionName, reportWords, sectorName, t, type Key } from "../language.ts";
import { named } from "../model/named.ts";
import { outcomes } from "../model/study.ts";
import type { Answered, Question } from "../question.ts";
import { add, button, node, quoting } from "./dom.ts";

const showsAfter = 250; // milliseconds: what is answered sooner needs no bar

// Names of outcomes in the reader's language: those of the page's own studies, and what the engine calls by itself.
const outcomeNames = (): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(outcomes).map(([key, name]) => [name, t(`outcome_${key}` as Key)])),
  relation: t("outcome_relation"),
});

/** Draws results into a view; `answer` has what was asked. */
export type Draw = (view: any, results: any, answer: Answered) => void;

export class AnswerArea {
  readonly element = node("div", null, { class: "answer" }) as HTMLElement;
  private readonly bar = node("progress", null, { "aria-label": t("answering") }) as HTMLProgressElement;
  private readonly progress = node("p", null, { class: "small" });
  private readonly cancel = button(t("cancel"), () => this.question.end());
  private readonly working = node("div", null, { class: "working" }) as HTMLElement;
  /** It stays in the page, so that a reader aloud hears what is put into it. */
  private readonly said = node("p", null, { role: "status" }) as HTMLElement;
  private readonly opens = button(t("answer_study"), () => this.openStudy(), { class: "open-study" });
  private readonly drawn = node("div", null, { class: "report" }) as HTMLElement;
  private readonly old = node("p", t("answer_old"), { class: "old", role: "status" }) as HTMLElement;
  private forgetDrawn = () => {};
  private shown: Answered | undefined;
  private late: ReturnType<typeof setTimeout> | undefined;
  private asker: Element | null = null; // what had the focus when the question was asked

  /** `draw` shows results; the part says itself when what it was asked before is to be shown again. */
  constructor(
    private readonly app: App,
    private readonly question: Question,
    private readonly draw: Draw,
  ) {
    this.old.hidden = this.working.hidden = this.opens.hidden = true;
    add(this.working, this.bar, this.progress, this.cancel);
    const head = add(node("div", null, { class: "answered" }), this.said, this.opens);
    add(this.element, this.working, head, this.old, this.drawn);
    // Links within an answer lead to its parts; the page's address is its state.
    this.drawn.addEventListener("click", (event) => {
      const link = (event.target as Element).closest("a[href^='#']");
      if (!link) return;
      event.preventDefault();
      this.drawn
        .querySelector(`#${CSS.escape(link.getAttribute("href")!.slice(1))}`)
        ?.scrollIntoView({ block: "start" });
    });
    question.changed = () => this.follow();
  }

  /** What was asked before the page was laid out anew: its answer, or how far it is. */
  resume(): void {
    if (this.question.answer) this.showAnswer(this.question.answer);
    if (this.question.state !== "answered") this.follow();
  }

  /** Answers a study; undefined where it was cancelled or failed, or another was asked. `note`: see `Asked`. */
  ask(text: string, name: string, note?: unknown): Promise<Answered | undefined> {
    if (document.activeElement !== this.cancel) this.asker = document.activeElement;
    return this.question.ask({ text, name, note });
  }

  private openStudy(): void {
    const { shown } = this;
    if (shown) this.app.openStudy({ text: shown.text, name: `${shown.name}.toml` });
  }

  // As the question is now.
  private follow(): void {
    const { question } = this;
    switch (question.state) {
      case "working":
        return this.showProgress();
      case "answered":
        if (question.answer !== this.shown) this.showAnswer(question.answer!);
        return this.rest();
      case "cancelled":
      case "failed":
        // What stands here answers an earlier question.
        this.stale(this.drawn.childElementCount > 0);
        if (question.state === "cancelled") this.say(t("cancelled"));
        else this.say(t("failed", { reason: question.reason }), "failed", question.reason);
        return this.rest();
      default:
        return this.empty();
    }
  }

  private showProgress(): void {
    const { progress: at, waits } = this.question;
    this.drawn.setAttribute("aria-busy", "true");
    this.late ??= setTimeout(() => this.showWork(), showsAfter);
    if (!at) {
      this.bar.removeAttribute("value");
      this.progress.textContent = t(waits ? "answer_waits" : "answering");
      return;
    }
    const { what, done, total } = at;
    if (total > 0) this.bar.value = done / total;
    this.progress.textContent = total > 0 ? t("progress", { what: term(what), done, total }) : term(what);
  }

  private showWork(): void {
    this.working.hidden = false;
    this.said.className = "small";
    this.said.replaceChildren(node("span", t("answering"), { class: "aloud" }));
  }

  private showAnswer(answer: Answered): void {
    this.shown = answer;
    this.stale(false);
    this.show(answer);
    this.opens.hidden = this.app.state.tab === "study";
    this.say(t("answered_in", { s: number(answer.seconds, { digits: 1 }) }));
    add(this.said, node("span", ` ${this.firstSentence()}`, { class: "aloud" }));
  }

  private rest(): void {
    clearTimeout(this.late);
    this.late = undefined;
    this.drawn.removeAttribute("aria-busy");
    const lost = document.activeElement === this.cancel;
    this.working.hidden = true;
    if (!lost) return;
    const back = this.asker?.isConnected && this.asker !== document.body ? this.asker : this.said;
    if (back === this.said) this.said.tabIndex = -1;
    (back as HTMLElement).focus();
  }

  private say(text: string, kind = "small", quoted = ""): void {
    this.said.className = kind;
    this.said.replaceChildren(...quoting("span", text, [quoted]).childNodes);
  }

  // What the answer begins with, for those who do not see that it is there.
  private firstSentence(): string {
    const headline = this.drawn.querySelector(".headline, .lower");
    if (headline) return headline.textContent ?? "";
    const words = [...this.drawn.querySelectorAll("section p")].find(
      (p) => !p.matches(".small, .caption, [lang]") && !p.closest("details, figure"),
    );
    return [this.drawn.querySelector("h1, h2"), words].flatMap((part) => part?.textContent ?? []).join(": ");
  }

  private show(answer: Answered): void {
    const { results } = answer;
    this.drawn.replaceChildren();
    const root = node("div") as HTMLElement;
    this.drawn.append(root);
    const view: any = viewOf(
      named(results, { region: regionName, sector: sectorName, outcomes: outcomeNames() }),
      root,
      patientPlotter,
      reportWords(),
    );
    this.draw(view, results, answer);
    this.forgetDrawn();
    this.forgetDrawn = view.keepDrawn();
    if (engineLanguage() && root.querySelector(`[lang=${engineLanguage()}]`))
      root.before(node("p", t("engine_english"), { class: "small" }));
  }

  /** Says, or takes back, that what stands here is the answer to another scenario than the page's. */
  stale(is: boolean): void {
    this.old.hidden = !is;
    this.drawn.classList.toggle("stale", is);
  }

  /** The question has changed; what stands here, if anything, is the answer to the one before. */
  outdated(): void {
    if (this.drawn.childElementCount) this.stale(true);
  }

  /** Nothing has been asked. */
  clear(): void {
    this.question.forget();
  }

  private empty(): void {
    this.shown = undefined;
    this.opens.hidden = true;
    this.stale(false);
    this.rest();
    this.said.replaceChildren();
    this.drawn.replaceChildren();
  }
}
