"use strict";
// Draws the whole report from the results in the page. Text goes in by textContent only, so that no name in a
// study can become markup. A key that a model does not have is left out, with its column or its chart.
(() => {
  const results = JSON.parse(document.getElementById("results").textContent);
  const root = document.getElementById("report");
  const economy = results.economy, regions = economy.regions, study = results.study;
  const scenarios = (results.scenario_order || Object.keys(results.scenarios)).map((name, k) => ({
    name, id: `scenario-${k + 1}-${name.replace(/[^A-Za-z0-9_-]/g, "-")}`, ...results.scenarios[name],
  }));
  const allScenarios = scenarios;
  const isAnswered = (s) => s.status === "answered" && Boolean(s.regions);
  const answered = scenarios.filter(isAnswered);
  // Beyond this many scenarios, each part is drawn when it is opened: a page of thousands of charts opens for nobody.
  const mostScenarios = 60, folded = scenarios.length > mostScenarios;
  const most = 20; // rows shown at first where an economy has many regions
  const still = 5e-5; // percent: smaller changes are not spoken of

  // ---- numbers -------------------------------------------------------------------------------------------
  const known = (v) => typeof v === "number" && Number.isFinite(v);
  const grouped = (v, digits) => v.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const plain = (v, digits) => (known(v) ? grouped(v, digits).replace("-", "−") : "–");
  function signed(v, digits) {
    if (!known(v)) return "–";
    const text = grouped(Math.abs(v), digits);
    return Number(text.replaceAll(",", "")) === 0 ? text : (v < 0 ? "−" : "+") + text;
  }
  // Three digits that say something, whatever the size.
  const adaptive = (v) => (Math.abs(v) < still ? "0" : signed(v, !known(v) || Math.abs(v) >= 10 ? 1 : Math.abs(v) >= 0.1 ? 2 : Math.abs(v) >= 0.01 ? 3 : 4));
  const largest = (values) => values.reduce((m, v) => (known(v) ? Math.max(m, Math.abs(v)) : m), 0);
  // One number of digits for a column, so that its points stand below each other.
  function columnDigits(values) {
    const top = largest(values);
    return top >= 100 ? 1 : top >= 10 ? 2 : top >= 0.1 ? 3 : 4;
  }
  const kind = (v) => (!known(v) || Math.abs(v) < still ? "" : v > 0 ? "gain" : "loss");
  const of = (s, r) => (s.regions && s.regions[r]) || {};
  const welfare = (s, r) => of(s, r).welfare_percent;
  const sum = (values) => values.reduce((total, v) => total + (known(v) ? v : 0), 0);

  // "million US dollars" -> a factor and a currency; a unit that is no money stays as it is.
  const money = (() => {
    const unit = economy.unit || "";
    const match = /^(?:(thousand|million|billion)s?(?: of)? )?(.+)$/i.exec(unit);
    const prefix = match && match[1] ? { thousand: 1e3, million: 1e6, billion: 1e9 }[match[1].toLowerCase()] : 1;
    const currency = match && (match[1] || /dollar|euro|yen|yuan|renminbi|pound|franc|\b[A-Z]{3}\b/i.test(unit)) ? match[2] : null;
    // The largest value decides the unit, so that a table and a sentence each keep to one.
    return (values) => {
      if (!currency) return { scale: 1, name: unit, digits: columnDigits(values) };
      const top = largest(values) * prefix;
      const [size, word] = top >= 1e12 ? [1e12, "trillion "] : top >= 1e8 ? [1e9, "billion "] : top >= 1e5 ? [1e6, "million "] : [1, ""];
      return { scale: prefix / size, name: word + currency, digits: top / size >= 1000 ? 1 : 2 };
    };
  })();
  function moneyPhrase(value) {
    const unit = money([value]), scaled = value * unit.scale;
    return `${signed(scaled, Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 1 ? 1 : 2)} ${unit.name} a year`;
  }

  // ---- page parts ----------------------------------------------------------------------------------------
  function node(tag, text, attributes = {}) {
    const made = document.createElement(tag);
    if (text !== undefined && text !== null) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
    return made;
  }
  const add = (parent, ...children) => { parent.append(...children); return parent; };

  // A cell is a text, or { text, kind }. The caption stands above the part that scrolls, so that it never scrolls away.
  function table(caption, columns, rows, { textColumns = 1, limit = most } = {}) {
    const made = add(node("table"), node("caption", caption)), head = node("tr"), body = node("tbody");
    const align = (k) => (k < textColumns || textColumns.includes?.(k) ? "text" : "");
    columns.forEach((c, k) => head.append(node("th", c, { scope: "col", class: align(k) })));
    for (const row of rows) {
      const tr = node("tr");
      row.forEach((cell, k) => {
        const value = typeof cell === "object" && cell !== null ? cell : { text: cell };
        const attributes = { class: `${align(k)} ${value.kind || ""}`.trim(), scope: k === 0 && "row", colspan: value.span };
        tr.append(node(k === 0 ? "th" : "td", value.text, attributes));
      });
      body.append(tr);
    }
    add(made, add(node("thead"), head), body);
    const scroll = add(node("div", null, { class: "scroll", role: "group", tabindex: "0", "aria-label": caption }), made);
    const whole = add(node("div"), node("p", caption, { class: "caption", "aria-hidden": "true" }), scroll);
    const late = rows.length > limit + 5 ? [...body.rows].slice(limit) : [];
    const show = (all) => late.forEach((r) => { r.hidden = !all; });
    show(false);
    if (late.length) whole.append(toggle(limit, rows.length, show));
    return whole;
  }

  function toggle(few, all, show) {
    const name = (open) => (open ? `Show the first ${few} only` : `Show all ${all}`);
    const button = node("button", name(false), { type: "button", "aria-expanded": "false" });
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      button.textContent = name(open);
      show(open);
    });
    return button;
  }

  // ---- charts --------------------------------------------------------------------------------------------
  const light = {
    turn: 0.85, ink: "#1d2433", line: "#d8dde6", axis: "#8b93a5", paper: "#ffffff", empty: "#cdd2db", loss: "#b5541c", gain: "#1f6fb4",
    diverging: ["#b5541c", "#e3a177", "#f4f4f2", "#8fbbe0", "#1f6fb4"],
    series: ["#1f6fb4", "#b5541c", "#8a9a2b", "#7c5ba6", "#c99700", "#3c8f8a", "#a84a6b", "#6f7685"],
  };
  const dark = {
    turn: 0.65, ink: "#e6eaf2", line: "#323b52", axis: "#7f8aa0", paper: "#141a26", empty: "#0b0f18", loss: "#eb9a62", gain: "#6db3ec",
    diverging: ["#eb9a62", "#8a5d42", "#2a3142", "#3f6a90", "#6db3ec"],
    series: ["#6db3ec", "#eb9a62", "#b5c457", "#b79ae0", "#e6c04d", "#6cc4be", "#dd86a5", "#a7aebd"],
  };
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  let paperWidth = 0; // pixels of a printed page while printing, 0 on a screen
  const palette = () => (paperWidth || !prefersDark.matches ? light : dark);
  const drawings = [];

  // `option(colours, width)` is asked again whenever the width, the colour scheme or the medium changes.
  function chart(parent, label, sizeOf, option) {
    const box = node("div", null, { role: "img", "aria-label": label });
    parent.append(box);
    let drawn = null;
    const draw = () => {
      const room = paperWidth || parent.clientWidth || 700, { width = room, height } = sizeOf(room);
      box.style.cssText = `width:${width}px;height:${height}px`;
      if (!drawn) drawn = echarts.init(box, null, { renderer: "svg", width, height });
      drawn.resize({ width, height });
      drawn.setOption({ animation: false, textStyle: { color: palette().ink, fontFamily: "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif" }, ...option(palette(), width) }, true);
    };
    draw();
    drawings.push(draw);
    return draw;
  }
  const redraw = () => drawings.forEach((draw) => draw());

  function keepDrawn() {
    let late = 0;
    addEventListener("resize", () => { clearTimeout(late); late = setTimeout(redraw, 100); });
    prefersDark.addEventListener("change", redraw);
    // On paper everything is open, dark on white, and as wide as a page of A4 or letter.
    let opened = [];
    addEventListener("beforeprint", () => {
      paperWidth = 660;
      opened = [...document.querySelectorAll("details:not([open]):not(.late)")];
      opened.forEach((d) => { d.open = true; });
      redraw();
    });
    addEventListener("afterprint", () => { paperWidth = 0; opened.forEach((d) => { d.open = false; }); redraw(); });
  }

  const tooltip = (colours, rest) => ({ confine: true, backgroundColor: colours.paper, borderColor: colours.axis, textStyle: { color: colours.ink }, ...rest });
  const cut = (name, length = 18) => (name.length > length ? name.slice(0, length - 1) + "…" : name);
  const textWidth = (names, size) => Math.ceil(0.66 * size * Math.max(...names.map((n) => cut(n).length)));
