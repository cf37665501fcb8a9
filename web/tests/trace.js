// A report drawn without a browser, and an account of its numbers: each must be one of the results, rounded as it is shown.
import assert from "node:assert/strict";
import { parseHTML } from "linkedom";

// Draws `results` and returns the page with the options of its charts.
export async function drawn(results) {
  const { document, HTMLElement } = parseHTML('<!doctype html><html><body><main id="report"></main></body></html>');
  const media = { matches: false, addEventListener() {} };
  Object.assign(globalThis, {
    document,
    HTMLDetailsElement: HTMLElement,
    matchMedia: () => media,
    addEventListener() {},
  });
  const { drawReport } = await import("../report/report.js");
  const charts = [];
  const init = (box) => {
    const chart = {
      box,
      label: box.getAttribute("aria-label"),
      resize() {},
      setOption: (option) => Object.assign(chart, { option }),
    };
    charts.push(chart);
    return chart;
  };
  const root = document.getElementById("report");
  drawReport(results, root, { init });
  return { root, charts, document };
}

const token = /[+−-]?\d[\d,]*(?:\.\d+)?(?:e[+−-]?\d+)?/g;
const minus = (text) => text.replaceAll("−", "-");

// Whether `text`, one printed number, is `value` rounded to the digits that are shown, and carries its sign.
export function agrees(text, value) {
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  const [mantissa, exponent = "0"] = minus(text).replaceAll(",", "").split("e");
  const digits = (mantissa.split(".")[1] ?? "").length,
    shown = Number(mantissa) * 10 ** Number(exponent);
  const half = 0.5 * 10 ** (Number(exponent) - digits);
  const signless = !/^[+-]/.test(mantissa);
  if (Math.abs(shown - value) > half * (1 + 1e-6) + 1e-12 * Math.abs(value)) return false;
  return shown === 0 ? signless : signless ? value >= 0 : shown > 0 === value > 0;
}

const stringsOf = (data, found = new Set()) => {
  if (typeof data === "string") found.add(data);
  else if (data && typeof data === "object")
    for (const [key, value] of Object.entries(data)) (stringsOf(key, found), stringsOf(value, found));
  return found;
};

export class Trace {
  constructor(results, page) {
    Object.assign(this, page, { results, done: new Set(), checked: 0 });
    this.strings = [...stringsOf(results)]
      .filter((s) => /\d/.test(s) && /[A-Za-z]{2}|[A-Za-z]\d|^\d{4}-\d\d-\d\d$/.test(s))
      .sort((a, b) => b.length - a.length);
    const name = results.economy.unit.replace(/^(thousand|million|billion) /, "");
    this.currency = name;
    this.factor = { thousand: 1e3, million: 1e6, billion: 1e9 }[results.economy.unit.split(" ")[0]] ?? 1;
  }
  // What a value in the economy's money is multiplied with, to be in the unit that `text` names.
  scaleIn(text) {
    const size =
      { trillion: 1e12, billion: 1e9, million: 1e6 }[text.match(new RegExp(`(\\w+) ${this.currency}`))?.[1]] ?? 1;
    return text.includes(this.currency) ? this.factor / size : 1;
  }
  // The text without the names and the words that the results themselves hold.
  own(text) {
    return this.strings.reduce((rest, s) => rest.replaceAll(s, " … "), text);
  }
  mark(node) {
    this.done.add(node);
  }
  // The numbers of an element, in order.
  says(node, values, text = node.textContent) {
    const found = this.own(text).match(token) ?? [];
    assert.equal(found.length, values.length, `numbers in “${text}”, expected ${values.join(", ")}`);
    found.forEach((t, k) => assert.ok(agrees(t, values[k]), `“${t}” in “${text}” is not ${values[k]}`));
    this.checked += found.length;
    this.mark(node);
  }
  // One number or its absence.
  shows(node, value) {
    if (value === undefined || value === null) {
      assert.ok(
        ["–", "none", "none is enough"].includes(node.textContent),
        `“${node.textContent}” stands where there is no value`,
      );
      this.mark(node);
    } else this.says(node, [value]);
  }
  // Tables of a part of the page whose caption starts with `start`.
  tables(part, start) {
    return [...part.querySelectorAll("table")].map(tableOf).filter((t) => t.caption.startsWith(start));
  }
  table(part, start) {
    const found = this.tables(part, start);
    assert.equal(found.length, 1, `tables “${start}”`);
    return found[0];
  }
  paragraph(part, start) {
    return [...part.querySelectorAll("p, figcaption")].filter((p) => p.textContent.startsWith(start));
  }
  chart(part, start) {
    const found = this.charts.filter((c) => c.label.startsWith(start) && part.contains(c.box));
    assert.equal(found.length, 1, `charts “${start}”`);
    return found[0];
  }
  // Numbers of a chart's drawing: the same as in the results, not rounded at all.
  draws(series, values, what) {
    const shown = series.data.map((d) => (d === null ? null : (d.value ?? d)));
    assert.equal(shown.length, values.length, what);
    shown.forEach((v, k) => {
      const [x, y] = [v, values[k]].map((one) => (Array.isArray(one) ? one : [one]));
      x.forEach((number, i) =>
        assert.ok(
          number === y[i] || Math.abs(number - y[i]) <= 1e-12 * Math.abs(y[i]),
          `${what}: ${number} for ${y[i]}`,
        ),
      );
      this.checked += x.length;
    });
  }
  // Texts with numbers that nothing has accounted for.
  leftovers(fixed) {
    const left = [];
    const walk = (node) => {
      if (this.done.has(node)) return;
      for (const child of node.childNodes) {
        if (child.nodeType === 1) walk(child);
        else if (child.nodeType === 3 && /\d/.test(child.textContent)) {
          const rest = fixed.reduce((text, words) => text.replaceAll(words, " "), this.own(child.textContent));
          if (/\d/.test(rest)) left.push(child.textContent);
        }
      }
    };
    walk(this.root);
    return left;
  }
}

function tableOf(node) {
  const cells = (row) => [...row.children];
  return {
    node,
    caption: node.querySelector("caption").textContent,
    columns: cells(node.querySelector("thead tr")).map((c) => c.textContent),
    rows: [...node.querySelector("tbody").children].map((row) => ({
      name: row.children[0].childNodes[0]?.textContent ?? "",
      cells: cells(row),
    })),
  };
}
