// The page: puts its parts together, and keeps address and state the same.
import { App } from "./app.ts";
import { workerScript } from "./files.ts";
import {
  current,
  economyTitle,
  isLanguage,
  languages,
  languageTag,
  preferred,
  speak,
  t,
  type Key,
  type Language,
} from "./language.ts";
import { linkOf, stateFrom } from "./model/link.ts";
import { ClaimsPart } from "./parts/claims.ts";
import { Controls } from "./parts/controls.ts";
import { add, button, node, quoting, redraw } from "./parts/dom.ts";
import { Foot } from "./parts/foot.ts";
import { GovernmentsPart } from "./parts/governments.ts";
import { OutcomePart } from "./parts/outcome.ts";
import { RelationPart } from "./parts/relation.ts";
import { StudyPart } from "./parts/study.ts";
import { Told } from "./parts/told.ts";
import { turn } from "./turns.ts";
import { warm } from "./warm.ts";
import "../report/report.css";
import "./page.css";
import "./results.css";
import "./screens.css";
import "./models.css";

const tabs = ["outcome", "governments", "relation", "claims", "study"] as const;
const page = document.getElementById("page")!;

const parts = {
  outcome: OutcomePart,
  governments: GovernmentsPart,
  relation: RelationPart,
  claims: ClaimsPart,
  study: StudyPart,
};

const languageNames: Record<Language, string> = { en: "English", zh: "中文" };

function head(app: App, start: () => void): HTMLElement {
  const group = node("div", null, { class: "languages", role: "group", "aria-label": t("language") });
  for (const language of languages)
    group.append(
      button(
        languageNames[language],
        () => {
          speak(language);
          app.look((state) => (state.language = language));
          start();
        },
        { lang: languageTag(language), "aria-pressed": String(language === current()) },
      ),
    );
  return add(
    node("header", null, { class: "head" }),
    add(node("div"), node("h1", t("title")), node("p", t("motto"), { class: "motto" })),
    group,
  ) as HTMLElement;
}

/** Where all stands in one column, what was asked for may be out of sight: it is brought there. */
function bringUp(part: Element): void {
  if (!matchMedia("(max-width: 900px)").matches) return;
  const { top } = part.getBoundingClientRect();
  if (top >= 0 && top < innerHeight / 4) return;
  part.scrollIntoView({ block: "start" }); // at once: a scroll that takes time is lost where the page grows meanwhile
}

// Tabs as WAI-ARIA has them: arrows move, the one that is chosen can be reached by Tab.
function tabList(app: App, panels: Record<string, HTMLElement>): HTMLElement {
  const list = node("div", null, { class: "tabs", role: "tablist", "aria-label": t("tabs") }) as HTMLElement;
  const made = tabs.map((name) =>
    button(t(`tab_${name}` as Key), () => choose(name), {
      role: "tab",
      id: `tab-${name}`,
      "aria-controls": `panel-${name}`,
    }),
  );
  // The one that is chosen is in sight, also where the strip is wider than the screen.
  const reveal = () => {
    const at = made[tabs.indexOf(app.state.tab as (typeof tabs)[number])];
    if (at) list.scrollLeft = at.offsetLeft - (list.clientWidth - at.offsetWidth) / 2;
  };
  new ResizeObserver(reveal).observe(list);
  const show = () => {
    document.body.dataset.tab = app.state.tab;
    tabs.forEach((name, k) => {
      const chosen = app.state.tab === name;
      made[k].setAttribute("aria-selected", String(chosen));
      made[k].tabIndex = chosen ? 0 : -1;
      panels[name].hidden = !chosen;
    });
    if (list.isConnected) requestAnimationFrame(reveal);
  };
  function choose(name: string): void {
    app.look((state) => (state.tab = name));
    void app.tell("tab");
    bringUp(list);
  }
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(app.state.tab as (typeof tabs)[number]);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    choose(tabs[next]);
    made[next].focus();
  });
  app.on("tab", show);
  app.on("tab", () => {
    if (app.state.tab !== "outcome") void app.warm().catch(() => {});
  });
  add(list, ...made);
  return list;
}

