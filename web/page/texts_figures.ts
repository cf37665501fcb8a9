// Words of the figures: headline, charts with their units, what is compared, what a saved file says of itself.
import type { Text } from "./texts.ts";

export const figureTexts = {
  // The headline
  headline_none: {
    en: "Nothing moves: every region's real income stays as it was.",
    zh: "一切不变：各地区的实际收入如旧。",
  },
  headline_all_lose: {
    en: "Everyone loses. Real income falls most in {worst}: {worst_value}.",
    zh: "人人受损。实际收入下降最多的是{worst}：{worst_value}。",
  },
  headline_all_win: {
    en: "Everyone gains. Real income rises most in {best}: {best_value}.",
    zh: "人人受益。实际收入上升最多的是{best}：{best_value}。",
  },
  headline_mixed: {
    en: "Real income falls most in {worst}: {worst_value}; it rises most in {best}: {best_value}.",
    zh: "实际收入下降最多的是{worst}：{worst_value}；上升最多的是{best}：{best_value}。",
  },
  headline_falls: {
    en: "Real income falls most in {worst}: {worst_value}; nowhere does it rise by as much as is printed here.",
    zh: "实际收入下降最多的是{worst}：{worst_value}；各地的上升都小到无法显示。",
  },
  headline_rises: {
    en: "Real income rises most in {best}: {best_value}; nowhere does it fall by as much as is printed here.",
    zh: "实际收入上升最多的是{best}：{best_value}；各地的下降都小到无法显示。",
  },
  // Among the largest economies alone
  headline_among_none: {
    en: "Among {scope}, nobody's real income moves.",
    zh: "在{scope}中，实际收入都没有变化。",
  },
  headline_among_all_lose: {
    en: "Among {scope}, all lose. Real income falls most in {worst}: {worst_value}.",
    zh: "在{scope}中全都受损。实际收入下降最多的是{worst}：{worst_value}。",
  },
  headline_among_all_win: {
    en: "Among {scope}, all gain. Real income rises most in {best}: {best_value}.",
    zh: "在{scope}中全都受益。实际收入上升最多的是{best}：{best_value}。",
  },
  headline_among_mixed: {
    en: "Among {scope}, real income falls most in {worst}: {worst_value}; it rises most in {best}: {best_value}.",
    zh: "在{scope}中，实际收入下降最多的是{worst}：{worst_value}；上升最多的是{best}：{best_value}。",
  },
  headline_among_falls: {
    en: "Among {scope}, real income falls most in {worst}: {worst_value}; nowhere does it rise by as much as is printed here.",
    zh: "在{scope}中，实际收入下降最多的是{worst}：{worst_value}；各地的上升都小到无法显示。",
  },
  headline_among_rises: {
    en: "Among {scope}, real income rises most in {best}: {best_value}; nowhere does it fall by as much as is printed here.",
    zh: "在{scope}中，实际收入上升最多的是{best}：{best_value}；各地的下降都小到无法显示。",
  },
  scope_largest: { en: "the {n} largest economies", zh: "最大的{n}个经济体" },
  scope_largest_and: { en: "the {n} largest economies and {more}", zh: "最大的{n}个经济体与{more}" },
  headline_against: {
    en: "Against “{title}”: worst for {worst}, {worst_value} of real income; best for {best}, {best_value}.",
    zh: "与“{title}”相比：最不利的是{worst}，实际收入{worst_value}；最有利的是{best}，{best_value}。",
  },
  headline_against_none: {
    en: "Against “{title}”, nobody's real income differs.",
    zh: "与“{title}”相比，各方实际收入没有差别。",
  },
  headline_open: {
    en: "{headline} The sign is not sure for {regions}.",
    zh: "{headline}{regions}的正负未定。",
  },
  headline_open_more: { en: "{n} more", zh: "另外{n}个" },
  headline_unsure: { en: "{value} (sign not sure: {low} to {high})", zh: "{value}（正负未定：{low}至{high}）" },
  money_of_sales: {
    en: "In this model all sales count as income, so that amounts are larger than under a model with intermediate inputs.",
    zh: "在此模型中所有销售额都算作收入，因此金额大于含中间投入的模型。",
  },
  headline_world: { en: "The world as a whole: {value} a year.", zh: "全世界合计：每年{value}。" },
  headline_world_more: {
    en: "The world as a whole: {value} a year more than under “{title}”.",
    zh: "全世界合计：每年比“{title}”多{value}。",
  },
  headline_world_less: {
    en: "The world as a whole: {value} a year less than under “{title}”.",
    zh: "全世界合计：每年比“{title}”少{value}。",
  },
  not_the_difference: {
    en: "“{title}” against the base, not the difference: {said}",
    zh: "“{title}”与基准相比（不是差额）：{said}",
  },
  points_value: { en: "{v} points", zh: "{v}个百分点" },

  // Units
  unit_percent: { en: "percent", zh: "百分比" },
  unit_points: { en: "percentage points", zh: "百分点" },
  unit_person: {
    en: "{year} US dollars a year per person, people of {people}",
    zh: "每人每年{year}年美元（{people}年人口）",
  },
  unit_money: { en: "{unit} a year", zh: "每年，{unit}" },
  unit_billion: { en: "billion {year} US dollars a year", zh: "每年十亿{year}年美元" },
  column_unit: { en: "{what} ({unit})", zh: "{what}（{unit}）" },
  column_of: { en: "{what}, {of}", zh: "{what}，{of}" },
  code: { en: "Code", zh: "代码" },

  // Charts
  map: { en: "Welfare around the world", zh: "世界各地的福利" },
  map_caption: {
    en: "Change of real income against the base, percent. Borders are those of Natural Earth and say nothing of anyone's claims.",
    zh: "实际收入相对基准的变化（百分比）。边界采用 Natural Earth 数据，不代表对任何主张的立场。",
  },
  map_caption_points: {
    en: "Difference of the changes of real income, percentage points. Borders are those of Natural Earth and say nothing of anyone's claims.",
    zh: "实际收入变化之差（百分点）。边界采用 Natural Earth 数据，不代表对任何主张的立场。",
  },
  map_blank: { en: "Grey: not in this economy.", zh: "灰色：不在此经济体中。" },
  shown_now: { en: "Shown: {title}.", zh: "所示：{title}。" },
  shown_less: { en: "Shown: {now}, less “{title}”.", zh: "所示：{now}减“{title}”。" },
  shown_lesses: {
    en: "Shown: {now}, less each scenario that is pinned.",
    zh: "所示：{now}，分别减去各个钉住的情景。",
  },
  welfare: { en: "Welfare by region", zh: "各地区福利" },
  welfare_what: { en: "change of real income", zh: "实际收入变化" },
  welfare_caption: {
    en: "What a region's people can buy, compared with the base: wages, profits where the model has them, and the tariff revenue that is handed out.",
    zh: "与基准相比，一个地区的人们能买到多少：包括工资、利润（模型中有利润时）和发放的关税收入。",
  },
  welfare_caption_work: {
    en: "What a region's people can buy, compared with the base, net of what their work costs them.",
    zh: "与基准相比，一个地区的人们能买到多少（已扣除劳动成本）。",
  },
  bands_caption: {
    en: "Lines: nine in ten of {n} draws of the trade elasticities.",
    zh: "细线：在贸易弹性的{n}次抽样中，十分之九落在其间。",
  },
  bands_of: { en: "Lines are of {title} alone.", zh: "细线只属于{title}。" },
  bands_none: { en: "A difference has no lines: they are of one scenario.", zh: "差额没有细线：细线属于单个情景。" },
  bands_between: {
    en: "Lines: all of the answers with a trade elasticity of {low}, of {high} (the range published for the long run) and the model's own; the economy's source has no errors of its own.",
    zh: "细线：涵盖贸易弹性取{low}、{high}（已发表的长期估计范围）以及模型自带值时的结果；该经济体的资料来源未给出误差。",
  },
  bands_coming: { en: "drawing bands …", zh: "正在计算区间……" },
  band_low: { en: "lowest", zh: "最低" },
  band_high: { en: "highest", zh: "最高" },
  band_span: { en: "{end}, trade elasticity {low} to {high}", zh: "{end}，贸易弹性{low}至{high}" },
  band_draws: { en: "{end} of nine tenths of {n} draws", zh: "{n}次抽样中十分之九的{end}" },
  largest_shown: {
    en: "The {n} largest economies are shown; the table has all.",
    zh: "只画出最大的{n}个经济体；表中有全部。",
  },
  wages: { en: "Real wages by region", zh: "各地区实际工资" },
  wages_what: { en: "change of the real wage", zh: "实际工资变化" },
  wages_caption: {
    en: "What an hour of work buys, before any tax on income. Real income has the tariff revenue that is handed out, too: wages can fall where it rises.",
    zh: "一小时劳动能买到多少（未扣所得税）。实际收入还包括发放的关税收入：它上升时，工资也可能下降。",
  },
  employment: { en: "Employment by region", zh: "各地区就业" },
  employment_what: { en: "change of employment", zh: "就业变化" },
  employment_caption: {
    en: "How much is worked: it answers to the real wage after tax, as the model's option says.",
    zh: "劳动总量：按模型的选项随税后实际工资变动。",
  },
  money_person: { en: "Who gains and who pays, per person", zh: "人均得失" },
  money_what: { en: "change of real income", zh: "实际收入变化" },
  money_person_axis: { en: "{year} dollars a year for each person", zh: "每人每年，{year}年美元" },
  money_person_caption: {
    en: "The change of real income as money of {year} at the base's prices, divided by the people of {people} (Natural Earth).",
    zh: "以基准价格折算为{year}年货币的实际收入变化，除以{people}年人口（Natural Earth）。",
  },
  money_years_apart: {
    en: "Income is of {year} and people of {people}: where people became more since, the figure per person is too large by as much.",
    zh: "收入为{year}年，人口为{people}年：此后人口增加的地方，人均数字相应偏大。",
  },
  money_blank: {
    en: {
      one: "{n} economy without a number of people in that source is left blank.",
      other: "{n} economies without a number of people in that source are left blank.",
    },
    zh: "有{n}个经济体在该来源中没有人口数字，留空。",
  },
  money: { en: "Who gains and who pays", zh: "谁得谁失" },
  money_caption: {
    en: "The change of real income as money at the base's prices.",
    zh: "以基准价格折算的实际收入变化。",
  },
  flows: { en: "Trade that moves most", zh: "变动最大的贸易流" },
  flow_name: { en: "From, to", zh: "从 → 到" },
  flows_what: { en: "change of exports", zh: "出口变化" },
  flows_axis: { en: "change of exports, billion {year} dollars", zh: "出口变化，十亿{year}年美元" },
  flows_caption: {
    en: "Exports of the first to the second, net of tariffs: the {n} that move most.",
    zh: "前者对后者的出口，不含关税：变动最大的{n}项。",
  },
  numeraire_money: {
    en: "Unit of account: {numeraire} as in the base.",
    zh: "计价单位：与基准时相同的{numeraire}。",
  },
  flow: { en: "{exporter} → {importer}", zh: "{exporter} → {importer}" },
  heat: { en: "Who sells to whom", zh: "谁卖给谁" },
  heat_caption: {
    en: "Exports of the row's region to the column's region, change in percent.",
    zh: "行所在地区对列所在地区的出口变化，百分比。",
  },
  heat_difference: {
    en: "Exports of the row's region to the column's region: change in percent, less that under the scenario that is pinned, in points.",
    zh: "行所在地区对列所在地区的出口：变化百分比减去钉住情景下的变化，以百分点计。",
  },
  heat_shown: {
    en: "The {n} largest economies are shown; the table and the CSV file have all.",
    zh: "只画出最大的{n}个经济体；表格与CSV文件有全部。",
  },
  heat_first: { en: "Exporter, by importer (percent)", zh: "出口方，按进口方（百分比）" },
  heat_first_points: { en: "Exporter, by importer (points)", zh: "出口方，按进口方（百分点）" },
  exports_what: { en: "exports", zh: "出口" },
  prices: { en: "What goods cost in hours of work, {region}", zh: "{region}：以劳动时间衡量的商品价格" },
  prices_good: { en: "Good or service", zh: "商品或服务" },
  prices_what: { en: "price against wages", zh: "相对工资的价格" },
  prices_axis: { en: "price against wages, %", zh: "相对工资的价格，%" },
  prices_axis_points: { en: "price against wages, points", zh: "相对工资的价格，百分点" },
  prices_raw: { en: "price in {numeraire}", zh: "以{numeraire}计的价格" },
  prices_caption: {
    en: "What buyers in {region} pay, tariffs included, in hours of work at the wages there, against the base: +1 % is one percent more work for the same good. The model has no money, and so no inflation.",
    zh: "{region}购买者支付的价格（含关税），以当地工资的工时计，与基准相比：+1%表示买同样的商品要多劳动百分之一。模型中没有货币，因而没有通货膨胀。",
  },
  prices_shown: {
    en: "The {n} of {all} goods that move most; the table has all, with services.",
    zh: "画出{all}种商品中变动最大的{n}种；表中有全部，包括服务。",
  },
  prices_goods: {
    en: "All {all} goods; the table has services, too.",
    zh: "画出全部{all}种商品；表中还有服务。",
  },
  revenue: { en: "Tariff revenue", zh: "关税收入" },
  revenue_axis: { en: "billion {year} dollars a year", zh: "每年，十亿{year}年美元" },
  revenue_caption: {
    en: "What each government collects, and what it collected in the base.",
    zh: "各国政府的关税收入，以及基准时的收入。",
  },
  revenue_caption_none: {
    en: "What each government collects. The base of this economy has no tariffs: every tariff in it is 0.",
    zh: "各国政府的关税收入。此经济体的基准中没有关税：所有关税均为零。",
  },
  revenue_shown: {
    en: {
      one: "The one that collects most is shown; the table has all.",
      other: "The {n} that collect most are shown; the table has all.",
    },
    zh: "画出收入最多的{n}个；表中有全部。",
  },
  revenue_difference: {
    en: "What each government collects more or less than under the scenario that is pinned.",
    zh: "各国政府的关税收入比钉住情景下多或少多少。",
  },
  base: { en: "base", zh: "基准" },
  base_of: { en: "base ({model})", zh: "基准（{model}）" },
  now: { en: "now", zh: "现在" },
  now_title: { en: "now: {title}", zh: "现在：{title}" },
  region: { en: "Region", zh: "地区" },
  table: { en: "Numbers", zh: "数字" },
  table_rows: { en: "rows {from} to {to} of {n}", zh: "第{from}至{to}行，共{n}行" },
  table_before: { en: "Rows before", zh: "前面的行" },
  table_next: { en: "Next rows", zh: "后面的行" },
  save: { en: "Save this chart", zh: "保存此图" },
  png: { en: "PNG", zh: "PNG" },
  svg: { en: "SVG", zh: "SVG" },
  csv: { en: "CSV", zh: "CSV" },
  save_failed: { en: "This could not be saved: {reason}", zh: "无法保存：{reason}" },

  // The model that answered, in a few words
  model_name_ricardian: { en: "Caliendo–Parro", zh: "Caliendo–Parro" },
  model_name_krugman: { en: "Krugman", zh: "Krugman" },
  model_name_melitz: { en: "Melitz", zh: "Melitz" },
  horizon_name_short: { en: "short run", zh: "短期" },
  horizon_name_long: { en: "long run", zh: "长期" },
  horizon_name_own: { en: "the economy's own horizon", zh: "经济体自带的时间跨度" },
  elasticities_name: { en: "elasticities {name}", zh: "弹性{name}" },
  elasticities_name_own: { en: "the economy's own elasticities", zh: "经济体自带的弹性" },
  options_name_own: { en: "no option set", zh: "未设选项" },
  title_under: { en: "{title} ({model})", zh: "{title}（{model}）" },

  // What a saved file says of itself
  file_title: { en: "title", zh: "标题" },
  file_caption: { en: "what it shows", zh: "内容" },
  file_columns: { en: "columns", zh: "列" },
  file_scenario: { en: "scenario", zh: "情景" },
  file_economy: { en: "economy", zh: "经济体" },
  file_source: { en: "source", zh: "来源" },
  file_model: { en: "model", zh: "模型" },
  file_elasticities: { en: "elasticities", zh: "弹性" },
  file_engine: { en: "engine", zh: "引擎" },
  file_date: { en: "saved on", zh: "保存日期" },
  file_link: { en: "link", zh: "链接" },

  // Pins
  pins: { en: "Compare", zh: "比较" },
  pin: { en: "Pin this scenario", zh: "钉住此情景" },
  pin_hint: {
    en: "Pin a scenario, move on (to another model, too), and see the two side by side.",
    zh: "钉住一个情景，继续改动（也可换模型），再把两者并排比较。",
  },
  pins_full: {
    en: "{most} scenarios are pinned: as many as have room. Unpin one first.",
    zh: "已钉住{most}个情景，达到上限。请先取消一个。",
  },
  pin_lost: {
    en: "“{title}” could not be answered, and is pinned no more: {reason}",
    zh: "“{title}”无法求解，已取消钉住：{reason}",
  },
  unpin: { en: "Unpin {title}", zh: "取消{title}" },
  restore: { en: "Go back to {title}", zh: "回到{title}" },
  level: { en: "side by side", zh: "并排" },
  difference: { en: "difference", zh: "差额" },
  compare_as: { en: "Show", zh: "显示" },
  against: { en: "Map, matrix and headline: now less", zh: "地图、矩阵与标题：现在减" },
  minus: { en: "now less “{title}”", zh: "现在减“{title}”" },

  // In another page
  told_slider: {
    en: {
      one: "The slider below moves its one line; every number is of the whole scenario.",
      other: "The slider below moves one of its {n} lines; every number is of the whole scenario.",
    },
    zh: "下方滑块只移动其中{n}项之一；所有数字都属于整个情景。",
  },
} satisfies Record<string, Text>;
