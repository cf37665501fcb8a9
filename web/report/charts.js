import { node, add } from "./page.js";

/* Charts, their colours and what they share. Apache ECharts is handed in, so that a test can look at what is drawn. */
const light = {
  turn: 0.85,
  ink: "#1d2433",
  line: "#d8dde6",
  axis: "#8b93a5",
  paper: "#ffffff",
  empty: "#cdd2db",
  loss: "#b5541c",
  gain: "#1f6fb4",
  diverging: ["#b5541c", "#e3a177", "#f4f4f2", "#8fbbe0", "#1f6fb4"],
  series: ["#1f6fb4", "#b5541c", "#8a9a2b", "#7c5ba6", "#c99700", "#3c8f8a", "#a84a6b", "#6f7685"],
};

const dark = {
  turn: 0.65,
  ink: "#e6eaf2",
  line: "#323b52",
  axis: "#7f8aa0",
  paper: "#141a26",
  empty: "#0b0f18",
  loss: "#eb9a62",
  gain: "#6db3ec",
  diverging: ["#eb9a62", "#8a5d42", "#2a3142", "#3f6a90", "#6db3ec"],
  series: ["#6db3ec", "#eb9a62", "#b5c457", "#b79ae0", "#e6c04d", "#6cc4be", "#dd86a5", "#a7aebd"],
};

// All charts of one report: drawn by `plotter` (Apache ECharts), and again whenever the width, the colours or the medium change.
export function chartsBy(plotter) {
  const prefersDark = matchMedia("(prefers-color-scheme: dark)"),
    drawings = [];
  let paperWidth = 0; // pixels of a printed page while printing, 0 on a screen
  const palette = () => (paperWidth || !prefersDark.matches ? light : dark);
  // `option(colours, width)` is asked again at every drawing.
  function chart(parent, label, sizeOf, option) {
    const box = node("div", null, { role: "img", "aria-label": label });
    parent.append(box);
    let drawn = null;
    const draw = () => {
      const room = paperWidth || parent.clientWidth || 700,
        { width = room, height } = sizeOf(room);
      box.style.cssText = `width:${width}px;height:${height}px`;
      if (!drawn) drawn = plotter.init(box, null, { renderer: "svg", width, height });
      drawn.resize({ width, height });
      drawn.setOption(
        {
          animation: false,
          textStyle: {
            color: palette().ink,
            fontFamily: "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif",
          },
          ...option(palette(), width),
        },
        true,
      );
    };
    draw();
    drawings.push(draw);
    return draw;
  }
  const onPaint = (paint) => {
    paint();
    drawings.push(paint);
  };
  const redraw = () => drawings.forEach((draw) => draw());
  // Until the function that it gives is called.
  function keepDrawn() {
    const stop = new AbortController(),
      { signal } = stop;
    let late;
    addEventListener(
      "resize",
      () => {
        clearTimeout(late);
        late = setTimeout(redraw, 100);
      },
      { signal },
    );
    prefersDark.addEventListener("change", redraw, { signal });
    // On paper everything is open, dark on white, and as wide as a page of A4 or letter.
    let opened = /** @type {HTMLDetailsElement[]} */ ([]);
    const before = () => {
      paperWidth = 660;
      opened = [...document.querySelectorAll("details")].filter((d) => !d.open && !d.classList.contains("late"));
      opened.forEach((d) => {
        d.open = true;
      });
      redraw();
    };
    const after = () => {
      paperWidth = 0;
      opened.forEach((d) => {
        d.open = false;
      });
      redraw();
    };
    addEventListener("beforeprint", before, { signal });
    addEventListener("afterprint", after, { signal });
    return () => stop.abort();
  }
  return { chart, palette, onPaint, keepDrawn, onPaper: () => paperWidth > 0, paperWidth: () => paperWidth };
}

