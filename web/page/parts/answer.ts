// An answer that takes longer than a slider: progress, cancel, and then the report's own parts for what came out.
import { viewOf } from "../../report/view.js";
import { term } from "../../report/words.js";
import type { App } from "../app.ts";
import { patientPlotter } from "../charts/plotter.ts";
import { Cancelled } from "../engine/client.ts";
import { engineLanguage, number, regionName, reportWords, sectorName, t, type Key } from "../language.ts";
import { named } from "../model/named.ts";
import { outcomes } from "../model/study.ts";
import { add, button, node, quoting } from "./dom.ts";

const showsAfter = 250; // milliseconds: what is answered sooner needs no bar

// Names of outcomes in the reader's language: those of the page's own studies, and what the engine calls by itself.
const outcomeNames = (): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(outcomes).map(([key, name]) => [name, t(`outcome_${key}` as Key)])),
  relation: t("outcome_relation"),
});

export class AnswerArea {
  readonly element = node("div", null, { class: "answer" }) as HTMLElement;
  private readonly bar = node("progress", null, { "aria-label": t("answering") }) as HTMLProgressElement;
  private readonly progress = node("p", null, { class: "small" });
  private readonly cancel = button(t("cancel"), () => this.app.cancelRun());
  private readonly working = node("div", null, { class: "working" }) as HTMLElement;
  /** It stays in the page, so that a reader aloud hears what is put into it. */
  private readonly said = node("p", null, { role: "status" }) as HTMLElement;
  private readonly opens = button(t("answer_study"), () => this.study && this.app.openStudy(this.study), {
    class: "open-study",
  });
  private readonly drawn = node("div", null, { class: "report" }) as HTMLElement;
  private readonly old = node("p", t("answer_old"), { class: "old", role: "status" }) as HTMLElement;
  private forgetDrawn = () => {};
  private number = 0;
  /** What was asked last, to be looked at and kept. */
  private study: { text: string; name: string } | undefined;
  private late: ReturnType<typeof setTimeout> | undefined;
  private asker: Element | null = null; // what had the focus when the question was asked

  constructor(private readonly app: App) {
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
  }

  /** Answers `study` and lets `draw` show it; undefined where it was cancelled or failed. */
  async ask(study: string, name: string, draw: (view: any, results: any) => void): Promise<any> {
    const mine = ++this.number;
    this.app.cancelRun();
    this.bar.removeAttribute("value");
    this.progress.textContent = t("answering");
    if (document.activeElement !== this.cancel) this.asker = document.activeElement;
    this.drawn.setAttribute("aria-busy", "true");
    this.late ??= setTimeout(() => this.showWork(), showsAfter);
    const began = performance.now();
    try {
      const results = await this.app.run(study, name, ({ what, done, total }) => {
        if (total > 0) this.bar.value = done / total;
        this.progress.textContent = total > 0 ? t("progress", { what: term(what), done, total }) : term(what);
      });
      if (mine !== this.number) return undefined;
      this.stale(false);
      await this.show(results, draw);
      this.study = { text: study, name: `${name}.toml` };
      this.opens.hidden = this.app.state.tab === "study";
      const seconds = number((performance.now() - began) / 1000, { digits: 1 });
      this.say(t("answered_in", { s: seconds }));
      add(this.said, node("span", ` ${this.firstSentence()}`, { class: "aloud" }));
      return results;
    } catch (reason) {
      if (mine !== this.number) return undefined;
      // What stands here answers an earlier question.
      this.stale(this.drawn.childElementCount > 0);
      if (reason instanceof Cancelled) this.say(t("cancelled"));
      else this.say(t("failed", { reason: (reason as Error).message }), "failed", (reason as Error).message);
      return undefined;
    } finally {
      if (mine === this.number) this.rest();
    }
  }

  private showWork(): void {
    this.working.hidden = false;
    this.said.className = "small";
    this.said.replaceChildren(node("span", t("answering"), { class: "aloud" }));
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

  private async show(results: any, draw: (view: any, results: any) => void): Promise<void> {
    this.drawn.replaceChildren();
    const root = node("div") as HTMLElement;
    this.drawn.append(root);
    const view: any = viewOf(
      named(results, { region: regionName, sector: sectorName, outcomes: outcomeNames() }),
      root,
      patientPlotter,
      reportWords(),
    );
    draw(view, results);
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

  clear(): void {
    this.number++;
    this.study = undefined;
    this.opens.hidden = true;
    this.stale(false);
    this.rest();
    this.said.replaceChildren();
    this.drawn.replaceChildren();
  }
}
