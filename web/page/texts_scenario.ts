// Words about what the reader sets: stories, lines of change, economy and model.
import type { Text } from "./texts.ts";

// Names of papers and data are what they are in any language.
const dataOfToday =
  "tradewartracker/trade-war-redux-2025 (M. Waugh); US Census; mwaugh0328/tradewar-tracker (M. Waugh)";

/** What a story's source names, by story: {names} in its words. */
export const sourceNames: Record<string, string> = {
  november: dataOfToday,
  today: dataOfToday,
  announced:
    "Ignatenko, Lashkaripour, Macedoni and Simonovska (2025, Journal of International Economics), Table 1, case 2",
};

/** Titles of schedules in Chinese; in English they are the files' own. */
export const schedulesZh: Record<string, string> = {
  "effective-2025-11": "美国2025年11月征收的关税（有效税率）",
  "effective-2026-07": "美国2026年7月征收的关税（有效税率）",
  "china-answer-2020-03": "中国对美国的法定关税（第一阶段协议下，2020年3月）",
};

export const scenarioTexts = {
  // Stories
  stories: { en: "Start from a story", zh: "从一个故事开始" },
  story_own: { en: "Your own", zh: "自己设定" },
  story_2018: { en: "2018–19", zh: "2018–19年" },
  story_2018_text: {
    en: "The increases of 2018–19 by the United States and China on each other; everyone else's tariffs stay those of 2017. Averages over the products that the lists cover, put on everything in a sector, with list 4B, which was announced and never imposed: 23.8 points on what the United States bought from China in 2017, where it was 17.4 product by product.",
    zh: "2018–19年中美相互加征的关税；其他各方的关税仍为2017年水平。按清单所列商品的平均税率计算，并视同对整个部门征收，且包括已宣布但从未实施的4B清单：对美国2017年从中国进口的商品合23.8个百分点，而逐项商品计算为17.4个百分点。",
  },
  story_2018_source: {
    en: "Section 301, lists 1 to 4 (83 FR 28710, 40823, 47974; 84 FR 43304), and the countermeasures of China's State Council Tariff Commission; increases by sector: Z. Wang (HKBU), in the economy's data.",
    zh: "301条款清单1至4（83 FR 28710、40823、47974；84 FR 43304）与中国国务院关税税则委员会的反制措施；分部门加征幅度：Z. Wang（香港浸会大学），见经济体数据。",
  },
  story_april: { en: "April 2025", zh: "2025年4月" },
  story_april_text: {
    en: "On top of 2018–19: 145 points on goods from China, 125 points on goods from the United States. The two parties' tariffs on each other alone, as if every good paid the full rate: exemptions, and what the United States then charged everyone else, are left out.",
    zh: "在2018–19年之上：美国对中国商品再加145个百分点，中国对美国商品再加125个百分点。仅指双方相互的关税，并视同所有商品按全额税率缴纳：不计豁免，也不计美国当时对其他各方征收的关税。",
  },
  story_april_source: {
    en: "as 2018–19, with Executive Orders 14195, 14228, 14257, 14259 and 14266 and the announcements of China's State Council Tariff Commission of April 2025.",
    zh: "同2018–19年，另加第14195、14228、14257、14259、14266号行政令，以及中国国务院关税税则委员会2025年4月的公告。",
  },
  story_truce: { en: "The truce", zh: "休战" },
  story_truce_text: {
    en: "On top of 2018–19: 20 points by the United States, 10 points by China, as agreed in Busan (from 10 November 2025; the Supreme Court's ruling of 20 February 2026 ended the American side). The two parties' tariffs on each other alone, as if every good paid the full rate: not the world of November 2025, in which the United States charged everyone more.",
    zh: "在2018–19年之上：美国加20个百分点，中国加10个百分点，即釜山共识（自2025年11月10日起；美方部分因最高法院2026年2月20日的裁决而终止）。仅指双方相互的关税，并视同所有商品按全额税率缴纳：这不是2025年11月的真实世界，当时美国对所有伙伴都提高了关税。",
  },
  story_truce_source: {
    en: "as 2018–19, with the orders in force from 10 November 2025, after the meeting in Busan.",
    zh: "同2018–19年，另加釜山会晤后自2025年11月10日起生效的命令。",
  },
  story_november: { en: "November 2025, all partners", zh: "2025年11月，所有伙伴" },
  story_november_text: {
    en: "What the United States charged every partner after the truce, against 2017: effective rates, exemptions counted. China's answer is statutory, as of March 2020 with 10 points of 2025, exclusions not counted: the two sides are not measured alike.",
    zh: "休战之后美国对所有伙伴征收的关税，与2017年相比：实际有效税率，已计豁免。中国的应对为法定税率，即2020年3月的税率再加2025年的10个百分点，未计排除清单：双方的度量口径不同。",
  },
  story_november_source: { en: "{names}.", zh: "{names}。" },
  story_today: { en: "22 July 2026", zh: "2026年7月22日" },
  story_today_text: {
    en: "What the United States charged every partner on 22 July 2026, the last day that the source knows, against 2017: effective rates, exemptions counted. The surcharge of 10 % under Section 122, which they include, was to end on 24 July; what came after is not known here. China's answer is statutory, as of March 2020 with 10 points of 2025, exclusions not counted: the two sides are not measured alike.",
    zh: "2026年7月22日（资料来源所知的最后一天）美国对所有伙伴征收的关税，与2017年相比：实际有效税率，已计豁免。其中依据122条款的10%附加税定于7月24日到期；此后的情况本页不知。中国的应对为法定税率，即2020年3月的税率再加2025年的10个百分点，未计排除清单：双方的度量口径不同。",
  },
  story_today_source: { en: "{names}.", zh: "{names}。" },
  story_free: { en: "Free trade", zh: "自由贸易" },
  story_free_text: {
    en: "Every tariff on goods is zero, everywhere.",
    zh: "全世界的商品关税都为零。",
  },
  story_announced: { en: "Announced 2 April 2025", zh: "2025年4月2日宣布" },
  story_announced_text: {
    en: "The tariffs that the United States announced on 2 April 2025, country by country, as the paper applies them: on everything from a country, over tariffs of 0, and nobody answers.",
    zh: "美国2025年4月2日宣布的各国关税，按论文的用法：对来自一国的全部商品征收，以零关税为起点，且无人反制。",
  },
  story_announced_source: { en: "{names}.", zh: "{names}。" },
  story_ten: { en: "Ten percent on everyone", zh: "对所有国家10%" },
  story_ten_text: {
    en: "Ten points by the United States on everyone's goods; nobody answers.",
    zh: "美国对所有国家的商品加征10个百分点；无人反制。",
  },
  story_source: { en: "Source: {source}", zh: "来源：{source}" },

  // Lines of change
  lines: { en: "Who taxes whom", zh: "谁对谁征税" },
  row_words: { en: "{who}: {what}, {how} {value}", zh: "{who}：{what}，{how}{value}" },
  colon: { en: "{what}: {said}", zh: "{what}：{said}" },
  list_comma: { en: ", ", zh: "、" },
  semicolon: { en: "; ", zh: "；" },
  line: { en: "Change {n}", zh: "第{n}项" },
  importer: { en: "Importer", zh: "进口方" },
  exporter: { en: "Exporter", zh: "出口方" },
  sectors: { en: "On", zh: "商品" },
  all_goods: { en: "all goods", zh: "全部商品" },
  everyone: { en: "everyone", zh: "所有地区" },
  several: { en: "several …", zh: "多个……" },
  several_regions: { en: { one: "{n} region", other: "{n} regions" }, zh: "{n}个地区" },
  several_sectors: { en: { one: "{n} sector", other: "{n} sectors" }, zh: "{n}个部门" },
  form: { en: "How", zh: "方式" },
  form_add: { en: "raise by", zh: "提高" },
  form_rate: { en: "set to", zh: "设为" },
  form_scale: { en: "scale to", zh: "调整为原来的" },
  points: { en: { one: "{v} point", other: "{v} points" }, zh: "{v}个百分点" },
  percent: { en: "{v}\u00a0%", zh: "{v}\u00a0%" },
  rate: { en: "Tariff", zh: "关税" },
  rate_of: { en: "Tariff of {importer} on {sector} from {exporter}", zh: "{importer}对来自{exporter}的{sector}的关税" },
  line_column: { en: "increases from column {column}", zh: "按列{column}加征" },
  schedule_line: { en: "Schedule “{name}”", zh: "税率表“{name}”" },
  schedule_between: { en: "{importer} on {exporter}", zh: "{importer}对{exporter}" },
  schedule_part: { en: ": {who}", zh: "：{who}" },
  edit_part: { en: "Take a part of it", zh: "只取其中一部分" },
  level_words: {
    en: "Average tariff, weighted by the base's trade: {base} in the base, {now} with the scenario.",
    zh: "平均关税（按基准贸易加权）：基准为{base}，情景下为{now}。",
  },
  level_subsidy: {
    en: "Where it comes out below 0, imports are subsidised.",
    zh: "低于零之处，即为对进口的补贴。",
  },
  add_line: { en: "Add a change", zh: "再加一项" },
  remove_line: { en: "Remove", zh: "移除" },
  edit_line: { en: "Change this line", zh: "修改此项" },
  no_change: { en: "No tariff is changed: this is the base.", zh: "没有改变任何关税：这就是基准。" },

  // Settings
  settings: { en: "Economy and model", zh: "经济体与模型" },
  economy: { en: "Economy", zh: "经济体" },
  economy_words: {
    en: "{regions} regions, {sectors}, {year}",
    zh: "{regions}个地区，{sectors}，{year}年",
  },
  sectors_count: { en: { one: "{n} sector", other: "{n} sectors" }, zh: "{n}个部门" },
  economy_us_china: { en: "United States, China and five others, 2017", zh: "美国、中国与另外五个地区，2017年" },
  economy_world: { en: "194 countries, 2023", zh: "194个国家，2023年" },
  base_no_tariffs: {
    en: "In this economy's base every tariff is 0, not what was charged in that year: its source takes tariffs as increases over that.",
    zh: "此经济体的基准中所有关税均为零，而非当年实际征收的关税：其资料来源把关税视为在此之上的加征。",
  },
  model: { en: "Model", zh: "模型" },
  model_ricardian: {
    en: "Comparative advantage, inputs and outputs (Caliendo–Parro)",
    zh: "比较优势与投入产出（Caliendo–Parro）",
  },
  model_krugman: { en: "Scale and variety (Krugman)", zh: "规模与多样化（Krugman）" },
  model_melitz: { en: "Firms that differ (Melitz)", zh: "异质企业（Melitz）" },
  model_one_sector: { en: "needs an economy of one sector", zh: "需要只有一个部门的经济体" },
  horizon: { en: "Horizon: how far trade answers", zh: "时间跨度：贸易反应的程度" },
  horizon_own_economy: { en: "the economy's own elasticities", zh: "经济体自带的弹性" },
  horizon_own_short: { en: "the economy's own: short run, mean 2.5", zh: "经济体自带：短期，均值2.5" },
  horizon_own_set: { en: "the set's own: estimated for the long run", zh: "弹性集自身的水平：按长期估计" },
  horizon_short: { en: "short run: mean 2.5, trade after one to two years", zh: "短期：均值2.5，一到两年后的贸易" },
  horizon_long: { en: "long run: mean 4", zh: "长期：均值4" },
  horizon_words: {
    en: "Each answer is an equilibrium in which all has settled. The horizon only scales the trade elasticities of goods: how far buyers move to other sellers by then.",
    zh: "每个答案都是一切调整完毕的均衡。时间跨度只调整商品的贸易弹性，即届时买方转向其他卖方的程度。",
  },
  horizon_mean: { en: "Mean over goods now: {mean}.", zh: "目前商品的均值：{mean}。" },
  horizon_world: {
    en: "For the short run no range is published: no bands are drawn.",
    zh: "短期没有已发表的范围，因此不画区间。",
  },
  set_unsure: {
    en: "This set says nothing of how sure it is: no bands are drawn.",
    zh: "此弹性集未说明其不确定程度，因此不画区间。",
  },
  more_options: { en: "More: options of the model", zh: "更多：模型的选项" },
  options_back: { en: "Back to the beginning", zh: "恢复初始设置" },
  option_range: { en: "{low} to {high}; the model's own: {value}", zh: "{low}至{high}；模型自带：{value}" },
  yes: { en: "yes", zh: "是" },
  no: { en: "no", zh: "否" },
  elasticities: { en: "Trade elasticities", zh: "贸易弹性" },
  elasticities_own: { en: "the economy's own", zh: "经济体自带" },
  option_closure: { en: "Trade deficits", zh: "贸易差额" },
  option_closure_fixed: { en: "stay as observed", zh: "保持观察值" },
  option_closure_world_share: { en: "move with world income", zh: "随世界收入变动" },
  option_closure_balanced: { en: "none: trade is balanced", zh: "没有：贸易平衡" },
  option_scale_economies: {
    en: "Economies of scale by sector (needs elasticities that come with them)",
    zh: "各部门的规模经济（需要附带规模弹性的弹性集）",
  },
  option_labour_supply: {
    en: "Employment: percent more work for one percent more real wage",
    zh: "就业：实际工资每高百分之一，就业增加百分之几",
  },
  option_revenue: { en: "Tariff revenue", zh: "关税收入" },
  option_revenue_lump_sum: { en: "goes to households", zh: "发给居民" },
  option_revenue_income_tax: { en: "replaces an income tax", zh: "替代所得税" },
  option_trade_elasticity: { en: "Trade elasticity: of trade to cost", zh: "贸易弹性：贸易对成本" },
  option_scale_elasticity: { en: "Scale elasticity: of productivity to employment", zh: "规模弹性：生产率对就业" },
  option_pass_through: { en: "Pass-through of a firm's tariff into its price", zh: "企业把关税转嫁到价格的程度" },
  option_marketing_labour: { en: "Work of selling abroad is done", zh: "在外国营销的劳动" },
  option_marketing_labour_calibrated: {
    en: "abroad, in the calibrated share of sales",
    zh: "由当地承担，按校准的销售份额",
  },
  option_marketing_labour_none: { en: "by nobody", zh: "无人承担" },
  option_marketing_region: {
    en: "Region with a share of selling costs of its own",
    zh: "营销成本份额单独设定的地区",
  },
  engine_stopped: {
    en: "The engine stopped ({reason}), and the page stays as it was. Ask again: another engine begins.",
    zh: "引擎停止运行（{reason}），页面保持原样。请再试一次：将启动新的引擎。",
  },
  setting_refused: {
    en: "The model does not take this, and stays as it was: {reason}",
    zh: "模型不接受此设置，保持原样：{reason}",
  },
  assumed_options: { en: "Options of the model: {list}.", zh: "模型的选项：{list}。" },
  assumed_option: { en: "{name}: {value}", zh: "{name}：{value}" },
} satisfies Record<string, Text>;
