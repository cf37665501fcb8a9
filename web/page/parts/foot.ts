// What is always in sight: the certificate, what is assumed, the link.
import { small } from "../../report/numbers.js";
import type { App } from "../app.ts";
import { engineLanguage, modelTitle, number, t } from "../language.ts";
import { term } from "../../report/words.js";
import { populationSource } from "../model/areas.ts";
import { catalogue } from "../model/catalogue.ts";
import { linkOf, type State } from "../model/link.ts";
import { add, button, node, quoting } from "./dom.ts";
import { gistOf } from "./headline.ts";
import { optionsSaid } from "./provenance.ts";

export class Foot {
  readonly element = node("footer", null, { class: "foot" }) as HTMLElement;
  private readonly certificate = node("p", t("certificate_wait"), { class: "certificate", role: "status" });
  /** On a phone the headline is far from the slider: what it comes to, beside it, and the way there. */
  private readonly gist: HTMLButtonElement;
  private readonly said = node("span", null, { class: "said", "aria-live": "polite" });
  private readonly onPaper = node("section", null, { class: "on-paper" }) as HTMLElement;
  private readonly dialog = node("dialog", null, { class: "assumed", "aria-label": t("assumed") }) as HTMLDialogElement;

  constructor(
    private readonly app: App,
    toResults: () => void,
  ) {
    this.gist = button("", toResults, { class: "gist" });
    const buttons = add(
      node("div", null, { class: "buttons" }),
      this.said,
      button(t("assumed"), () => this.assume(), { class: "strong" }),
      button(t("copy_link"), () => void this.copy(this.link(this.app.state))),
      button(t("embed"), () => void this.embed()),
    );
    add(this.element, this.gist, this.certificate, buttons, this.dialog);
    add(this.element, this.onPaper);
    for (const event of ["opened", "outcome"] as const) app.on(event, () => this.certify());
    const print = () => {
      if (!this.element.isConnected) removeEventListener("beforeprint", print);
      else this.onPaper.replaceChildren(node("h2", t("assumed")), ...this.assumed());
    };
    addEventListener("beforeprint", print);
    // Its room at the page's end, whatever it holds.
    const room = () => {
      const fixed = getComputedStyle(this.element).position === "fixed";
      document.documentElement.style.setProperty("--foot", fixed ? `${this.element.offsetHeight}px` : "0px");
    };
    new ResizeObserver(room).observe(this.element);
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  private certify(): void {
    const { app } = this,
      c = app.now?.outcome.certificate;
    const bad = app.failure !== undefined || !c || !c.converged;
    this.certificate.classList.toggle("bad", bad);
    if (bad) {
      const words = app.failure
        ? t("not_solved", { reason: app.failure })
        : c
          ? t("certificate_bad", { residual: small(c.residual) })
          : t("certificate_wait");
      this.certificate.replaceChildren(
        ...quoting("span", (c || app.failure ? "✕ " : "") + words, [app.failure]).childNodes,
      );
      return;
    }
    // A phone has room for what is solved, not for how well.
    const how = { residual: small(c.residual), walras: small(c.walras), ms: number(app.milliseconds, { digits: 1 }) };
    this.certificate.replaceChildren(
      `✓ ${t("certificate_short")}`,
      node("span", t("certificate_ok", how), { class: "how" }),
    );
    this.gist.textContent = `${gistOf(app)} ↓`;
    this.gist.setAttribute("aria-label", `${gistOf(app)}. ${t("skip")}`);
  }

  private async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.said.textContent = t("copied");
    } catch {
      // A page from a disk may not write to the clipboard: the text to copy by hand.
      this.show(t("copy_link"), [this.field(text, t("copy_link"))]);
    }
    setTimeout(() => (this.said.textContent = ""), 4000);
  }

  // The whole state, also where the address has none of it yet.
  private link(state: State): string {
    const address = new URL(location.href);
    address.hash = linkOf(state);
    return address.href;
  }

  private field(text: string, label: string): HTMLElement {
    const area = node("textarea", text, {
      readonly: "readonly",
      rows: "4",
      "aria-label": label,
    }) as HTMLTextAreaElement;
    area.addEventListener("focus", () => area.select());
    return area;
  }

  private embed(): void {
    // Nobody else's page can show what lies on this disk.
    if (location.protocol === "file:") return this.show(t("embed_code"), [node("p", t("embed_from_disk"))]);
    const address = this.link({ ...this.app.state, tab: "outcome", embed: true });
    const code = `<iframe src="${address}" title="Détente" width="100%" height="760" style="border:0"></iframe>`;
    this.show(t("embed_code"), [this.field(code, t("embed_code"))]);
  }

  private show(title: string, parts: Node[]): void {
    this.dialog.setAttribute("aria-label", title);
    const heading = node("h2", title, { tabindex: "-1" }) as HTMLElement;
    this.dialog.replaceChildren(
      heading,
      ...parts,
      button(t("close"), () => this.dialog.close(), { class: "strong" }),
    );
    this.dialog.showModal();
    heading.focus(); // where reading begins, and not at the button below
    this.dialog.scrollTop = 0;
  }

  // How sure it is said to be, and by what.
  private bandsSaid(): string {
    const { draws, bands } = this.app;
    if (draws) return t("assumed_bands", { n: draws.draws, seed: draws.seed });
    if (!bands?.between) return t("assumed_no_bands");
    const [low, high] = bands.between.map((v) => number(v, { digits: 1 }));
    return t("assumed_range", { low, high });
  }

  private assume(): void {
    this.show(t("assumed"), this.assumed());
  }

  private assumed(): Node[] {
    const { app } = this,
      { economy } = app.facts,
      list = node("ul"),
      c = app.now?.outcome.certificate;
    const item = (text: string, ...quoted: string[]) => list.append(quoting("li", text, quoted));
    item(
      t("assumed_model", {
        model: `${modelTitle(app.state.model)} (${app.state.model})`,
        closure: c?.closure ? term(c.closure) : "–",
        numeraire: c?.numeraire ? term(c.numeraire) : "–",
      }),
    );
    if (app.options.length) item(t("assumed_options", { list: optionsSaid(app) }));
    item(
      t("assumed_economy", { title: economy.title, year: economy.year ?? "–", unit: economy.unit }),
      economy.title,
      economy.unit,
    );
    if (economy.source) item(t("assumed_source", { source: economy.source }), economy.source);
    if (economy.licence) item(t("assumed_licence", { licence: economy.licence }), economy.licence);
    if (app.taken.text) item(t("assumed_elasticities", { text: app.taken.text }), app.taken.text);
    item(this.bandsSaid());
    if (!app.baseHasTariffs) item(t("assumed_no_tariffs"));
    if (economy.note) item(t("assumed_note", { note: economy.note }), economy.note);
    item(t("assumed_map", { population: populationSource }), populationSource);
    item(t("assumed_build", { engine: catalogue.engine, hash: app.state.hash ?? "–" }));
    const own = node("ul");
    app.assumptions.forEach((a) => own.append(node("li", a, { lang: engineLanguage() })));
    return [
      node("p", t("assumed_intro")),
      list,
      ...(app.assumptions.length ? [node("h3", t("assumed_more")), own] : []),
    ];
  }
}
