// What a saved picture or table says of itself: of which economy, model and scenario it is, and what made it, when.
import { term } from "../../report/words.js";
import type { App, Solved } from "../app.ts";
import { modelTitle, optionWords, regionName, semicolons, t } from "../language.ts";
import { catalogue } from "../model/catalogue.ts";
import { linkOf, scenarioText, type Chosen } from "../model/link.ts";
import { Compared, horizonName, modelName } from "./compared.ts";

/** Every option of the model with its value, set or not. */
export function optionsSaid(app: App): string {
  const { model } = app.configuration;
  const said = app.options.map((o) => {
    const value = model[o.name] ?? o.value ?? o.default;
    const words =
      typeof value === "boolean"
        ? t(value ? "yes" : "no")
        : (optionWords(`${o.name}_${value}`) ?? (o.kind === "region" ? regionName(String(value)) : String(value)));
    return t("assumed_option", { name: optionWords(o.name) ?? o.text, value: words });
  });
  return semicolons(said);
}

const today = () => new Date().toISOString().slice(0, 10);

const set = (app: App) => app.taken.set || app.taken.text;

// What of the options a reader has set, in the words of the file's head.
const optionsSet = ({ options = {} }: Chosen) =>
  Object.entries(options).map(([name, value]) =>
    t("assumed_option", {
      name: optionWords(name) ?? name,
      value: optionWords(`${name}_${value}`) ?? (typeof value === "boolean" ? t(value ? "yes" : "no") : String(value)),
    }),
  );

/** Below a picture: engine, economy and scenarios; then model, horizon, elasticities and the day. */
export function sourceLines(app: App): string[] {
  const { state, facts, taken } = app,
    compared = new Compared(app);
  const scenarios = compared.shown.map((s) => compared.titleOf(s)).join(" / ");
  const year = facts.economy.year ? ` (${facts.economy.year})` : "";
  return [
    `Détente ${catalogue.engine} · ${state.economy}${year} · ${t("file_scenario")}: ${scenarios}`,
    [
      `${t("file_model")}: ${[modelName(state.model), ...optionsSet(state)].join(", ")}`,
      horizonName(taken.horizon || state.horizon),
      t("elasticities_name", { name: set(app) }),
      today(),
    ].join(" · "),
  ];
}

const scenarioLine = (app: App, compared: Compared, s: Solved): string => {
  const { chosen } = s,
    model = [chosen.model, ...optionsSet(chosen), chosen.horizon, chosen.elasticities].filter(Boolean).join(", ");
  const title = s === app.now ? t("now_title", { title: s.title }) : compared.titleOf(s);
  return `${title} [${model}] ${scenarioText(s.scenario)}`;
};

/** The address of what is seen; nothing in it is a separator of a table's cells. */
const linkHere = (app: App) => `${location.href.split("#")[0]}#${linkOf(app.state)}`.replaceAll(",", "%2C");

/** Above saved numbers. */
export function headLines(app: App): [string, string][] {
  const { state, facts, taken } = app,
    { economy } = facts,
    compared = new Compared(app),
    numeraire = app.now?.outcome.certificate.numeraire;
  return [
    ...compared.shown.map((s): [string, string] => [t("file_scenario"), scenarioLine(app, compared, s)]),
    [
      t("file_economy"),
      [state.economy, economy.title, economy.year, economy.unit, `SHA-256 ${state.hash ?? "–"}`].join("; "),
    ],
    [t("file_source"), economy.source ?? "–"],
    [
      t("file_model"),
      [
        `${modelTitle(state.model)} [${state.model}]`,
        optionsSaid(app),
        horizonName(taken.horizon || state.horizon),
        ...(numeraire ? [term(numeraire)] : []),
      ]
        .filter(Boolean)
        .join("; "),
    ],
    [t("file_elasticities"), app.taken.text || "–"],
    [t("file_engine"), catalogue.engine],
    [t("file_date"), today()],
    [t("file_link"), linkHere(app)],
  ];
}

// A few letters that differ where texts do (FNV-1a).
function mark(text: string): string {
  let hash = 0x811c9dc5;
  for (let k = 0; k < text.length; ++k) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0").slice(0, 6);
}

/** Economy, model and scenario as a part of a file's name; what has no short name has a mark of its own. */
export function stemOf(app: App): string {
  const { state } = app,
    { scenario } = state;
  return [
    state.economy,
    state.model,
    ...(state.options ? [mark(JSON.stringify(state.options))] : []),
    state.horizon,
    state.elasticities,
    scenario.story ?? mark(scenarioText(scenario)),
    ...(state.pins.length
      ? [
          state.compare === "difference" ? "less" : "beside",
          mark(linkOf({ ...state, scenario: { schedules: [], rows: [] } })),
        ]
      : []),
  ]
    .filter(Boolean)
    .join("-");
}
