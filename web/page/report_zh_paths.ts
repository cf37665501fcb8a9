// What the page shares with the report (report/texts_paths.js), in Chinese.
import type { paths } from "../report/texts_paths.js";

export const pathsZh: Record<keyof typeof paths, string> = {
  path_untitled: "逐年路径",
  path_year_welfare: "消费，与没有这些政策的同一年相比，百分比",
  path_consumption: "消费，与基准相比，百分比",
  path_capital: "资本，与基准相比，百分比",
  path_real_wage: "每单位劳动的所得，与基准相比，百分比",
  path_year_by_year: "逐年",
  path_phase: "自{from}年起“{scenario}”",
  path_phases: "{first}年至{last}年：{phases}。",
  path_comma: "，",
  path_number: "数字",
  path_line: "线{letter}",
  path_label: "{name}：",
  path_chart: "按年的折线图，{measure}：{regions}。",
  path_chart_region: "{region}从{first}到{last}",
  path_all_years_together: "所有年份合计",
  path_worth: "这条路径值多少，与没有其政策的同样增长相比；金额为每年{unit}，按基准收入计",
  path_all_years: "所有年份，%",
  path_money: "金额",
  path_first_year: "第一年，%",
  path_last_year: "最后一年，%",
  path_long_run: "长期，%",
  path_long_run_capital: "长期资本，与基准相比的%",
  path_certificate: "凭证：各年最大残差{residual}；长期稳定到{gap}；末年之后误差{tail}；遍历贸易张量{passes}次。",
  path_law_of_capital: "资本的份额为{share}，每年以{transition}的幅度跟随实际收入，下一年按今年的{discount}计。",
};
