// The map of welfare.
import { known } from "../../report/numbers.js";
import type { Spec } from "../charts/figure.ts";
import { mapOption, regionAt, scaleEnd, type MapData } from "../charts/map.ts";
import { colon, dollars, percent, regionName, semicolons, sentences, t } from "../language.ts";
import { regionOfShapes } from "../model/areas.ts";
import { dollarsOf, extremesOf, welfareOf } from "../model/outcome.ts";
import { candidates, points } from "./headline.ts";
import type { OutcomePart } from "./outcome.ts";

export function mapFigure(part: OutcomePart): Spec {
  const { app, compared } = part,
    { regions } = app.facts.economy,
    regionOf = regionOfShapes(regions),
    blank = regionOf(undefined) === undefined; // an economy of countries, and not of all
  let range = 0;
  const value = (r: string) => compared.value((s) => welfareOf(s.outcome, r));
  const said = (r: string) => (compared.differs ? points(value(r)) : percent(value(r)));
  const scaled = () => (range = scaleEnd(regions.map(value).filter(known), range));
  const data = (): MapData => ({
    regionOf,
    value,
    range: scaled(),
    words: (r) => {
      const money = dollarsOf(app.facts, app.now?.outcome, r);
      return `${regionName(r)}\n${said(r)}${known(money) && !compared.differs ? `\n${dollars(money)}` : ""}`;
    },
    chosen: app.region,
  });
  const end = () => (compared.differs ? points(scaled()).slice(1) : `${scaled()} %`);
  return {
    name: () => "map",
    title: () => t("map"),
    caption: () =>
      sentences(
        t(compared.differs ? "map_caption_points" : "map_caption"),
        compared.saidOfOne,
        blank ? t("map_blank") : "",
      ),
    label: () => {
      const { best, worst } = app.now ? extremesOf(candidates(app).regions, value) : {};
      return colon(t("map"), semicolons([worst, best].flatMap((r) => (r ? [`${regionName(r)} ${said(r)}`] : []))));
    },
    height: (width) => Math.round(0.47 * width),
    option: (colours) => mapOption(colours, data()),
    numbers: () => ({
      keys: [{ what: t("code") }],
      columns: [
        { what: t("region") },
        ...compared.series.map((of) => ({ what: t("welfare_what"), unit: compared.unit, of })),
      ],
      rows: regions.map((r) => [r, regionName(r), ...compared.values((s) => welfareOf(s.outcome, r))]),
    }),
    scale: ({ diverging }) => ({ low: `≤ −${end()}`, high: `≥ +${end()}`, colours: diverging }),
    clicked: (what) => {
      const region = regionAt(data(), Number(what.name));
      if (region) part.chooseRegion(region);
    },
  };
}
