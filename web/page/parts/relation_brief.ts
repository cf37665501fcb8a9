// The relation in brief: whether the agreement holds, for whom it does, and a history that plays.
import { aYear, holdsMap } from "../../report/relation_charts.js";
import { number, t } from "../language.ts";
import { add, node } from "./dom.ts";
import { historyPlayer } from "./history.ts";

const chance = (v: number, digits = 0) => t("percent", { v: number(100 * v, { digits }) });
const isNumber = (v: unknown): v is number => typeof v === "number" && Number.isFinite(v);

interface Fidelity {
  mean: number;
  low: number;
  high: number;
}

// Holds as estimated, while the record leaves room for less than is needed.
function unsure(r: any, players: string[]): boolean {
  const needed = r.fidelity_threshold_year,
    recorded = players.map((p) => r.fidelity?.[p] as Fidelity | undefined).filter((f) => f && f.high > f.low);
  return r.verdict === "yes" && isNumber(needed) && recorded.some((f) => aYear(r, f!.low) < needed);
}

function headline(r: any, players: string[], inText: (name: string) => string): string {
  const [a, b] = players.map(inText);
  if (r.verdict === "yes") return t(unsure(r, players) ? "relation_holds_unsure" : "relation_holds", { a, b });
  if (r.verdict === "assumed") return t("relation_assumed", { a, b });
  const leaves = players.filter((p) => r.slack?.[p] < 0);
  if (leaves.length === 2) return t("relation_broken_both", { a, b });
  return leaves.length ? t("relation_broken_by", { p: inText(leaves[0]) }) : t("relation_broken");
}

// What the verdict rests on, and how sure that is.
function facts(r: any, [a, b]: string[]): string {
  const said: string[] = [],
    of = (p: string) => r.fidelity?.[p] as Fidelity | undefined,
    inAYear = ({ mean, low, high }: Fidelity) =>
      chance(aYear(r, mean)) +
      (high > low ? t("relation_interval", { low: chance(aYear(r, low)), high: chance(aYear(r, high)) }) : "");
  const [first, second] = [of(a), of(b)],
    needed = r.fidelity_threshold_year;
  if (first && second) {
    said.push(t("relation_reliability", { a, b, first: inAYear(first), second: inAYear(second) }));
    said.push(isNumber(needed) ? t("relation_needed", { v: chance(needed) }) : t("relation_never"));
    if (unsure(r, [a, b])) said.push(t("relation_unsure"));
  }
  if (isNumber(r.expected_peace_years) && isNumber(r.war_share))
    said.push(
      t("relation_peace", { years: number(r.expected_peace_years, { digits: 1 }), share: chance(r.war_share) }),
    );
  return said.join(" ");
}

/** `r` as the results have it, drawn into `view`; `players` are its two sides, by the names that `inText` knows. */
export function relationBrief(view: any, r: any, players: string[], inText: (name: string) => string): void {
  const brief = node("section", null, { class: "brief" }) as HTMLElement;
  view.root.append(brief);
  add(
    brief,
    node("p", headline(r, players, inText), { class: "headline" }),
    node("p", facts(r, players), { class: "lead" }),
  );
  holdsMap(view, brief, r, players as [string, string]);
  const history = historyPlayer(r.history, players);
  if (history) brief.append(history);
}