export const tooltip = (colours, rest) => ({
  confine: true,
  backgroundColor: colours.paper,
  borderColor: colours.axis,
  textStyle: { color: colours.ink },
  ...rest,
});

// A Chinese or Japanese sign is as wide as 1.6 letters.
const lettersOf = (sign) => (sign >= "\u2e80" ? 1.6 : 1);
const lettersTaken = (text) => [...text].reduce((sum, sign) => sum + lettersOf(sign), 0);

/** A name that takes no more room than so many letters. */
export function cut(name, length = 18) {
  if (lettersTaken(name) <= length) return name;
  let kept = "",
    left = length - 1;
  for (const sign of name) {
    left -= lettersOf(sign);
    if (left < 0) break;
    kept += sign;
  }
  return `${kept}…`;
}

/** Pixels that the longest of the names takes, each cut to so many letters. */
export const textWidth = (names, size, length = 18) =>
  Math.ceil(0.66 * size * Math.max(...names.map((n) => lettersTaken(cut(n, length)))));

export const axisOf = (colours, name, more = {}) => ({
  type: "value",
  name,
  nameLocation: "middle",
  nameTextStyle: { color: colours.ink },
  scale: true,
  splitLine: { lineStyle: { color: colours.line } },
  axisLabel: { color: colours.ink, hideOverlap: true, formatter: (v) => String(v).replace("-", "−") },
  ...more,
});

// Names down the left side, the first on top.
export const namesAxis = (colours, names, letters = 18) => ({
  type: "category",
  inverse: true,
  data: names,
  axisTick: { show: false },
  axisLine: { show: false },
  axisLabel: { color: colours.ink, interval: 0, formatter: (n) => cut(n, letters) },
});

// Letters of a name that a chart so wide has room for beside it.
export const lettersIn = (width) => (width < 500 ? 18 : 40);

// A legend of one line for each series, 20 pixels apart: narrow screens have room for it.
export const legendAbove = (colours) => ({
  top: 0,
  left: 0,
  orient: "vertical",
  itemHeight: 10,
  itemWidth: 16,
  itemGap: 5,
  textStyle: { color: colours.ink },
});

export const square = (room) => ({
  width: Math.min(room, 640),
  height: Math.min(440, Math.max(300, Math.min(room, 640) * 0.7)),
});

export const barBetween = (name, colour, from, to) => ({
  name,
  type: "line",
  silent: true,
  color: colour,
  lineStyle: { width: 2.5, type: "solid" },
  symbol: "circle",
  symbolSize: 5,
  data: [from, to],
  z: 4,
});

export const dashes = (colour) => `repeating-linear-gradient(90deg, ${colour} 0 5px, transparent 5px 9px)`;

/**
 * A legend beside a chart; `entries(colours)` gives [text, background] each.
 * @param {import("./view.js").View} view
 * @param {HTMLElement} parent
 * @param {any} entries
 */
export function legendOf(view, parent, entries) {
  const { palette } = view;
  const list = node("ul", null, { class: "legend" }),
    swatches = entries(palette()).map(([text]) => {
      const swatch = node("span", null, { class: "swatch" });
      list.append(add(node("li"), swatch, text));
      return swatch;
    });
  const paint = () =>
    entries(palette()).forEach((e, k) => {
      swatches[k].style.background = e[1];
    });
  view.onPaint(paint);
  parent.append(list);
}

/**
 * @param {import("./view.js").View} view
 * @param {{ name: string }[]} shown
 */
export function seriesLegend(view, shown) {
  const { palette } = view;
  const list = node("ul", null, { class: "legend" }),
    swatches = [];
  shown.forEach((s, k) => {
    const swatch = node("span", null, { class: "swatch" });
    swatches.push(swatch);
    list.append(add(node("li"), swatch, `${k + 1}: ${s.name}`));
  });
  view.onPaint(() =>
    swatches.forEach((w, k) => {
      w.style.background = palette().series[k % light.series.length];
    }),
  );
  return list;
}