let layouts = 0;

/** All of the page anew, a part in each turn; undefined where another began meanwhile. */
async function layout(app: App): Promise<HTMLElement[] | undefined> {
  const mine = ++layouts;
  app.forget();
  const panels = Object.fromEntries(
    tabs.map((name) => [
      name,
      node("div", null, { role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}` }) as HTMLElement,
    ]),
  );
  const list = tabList(app, panels);
  for (const [name, Part] of Object.entries(parts)) {
    panels[name].append(new Part(app).element);
    await turn();
    if (mine !== layouts) return undefined;
  }
  const controls = new Controls(app);
  const notice = node("p", null, { class: "notice", role: "status" }) as HTMLElement;
  const tell = () => {
    const loads = app.loading && t("loading_economy", { economy: economyTitle(app.loading) });
    notice.replaceChildren(...quoting("span", loads ?? app.notice ?? "", [app.refusal]).childNodes);
    notice.hidden = !loads && !app.notice;
    // What was said before the page spoke another language stays as it was said.
    if (!loads && app.notice && app.saidIn !== current()) notice.lang = languageTag(app.saidIn);
    else notice.removeAttribute("lang");
  };
  app.on("notice", tell);
  tell();
  const results = add(
    node("main", null, { id: "results", tabindex: "-1" }),
    notice,
    new Told(app, controls).element,
    list,
    ...Object.values(panels),
  ) as HTMLElement;
  const skip = node("a", t("skip"), { class: "skip", href: "#results" }) as HTMLElement;
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    results.focus();
  });
  const open = node("a", t("embed_open"), {
    class: "open-whole",
    target: "_blank",
    rel: "noopener",
  }) as HTMLAnchorElement;
  const whole = () => (open.href = `#${linkOf({ ...app.state, embed: undefined })}`);
  app.on("settled", () => void whole());
  whole();
  add(results, open, node("p", t("foot"), { class: "small colophon" }));
  const foot = new Foot(app, () => bringUp(list)).element;
  foot.prepend(controls.quick);
  return [
    skip,
    head(app, () => void renew(app)),
    add(node("div", null, { class: "work" }), controls.element, results) as HTMLElement,
    foot,
  ];
}

// What a page is laid out by: its language, and whether it is a frame of another page.
const layoutOf = (app: App) => `${current()} ${Boolean(app.state?.embed)}`;
let laidOut: string | undefined;

async function renew(app: App): Promise<void> {
  laidOut = layoutOf(app);
  app.retitle();
  const all = await layout(app);
  if (!all) return;
  for (const event of ["economy", "pins", "tab"] as const) {
    void app.tell(event);
    await turn();
  }
  // Laid out in two turns: the controls, then what they lead to.
  const results = all[2].querySelector("main")!;
  results.hidden = true;
  redraw(page, ...all);
  document.title = `${t("title")}: ${t("motto")}`;
  document.body.classList.toggle("embed", Boolean(app.state?.embed));
  await turn();
  results.hidden = false;
  void app.tell("outcome");
  await turn();
  void app.tell("settled");
}

async function begin(): Promise<void> {
  await turn(); // after the script itself
  const asked = (() => {
    try {
      return stateFrom(location.hash);
    } catch {
      return {};
    }
  })();
  speak(isLanguage(asked.language) ? asked.language : preferred());
  await turn();
  page.append(node("p", t("loading"), { class: "loading", role: "status" }));
  const app = new App(await workerScript(), tabs);
  const go = async () => {
    await app.goTo(location.hash);
    if (laidOut !== layoutOf(app)) await renew(app);
  };
  await Promise.all([app.goTo(location.hash), warm()]);
  await renew(app);
  addEventListener("popstate", () => void go());
}

begin().catch((reason: Error) => {
  console.error(reason);
  page.replaceChildren(
    node("p", t("no_engine", { reason: reason.message }), { class: "failed", role: "alert" }),
    button(t("again"), () => location.reload()),
  );
  // Another address may be one that can be had.
  addEventListener("hashchange", () => location.reload());
});
