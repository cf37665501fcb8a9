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

// Names of outcomes in the reader's language: those of the page's own studies, and what the engine calls by itself.
const outcomeNames = (): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(outcomes).map(([key, name]) => [name, t(`outcome_${key}` as Key)])),
  relation: t("outcome_relation"),
});

export class AnswerArea {
  readonly element = node("div", null, { class: "answer" }) as HTMLElement;
  private readonly bar = node("progress", null, { "aria-label": t("answering") }) as HTMLProgressElement;
  private readonly words = node("p", null, { class: "small", role: "status" });
  private readonly drawn = node("div", null, { class: "report" }) as HTMLElement;
  private readonly old = node("p", t("answer_old"), { class: "old", role: "status" }) as HTMLElement;
  private number = 0;
  /** What was asked last, to be looked at and kept. */
  private study: { text: string; name: string } | undefined;

  constructor(private readonly app: App) {
    this.old.hidden = true;
    this.element.append(this.old, this.drawn);
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
    this.words.textContent = t("answering");
    const cancel = button(t("cancel"), () => this.app.cancelRun());
    this.element.replaceChildren(
      add(node("div", null, { class: "working" }), this.bar, this.words, cancel),
      this.old,
      this.drawn,
    );
    this.element.setAttribute("aria-busy", "true");
    const began = performance.now();
    try {
      const results = await this.app.run(study, name, ({ what, done, total }) => {
        if (total > 0) this.bar.value = done / total;
        this.words.textContent = total > 0 ? t("progress", { what: term(what), done, total }) : term(what);
      });
      if (mine !== this.number) return undefined;
      this.stale(false);
      await this.show(results, draw);
      this.study = { text: study, name: `${name}.toml` };
      this.say(t("answered_in", { s: number((performance.now() - began) / 1000, { digits: 1 }) }));
      return results;
    } catch (reason) {
      if (mine !== this.number) return undefined;
      if (reason instanceof Cancelled) this.say(t("cancelled"));
      else this.say(t("failed", { reason: (reason as Error).message }), "failed", (reason as Error).message);
      return undefined;
    } finally {
      if (mine === this.number) this.element.removeAttribute("aria-busy");
    }
  }

  private say(text: string, kind = "small", quoted = ""): void {
    const { study, app } = this,
      words = quoting("p", text, [quoted], { class: kind, role: "status" });
    const open = study && button(t("answer_study"), () => app.openStudy(study), { class: "open-study" });
    const head = add(node("div", null, { class: "answered" }), words, ...(open ? [open] : []));
    this.element.replaceChildren(head, this.old, this.drawn);
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
    view.keepDrawn();
    if (engineLanguage() && root.querySelector(`[lang=${engineLanguage()}]`))
      root.before(node("p", t("engine_english"), { class: "small" }));
  }

  /** Says, or takes back, that what stands here is the answer to another scenario than the page's. */
  stale(is: boolean): void {
    this.old.hidden = !is;
    this.drawn.classList.toggle("stale", is);
  }

  clear(): void {
    this.number++;
    this.study = undefined;
    this.stale(false);
    this.element.replaceChildren(this.old, this.drawn);
    this.drawn.replaceChildren();
  }
}
