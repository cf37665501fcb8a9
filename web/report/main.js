// The report's own page: draws the results that stand in it.
import * as echarts from "./echarts.js";
import { drawReport } from "./report.js";

drawReport(JSON.parse(document.getElementById("results").textContent), document.getElementById("report"), echarts);
