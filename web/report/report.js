// Draws a whole report from results. Text goes in by textContent only, so that no name in a study can become markup.
// A key that a model does not have is left out, with its column or its chart.
import { challengeSection } from "./challenges.js";
import { claimsSection } from "./claims.js";
import { closing, publishedTables } from "./closing.js";
import { header, summary } from "./header.js";
import { pathSection } from "./paths.js";
import { questionSection } from "./questions.js";
import { relationSection } from "./relation.js";
import { scenarioSection } from "./scenarios.js";
import { uncertaintySection } from "./uncertainty.js";
import { variantsSection } from "./variants.js";
import { viewOf } from "./view.js";
import { inEnglish, say } from "./words.js";

export function drawReport(results, root, plotter, words = inEnglish) {
  const view = viewOf(results, root, plotter, words);
  drawParts(view);
  document.title = `${view.study.title || say("report")} – Détente`;
  view.keepDrawn();
}

/**
 * All parts in order, for a page that has a title of its own.
 * @param {import("./view.js").View} view
 */
export function drawParts(view) {
  header(view);
  claimsSection(view);
  uncertaintySection(view);
  variantsSection(view);
  summary(view);
  for (const s of view.scenarios) scenarioSection(view, s);
  for (const q of view.questions) questionSection(view, q);
  for (const r of view.relations) relationSection(view, r);
  for (const p of view.paths) pathSection(view, p);
  for (const c of view.challenges) challengeSection(view, c);
  publishedTables(view);
  closing(view);
}
