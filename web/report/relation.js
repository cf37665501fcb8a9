  // ---- the relation over time, shared challenges, claims -------------------------------------------------
  const slug = (name) => name.replace(/[^A-Za-z0-9_-]/g, "-");
  const relations = Object.entries(results.relations || {}), challenges = Object.entries(results.challenge || {}), claims = results.claims || [];
  const relationId = (name) => `relation-${relations.findIndex((r) => r[0] === name) + 1}-${slug(name)}`;
  const challengeId = (name) => `challenge-${challenges.findIndex((c) => c[0] === name) + 1}-${slug(name)}`;
  const linkText = ([name, q]) => name + (q.status === "failed" ? " (failed)" : "");
  const relationLinks = [...(claims.length ? [{ text: "claims", id: "claims" }] : []),
    ...relations.map((r) => ({ text: linkText(r), id: relationId(r[0]) })), ...challenges.map((c) => ({ text: linkText(c), id: challengeId(c[0]) }))];

  // Chances and shares as percent: 99.95 % must not read as 100 %.
  const chance = (v) => (known(v) ? `${(100 * v).toLocaleString("en-US", { maximumFractionDigits: (v > 0.99 && v < 1) || Math.abs(v) < 0.01 ? 2 : 1 }).replace("-", "−")}\u00a0%` : "–");
  const amount = (v) => (known(v) ? v.toLocaleString("en-US", Math.abs(v) < 1000 ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: 0 }).replace("-", "−") : "–");
  const many = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  const html = (text) => echarts.format.encodeHTML(text);
  const toned = (v, text) => ({ text, kind: Math.abs(v) > 1e-9 ? (v > 0 ? "gain" : "loss") : "" });
  const filled = (list) => Array.isArray(list) && list.length > 0;
  const bounds = (values) => [Math.min(...values.filter(known)), Math.max(...values.filter(known))];

  // Money of a question, in one unit for all its values; a unit of its own stays as it is.
  function yearly(q, values) {
    const own = q.unit && q.unit !== `${economy.unit} a year` && q.unit !== economy.unit, unit = own ? { scale: 1, name: q.unit, digits: columnDigits(values) } : money(values);
    return { ...unit, name: own || / a year$/.test(unit.name) ? unit.name : `${unit.name} a year`, text: (v) => signed(v * unit.scale, unit.digits) };
  }
  // A table whose cells may take several lines; `notes` stand small below the texts of one column, so that a phone
  // and a page show them without moving the table sideways.
  function noted(whole, notes, column = 0, widths = ["min(15rem, 42vw)", "36rem"]) {
    [...whole.querySelector("tbody").rows].forEach((row, r) => [...row.cells].forEach((cell, k) => {
      Object.assign(cell.style, { verticalAlign: "top", whiteSpace: "normal" });
      if (k !== column) return;
      Object.assign(cell.style, { minWidth: widths[0], maxWidth: widths[1], overflowWrap: "anywhere" });
      if (!notes[r]) return;
      const note = node("span", notes[r], { class: "small" });
      Object.assign(note.style, { display: "block", fontWeight: "normal" });
      cell.append(" ", note);
    }));
    return whole;
  }
  // A legend beside a chart; `entries(colours)` gives [text, background] each.
  function legendOf(parent, entries) {
    const list = node("ul", null, { class: "legend" }), swatches = entries(palette()).map(([text]) => {
      const swatch = node("span", null, { class: "swatch" });
      list.append(add(node("li"), swatch, text));
      return swatch;
    });
    const paint = () => entries(palette()).forEach((e, k) => { swatches[k].style.background = e[1]; });
    paint();
    drawings.push(paint);
    parent.append(list);
  }
  const dashes = (colour) => `repeating-linear-gradient(90deg, ${colour} 0 5px, transparent 5px 9px)`;
  function figureIn(parent, title, caption) {
    const figure = node("figure");
    add(parent, ...(title ? [node("h3", title)] : []), add(figure, node("figcaption", caption)));
    return figure;
  }
  const barBetween = (name, colour, from, to) => ({ name, type: "line", silent: true, color: colour, lineStyle: { width: 2.5, type: "solid" }, symbol: "circle", symbolSize: 5, data: [from, to], z: 4 });

  // ---- what each side gets, and what it takes to last ----------------------------------------------------
  function relationPayoffs(section, q, [a, b]) {
    if (!q.payoffs || !q.payoffs[a] || !q.payoffs[b] || !filled(q.actions)) return;
    const unit = yearly(q, [...q.payoffs[a].flat(), ...q.payoffs[b].flat()]), others = Object.keys(q.payoffs).filter((r) => r !== a && r !== b);
    add(section, node("h3", "What each side gets"));
    add(section, table(`In ${unit.name} against the base: ${a} chooses the row, ${b} the column; ${a}'s payoff stands first`, [`${a} \\ ${b}`, ...q.actions],
      q.actions.map((name, i) => [name, ...q.actions.map((_, j) => `${unit.text(q.payoffs[a][i][j])}, ${unit.text(q.payoffs[b][i][j])}`)])));
    if (!others.length) return;
    const pairs = q.actions.flatMap((x, i) => q.actions.map((y, j) => [`${x} / ${y}`, i, j])), small = yearly(q, others.flatMap((r) => q.payoffs[r].flat()));
    const cell = (r, i, j) => toned(q.payoffs[r][i][j], small.text(q.payoffs[r][i][j])), words = `In ${small.name} against the base, by what ${a} and ${b} do`;
    add(section, add(node("details"), node("summary", "What third countries get in each case"), others.length <= 7
      ? table(words, [a, b, ...others], q.actions.flatMap((x, i) => q.actions.map((y, j) => [x, y, ...others.map((r) => cell(r, i, j))])), { textColumns: 2 })
      : table(words, ["region", ...pairs.map((p) => p[0])], others.map((r) => [r, ...pairs.map(([, i, j]) => cell(r, i, j))]))));
  }

  function needsTable(section, q, players) {
    const get = (key, p) => (q[key] || {})[p], moneyRow = (values) => yearly(q, players.map((p) => values[p])), rows = [], notes = [];
    const row = (label, cell, meaning) => { const cells = players.map((p) => cell(p) ?? "–"); if (cells.some((c) => (c.text ?? c) !== "–")) { rows.push([label, ...cells]); notes.push(meaning); } };
    row("kind of game", (p) => get("game_class", p), "how the choice looks to that side alone");
    if (q.discount) {
      row("patience needed", (p) => (known(get("critical_discount", p)) ? plain(get("critical_discount", p), 3) : q.critical_discount ? "none is enough" : "–"), "the weight of the next period beside this one (discount factor) from which keeping its word pays, if nothing goes wrong by accident");
      row("patience it has", (p) => plain(get("discount", p), 3), "the weight it is taken to give the next period; 1 would be as much as this one");
    }
    if (q.slack) { const unit = moneyRow(q.slack); row(`room to spare, ${unit.name}`, (p) => (known(q.slack[p]) ? toned(q.slack[p], unit.text(q.slack[p])) : "–"), "what keeping the agreement is worth to it over breaking it; below zero, breaking it pays"); }
    const needed = (p) => get("fidelity_threshold_by_side", p);
    if (q.fidelity) {
      if (q.fidelity_threshold_by_side) row("reliability needed", (p) => (known(needed(p)) ? chance(needed(p)) : "none is enough"), "how often promises must be carried out (fidelity) for this side to stay with the agreement");
      row("reliability estimated", (p) => { const f = q.fidelity[p]; return f && known(f.mean) ? chance(f.mean) + (known(f.low) && f.high > f.low ? ` (${chance(f.low)} to ${chance(f.high)})` : "") : "–"; },
        ["how often its promises are taken to be carried out, with the interval in brackets", ...new Set(players.map((p) => (q.fidelity[p] || {}).source).filter(Boolean))].join("; "));
    }
    row("share kept", (p) => chance(get("kept_share", p)), "of what the agreement is worth over war, the part left after accidents and the wars that follow them");
    if (q.relative_gains_threshold) row("begrudging that ends it", (p) => (known(q.relative_gains_threshold[p]) ? plain(q.relative_gains_threshold[p], 2) : "none"), "how heavily it must weigh the other side's gain against itself before it prefers war: 1 is as heavily as its own");
    if (q.relative_gains) row("begrudging it has", (p) => plain(q.relative_gains[p], 2), "the weight it is taken to give to the other side's gain");
    if (q.coco) { const unit = moneyRow(q.coco); row(`fair share, ${unit.name}`, (p) => (known(q.coco[p]) ? unit.text(q.coco[p]) : "–"), "the common gain split in half, corrected by what each could threaten (coco value)"); }
    const paid = q.compensation && q.compensation.value;
    if (paid) { const unit = moneyRow(paid); row(`with measured answers, ${unit.name}`, (p) => (known(paid[p]) ? unit.text(paid[p]) : "–"), "what it gets where a breach is answered in proportion, by compensation, in place of war"); }
    if (!rows.length) return;
    add(section, node("h3", "What it takes for each side to keep its word"));
    add(section, noted(table("By side", ["", ...players], rows), notes));
  }

  function wholeTable(section, q) {
    const rows = [], notes = [], row = (label, text, meaning) => { rows.push([label, { text, kind: "text" }]); notes.push(meaning); };
    const yes = (v) => (v ? "✓ yes" : "✕ no"), whole = (v) => Math.abs(v - Math.round(v)) < 1e-6;
    const years = (v) => { const [n, word] = v < 1.5 && !whole(v) && whole(12 * v) ? [12 * v, "month"] : [v, "year"]; return `${amount(Number(n.toPrecision(n < 1 ? 2 : 3)))} ${word}${Math.abs(n - 1) < 1e-6 ? "" : "s"}`; };
    if (q.self_enforcing !== undefined) row("holds by itself", yes(q.self_enforcing), q.self_enforcing_by === "equilibria" ? "whether some answer to a breach that everyone would carry out keeps both sides to it; the war is no best answer of both to each other and is not counted" : "whether neither side gains by breaking it, with nobody to enforce it");
    if (q.self_enforcing_without_lapses !== undefined) row("without accidents", yes(q.self_enforcing_without_lapses), "the same, if every promise were carried out to the letter");
    if (q.binding) row("closest to leaving", q.binding, "the side with least room to spare");
    const punished = q.minimum_punishment;
    if (punished) {
      const { periods } = punished, length = known(periods) ? many(periods, "period") + (known(punished.years) ? ` (${years(punished.years)})` : "") : periods ? "war for ever" : "none deters";
      row("shortest answer that deters", length, "how long war must follow a breach for no side to want one");
    }
    if (q.fidelity) row("reliability needed", known(q.fidelity_threshold) ? chance(q.fidelity_threshold) : "none is enough", "how often promises must be carried out, on both sides alike");
    if (known(q.expected_peace_years)) row("peace lasts on average", years(q.expected_peace_years), "the mean time from one visible breach to the next");
    if (known(q.war_share)) row("time at war", chance(q.war_share), "the share of time spent in war in the long run");
    if (known(q.conflict_share)) row("conflict in the relation", chance(q.conflict_share), "the part of what is at stake where one side's gain is the other's loss");
    if (q.compensation && q.compensation.equilibrium !== undefined) row("measured answers deter", yes(q.compensation.equilibrium), "whether answering a breach in proportion is enough, in place of war");
    const best = (label, one, meaning) => {
      if (!one || !one.payoff) return;
      const names = Object.keys(one.payoff), unit = yearly(q, names.map((p) => one.payoff[p]));
      row(label, `${names.map((p) => `${p} ${unit.text(one.payoff[p])}`).join(", ")} (${unit.name})`, meaning + `; ${one.binding} has least to lose by leaving it`);
    };
    best("best outcome that can last", q.nash_agreement, "of all that can last, the point with the largest product of gains over the war");
    best("even-handed outcome that can last", q.coco_agreement, "of all that can last, the point nearest to an even split in money of what working together adds");
    if (!rows.length) return;
    add(section, node("h3", "The agreement as a whole"));
    add(section, noted(table(`With “${q.cooperate || "agreement"}” as the agreement and “${q.war || "war"}” as what follows a breach${known(q.period_years) ? `; a period is ${years(q.period_years)}` : ""}`, ["", "answer"], rows, { textColumns: 2 }), notes));
  }

  // ---- the map of patience and reliability ---------------------------------------------------------------
  function holdsMap(section, q, [a, b]) {
    const map = q.region_map;
    if (!map || !filled(map.discount) || !filled(map.fidelity) || !map.a || !map.b) return;
    const edges = (g) => [...g, 2 * g.at(-1) - (g.at(-2) ?? g.at(-1) - 0.02)].map((v, k) => Math.min(1, Math.max(0, k ? (v + g[k - 1]) / 2 : 1.5 * v - 0.5 * (g[1] ?? v + 0.02))));
    const xs = edges(map.fidelity), ys = edges(map.discount), classOf = (r, c) => (map.a[r][c] ? 1 : 0) + (map.b[r][c] ? 2 : 0);
    const names = ["neither side", `${a} only`, `${b} only`, "both sides"], colourOf = (c) => [c.diverging[1], c.series[4], c.series[3], c.diverging[3]];
    const runs = [], cells = [[], [], [], []];
    map.discount.forEach((_, r) => map.fidelity.forEach((_, c) => {
      const k = classOf(r, c), last = runs.at(-1);
      cells[k].push([(xs[c] + xs[c + 1]) / 2, (ys[r] + ys[r + 1]) / 2]);
      if (c && last.k === k) last.to = xs[c + 1];
      else runs.push({ k, from: xs[c], to: xs[c + 1], low: ys[r], high: ys[r + 1] });
    }));
    const present = names.map((_, k) => k).filter((k) => cells[k].length), all = map.discount.length * map.fidelity.length;
    // The name of an area stands on its cell nearest to the middle, where the area is large enough to carry it.
    const labels = present.filter((k) => cells[k].length > 0.08 * all).map((k) => {
      const mean = [0, 1].map((d) => sum(cells[k].map((p) => p[d])) / cells[k].length), far = (p) => Math.hypot((p[0] - mean[0]) / (xs.at(-1) - xs[0]), (p[1] - mean[1]) / (ys.at(-1) - ys[0]));
      return { value: cells[k].reduce((best, p) => (far(p) < far(best) ? p : best)), name: names[k] };
    });
    const points = [a, b].map((p) => ({ p, f: (q.fidelity || {})[p] || {}, d: (q.discount || {})[p] })).filter((m) => known(m.f.mean) && known(m.d));
    const figure = figureIn(section, "For whom the agreement holds", `Further right, promises are carried out more often (fidelity); further up, both sides give the future more weight (discount factor). Colours say for whom keeping the agreement then pays, if both sides were alike in both${q.self_enforcing_by === "equilibria" ? ", with the war taken as given, though it is no best answer of both to each other" : ""}.${points.length ? " The marks are the two sides as estimated; the bar through a mark is the interval of its reliability." : ""}`);
    legendOf(figure, (c) => present.map((k) => [`holds for ${names[k]}`, colourOf(c)[k]]));
    const [left, right] = bounds([xs[0], xs.at(-1), ...points.flatMap((m) => [m.f.low, m.f.high, m.f.mean])]), [low, high] = bounds([ys[0], ys.at(-1), ...points.map((m) => m.d)]);
    chart(figure, `Map of reliability and patience: the agreement holds for both sides in ${chance(cells[3].length / all)} of the map. ${points.map((m) => `${m.p} stands at reliability ${chance(m.f.mean)} and patience ${plain(m.d, 3)}`).join("; ")}.`, square, (colours) => ({
      tooltip: tooltip(colours, { formatter: (p) => (p.seriesName === "map" ? `holds for ${html(names[runs[p.dataIndex].k])}` : `${html(p.name || p.seriesName)}<br>reliability ${chance(p.value[0])}, patience ${plain(p.value[1], 3)}`) }),
      grid: { left: 62, right: 24, top: points.length ? 28 : 14, bottom: 48, show: true, backgroundColor: colours.empty, borderWidth: 0 },
      xAxis: axisOf(colours, "reliability of promises, percent", { min: left, max: right, nameGap: 28, splitLine: { show: false }, axisLabel: { color: colours.ink, hideOverlap: true, showMinLabel: false, formatter: (v) => plain(100 * v, right - left < 0.05 ? 1 : 0) } }),
      yAxis: axisOf(colours, "weight of the next period", { min: low, max: high, nameGap: 44, splitLine: { show: false }, axisLabel: { color: colours.ink, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: (v) => plain(v, high - low < 0.1 ? 3 : 2) } }),
      series: [
        { name: "map", type: "custom", data: runs.map((r) => [r.from, r.low, r.to, r.high, r.k]), encode: { x: [0, 2], y: [1, 3] }, renderItem: (_, api) => {
          const [p, o] = [[0, 3], [2, 1]].map(([x, y]) => api.coord([api.value(x), api.value(y)]).map(Math.round));
          return { type: "rect", shape: { x: p[0], y: p[1], width: o[0] - p[0], height: o[1] - p[1] }, style: { fill: colourOf(colours)[api.value(4)] } };
        } },
        { name: "areas", type: "scatter", silent: true, symbolSize: 0.1, z: 3, itemStyle: { opacity: 1, color: "transparent" }, labelLayout: { moveOverlap: "shiftY" },
          data: labels.map((l) => ({ ...l, label: { show: true, position: "inside", formatter: l.name, color: colours.ink, textBorderColor: colours.paper, textBorderWidth: 3, fontSize: 12 } })) },
        ...points.filter((m) => m.f.high > m.f.low).map((m) => barBetween(m.p, colours.ink, [m.f.low, m.d], [m.f.high, m.d])),
        ...points.map((m, k) => ({ name: m.p, type: "scatter", symbol: ["circle", "diamond"][k], symbolSize: 14, z: 5, itemStyle: { opacity: 1, color: k ? colours.paper : colours.ink, borderColor: colours.ink, borderWidth: 2 },
          data: [{ name: m.p, value: [m.f.mean, m.d], label: { show: true, position: k && m.d - low > 0.08 * (high - low) ? "bottom" : "top", formatter: m.p, color: colours.ink, textBorderColor: colours.paper, textBorderWidth: 3, fontWeight: "bold" } }] })),
      ],
    }));
  }

  // ---- what can last -------------------------------------------------------------------------------------
  function lastingSet(section, q, [a, b]) {
    const set = q.payoff_set;
    if (!set || !(filled(set.vertices) || filled(set.feasible))) return;
    const unit = yearly(q, [set.vertices, set.feasible, set.inner].filter(filled).flat(2)), scaled = (list) => (filled(list) ? list.map((p) => p.map((v) => v * unit.scale)) : []);
    const outer = scaled(set.vertices), inner = scaled(set.inner), feasible = scaled(set.feasible), closed = (list) => [...list, list[0]];
    const marks = [["agreement", set.agreement, "circle"], ["war", set.war, "triangle"]].filter((m) => m[1]).map(([name, p, symbol]) => ({ name, symbol, value: p.map((v) => v * unit.scale) }));
    const size = outer.length && outer.length < 3 ? ` (here only ${outer.length === 1 ? "a single point" : "a line"})` : "";
    const caption = [
      `Every point is a pair of yearly gains against the base, in ${unit.name}. The shaded area is what the two sides can have for ever without anyone to enforce it, because each keeps its word for fear of losing it${size}`,
      feasible.length ? "; the dashed outline is all that their policies could bring if promises bound them." : ".",
      inner.length && known(set.gap) ? ` Computed from inside and from outside; the two differ by at most ${chance(set.gap)} of what is at stake for either side.` : "",
      set.status && set.status !== "converged" ? ` The computation ended as “${set.status}”.` : "",
    ].join("");
    const figure = figureIn(section, "What can last between them", caption);
    const areas = [["can last", outer, inner.length ? 0.25 : 0.45], ["can surely last (inner bound)", inner, 0.4]].filter((s) => s[1].length);
    legendOf(figure, (c) => [...areas.map(([name, , opacity], k) => [k === 0 && inner.length ? "might last (outer bound)" : name, c.gain + Math.round(255 * (k ? 0.65 : opacity)).toString(16)]), ...(feasible.length ? [["possible if promises bound (dashed)", dashes(c.axis)]] : [])]);
    const at = (m) => `${m.name} at ${m.value.map((v) => signed(v, unit.digits)).join(" and ")}`;
    chart(figure, `Set of payoffs of ${a} and ${b} that can last, in ${unit.name}; ${marks.map(at).join("; ")}.`, square, (colours) => ({
      tooltip: tooltip(colours, { formatter: (p) => `${html(p.name || p.seriesName)}<br>${html(a)} ${signed(p.value[0], unit.digits)}, ${html(b)} ${signed(p.value[1], unit.digits)}` }),
      grid: { left: 72, right: 28, top: 16, bottom: 48 },
      xAxis: axisOf(colours, `${a}, ${unit.name}`, { nameGap: 28, boundaryGap: [0.06, 0.06] }), yAxis: axisOf(colours, `${b}, ${unit.name}`, { nameGap: 50, boundaryGap: [0.08, 0.06] }),
      series: [
        ...(feasible.length ? [{ name: "possible if promises bound", type: "line", symbolSize: 4, color: colours.axis, lineStyle: { type: "dashed", width: 1.5 }, data: closed(feasible) }] : []),
        ...areas.flatMap(([name, list, opacity]) => [
          { name, type: "custom", silent: true, z: 1, data: [list[0]], renderItem: (_, api) => ({ type: "polygon", shape: { points: list.map((p) => api.coord(p)) }, style: { fill: colours.gain, opacity } }) },
          { name, type: "line", symbolSize: 4, color: colours.gain, lineStyle: { width: 2 }, data: closed(list) },
        ]),
        ...marks.map((m, k) => ({ name: m.name, type: "scatter", symbol: m.symbol, symbolSize: 14, z: 5, itemStyle: { opacity: 1, color: k ? colours.loss : colours.ink, borderColor: colours.paper, borderWidth: 1.5 },
          data: [{ name: m.name, value: m.value, label: { show: true, position: k ? "bottom" : "top", formatter: m.name, color: colours.ink, textBorderColor: colours.paper, textBorderWidth: 3 } }] })),
      ],
    }));
  }

  // ---- one history ---------------------------------------------------------------------------------------
  function historyStrip(section, q, [a, b]) {
    const h = q.history;
    if (!h || !filled(h.years) || !filled(h.war)) return;
    const step = h.years.length > 1 ? h.years[1] - h.years[0] : q.period_years || 1, lapse = h.lapse || [], runs = [];
    h.years.forEach((year, k) => { if (k && runs.at(-1).war === h.war[k]) runs.at(-1).to = year + step; else runs.push({ war: h.war[k], from: year, to: year + step }); });
    const wars = runs.filter((r) => r.war).length, lapses = (bit) => h.years.flatMap((year, k) => (lapse[k] & bit ? [year + step / 2] : []));
    const rows = [`${b} lapsed`, "peace or war", `${a} lapsed`], marks = [[2, lapses(1), "triangle"], [0, lapses(2), "diamond"]];
    const figure = figureIn(section, "One possible history", `A history drawn at random from the same numbers${known(h.seed) ? ` (seed ${h.seed})` : ""}: low bars are times of peace, tall bars times of war. A mark is a promise that was not carried out though its side meant to.`);
    legendOf(figure, (c) => [["peace (low bar)", c.diverging[3]], ["war (tall bar)", c.loss]]);
    const words = `${many(wars, "spell")} of war in ${many(Math.round(h.years.length * step), "year")}; ${a} lapsed ${many(lapses(1).length, "time")}, ${b} ${many(lapses(2).length, "time")}.`;
    chart(figure, `Strip of peace and war over one simulated history: ${words}`, () => ({ height: 178 }), (colours) => ({
      tooltip: tooltip(colours, { formatter: (p) => (p.seriesName === "strip" ? `${runs[p.dataIndex].war ? "war" : "peace"}: ${amount(runs[p.dataIndex].from)} to ${amount(runs[p.dataIndex].to)}`.replaceAll(",", "") : `${html(p.seriesName)}, ${Math.floor(p.value[0])}`) }),
      grid: { left: textWidth(rows, 12) + 10, right: 20, top: 8, bottom: 46 },
      xAxis: axisOf(colours, h.years[0] >= 1900 ? "year" : "years from the start", { min: h.years[0], max: h.years.at(-1) + step, nameGap: 26, splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: colours.axis } } }),
      yAxis: { type: "category", data: rows, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colours.ink, interval: 0, formatter: (n) => cut(n) } },
      series: [
        { name: "strip", type: "custom", data: runs.map((r) => [r.from, 1, r.to, r.war]), encode: { x: [0, 2], y: 1 }, renderItem: (_, api) => {
          const p = api.coord([api.value(0), 1]), o = api.coord([api.value(2), 1]), tall = api.size([0, 1])[1], height = tall * (api.value(3) ? 0.9 : 0.3);
          return { type: "rect", shape: { x: p[0], y: p[1] + 0.45 * tall - height, width: Math.max(1, o[0] - p[0]), height }, style: { fill: api.value(3) ? colours.loss : colours.diverging[3] } };
        } },
        ...marks.map(([row, at, symbol]) => ({ name: rows[row], type: "scatter", symbol, symbolSize: at.length > 60 ? 6 : 9, color: colours.ink, data: at.map((x) => [x, row]) })),
      ],
    }));
    add(figure, node("p", words, { class: "small" }));
  }

  // ---- trust and dialogue --------------------------------------------------------------------------------
  function trustPart(section, q) {
    const sides = Object.entries(q.trust || {});
    if (sides.length) add(section, node("h3", "Trust, and what talking is worth"));
    for (const [p, t] of sides) {
      const partner = t.partner || "the other side";
      add(section, node("p", [
        `${p} does not know whether ${partner} keeps its word for its own sake or only as long as that pays.`, known(t.prior) && `At first it thinks the former with a chance of ${chance(t.prior)}.`,
        known(t.threshold) ? `It cooperates where that chance is at least ${chance(t.threshold)}.` : "No chance, however high, makes it cooperate.",
        t.cooperates !== undefined && `So ${p} ${t.cooperates ? "cooperates" : "does not cooperate"} at the start.`,
      ].filter(Boolean).join(" ")));
      beliefChart(section, p, partner, t);
    }
    for (const [p, t] of sides) if (t.dialogue) dialoguePart(section, q, p, t);
  }

  function beliefChart(section, p, partner, t) {
    const lines = [["keeps its word", t.belief_reciprocator, "solid", "circle"], ["keeps it only while that pays", t.belief_opportunist, "dashed", "diamond"]].filter((l) => filled(l[1]));
    if (!lines.length) return;
    const time = (k) => (t.years ? t.years[k] : k), figure = figureIn(section, null, `What ${p} comes to believe, period by period: the chance that ${partner} keeps its word for its own sake, in one simulated history with a partner of each kind.`);
    const dots = (c) => `repeating-linear-gradient(90deg, ${c.ink} 0 2px, transparent 2px 5px)`, dashed = (style) => style === "dashed";
    legendOf(figure, (c) => [...lines.map(([name, , style]) => [`if ${partner} in truth ${name}${dashed(style) ? " (dashed)" : ""}`, dashed(style) ? dashes(c.loss) : c.gain]),
      ...(known(t.threshold) ? [[`${p} cooperates above (dotted)`, dots(c)]] : [])]);
    chart(figure, `Belief of ${p} about ${partner} over time: ${lines.map(([name, list]) => `with a partner that ${name}, from ${chance(list[0])} to ${chance(list.at(-1))}`).join("; ")}.`, (room) => ({ width: Math.min(room, 760), height: 250 }), (colours) => ({
      tooltip: tooltip(colours, { trigger: "axis", valueFormatter: (v) => `${plain(v, 1)} %`, axisPointer: { label: { formatter: (o) => amount(o.value).replace(",", "") } } }),
      grid: { left: 56, right: 20, top: 12, bottom: 46 },
      xAxis: axisOf(colours, t.years ? (t.years[0] >= 1900 ? "year" : "years from the start") : "period", { nameGap: 26, min: time(0), max: time(Math.max(...lines.map((l) => l[1].length)) - 1), axisLabel: { color: colours.ink, hideOverlap: true, showMaxLabel: false, formatter: (v) => String(v) } }),
      yAxis: axisOf(colours, "chance, percent", { min: 0, max: 100, scale: false, nameGap: 36 }),
      series: lines.map(([name, list, style, symbol], k) => ({
        name: `partner that ${name}`, type: "line", symbol, symbolSize: 4, showSymbol: list.length < 60, color: style === "dashed" ? colours.loss : colours.gain, lineStyle: { width: 2, type: style }, data: list.map((v, i) => [time(i), 100 * v]),
        markLine: k === 0 && known(t.threshold) ? { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: colours.ink, type: "dotted", width: 1.5 }, data: [{ yAxis: 100 * t.threshold }] } : undefined,
      })),
    }));
  }

  function dialoguePart(section, q, p, t) {
    const d = t.dialogue, rows = (d.table || []).filter((r) => known(r.gain_per_year) && known(r.accuracy)), unit = yearly(q, [d.gain_per_year, d.gain_per_summit, ...rows.map((r) => r.gain_per_year)]), once = unit.name.replace(/ a year$/, "");
    const worth = (v) => plain(v * unit.scale, unit.digits), parts = [known(d.gain_per_year) && `${worth(d.gain_per_year)} ${unit.name} to ${p}`, known(d.gain_per_summit) && `${worth(d.gain_per_summit)} ${once} for each meeting`].filter(Boolean);
    if (parts.length) add(section, node("p", `Talks after a breach that tell an accident from intent${known(d.accuracy) ? ` rightly in ${chance(d.accuracy)} of cases` : ""} are worth ${parts.join(", ")}.`));
    if (!rows.length) return;
    const values = (key) => [...new Set(rows.map((r) => r[key]).filter(known))].sort((x, y) => x - y);
    const prior = values("prior").reduce((best, v) => (best === undefined || Math.abs(v - t.prior) < Math.abs(best - t.prior) ? v : best), undefined), kept = rows.filter((r) => r.prior === prior);
    const every = values("fidelity"), lines = (every.length > 4 ? [0, 1, 2, 3].map((k) => every[Math.round((k * (every.length - 1)) / 3)]) : every.length ? every : [undefined]);
    const dash = ["solid", "dashed", "dotted", [12, 4]], symbols = ["circle", "diamond", "triangle", "rect"], nameOf = (f) => (f === undefined ? "gain" : `promises carried out in ${chance(f)}`);
    const figure = figureIn(section, null, `What dialogue is worth to ${p}, in ${unit.name}, by how often it tells rightly whether a breach was an accident (50 % is a coin toss)${known(prior) ? `, where ${p} first trusts with a chance of ${chance(prior)}` : ""}. One line for each reliability of promises.`);
    const several = values("accuracy").length > 1;
    if (several) chart(figure, `Value of dialogue to ${p} by its accuracy: ${lines.map((f) => { const l = kept.filter((r) => r.fidelity === f).sort((x, y) => x.accuracy - y.accuracy); return `${nameOf(f)}: up to ${unit.text(Math.max(...l.map((r) => r.gain_per_year)))}`; }).join("; ")}.`,
      (room) => ({ width: Math.min(room, 640), height: 240 + 20 * lines.length }), (colours) => ({
        tooltip: tooltip(colours, { formatter: (o) => `${html(o.seriesName)}<br>right in ${plain(o.value[0], 0)} %: ${signed(o.value[1], unit.digits)}` }),
        legend: { top: 0, left: 0, orient: "vertical", itemHeight: 10, itemGap: 5, textStyle: { color: colours.ink } },
        grid: { left: 66, right: 20, top: 16 + 20 * lines.length, bottom: 46 },
        xAxis: axisOf(colours, "talks tell rightly, percent", { nameGap: 26 }), yAxis: axisOf(colours, unit.name, { nameGap: 46, scale: false }),
        series: lines.map((f, k) => ({ name: nameOf(f), type: "line", symbol: symbols[k], symbolSize: 7, color: colours.series[[0, 1, 3, 5][k]], lineStyle: { width: 2, type: dash[k] }, data: kept.filter((r) => r.fidelity === f).map((r) => [100 * r.accuracy, r.gain_per_year * unit.scale]).sort((x, y) => x[0] - y[0]) })),
      }));
    const listed = table(`Value of dialogue to ${p}, in ${unit.name}`, ["tells rightly", "promises carried out", "trust at first", "worth"], rows.map((r) => [chance(r.accuracy), chance(r.fidelity), chance(r.prior), toned(r.gain_per_year, unit.text(r.gain_per_year))]));
    add(section, several ? add(node("details"), node("summary", `Every combination, for ${p}`), listed) : listed);
  }

  // ---- linked issues -------------------------------------------------------------------------------------
  function linkedIssues(section, q, players) {
    const l = q.linkage;
    if (!l || !filled(l.issues)) return;
    const unit = yearly(q, [...l.issues.flatMap((i) => Object.values(i.slack || {})), ...Object.values(l.pooled_slack || {})]), of = (s) => players.map((p) => (known((s || {})[p]) ? toned(s[p], unit.text(s[p])) : "–")), yes = (v) => (v === undefined ? "–" : v ? "✓ yes" : "✕ no");
    add(section, node("h3", "Issues tied together"));
    if (l.holds !== undefined) add(section, node("p", l.holds ? (l.link_helps ? "Tied together, the issues hold, though not each would by itself." : "Tied together, the issues hold; they would each hold alone as well.") : "Even tied together, the issues do not hold: some side gains by breaking them all."));
    add(section, table(`Room to spare by issue, in ${unit.name}: below zero, that side would break it`, ["issue", "holds alone", "needs the tie", "lends strength", ...players],
      l.issues.map((i) => [i.name, yes(i.holds_alone), i.needs_link ? "yes" : "no", i.carries ? "yes" : "no", ...of(i.slack)]).concat(l.pooled_slack ? [["all together", yes(l.holds), "", "", ...of(l.pooled_slack)]] : []), { textColumns: [0, 1, 2, 3] }));
  }

  // ---- the record of promises ----------------------------------------------------------------------------
  const statusOf = { kept: ["✓", "gain"], "on track": ["↗", "gain"], "kept in part": ["◐", ""], behind: ["↘", "loss"], broken: ["✕", "loss"], "not yet due": ["○", ""], unverifiable: ["?", ""] };
  function ledgerPart(section, ledger) {
    if (!ledger || !filled(ledger.commitments)) return;
    add(section, node("h3", "The record: promises and what became of them"));
    const latest = (c) => (c.reported || []).find((r) => known(r.share_of_target)), due = (c) => (c.at_due && known(c.at_due.share_of_target) ? c.at_due : latest(c));
    const value = (r) => (known(r.low) && r.high > r.low ? `${amount(r.low)} to ${amount(r.high)}` : amount(r.value));
    const rows = ledger.commitments.map((c) => {
      const [symbol, tone] = statusOf[c.status] || ["", ""], r = due(c);
      return [c.text || c.id, { text: c.actor, kind: "text" }, { text: `${symbol}\u00a0${c.status}`.trim(), kind: `text ${tone}` }, { text: c.due || "open", kind: "text" }, r ? chance(r.share_of_target) : "–"];
    });
    const notes = ledger.commitments.map((c) => {
      const r = due(c), seen = c.at_due || (c.reported || [])[0];
      return [r ? `${value(r)} of ${amount(c.quantity)} ${c.unit}, by ${r.reporter}, ${r.date}` : seen ? `${c.reason} (${seen.reporter})` : c.reason, c.ended ? `judged to ${c.ended}: ${c.ended_reason}` : ""].filter(Boolean).join("; ");
    });
    add(section, noted(table(`${ledger.title || "Commitments"}${ledger.as_of ? `, as of ${ledger.as_of}` : ""}`, ["promise", "by", "status", "due", "share of target"], rows, { textColumns: 4, limit: 30 }), notes));
    const drawn = ledger.commitments.filter((c) => c.timeline && filled(c.timeline.expected) && filled(c.timeline.observed)), waiting = ledger.commitments.filter((c) => c.timeline && filled(c.timeline.expected) && !filled(c.timeline.observed));
    if (drawn.length) {
      add(section, node("p", "Running totals: the dashed line is what was due by then, marks are what reporters say was done, with their interval.", { class: "small" }));
      const grid = node("div");
      Object.assign(grid.style, { display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 300px), 1fr))", gap: ".25rem 1rem" });
      section.append(grid);
      drawn.forEach((c) => runningTotal(grid, c));
      if (waiting.length) add(section, node("p", `Nothing observed yet for: ${waiting.map((c) => c.text || c.id).join("; ")}.`, { class: "small" }));
    }
    fidelityTable(section, ledger);
    const r = ledger.rules || {};
    if (known(r.kept_share)) add(section, node("p", `The same rules for every actor: kept from ${chance(r.kept_share)} of the target, kept in part from ${chance(r.kept_in_part_share)}, below that broken; on track from ${chance(r.on_track_share)} of what is due by the day.`, { class: "small" }));
  }

  function runningTotal(parent, c) {
    const figure = figureIn(parent, null, `${c.text || c.id} (${c.actor}): ${c.unit}`), { expected, observed } = c.timeline, reporters = [...new Set(observed.map((o) => o.reporter))], symbols = ["circle", "diamond", "triangle", "rect"];
    figure.style.minWidth = 0;
    const spans = observed.filter((o) => known(o.low) && o.high > o.low), forecast = c.projection && known(c.projection.mean) ? c.projection : null, last = observed.reduce((x, o) => (o.date >= x.date ? o : x));
    const mark = (name, symbol, color, data) => ({ name, type: "scatter", symbol, symbolKeepAspect: true, symbolSize: 10, color, data, z: 5 });
    chart(figure, `Running total for “${c.text || c.id}”: ${amount(last.value)} of ${amount(c.quantity)} ${c.unit} by ${last.date}.`, (room) => ({ width: paperWidth ? 310 : room, height: 190 + 20 * (reporters.length + 1 + (forecast ? 1 : 0)) }), (colours) => ({
      tooltip: tooltip(colours, { formatter: (p) => `${html(p.seriesName)}<br>${html(String(p.value[0]))}: ${amount(p.value[1])}` }),
      legend: { top: 0, left: 0, orient: "vertical", itemHeight: 9, itemWidth: 16, itemGap: 4, textStyle: { color: colours.ink, fontSize: 11 } },
      grid: { left: 44, right: 18, top: 14 + 20 * (reporters.length + 1 + (forecast ? 1 : 0)), bottom: 26 },
      xAxis: { type: "time", splitNumber: 3, axisLabel: { color: colours.ink, hideOverlap: true, fontSize: 11, formatter: "{yyyy}-{MM}" }, axisLine: { lineStyle: { color: colours.axis } } },
      yAxis: { type: "value", min: 0, splitNumber: 3, splitLine: { lineStyle: { color: colours.line } }, axisLabel: { color: colours.ink, fontSize: 11 } },
      series: [
        { name: "due by then", type: "line", symbol: "none", color: colours.axis, lineStyle: { type: "dashed", width: 2 }, data: expected },
        ...spans.map((o) => ({ ...barBetween("", colours.series[reporters.indexOf(o.reporter) % 8], [o.date, o.low], [o.date, o.high]), legendHoverLink: false })),
        ...reporters.map((name, k) => mark(name, symbols[k % 4], colours.series[k % 8], observed.filter((o) => o.reporter === name).map((o) => [o.date, o.value]))),
        ...(forecast ? [...(known(forecast.low) ? [barBetween("", colours.ink, [forecast.date, forecast.low], [forecast.date, forecast.high])] : []), mark("projected", "emptyCircle", colours.ink, [[forecast.date, forecast.mean]])] : []),
      ],
    }));
  }

  function fidelityTable(section, ledger) {
    const list = ledger.fidelity || [], of = (f) => (f && known(f.mean) ? `${chance(f.mean)} (${chance(f.low)} to ${chance(f.high)})` : "–");
    if (!list.length) return;
    const interval = known((ledger.rules || {}).interval) ? `; in brackets the ${plain(100 * ledger.rules.interval, 0)} % interval` : "";
    add(section, table(`How often each side's promises were carried out (fidelity)${interval}`, ["actor", "field", "kept", "in part", "broken", "undecided", "kept or not", "graded by share of target"],
      list.map((f) => [f.actor, f.field || "all fields", plain(f.kept, 0), plain(f.kept_in_part, 0), plain(f.broken, 0), plain(f.undecided, 0), of(f.strict), of(f.graded_target)]), { textColumns: [0, 1] }));
    add(section, node("p", "Few promises say little: the estimate starts from the same prior for every actor, and the interval shows how much is still open.", { class: "small" }));
  }

  // ---- sections ------------------------------------------------------------------------------------------
  function openSection(id, title, q) {
    const section = node("section", null, { id, "aria-label": title });
    add(root, add(section, node("h2", title)));
    if (q.description) add(section, node("p", q.description, { class: "lead" }));
    if (q.status && q.status !== "answered") add(section, add(node("p", null, { class: "failed" }), node("strong", "✕ Not answered. "), q.error || "No reason was recorded."));
    else for (const words of q.words || []) add(section, node("p", words));
    return section;
  }

  // How much cooperation each degree of patience holds up: in gains and in tariffs.
  function cooperationChart(section, q, players) {
    const curve = q.cooperation_curve;
    if (!curve) return;
    const [a, b] = players, now = curve.now, axis = "weight of the next period";
    add(section, node("h3", "How much cooperation patience buys"));
    if (curve.discount.length > 1) {
      add(section, node("p", `The best tariffs that the fear of a lasting trade war holds up, every line set to that end, if both sides give the next period this weight and promises are always carried out: nobody gains by breaking them, and each side keeps at least this share of what “${q.cooperate}” gives it over “${q.war}”.${filled(curve.nothing_holds) ? ` With a weight of ${plain(Math.max(...curve.nothing_holds), 2)} or less nothing holds: “${q.war}” is no best answer of both to each other.` : Math.abs(curve.share[0]) < 1e-6 ? ` With no weight on the future, only “${q.war}” is left.` : ""}`, { class: "small" }));
      const line = (name, values, k) => ({ name, type: "line", symbolSize: 4, symbol: ["circle", "rect"][k % 2], lineStyle: { type: ["solid", "dashed"][k % 2] }, data: curve.discount.map((d, i) => [d, 100 * values[i]]) });
      const draw = (title, words, yName, series) => {
        const figure = add(node("figure"), node("figcaption", title));
        add(section, figure);
        chart(figure, words, square, (colours) => ({
          tooltip: tooltip(colours, { trigger: "axis", valueFormatter: (v) => `${plain(v, 1)} %` }), legend: series.length > 1 ? { top: 0, textStyle: { color: colours.ink } } : { show: false },
          grid: { left: 56, right: 20, top: 36, bottom: 48 },
          xAxis: axisOf(colours, axis, { min: 0, max: 1, scale: false, nameGap: 28 }), yAxis: axisOf(colours, yName, { min: 0, scale: false, nameGap: 36 }),
          series: series.map((one, k) => ({ ...one, color: colours.series[k] })),
        }));
      };
      draw(`Share of what “${q.cooperate}” gives over “${q.war}” that can be kept`, "Share of the agreement's gains by the weight of the next period, in percent.", "share of the gain, percent", [line("share of the gain", curve.share, 0)]);
      draw("Mean tariffs that keep it", `Mean tariffs of ${a} and ${b} by the weight of the next period, in percent.`, "mean tariff, percent", players.map((p, k) => line(p, curve.mean_tariff[p], k)));
    }
    if (now && now.holds) add(section, table("The best tariffs at the patience of each side", ["side", "weight of the next period", "share of the gain kept", "mean tariff", "a breach would lose, as a share of the gain"], players.map((p) => [p, plain(q.discount[p], 3), `${plain(100 * now.share, 1)} %`, `${plain(100 * now.mean_tariff[p], 1)} %`, now.slack[p] < 1e-3 ? "nothing: this side is at the edge" : `${plain(100 * now.slack[p], 1)} %`])));
    if (curve.not_found) add(section, node("p", `Not found everywhere: ${curve.not_found.error}`, { class: "small" }));
    if (!q.escape) return;
    add(section, table("An escape clause: what can be kept in each state", ["what is at stake, times", "how often", ...players], q.escape.states.map((s) => [plain(s.factor, 2), chance(s.share), ...s.play]), { textColumns: [2, 3] }));
  }

  function relationSection(name, q) {
    const section = openSection(relationId(name), `${q.title || "The relation over time"} (${name})`, q);
    if (q.status && q.status !== "answered") return ledgerPart(section, q.ledger);
    const players = q.players || [];
    if (players.length === 2) {
      relationPayoffs(section, q, players);
      needsTable(section, q, players);
      wholeTable(section, q);
      holdsMap(section, q, players);
      cooperationChart(section, q, players);
      lastingSet(section, q, players);
      historyStrip(section, q, players);
      trustPart(section, q);
      linkedIssues(section, q, players);
    }
    ledgerPart(section, q.ledger);
  }

  const challengeWords = {
    aggregate_effort: "What counts is the sum of all efforts, as with emissions.", weakest_link: "What counts is the smallest effort, as in ending a disease.", single_best_effort: "What counts is the largest effort, as in finding a vaccine.",
    mutual_restraint: "What counts is that each holds back, as in a race or with weapons tests.", coordination: "What counts is that enough of them do the same, as with a standard.",
  };
  function challengeSection(name, q) {
    const section = openSection(challengeId(name), `${q.title || "A shared challenge"} (${name})`, q), names = q.contributors || [];
    if ((q.status && q.status !== "answered") || !names.length) return;
    const kind = challengeWords[(q.kind || "").replace(/[ -]/g, "_")];
    if (kind) add(section, node("p", kind, { class: "small" }));
    const nash = q.nash || {}, joint = q.joint || {}, unit = yearly(q, [...(nash.payoff || []), ...(joint.payoff || [])]), efforts = [...(nash.effort || []), ...(joint.effort || [])], digits = largest(efforts) >= 1 && largest(efforts) < 100 ? 2 : columnDigits(efforts);
    const restraint = (q.kind || "").startsWith("mutual");
    if (nash.effort && joint.effort) pairedBars(section, restraint ? "How far each goes" : "Effort, each alone and all together", names, "effort", nash.effort, joint.effort, (v) => plain(v, digits));
    if (!nash.payoff || !joint.payoff) return;
    const cell = (v) => toned(v, unit.text(v)), both = nash.effort && joint.effort;
    const rows = names.map((n, k) => [n, ...(both ? [plain(nash.effort[k], digits), plain(joint.effort[k], digits)] : []), cell(nash.payoff[k]), cell(joint.payoff[k]), cell(joint.payoff[k] - nash.payoff[k])]);
    const total = (list) => sum(list), all = ["all of them", ...(both ? [plain(total(nash.effort), digits), plain(total(joint.effort), digits)] : []), cell(total(nash.payoff)), cell(total(joint.payoff)), cell(total(joint.payoff) - total(nash.payoff))];
    add(section, table(`Gains in ${unit.name}`, ["contributor", ...(both ? ["effort alone", "effort together"] : []), "gain alone", "gain together", "difference"], [...rows, all]));
    if (q.stable_coalition > 0) add(section, node("p", `A group of ${q.stable_coalition} would hold by itself: none of it gains by leaving, and nobody outside gains by joining.`));
  }

  // Two bars a name, numbered: colour is not alone.
  function pairedBars(section, title, names, axis, alone, together, text) {
    const figure = node("figure"), shown = [{ name: "each alone", of: alone }, { name: "all together", of: together }];
    add(section, node("h3", title), figure);
    add(figure, seriesLegend(shown));
    chart(figure, `Bar chart of ${axis} by contributor, each alone against all together: ${names.map((n, k) => `${n} ${text(alone[k])} and ${text(together[k])}`).slice(0, 8).join("; ")}.`, () => ({ height: 52 + 46 * names.length }), (colours) => ({
      tooltip: tooltip(colours, { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: text }),
      grid: { left: textWidth(names, 12) + 16, right: 70, top: 8, bottom: 44 },
      xAxis: axisOf(colours, axis, { scale: false, nameGap: 28 }),
      yAxis: { type: "category", inverse: true, data: names, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colours.ink, interval: 0, formatter: (n) => cut(n) } },
      series: shown.map((s, k) => ({ name: s.name, type: "bar", barMaxWidth: 16, color: colours.series[k],
        data: s.of.map((v) => ({ value: v, label: { show: true, position: v < 0 ? "left" : "right", color: colours.ink, fontSize: 11, formatter: `${k + 1}: ${text(v)}` } })) })),
    }));
  }

  const verdicts = { holds: ["✓\u00a0holds", "gain"], fails: ["✕\u00a0fails", "loss"], undecided: ["?\u00a0undecided", ""] };
  function claimsSection() {
    if (!claims.length) return;
    const section = node("section", null, { id: "claims", "aria-label": "Claims" });
    add(root, add(section, node("h2", "Claims, and what would overturn them")));
    const count = (v) => claims.filter((c) => c.verdict === v).length, parts = [["holds", "hold", "holds"], ["fails", "fail", "fails"], ["undecided", "are undecided", "is undecided"]].filter(([v]) => count(v)).map(([v, many, one]) => `${count(v)} ${count(v) === 1 ? one : many}`);
    add(section, node("p", `Statements that the study set out to test, written down as comparisons of its numbers. Of ${claims.length}, ${parts.join(", ")}. The margin says how far the deciding number is from turning the verdict, in that number's own unit.`));
    const spare = (c) => (!known(c.margin) ? "–" : `${amount(Math.abs(c.margin))} ${c.verdict === "holds" ? "to spare" : "short"}`);
    add(section, noted(table("Verdicts", ["verdict", "claim, and below it what would overturn it", "margin"], claims.map((c) => {
      const [word, tone] = verdicts[c.verdict] || [c.verdict || "–", ""];
      return [{ text: word, kind: tone }, { text: c.text || c.holds, kind: "text" }, c.verdict === "undecided" ? "–" : spare(c)];
    }), { textColumns: 2, limit: 40 }), claims.map((c) => (c.verdict === "undecided" ? [c.reason, c.overturn].filter(Boolean).join(" ") : c.overturn)), 1, ["min(14rem, 44vw)", "46rem"]));
    const tested = claims.filter((c) => c.holds || c.deciding);
    if (!tested.length) return;
    add(section, add(node("details"), node("summary", "How each claim was tested"), noted(table("The test of each claim, and the comparison that decided it", ["claim and test", "left side", "", "right side"], tested.map((c) => {
      const d = c.deciding || {}, spaced = (text) => text.replace(/,(?=\S)/g, ", "); // so that a line can end there
      const side = (text, v) => ({ text: text === undefined ? "–" : known(v) && String(v) !== text ? `${spaced(text)} = ${amount(v)}` : spaced(text), kind: "text" });
      return [c.text || "–", side(d.left_text, d.left), d.comparison || "", side(d.right_text, d.right)];
    }), { textColumns: 4, limit: 40 }), tested.map((c) => c.text && c.holds))));
  }

