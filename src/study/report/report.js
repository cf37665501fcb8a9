"use strict";
// Draws the whole report from the results in the page. Text goes in by textContent only, so that no name in a
// study can become markup.
(() => {
  const results = JSON.parse(document.getElementById("results").textContent);
  const root = document.getElementById("report");
  const regions = results.economy.regions;
  const scenarios = results.scenario_order.map((name) => ({ name, ...results.scenarios[name] }));
  const answered = scenarios.filter((s) => s.status === "answered");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const ink = dark ? "#e6eaf2" : "#1d2433", line = dark ? "#38425a" : "#d8dde6";
  // Blue to orange through a neutral: told apart with every common colour blindness.
  const diverging = dark ? ["#eb9a62", "#8a6a55", "#2a3142", "#4d769b", "#6db3ec"] : ["#b5541c", "#e9b48e", "#f4f4f2", "#a3c6e6", "#1f6fb4"];
  const series = ["#1f6fb4", "#b5541c", "#6b8f3c", "#7c5ba6", "#c09a1f", "#3c8f8a", "#a84a6b", "#6f7685"];
  const most = 20; // rows shown at first where an economy has many regions

  // ---- small helpers -------------------------------------------------------------------------------------
  const node = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    if (text !== undefined && text !== null) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const add = (parent, ...children) => { parent.append(...children); return parent; };
  const signed = (value, digits) => {
    if (value === undefined || value === null) return "–";
    const text = Math.abs(value).toFixed(digits);
    if (Number(text) === 0) return (0).toFixed(digits);
    return (value < 0 ? "−" : "+") + text;
  };
  const adaptive = (value) => signed(value, Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 4);
  const moneyScale = /^million US dollars/.test(results.economy.unit) ? 1e-3 : /^thousand US dollars/.test(results.economy.unit) ? 1e-6 : /^US dollars/.test(results.economy.unit) ? 1e-9 : 1;
  const moneyName = moneyScale === 1 ? results.economy.unit : "billion US dollars";
  const money = (value, sign = true) => {
    const scaled = value * moneyScale, digits = Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 1 ? 1 : 3;
    return sign ? signed(scaled, digits) : scaled.toFixed(digits);
  };
  const kind = (value) => (Math.abs(value) < 5e-5 ? "" : value > 0 ? "gain" : "loss");
  const bySize = (scenario) => [...regions].sort((a, b) => Math.abs(scenario.regions[b].welfare_percent) - Math.abs(scenario.regions[a].welfare_percent));
  const idOf = (name) => "scenario-" + name.replace(/[^A-Za-z0-9_-]/g, "-");

  function table(caption, columns, rows, textColumns = 1) {
    const made = node("table");
    add(made, node("caption", caption));
    const head = node("tr");
    columns.forEach((c, k) => head.append(node("th", c, { scope: "col", class: k < textColumns ? "text" : "" })));
    add(made, add(node("thead"), head));
    const body = node("tbody");
    for (const row of rows) {
      const tr = node("tr");
      row.forEach((cell, k) => {
        const value = typeof cell === "object" && cell !== null ? cell : { text: cell };
        tr.append(node(k === 0 ? "th" : "td", value.text, { class: (k < textColumns ? "text " : "") + (value.kind || ""), ...(k === 0 ? { scope: "row" } : {}) }));
      });
      body.append(tr);
    }
    add(made, body);
    const wrap = add(node("div", null, { class: "scroll" }), made);
    if (rows.length > most + 5) shorten(body, wrap);
    return wrap;
  }

  function shorten(body, wrap) {
    const hidden = [...body.rows].slice(most);
    hidden.forEach((r) => { r.hidden = true; });
    const button = node("button", `Show all ${body.rows.length}`, { type: "button" });
    button.addEventListener("click", () => { hidden.forEach((r) => { r.hidden = false; }); button.remove(); });
    wrap.append(button);
  }

  function chart(parent, height, label, option) {
    const box = node("div", null, { class: "chart", role: "img", "aria-label": label, style: `height:${height}px` });
    parent.append(box);
    const drawn = echarts.init(box, null, { renderer: "svg" });
    drawn.setOption({ animation: false, textStyle: { color: ink, fontFamily: "inherit" }, ...option });
    addEventListener("resize", () => drawn.resize());
    addEventListener("beforeprint", () => drawn.resize());
  }

  const axis = (extra) => ({ axisLabel: { color: ink }, axisLine: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: line } }, nameTextStyle: { color: ink }, ...extra });

  // ---- charts --------------------------------------------------------------------------------------------
  function welfareBars(parent, shown, names) {
    const rows = names.length, height = 90 + rows * Math.max(22, 9 * shown.length + 10);
    chart(parent, height, "Bar chart: change of welfare by region, percent" + (shown.length > 1 ? ", one bar a scenario" : ""), {
      color: shown.length === 1 ? undefined : series,
      legend: shown.length > 1 ? { top: 0, textStyle: { color: ink } } : undefined,
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (v) => signed(v, 4) + " %" },
      grid: { left: 8, right: 70, top: shown.length > 1 ? 56 : 12, bottom: 40, containLabel: true },
      xAxis: axis({ type: "value", name: "welfare, percent", nameLocation: "middle", nameGap: 28 }),
      yAxis: axis({ type: "category", inverse: true, data: names, axisTick: { show: false } }),
      series: shown.map((s) => ({
        name: s.name, type: "bar", barMaxWidth: 16,
        label: shown.length === 1 ? { show: true, position: "right", color: ink, formatter: (p) => adaptive(p.value) } : undefined,
        data: names.map((r) => {
          const value = s.regions[r].welfare_percent;
          // One series: gains and losses by colour and by side; several: one colour each.
          return shown.length === 1 ? { value, itemStyle: { color: value < 0 ? diverging[0] : diverging[4] }, label: { position: value < 0 ? "left" : "right" } } : { value };
        }),
      })),
    });
  }

  function tradeMap(parent, scenario) {
    const base = scenario.trade.base, after = scenario.trade.counterfactual, cells = [];
    let largest = 0;
    regions.forEach((_, i) => regions.forEach((__, j) => {
      if (i === j || base[i][j] === 0) return;
      const change = 100 * (after[i][j] / base[i][j] - 1);
      cells.push([j, i, change]);
      largest = Math.max(largest, Math.abs(change));
    }));
    // One collapsed pair must not bleach the rest: colours saturate at 25 percent where changes are large.
    const range = Math.max(0.01, Math.min(largest, 25)), few = regions.length <= 12;
    const box = add(node("div", null, { class: "scroll" }));
    parent.append(box);
    const size = Math.max(420, 130 + regions.length * (few ? 46 : 16));
    const inner = node("div", null, { style: `min-width:${few ? 560 : size}px` });
    box.append(inner);
    chart(inner, size, "Heat map: change of exports from each region to each other, percent", {
      tooltip: { formatter: (p) => `${echarts.format.encodeHTML(regions[p.value[1]])} → ${echarts.format.encodeHTML(regions[p.value[0]])}: ${signed(p.value[2], 2)} %` },
      grid: { left: 10, right: 20, top: 30, bottom: 90, containLabel: true },
      xAxis: axis({ type: "category", data: regions, name: "importer", nameLocation: "middle", nameGap: few ? 30 : 55, axisLabel: { color: ink, rotate: few ? 0 : 90, interval: 0, fontSize: few ? 12 : 9 }, splitLine: { show: false } }),
      yAxis: axis({ type: "category", inverse: true, data: regions, name: "exporter", nameLocation: "start", axisLabel: { color: ink, interval: 0, fontSize: few ? 12 : 9 }, splitLine: { show: false } }),
      visualMap: { min: -range, max: range, calculable: false, orient: "horizontal", left: "center", bottom: 0, text: [`+${range.toPrecision(3)} % or more`, `−${range.toPrecision(3)} % or less`], textStyle: { color: ink }, inRange: { color: diverging } },
      series: [{
        type: "heatmap", data: cells, itemStyle: { borderColor: dark ? "#141a26" : "#fff", borderWidth: 1 },
        label: { show: few, formatter: (p) => signed(p.value[2], Math.abs(p.value[2]) >= 10 ? 0 : 1), color: ink, fontSize: 11 },
      }],
    });
  }

  // ---- words ---------------------------------------------------------------------------------------------
  const phrase = (scenario, r) => `${r} ${adaptive(scenario.regions[r].welfare_percent)} % (${money(scenario.regions[r].ev)} ${moneyName} a year)`;

  function sentence(scenario) {
    const sorted = [...regions].sort((a, b) => scenario.regions[a].welfare_percent - scenario.regions[b].welfare_percent);
    const lost = sorted.filter((r) => scenario.regions[r].welfare_percent < -5e-5), won = sorted.filter((r) => scenario.regions[r].welfare_percent > 5e-5).reverse();
    if (!lost.length && !won.length) return "Nothing moves: every region's real income stays as in the base.";
    const world = regions.reduce((sum, r) => sum + scenario.regions[r].ev, 0);
    const some = (list) => list.slice(0, 3).map((r) => phrase(scenario, r)).join("; ");
    let text = lost.length ? `Real income falls in ${lost.length} of ${regions.length} regions, most in ${some(lost)}. ` : "Real income falls in no region. ";
    text += won.length ? `It rises in ${won.length}, most in ${some(won)}. ` : "It rises in none. ";
    return text + `All regions together: ${money(world)} ${moneyName} a year.`;
  }

  // ---- sections ------------------------------------------------------------------------------------------
  function header() {
    add(root, node("h1", results.study.title));
    if (results.study.description) add(root, node("p", results.study.description, { class: "lead" }));
    add(root, node("p", `Economy: ${results.economy.title} (${regions.length} regions, ${results.economy.sectors.length} sectors, ${results.economy.year}). Every number compares a scenario with the base equilibrium of that economy. Welfare is real income: what a region's people can buy.`));
    const list = node("ul");
    for (const s of scenarios) add(list, add(node("li"), node("a", s.name, { href: "#" + idOf(s.name) })));
    for (const [text, id] of [["assumptions", "assumptions"], ["words", "words"]]) add(list, add(node("li"), node("a", text, { href: "#" + id })));
    add(root, add(node("nav", null, { "aria-label": "Scenarios" }), list));
  }

  function summary() {
    if (answered.length < 2) return;
    add(root, node("h2", "All scenarios"));
    const peak = (r) => Math.max(...answered.map((s) => Math.abs(s.regions[r].welfare_percent)));
    const names = regions.length > most ? [...regions].sort((a, b) => peak(b) - peak(a)).slice(0, most) : regions;
    add(root, table(`Change of welfare against the base, percent${names.length < regions.length ? ` (the ${most} regions that move most)` : ""}`, ["scenario", ...names],
      answered.map((s) => [s.name, ...names.map((r) => ({ text: signed(s.regions[r].welfare_percent, 3), kind: kind(s.regions[r].welfare_percent) }))])));
    welfareBars(root, answered, names);
  }

  function regionTables(section, s) {
    const order = regions.length > most ? bySize(s) : regions, of = (r) => s.regions[r];
    const cell = (v, digits) => ({ text: signed(v, digits), kind: v === undefined ? "" : kind(v) });
    add(section, table(`By region, against the base; money in ${moneyName} a year`, ["region", "welfare %", "welfare, money", "real wage %", "exports %", "imports %", "tariff revenue"],
      order.map((r) => [r, cell(of(r).welfare_percent, 4), { text: money(of(r).ev), kind: kind(of(r).welfare_percent) }, cell(of(r).real_wage_percent, 4), cell(of(r).exports_percent, 2), cell(of(r).imports_percent, 2), money(of(r).tariff_revenue, false)])));
    const details = add(node("details"), node("summary", "Where the change comes from: exact decomposition, and the published first-order formula"));
    const part = (group, key) => order.map((r) => (of(r)[group] || {})[key]);
    if (order.some((r) => of(r).decomposition)) {
      const keys = ["terms_of_trade", "volume_of_trade", "cost", "scale", "transfer"].filter((k) => k === "terms_of_trade" || k === "volume_of_trade" || part("decomposition", k + "_percent").some((v) => Math.abs(v || 0) > 1e-12));
      add(details, table("Integrated along the path of the change; the parts add up to 100 times the logarithm of the exact welfare ratio", ["region", ...keys.map((k) => k.replaceAll("_", " ")), "sum: 100 ln W", "error"],
        order.map((r) => [r, ...keys.map((k) => signed(of(r).decomposition[k + "_percent"], 4)), signed(of(r).decomposition.log_welfare_percent, 4), of(r).decomposition.error_percent.toExponential(0)])));
    }
    add(details, table("The formula that Caliendo and Parro (2015) print as welfare: first order, evaluated at the finite change; not the change of real income", ["region", "terms of trade", "volume of trade", "their sum", "exact welfare %"],
      order.map((r) => [r, signed(of(r).first_order.terms_of_trade_percent, 4), signed(of(r).first_order.volume_of_trade_percent, 4), signed(of(r).first_order.welfare_percent, 4), signed(of(r).welfare_percent, 4)])));
    add(section, details);
  }

  function tariffs(section, s) {
    const moved = [];
    regions.forEach((from, i) => regions.forEach((to, j) => {
      const before = s.tariffs.base[i][j], after = s.tariffs.counterfactual[i][j];
      if (Math.abs(after - before) > 1e-9) moved.push({ from, to, before, after });
    }));
    if (!moved.length) { add(section, node("p", "No tariff changes.", { class: "small" })); return; }
    moved.sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
    add(section, table(`Tariffs that change: mean over sectors, weighted by the base's imports, percent${moved.length > 12 ? ` (12 of ${moved.length} pairs)` : ""}`, ["importer", "on goods from", "base", "scenario"],
      moved.slice(0, 12).map((m) => [m.to, m.from, (100 * m.before).toFixed(1), (100 * m.after).toFixed(1)]), 2));
  }

  function scenarioSection(s) {
    const section = node("section", null, { id: idOf(s.name) });
    add(root, section);
    add(section, node("h2", s.title ? `${s.title} (${s.name})` : s.name));
    if (s.description) add(section, node("p", s.description, { class: "lead" }));
    if (s.status !== "answered") { add(section, node("p", `Not answered: ${s.error}`, { class: "failed" })); return; }
    add(section, node("p", sentence(s)));
    const order = regions.length > most ? bySize(s).slice(0, most) : regions;
    regionTables(section, s);
    const still = regions.every((r) => Math.abs(s.regions[r].welfare_percent) <= 5e-5);
    if (!still) {
      add(section, node("h3", "Welfare by region, percent"));
      welfareBars(section, [s], order);
      add(section, node("h3", "Trade between regions, change in percent"));
      tradeMap(section, s);
    }
    tariffs(section, s);
    const c = s.certificate;
    add(section, node("p", `Certificate: largest relative residual of any equation ${c.residual.toExponential(1)}; Walras' law ${c.walras.toExponential(1)}; ${c.iterations} iterations, ${(1000 * c.seconds).toFixed(2)} ms; closure “${c.closure}”; numeraire ${c.numeraire}.`, { class: "small" }));
  }

  function publishedTables() {
    for (const r of results.references || []) {
      add(root, node("h2", "Published numbers beside ours"), table(r.title, r.columns, r.rows, 2));
      if (r.sentence) add(root, node("p", r.sentence));
    }
  }

  function closing() {
    add(root, node("h2", "What was assumed", { id: "assumptions" }));
    const list = node("ul");
    results.assumptions.forEach((a) => list.append(node("li", a)));
    add(root, list);
    add(root, node("h3", "Source of the economy"), node("p", `${results.economy.source} Licence: ${results.economy.licence || "see the source"}. Unit: ${results.economy.unit}.`));
    add(root, node("h2", "Words used here", { id: "words" }));
    const words = node("dl");
    for (const [term, meaning] of [
      ["Welfare", "Real income: the income of a region's people (wages, tariff revenue, and what it borrows or lends) divided by the price of what they buy. +1 % means that they could buy one percent more of everything."],
      ["Welfare, money", "The change of welfare as the money that would be worth as much at the base's prices (equivalent variation)."],
      ["Real wage", "Wages divided by the same prices; it leaves out tariff revenue."],
      ["Terms of trade", "What a region's exports fetch compared with what its imports cost."],
      ["Volume of trade", "The gain or loss from trading more or less of what tariffs already made too dear."],
      ["Closure", "What is assumed of trade deficits: fixed (as observed), world_share (in proportion to world income), balanced (none)."],
      ["Numeraire", "The unit in which values are compared; here the world's value added is held constant."],
      ["Certificate", "How exactly the equations hold, checked apart from the program that solved them."],
    ]) add(words, node("dt", term), node("dd", meaning));
    add(root, words);
    add(root, add(node("footer"), node("p", `Made by ${results.program} from ${results.study.file}. To make it again: detente run ${results.study.file}. All numbers are in results.json, results.nc and tables/.`, { class: "small" })));
  }

  document.title = results.study.title;
  header();
  summary();
  scenarios.forEach(scenarioSection);
  publishedTables();
  closing();
})();
