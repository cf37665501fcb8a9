// The report's own page: draws the results that stand in it.
import * as echarts from "./echarts.js";
import { drawReport } from "./report.js";
import { withTimes } from "./view.js";

const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
// Times stand apart from results that are the same for equal runs.
const { times = {}, ...results } = JSON.parse(part("results").textContent ?? "");
drawReport(withTimes(results, times), part("report"), echarts);
