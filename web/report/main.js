// The report's own page: draws the results that stand in it.
import * as echarts from "./echarts.js";
import { drawReport } from "./report.js";

const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
drawReport(JSON.parse(part("results").textContent ?? ""), part("report"), echarts);
