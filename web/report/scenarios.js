
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
    add(root, node("p", `The question: what would each region's people be able to buy, and who would trade how much with whom, if trade policy were changed as in the ${n === 1 ? "scenario" : `${n} scenarios`} below and everything had settled?${questions.length ? " And what would governments choose: each for itself, or together?" : ""} Every number compares a scenario with the base: the economy “${economy.title || economy.name}” (${data}) as it was. Welfare means real income; +1 % means that a region's people could buy one percent more.`));
    const list = node("ul");
    const link = (text, id) => add(list, add(node("li"), node("a", text, { href: "#" + id })));
    for (const l of relationLinks.filter((l) => l.id === "claims")) link(l.text, l.id);
    if (scenarios.length + questions.length > 1) link("all scenarios", "summary");
    for (const s of scenarios.slice(0, mostScenarios)) link(s.name + (isAnswered(s) ? "" : " (failed)"), s.id);
    if (folded) add(list, node("li", `and ${scenarios.length - mostScenarios} more, below`));
    for (const q of questions) link(q.name + (q.status === "answered" ? "" : " (failed)"), q.id);
    for (const l of relationLinks.filter((l) => l.id !== "claims")) link(l.text, l.id);
    if ((results.references || []).length) link("published numbers", "published");
    link("assumptions", "assumptions");
    link("words", "words");
    add(root, add(node("nav", null, { "aria-label": "Parts of the report" }), list));
  }

  function summary() {
    const scenarios = [...allScenarios, ...questions.filter((q) => q.question !== "game")], answered = scenarios.filter((s) => s.status === "answered" && s.regions);
    if (scenarios.length < 2) return;
    add(root, node("h2", "All scenarios", { id: "summary" }));
    const peak = new Map(regions.map((r) => [r, largest(answered.map((s) => welfare(s, r)))]));
    const order = regions.length > most ? [...regions].sort((a, b) => peak.get(b) - peak.get(a)) : regions;
    if (answered.length && !folded) welfareBars(root, answered, order);
    const digits = columnDigits([...peak.values()]), cell = (s, r) => ({ text: signed(welfare(s, r), digits), kind: kind(welfare(s, r)) });
    const caption = "Change of welfare against the base, percent";
    // Few regions fit as columns; many stand below each other.
    if (regions.length <= 12) {
      const rows = scenarios.map((s) => (isAnswered(s) ? [s.name, ...order.map((r) => cell(s, r))] : [s.name, { text: "✕ not answered, see below", kind: "text", span: order.length }]));
      add(root, table(caption, ["scenario", ...order], rows, { limit: folded ? mostScenarios : Infinity }));
    } else {
      const shown = scenarios.slice(0, mostScenarios), columns = shown.map((s) => s.name + (isAnswered(s) ? "" : " (not answered)"));
      add(root, table(`${caption}; regions that move most come first${folded ? `; the first ${mostScenarios} of ${scenarios.length} scenarios` : ""}`, ["region", ...columns], order.map((r) => [r, ...shown.map((s) => cell(s, r))])));
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
    const trade = (i, j) => results.base.trade[i][j], at = (table, i, j) => (table ? table[i][j] : 0);
    const changes = (what, before, after) => regions.flatMap((from, i) => regions.map((to, j) => ({ what, from, to, before: at(before, i, j), after: at(after, i, j), trade: trade(i, j) })));
    const moved = [...changes("goods", results.base.tariffs, s.tariffs), ...changes("services", results.base.service_tariffs, s.service_tariffs)]
      .filter((m) => Math.abs(m.after - m.before) > 1e-9);
    if (!moved.length) { add(section, node("p", "No tariff changes.", { class: "small" })); return; }
    // The same rise for many pairs is common: the largest flow comes first.
    const points = (m) => Math.round(1e4 * Math.abs(m.after - m.before));
    moved.sort((a, b) => points(b) - points(a) || b.trade - a.trade);
    const percent = (rate) => plain(100 * rate, 1);
    const services = moved.some((m) => m.what === "services");
    add(section, table(`Mean over ${services ? "the sectors of each kind" : "goods"}, weighted by the base's imports, in percent${moved.length > 12 ? `; the 12 largest changes of ${moved.length}` : ""}`, ["importer", services ? "on what from" : "on goods from", "base", "scenario", "change, points"],
      moved.slice(0, 12).map((m) => [m.to, services ? `${m.what} from ${m.from}` : m.from, percent(m.before), percent(m.after), signed(100 * (m.after - m.before), 1)]), { textColumns: [0, 1] }));
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
    const name = s.title ? `${s.title} (${s.name})` : s.name, section = node("section", null, { id: s.id, "aria-label": s.title || s.name });
    if (!folded) {
      add(root, add(section, node("h2", name)));
      scenarioContent(section, s);
      return;
    }
    const details = node("details", null, { class: "late", id: s.id });
    add(root, add(details, node("summary", name + (isAnswered(s) ? "" : " (not answered)"))));
    section.removeAttribute("id");
    details.addEventListener("toggle", () => { add(details, section); scenarioContent(section, s); }, { once: true });
  }

  function scenarioContent(section, s) {
    if (s.description) add(section, node("p", s.description, { class: "lead" }));
    if (!isAnswered(s)) {
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

