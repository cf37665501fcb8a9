// The scenario as a study file, and any study that is dropped here.
import { drawParts } from "../../report/report.js";
import type { App } from "../app.ts";
import { saveText } from "../charts/save.ts";
import { t } from "../language.ts";
import { studyOf, uncertainty } from "../model/study.ts";
import { AnswerArea } from "./answer.ts";
import { oneLine } from "../model/title.ts";
import { add, button, node } from "./dom.ts";

const mostBytes = 1e6; // of a study: its answer is many times as long, and has to go into a page

export class StudyPart {
  readonly element = node("div", null, { class: "study" }) as HTMLElement;
  private readonly area: AnswerArea;
  private readonly text = node("textarea", null, {
    spellcheck: "false",
    rows: "18",
    "aria-label": t("study_label"),
  }) as HTMLTextAreaElement;
  private readonly said = node("p", null, { class: "small", role: "status" });
  private name = "study.toml";

  constructor(private readonly app: App) {
    this.area = new AnswerArea(app, app.question("study"), (view, results) => {
      const save = button(t("results_save"), () =>
        saveText(JSON.stringify(results, null, 1), "results.json", "application/json"),
      );
      view.root.before(add(node("p"), save));
      drawParts(view);
    });
    this.text.addEventListener("input", () => {
      app.draft = { text: this.text.value, name: this.name };
      this.area.outdated();
    });
    app.on("tab", () => this.fill());
    app.on("scenario", () => this.fill());
    app.on("economy", () => this.fill());
    const input = node("input", null, {
      type: "file",
      accept: ".toml,text/plain",
      "aria-label": t("study_choose"),
    }) as HTMLInputElement;
    input.addEventListener("change", () => input.files?.[0] && void this.take(input.files[0]));
    const drop = add(node("label", null, { class: "drop" }), t("study_drop") + " ", input) as HTMLElement;
    add(
      this.element,
      node("p", t("study_text")),
      drop,
      this.said,
      this.text,
      add(
        node("div", null, { class: "buttons" }),
        button(t("study_run"), () => this.run(), { class: "strong" }),
        button(t("study_save"), () => saveText(this.text.value, this.name, "application/toml")),
        button(t("study_fresh"), () => {
          app.draft = undefined;
          this.fill();
        }),
      ),
      this.area.element,
    );
    this.listen();
    this.again();
  }

  // After the page was laid out anew.
  private again(): void {
    const { draft } = this.app,
      { answer } = this.app.question("study");
    if (draft) {
      this.text.value = draft.text;
      this.name = draft.name;
      if (draft.dropped) this.said.textContent = t("dropped", { name: draft.name });
    }
    this.area.resume();
    if (answer && draft && draft.text !== answer.text) this.area.outdated();
  }

  // A file may be dropped anywhere on the page.
  private listen(): void {
    const page = document.getElementById("page")!;
    const files = (event: DragEvent) => event.dataTransfer?.types.includes("Files");
    page.addEventListener("dragover", (event) => {
      if (!files(event)) return;
      event.preventDefault();
      document.body.classList.add("dropping");
    });
    page.addEventListener("dragleave", () => document.body.classList.remove("dropping"));
    page.addEventListener("drop", (event) => {
      document.body.classList.remove("dropping");
      if (!files(event)) return;
      event.preventDefault();
      const [file, ...others] = event.dataTransfer!.files;
      if (file) void this.take(file, others.length);
    });
  }

  // What was dropped; of several files the first.
  private async take(file: File, others = 0): Promise<void> {
    const name = oneLine(file.name);
    const refuse = (words: string) => {
      this.said.textContent = words;
      this.open();
    };
    if (file.size > mostBytes) return refuse(t("study_too_long", { name, n: mostBytes / 1e6 }));
    const text = await file.text().catch(() => undefined); // a folder, or a file that is gone
    if (text === undefined) return refuse(t("dropped_unread", { name }));
    if (!text.trim()) return refuse(t("dropped_empty", { name }));
    if (text.includes("\0") || text.includes("\ufffd")) return refuse(t("dropped_no_text", { name }));
    this.put(text, name);
    if (others) this.said.textContent = `${t("dropped", { name })} ${t("dropped_others", { n: others })}`;
    this.open();
  }

  private open(): void {
    if (this.app.state.tab !== "study") {
      const said = this.said.textContent;
      this.app.look((state) => (state.tab = "study"));
      void this.app.tell("tab");
      this.said.textContent = said;
    }
    this.text.focus();
  }

  private put(text: string, name: string): void {
    this.app.draft = { text, name, dropped: true };
    this.name = name;
    this.text.value = text;
    this.said.textContent = t("dropped", { name });
    this.area.clear();
  }

  private fill(): void {
    const { app } = this;
    if (app.study && app.state.tab === "study") {
      const { text, name } = app.study;
      app.study = undefined;
      this.put(text, name);
    }
    if (app.draft || app.state.tab !== "study" || !app.facts) return;
    this.name = "study.toml";
    this.said.textContent = "";
    const study = studyOf(app.titleOf(app.state.scenario), app.setting, app.state.scenario);
    // With the bands as the page draws them.
    const text = app.draws ? `${study}\n${uncertainty(app.draws)}` : study;
    if (text !== this.text.value) this.area.outdated();
    this.text.value = text;
  }

  private run(): void {
    const text = this.text.value;
    this.area.clear(); // another study's results are none of this one's
    if (new Blob([text]).size > mostBytes) {
      this.said.textContent = t("study_too_long", { name: this.name, n: mostBytes / 1e6 });
      return;
    }
    void this.area.ask(text, this.name.replace(/\.toml$/, ""));
  }
}
