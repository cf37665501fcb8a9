// A chart as a picture that stands by itself: its title, what it measures, what its colours mean, the chart, and what
// made it.
import type { Picture } from "./save.ts";

export interface Legend {
  name: string;
  colour: string;
}

/** A scale of colours with the words at its two ends. */
export interface Scale {
  low: string;
  high: string;
  colours: string[];
}

export interface Parts {
  title: string;
  caption: string;
  legend: Legend[];
  scale?: Scale;
  /** The chart's own SVG. */
  chart: string;
  width: number;
  height: number;
  /** Below everything. */
  source: string[];
  colours: any;
}

const margin = 12;
const cjk = "\u2e80-\u9fff\uff00-\uffef";
const letters = new RegExp(`[${cjk}]`);
const tokens = new RegExp(`[${cjk}]|[^\\s${cjk}]+\\s*|\\s+`, "g");

export const widthOf = (text: string, size: number): number =>
  size * [...text].reduce((sum, c) => sum + (letters.test(c) ? 1 : 0.56), 0);

/** Lines of `text` that are no wider than `width`. */
export function wrapped(text: string, size: number, width: number): string[] {
  const lines = [""];
  for (const [token] of text.matchAll(tokens)) {
    const last = lines.at(-1)!;
    if (last && widthOf((last + token).trimEnd(), size) > width) lines.push(token.trimStart());
    else lines[lines.length - 1] += token;
  }
  return lines.map((l) => l.trim()).filter(Boolean);
}

// What no XML may hold: a document with one of these is none.
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** Everything below each other; what is drawn is as wide as the chart. */
export function pictureOf({ title, caption, legend, scale, chart, width, height, source, colours }: Parts): Picture {
  const made: string[] = [],
    room = width - 2 * margin;
  let y = 0;
  const line = (text: string, size: number, fill: string, weight = "normal") => {
    y += Math.round(1.4 * size);
    made.push(
      `<text x="${margin}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(text)}</text>`,
    );
  };
  const lines = (text: string, size: number, fill: string, weight?: string) =>
    wrapped(text, size, room).forEach((l) => line(l, size, fill, weight));

  y = 4;
  lines(title, 17, colours.ink, "bold");
  lines(caption, 12, colours.ink);
  for (const { name, colour } of legend) {
    line("", 12, colours.ink);
    made.push(`<rect x="${margin}" y="${y - 10}" width="12" height="12" fill="${colour}"/>`);
    made.push(`<text x="${margin + 18}" y="${y}" font-size="12" fill="${colours.ink}">${escaped(name)}</text>`);
  }
  y += 10;
  made.push(`<g transform="translate(0 ${y})">${chart}</g>`);
  y += height;
  if (scale) {
    const from = margin + widthOf(scale.low, 12) + 16,
      long = 160,
      stops = scale.colours.map((c, k) => `<stop offset="${k / (scale.colours.length - 1)}" stop-color="${c}"/>`);
    line(scale.low, 12, colours.ink);
    made.push(
      `<defs><linearGradient id="scale">${stops.join("")}</linearGradient></defs>`,
      `<rect x="${from}" y="${y - 10}" width="${long}" height="11" fill="url(#scale)" stroke="${colours.line}"/>`,
      `<text x="${from + long + 8}" y="${y}" font-size="12" fill="${colours.ink}">${escaped(scale.high)}</text>`,
    );
  }
  y += 8;
  for (const text of source) lines(text, 11, colours.axis);
  y += 12;
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" font-family="system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif">`,
    `<rect width="100%" height="100%" fill="${colours.paper}"/>`,
    ...made,
    "</svg>",
  ]
    .join("")
    .replace(forbidden, "");
  return { text, width, height: y, paper: colours.paper };
}
