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
  const answered = scenarios.filter((s) => s.status === "answered" && s.regions);
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
      opened = [...document.querySelectorAll("details:not([open])")];
      opened.forEach((d) => { d.open = true; });
      redraw();
    });
    addEventListener("afterprint", () => { paperWidth = 0; opened.forEach((d) => { d.open = false; }); redraw(); });
  }

  const tooltip = (colours, rest) => ({ confine: true, backgroundColor: colours.paper, borderColor: colours.axis, textStyle: { color: colours.ink }, ...rest });
  const cut = (name, length = 18) => (name.length > length ? name.slice(0, length - 1) + "…" : name);
  const textWidth = (names, size) => Math.ceil(0.66 * size * Math.max(...names.map((n) => cut(n).length)));

  // Welfare by region: gains and losses for one scenario; numbered bars, one colour each, for several.
  function welfareBars(parent, shown, order) {
    const single = shown.length === 1, figure = node("figure");
    if (!single) figure.append(seriesLegend(shown));
    parent.append(figure);
    let names = order.slice(0, order.length > most + 5 ? most : order.length);
    const label = `Bar chart of the change of welfare by region, in percent${single ? "" : ", one bar for each scenario"}. The table has the same numbers.`;
    // Closer together on paper, so that a figure fits below a title or at least on a page.
    const bar = () => (paperWidth ? Math.max(8, Math.min(11, 780 / (names.length * (shown.length + 1)))) : 15);
    const sizeOf = () => ({ height: 52 + names.length * (single ? 11 + bar() : bar() * (shown.length + 1)) });
    const draw = chart(figure, label, sizeOf, (colours, width) => {
      const labelText = (v, k) => (single ? adaptive(v) : `${k + 1}: ${adaptive(v)}`);
      const left = textWidth(names, 12) + 16, margin = Math.min(0.3, 75 / Math.max(100, width - left));
      return {
        tooltip: tooltip(colours, { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (v) => signed(v, 4) + " %" }),
        grid: { left, right: 14, top: 8, bottom: 44 },
        // Room on both sides for the numbers at the ends of the bars.
        xAxis: {
          type: "value", name: "change of welfare, percent", nameLocation: "middle", nameGap: 28, nameTextStyle: { color: colours.ink },
          boundaryGap: [margin, margin], splitNumber: width < 500 ? 3 : 6, splitLine: { lineStyle: { color: colours.line } },
          axisLabel: { color: colours.ink, hideOverlap: true, formatter: (v) => String(v).replace("-", "−") },
        },
        yAxis: { type: "category", inverse: true, data: names, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colours.ink, interval: 0, formatter: (n) => cut(n) } },
        series: shown.map((s, k) => ({
          name: s.name, type: "bar", barMaxWidth: 16, barGap: "15%", barCategoryGap: "22%",
          markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: colours.axis, type: "solid", width: 1 }, data: [{ xAxis: 0 }] },
          data: names.map((r) => {
            const value = welfare(s, r), color = single ? (value < 0 ? colours.loss : colours.gain) : colours.series[k % colours.series.length];
            const label = { show: true, position: value < 0 ? "left" : "right", color: colours.ink, fontSize: single ? 12 : paperWidth ? Math.floor(bar() - 1) : 10, formatter: labelText(value, k) };
            return known(value) ? { value, itemStyle: { color }, label } : null;
          }),
        })),
      };
    });
    if (order.length > names.length) {
      const few = names;
      figure.append(toggle(few.length, order.length, (all) => { names = all ? order : few; draw(); }));
    }
  }

  function seriesLegend(shown) {
    const list = node("ul", null, { class: "legend" }), swatches = [];
    shown.forEach((s, k) => {
      const swatch = node("span", null, { class: "swatch" });
      swatches.push(swatch);
      list.append(add(node("li"), swatch, `${k + 1}: ${s.name}`));
    });
    drawings.push(() => swatches.forEach((w, k) => { w.style.background = palette().series[k % light.series.length]; }));
    drawings.at(-1)();
    return list;
  }

  // Rounded up from nine tenths of the cells: one collapsed pair must not bleach the rest.
  function clippedRange(changes) {
    const sorted = changes.map(Math.abs).sort((a, b) => a - b);
    const wanted = sorted[Math.floor(0.9 * (sorted.length - 1))] || 0;
    return [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].find((r) => r >= wanted) || 100;
  }

  function tradeChanges(scenario) {
    const base = results.base.trade, counterfactual = scenario.trade, change = (i, j) => 100 * (counterfactual[i][j] / base[i][j] - 1);
    return regions.map((_, i) => regions.map((__, j) => (i !== j && base[i][j] > 0 && known(change(i, j)) ? change(i, j) : null)));
  }

  // Regions in the economy's own order; the largest traders alone where there are many.
  function largestTraders(scenario) {
    const all = regions.map((_, i) => i), base = results.base.trade;
    if (regions.length <= most + 5) return all;
    const trade = all.map((i) => sum(all.filter((j) => j !== i).map((j) => base[i][j] + base[j][i])));
    return [...all].sort((a, b) => trade[b] - trade[a]).slice(0, most).sort((a, b) => a - b);
  }

  function tradeMap(parent, scenario) {
    const changes = tradeChanges(scenario), all = regions.map((_, i) => i), few = largestTraders(scenario);
    const range = clippedRange(few.flatMap((i) => few.map((j) => changes[i][j])).filter(known));
    const figure = node("figure"), scroll = node("div", null, { class: "scroll", tabindex: "0", role: "group", "aria-label": "Heat map of trade" });
    const caption = (n) => `Exports of the row's region to the column's region, compared with the base.${n < all.length ? ` The ${n} regions that trade most are shown.` : ""}`;
    const words = node("figcaption", caption(few.length));
    add(parent, add(figure, words, scroll));
    let shown = few;
    const cellWidth = (room, left) => Math.max(shown.length <= 12 ? 42 : 22, Math.min(72, (room - left - 8) / shown.length));
    const gaps = () => { const size = shown.length <= 12 ? 12 : 10, w = textWidth(shown.map((i) => regions[i]), size); return { size, label: w, left: w + 32 }; };
    const sizeOf = (room) => {
      const { label, left } = gaps(), w = cellWidth(room, left);
      return { width: Math.floor(left + 8 + w * shown.length), height: Math.floor(label + 44 + Math.max(22, Math.min(38, w)) * shown.length) };
    };
    const label = "Heat map of the change of exports from each region to each other, in percent; the largest changes: " + largestChanges(changes, few).join("; ");
    const draw = chart(scroll, label, sizeOf, (colours, width) => {
      const { size, label: space, left } = gaps(), names = shown.map((i) => regions[i]);
      const numbers = shown.length <= 12, upright = space > cellWidth(width, left) - 4 ? -90 : 0;
      const axis = { type: "category", data: names, nameLocation: "middle", nameTextStyle: { color: colours.ink }, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colours.ink, interval: 0, fontSize: size, formatter: (n) => cut(n) } };
      const cells = shown.flatMap((i, y) => shown.map((j, x) => ({ x, y, v: changes[i][j] }))).filter((c) => c.v !== null);
      return {
        tooltip: tooltip(colours, { formatter: (p) => `${echarts.format.encodeHTML(names[p.value[1]])} → ${echarts.format.encodeHTML(names[p.value[0]])}: ${signed(p.value[2], 2)} %` }),
        grid: { left, right: 8, top: (upright ? space : 18) + 26, bottom: 8, show: true, backgroundColor: colours.empty, borderWidth: 0 },
        xAxis: { ...axis, position: "top", name: "importer", nameGap: (upright ? space : 18) + 8, axisLabel: { ...axis.axisLabel, rotate: upright } },
        yAxis: { ...axis, inverse: true, name: "exporter", nameGap: space + 14 },
        visualMap: { show: false, min: -range, max: range, inRange: { color: colours.diverging } },
        series: [{
          // Drawn in one piece: in steps (ECharts' default from 3000 cells on), the browser never came to rest.
          type: "heatmap", progressive: 0, itemStyle: { borderColor: colours.paper, borderWidth: 1 }, emphasis: { itemStyle: { borderColor: colours.ink } },
          // Light text on the strong ends of the light palette, dark text on those of the dark one: `turn` is where
          // the one becomes easier to read than the other.
          data: cells.map((c) => ({ value: [c.x, c.y, c.v], label: { color: Math.abs(c.v) < colours.turn * range ? colours.ink : colours.paper } })),
          label: { show: numbers, fontSize: 11, formatter: (p) => signed(p.value[2], Math.abs(p.value[2]) >= 10 ? 0 : range < 1 ? 2 : 1) },
        }],
      };
    });
    figure.append(rampLegend(range));
    if (few.length < all.length) figure.append(toggle(few.length, all.length, (open) => { shown = open ? all : few; words.textContent = caption(shown.length); draw(); }));
  }

  function rampLegend(range) {
    const ramp = node("span"), none = node("span", null, { class: "swatch" });
    const paint = () => { ramp.style.background = `linear-gradient(to right, ${palette().diverging.join(",")})`; none.style.background = palette().empty; };
    paint();
    drawings.push(paint);
    return add(node("div", null, { class: "ramp" }), node("span", `−${range} % or less`), ramp, node("span", `+${range} % or more`), add(node("span"), none, "sales at home, or no trade in the base"));
  }

  function largestChanges(changes, shown) {
    const pairs = shown.flatMap((i) => shown.map((j) => [i, j, changes[i][j]])).filter((p) => p[2] !== null);
    return pairs.sort((a, b) => Math.abs(b[2]) - Math.abs(a[2])).slice(0, 3).map(([i, j, v]) => `${regions[i]} to ${regions[j]} ${signed(v, 1)} percent`);
  }

  // ---- words ---------------------------------------------------------------------------------------------
  const phrase = (s, r) => `${r} ${adaptive(welfare(s, r))} %` + (known(of(s, r).ev) ? ` (${moneyPhrase(of(s, r).ev)})` : "");

  // The same words for every country, and gains and losses in the same form.
  function sentence(s) {
    const sorted = regions.filter((r) => known(welfare(s, r))).sort((a, b) => welfare(s, b) - welfare(s, a));
    if (!sorted.length) return "No change of welfare was computed.";
    const won = sorted.filter((r) => welfare(s, r) > still), lost = sorted.filter((r) => welfare(s, r) < -still).reverse();
    if (!lost.length && !won.length) return "Nothing moves: every region's real income stays as in the base.";
    const count = (list) => (list.length === sorted.length ? `all ${sorted.length}` : `${list.length} of ${sorted.length}`) + " regions";
    const part = (list, verb, name) => (list.length ? `Real income ${verb} in ${count(list)}; ${name}: ${list.slice(0, 3).map((r) => phrase(s, r)).join("; ")}. ` : `Real income ${verb} in no region. `);
    const names = (list, what) => (list.length === 1 ? `the ${what}` : `largest ${what}${list.length > 1 ? (what === "loss" ? "es" : "s") : ""}`);
    const text = part(won, "rises", names(won, "gain")) + part(lost, "falls", names(lost, "loss"));
    const evs = regions.map((r) => of(s, r).ev);
    return evs.some(known) && regions.length > 1 ? `${text}All regions together: ${moneyPhrase(sum(evs))}.` : text;
  }

  // ---- sections ------------------------------------------------------------------------------------------
  function header() {
    add(root, node("h1", study.title || "Détente report"));
    if (study.description) add(root, node("p", study.description, { class: "lead" }));
    const n = scenarios.length, sectors = (economy.sectors || []).length;
    const data = [`${regions.length} regions`, sectors ? `${sectors} sectors` : "", economy.year || ""].filter(Boolean).join(", ");
    add(root, node("p", `The question: what would each region's people be able to buy, and who would trade how much with whom, if trade policy were changed as in the ${n === 1 ? "scenario" : `${n} scenarios`} below and everything had settled? Every number compares a scenario with the base: the economy “${economy.title || economy.name}” (${data}) as it was. Welfare means real income; +1 % means that a region's people could buy one percent more.`));
    const list = node("ul");
    const link = (text, id) => add(list, add(node("li"), node("a", text, { href: "#" + id })));
    if (scenarios.length > 1) link("all scenarios", "summary");
    for (const s of scenarios) link(s.name + (answered.includes(s) ? "" : " (failed)"), s.id);
    if ((results.references || []).length) link("published numbers", "published");
    link("assumptions", "assumptions");
    link("words", "words");
    add(root, add(node("nav", null, { "aria-label": "Parts of the report" }), list));
  }

  function summary() {
    if (scenarios.length < 2) return;
    add(root, node("h2", "All scenarios", { id: "summary" }));
    const peak = new Map(regions.map((r) => [r, largest(answered.map((s) => welfare(s, r)))]));
    const order = regions.length > most ? [...regions].sort((a, b) => peak.get(b) - peak.get(a)) : regions;
    if (answered.length) welfareBars(root, answered, order);
    const digits = columnDigits([...peak.values()]), cell = (s, r) => ({ text: signed(welfare(s, r), digits), kind: kind(welfare(s, r)) });
    const caption = "Change of welfare against the base, percent";
    // Few regions fit as columns; many stand below each other.
    if (regions.length <= 12) {
      const rows = scenarios.map((s) => (answered.includes(s) ? [s.name, ...order.map((r) => cell(s, r))] : [s.name, { text: "✕ not answered, see below", kind: "text", span: order.length }]));
      add(root, table(caption, ["scenario", ...order], rows, { limit: Infinity }));
    } else {
      const columns = scenarios.map((s) => s.name + (answered.includes(s) ? "" : " (not answered)"));
      add(root, table(`${caption}; regions that move most come first`, ["region", ...columns], order.map((r) => [r, ...scenarios.map((s) => cell(s, r))])));
    }
  }

  function regionTable(section, s, order) {
    const base = (results.base || {}).regions || {}, unit = money(order.flatMap((r) => [of(s, r).ev, of(s, r).tariff_revenue]));
    const value = (key) => (r) => of(s, r)[key];
    const columns = [
      { name: "welfare, %", of: value("welfare_percent") }, { name: "welfare, money", of: value("ev"), money: true, kind: true },
      { name: "real wage, %", of: value("real_wage_percent") }, { name: "employment, %", of: value("employment_percent") },
      { name: "exports, %", of: value("exports_percent"), most: 2 }, { name: "imports, %", of: value("imports_percent"), most: 2 },
      { name: "tariff revenue, base", of: (r) => (base[r] || {}).tariff_revenue, money: true, level: true },
      { name: "tariff revenue, scenario", of: value("tariff_revenue"), money: true, level: true },
    ].filter((c) => order.some((r) => known(c.of(r))));
    for (const c of columns) c.digits = c.money ? unit.digits : Math.min(c.most || 4, columnDigits(order.map(c.of)));
    const cell = (c, r) => {
      const v = known(c.of(r)) ? c.of(r) * (c.money ? unit.scale : 1) : undefined;
      return c.level ? plain(v, c.digits) : { text: signed(v, c.digits), kind: kind(v) };
    };
    add(section, table(`By region, change against the base; money in ${unit.name} a year${order.length > most ? "; regions that move most come first" : ""}`,
      ["region", ...columns.map((c) => c.name)], order.map((r) => [r, ...columns.map((c) => cell(c, r))])));
  }

  function decomposition(section, s, order) {
    const has = (group) => order.some((r) => of(s, r)[group]);
    if (!has("decomposition") && !has("first_order")) return;
    const details = add(node("details"), node("summary", "Where the change comes from: exact decomposition, and the published first-order formula"));
    const get = (group, key) => (r) => (of(s, r)[group] || {})[key + "_percent"];
    const parts = (group, caption, columns) => {
      const kept = columns.filter((c) => c.always || order.some((r) => Math.abs(c.of(r) || 0) > 1e-12));
      add(details, table(caption, ["region", ...kept.map((c) => c.name)], order.map((r) => [r, ...kept.map((c) => (c.text || ((v) => signed(v, 4)))(c.of(r)))])));
    };
    const exact = { name: "exact welfare", of: (r) => welfare(s, r), always: true };
    if (has("decomposition")) {
      const logs = order.some((r) => known(get("decomposition", "log_welfare")(r)));
      parts("decomposition", `Exact, in percent: integrated along the path of the change; the parts add up to ${logs ? "100 times the logarithm of the welfare ratio" : "the exact change"}`, [
        ...["terms of trade", "volume of trade", "cost", "scale", "transfer"].map((name, k) => ({ name, of: get("decomposition", name.replaceAll(" ", "_")), always: k < 2 })),
        { name: "sum: 100 ln W", of: get("decomposition", "log_welfare") }, exact,
        { name: "error of the integral", of: get("decomposition", "error"), text: (v) => (known(v) ? Math.abs(v).toExponential(0).replace("-", "−") : "–") },
      ]);
    }
    if (has("first_order")) {
      parts("first_order", "The formula that Caliendo and Parro (2015) print as welfare, in percent: first order, evaluated at the finite change; not the change of real income", [
        { name: "terms of trade", of: get("first_order", "terms_of_trade"), always: true }, { name: "volume of trade", of: get("first_order", "volume_of_trade"), always: true },
        { name: "their sum", of: get("first_order", "welfare"), always: true }, exact,
      ]);
    }
    add(section, details);
  }

  function tariffs(section, s) {
    if (!s.tariffs) return;
    add(section, node("h3", "Tariffs that change"));
    const base = results.base.tariffs, counterfactual = s.tariffs, trade = (i, j) => results.base.trade[i][j];
    const moved = regions.flatMap((from, i) => regions.map((to, j) => ({ from, to, before: base[i][j], after: counterfactual[i][j], trade: trade(i, j) })))
      .filter((m) => Math.abs(m.after - m.before) > 1e-9);
    if (!moved.length) { add(section, node("p", "No tariff changes.", { class: "small" })); return; }
    // The same rise for many pairs is common: the largest flow comes first.
    const points = (m) => Math.round(1e4 * Math.abs(m.after - m.before));
    moved.sort((a, b) => points(b) - points(a) || b.trade - a.trade);
    const percent = (rate) => plain(100 * rate, 1);
    add(section, table(`Mean over sectors, weighted by the base's imports, in percent${moved.length > 12 ? `; the 12 largest changes of ${moved.length} pairs` : ""}`, ["importer", "on goods from", "base", "scenario", "change, points"],
      moved.slice(0, 12).map((m) => [m.to, m.from, percent(m.before), percent(m.after), signed(100 * (m.after - m.before), 1)]), { textColumns: [0, 1] }));
  }

  function certificate(section, c) {
    if (!c) return;
    const small = (v) => v.toExponential(1).replace("-", "−");
    const parts = [
      known(c.residual) && `largest relative residual of any equation ${small(c.residual)}`, known(c.walras) && `Walras' law ${small(c.walras)}`,
      known(c.iterations) && `${c.iterations} iteration${c.iterations === 1 ? "" : "s"}`, known(c.seconds) && (c.seconds < 1 ? `${plain(1000 * c.seconds, 2)} ms` : `${plain(c.seconds, 1)} s`),
      c.closure && `closure “${c.closure}”`, c.numeraire && `numeraire: ${c.numeraire}`,
    ].filter(Boolean);
    add(section, node("p", `Certificate: ${[c.converged === false ? "NOT CONVERGED" : "converged", ...parts].join("; ")}.`, { class: c.converged === false ? "failed" : "small" }));
  }

  function scenarioSection(s) {
    const section = node("section", null, { id: s.id, "aria-label": s.title || s.name });
    add(root, section);
    add(section, node("h2", s.title ? `${s.title} (${s.name})` : s.name));
    if (s.description) add(section, node("p", s.description, { class: "lead" }));
    if (!answered.includes(s)) {
      add(section, add(node("p", null, { class: "failed" }), node("strong", "✕ Not answered. "), s.error || "No reason was recorded."));
      return;
    }
    add(section, node("p", sentence(s)));
    if (s.from && s.from !== "base") add(section, node("p", `Its changes come on top of “${s.from}”; its numbers, like all others, compare with the base.`, { class: "small" }));
    const size = (r) => Math.abs(welfare(s, r) || 0);
    const order = regions.length > most ? [...regions].sort((a, b) => size(b) - size(a)) : regions;
    regionTable(section, s, order);
    decomposition(section, s, order);
    if (regions.some((r) => size(r) > still)) {
      add(section, node("h3", "Welfare by region"));
      welfareBars(section, [s], order);
      if (s.trade && regions.length > 1) { add(section, node("h3", "Trade between regions, change in percent")); tradeMap(section, s); }
    }
    tariffs(section, s);
    certificate(section, s.certificate);
  }

  function publishedTables() {
    const list = results.references || [];
    if (list.length) add(root, node("h2", "Published numbers beside ours", { id: "published" }));
    for (const t of list) {
      const numeric = (k) => t.rows.every((row) => row[k] === null || row[k] === "" || !Number.isNaN(Number(row[k])));
      const cell = (v) => (v === null || v === undefined || v === "" ? "–" : typeof v === "number" ? v.toLocaleString("en-US", { maximumFractionDigits: 6 }) : String(v)).replace(/^-/, "−");
      add(root, table(t.title, t.columns, t.rows.map((row) => row.map(cell)), { textColumns: t.columns.map((_, k) => k).filter((k) => k === 0 || !numeric(k)), limit: 60 }));
      if (t.sentence) add(root, node("p", t.sentence));
    }
  }

  function closing() {
    add(root, node("h2", "What was assumed", { id: "assumptions" }));
    const list = node("ul");
    (results.assumptions || []).forEach((a) => list.append(node("li", a)));
    const model = results.model || {};
    add(list, node("li", `In the program's words: model ${model.kind || "not named"}${model.closure ? `, closure ${model.closure}` : ""}, scale economies ${model.scale_economies ? "on" : "off"}.`));
    const stop = (text) => (/[.!?]$/.test(text) ? text : text + ".");
    add(root, list, node("h3", "Source of the economy"), node("p", `${stop(economy.source || "Not recorded")} Licence: ${stop(economy.licence || "see the source")} Unit of money: ${stop(economy.unit || "not recorded")}`));
    add(root, node("h3", "To cite, and to make it again"));
    add(root, node("p", `Cite it as: “${study.title}”, computed with Détente (${results.program}) from the economy “${economy.title || economy.name}”; cite the economy's source as well.`));
    add(root, add(node("p", "To make it again: "), node("code", `detente run ${study.file}`), ". All numbers are also in results.json, results.nc and tables/, beside this file."));
    glossary();
  }

  function glossary() {
    const words = node("dl");
    for (const [term, meaning] of [
      ["Base", "The economy as observed, made an exact equilibrium of the model. Every change is measured from it."],
      ["Welfare", "Real income: the income of a region's people (wages, tariff revenue, and what it borrows or lends) divided by the price of what they buy. +1 % means that they could buy one percent more of everything."],
      ["Welfare, money", "The change of welfare as the money that would be worth as much at the base's prices (equivalent variation)."],
      ["Real wage", "Wages divided by the same prices; it leaves out tariff revenue."],
      ["Terms of trade", "What a region's exports fetch compared with what its imports cost."],
      ["Volume of trade", "The gain or loss from trading more or less of what tariffs already made too dear."],
      ["Hat", "A ratio: the value in the scenario divided by the value in the base. 1.02 is a rise of 2 %."],
      ["Closure", "What is assumed of trade deficits: fixed (as observed), world_share (in proportion to world income), balanced (none)."],
      ["Numeraire", "What values are measured in, because a model of trade fixes only relative prices; the certificate of each scenario names it."],
      ["Certificate", "How exactly the equations hold, checked apart from the program that solved them."],
    ]) add(words, node("dt", term), node("dd", meaning));
    add(root, add(node("details", null, { id: "words" }), node("summary", "Words used here"), words));
    // A link to a closed part would lead to one line.
    addEventListener("hashchange", () => { if (location.hash === "#words") document.getElementById("words").open = true; });
  }

  document.title = `${study.title || "Report"} – Détente`;
  header();
  summary();
  scenarios.forEach(scenarioSection);
  publishedTables();
  closing();
  keepDrawn();
})();
