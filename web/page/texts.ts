// Every word of the page, in each of its languages. {name} is filled in; where a language has plural forms, `n` picks one.
import { modelTexts } from "./texts_models.ts";

import { answerTexts } from "./texts_answers.ts";
import { figureTexts } from "./texts_figures.ts";
import { scenarioTexts } from "./texts_scenario.ts";

export type Plural = { one?: string; other: string };
export type Text = { en: string | Plural; zh: string | Plural };

export const texts = {
  ...scenarioTexts,
  ...answerTexts,
  ...figureTexts,
  ...modelTexts,

  // The head of the page
  title: { en: "Détente", zh: "Détente（缓和）" },
  motto: { en: "Move a tariff, watch the world", zh: "动一动关税，看看世界" },
  lead: {
    en: "A calibrated model of world trade, solved in your browser. Nothing you do here leaves this machine.",
    zh: "经过校准的世界贸易模型，就在您的浏览器里求解。您在此所做的一切都不会离开本机。",
  },
  language: { en: "Language", zh: "语言" },
  skip: { en: "Skip to the results", zh: "跳到结果" },
  loading: { en: "Loading the engine and the economy …", zh: "正在载入引擎与经济体数据……" },
  no_engine: { en: "The engine could not start: {reason}", zh: "引擎无法启动：{reason}" },

  // What is seen
  tabs: { en: "What to look at", zh: "看什么" },
  tab_outcome: { en: "What happens", zh: "结果如何" },
  tab_governments: { en: "What governments would choose", zh: "政府会怎么选" },
  tab_relation: { en: "Does a deal last?", zh: "协议能持久吗？" },
  tab_claims: { en: "Claims", zh: "论断" },
  tab_study: { en: "Study file", zh: "研究文件" },
  not_solved: { en: "No answer for this policy: {reason}", zh: "这项政策没有答案：{reason}" },

  // Foot: certificate, assumptions, link
  certificate_ok: {
    en: ": every equation holds to {residual}; Walras' law to {walras}; {ms} ms",
    zh: "：各方程误差不超过{residual}；瓦尔拉斯定律误差{walras}；{ms}毫秒",
  },
  certificate_short: { en: "Solved", zh: "已求解" },
  gist: { en: "{worst} {worst_value}, {best} {best_value}", zh: "{worst} {worst_value}，{best} {best_value}" },
  certificate_bad: { en: "Not solved: largest residual {residual}", zh: "未求解：最大残差{residual}" },
  certificate_wait: { en: "Solving …", zh: "求解中……" },
  certificate: { en: "Certificate", zh: "证书" },
  assumed: { en: "What is assumed", zh: "有哪些假设" },
  assumed_intro: {
    en: "Every number on this page compares two equilibria: the economy of its year, and the same economy with other tariffs, in both of which all has settled. It rests on this:",
    zh: "本页的每个数字都在比较两个均衡：该年份的经济体，与关税改变之后的同一经济体，两者都已调整完毕。其依据是：",
  },
  assumed_model: {
    en: "Model: {model}; trade deficits: {closure}; values measured in {numeraire}.",
    zh: "模型：{model}；贸易差额：{closure}；计价单位：{numeraire}。",
  },
  assumed_economy: { en: "Economy: {title}, {year}. Unit: {unit}.", zh: "经济体：{title}，{year}年。单位：{unit}。" },
  assumed_source: { en: "Source: {source}", zh: "来源：{source}" },
  assumed_licence: { en: "Licence: {licence}", zh: "许可：{licence}" },
  assumed_elasticities: { en: "Elasticities: {text}", zh: "弹性：{text}" },
  assumed_note: { en: "How it was made: {note}", zh: "制作说明：{note}" },
  assumed_no_tariffs: {
    en: "In the base every tariff is 0, whatever was charged in that year; a scenario's tariffs come on top of that.",
    zh: "基准中所有关税均为零，无论当年实际征收多少；情景中的关税在此之上加征。",
  },
  assumed_bands: {
    en: "Bands: {n} draws (a Sobol sequence, seed {seed}). The logarithm of each sector's trade elasticity is normal around that of the economy, with the standard deviation of its set; three tenths of the variance are common to all sectors. Nothing else is drawn.",
    zh: "区间：{n}次抽样（Sobol序列，种子{seed}）。各部门贸易弹性的对数围绕经济体的取值呈正态分布，标准差来自其弹性集；方差的十分之三为所有部门共有。其他参数不抽样。",
  },
  assumed_range: {
    en: "Bands: the answers with a mean trade elasticity of {low} and of {high}, the range published for the long run.",
    zh: "区间：贸易弹性均值取{low}与{high}时的结果，即已发表的长期估计范围。",
  },
  assumed_no_bands: {
    en: "No bands: nothing at hand says how sure these elasticities are, or the bands are not there yet.",
    zh: "无区间：没有资料说明这些弹性的不确定程度，或区间尚未算出。",
  },
  assumed_map: {
    en: "Map: Natural Earth 1:110m (public domain). People: {population}. In us-china-2017, EU means its 28 members of 2017, and every country without a number of its own belongs to the rest of the world.",
    zh: "地图：Natural Earth 1:110m（公有领域）。人口：{population}。在us-china-2017中，EU指2017年的28个成员国，没有单独列出的国家归入世界其他地区。",
  },
  assumed_build: {
    en: "Engine {engine}; economy file SHA-256 {hash}.",
    zh: "引擎{engine}；经济体文件SHA-256 {hash}。",
  },
  assumed_more: { en: "In the engine's own words", zh: "引擎自己的说明" },
  close: { en: "Close", zh: "关闭" },
  copy_link: { en: "Copy link", zh: "复制链接" },
  copied: { en: "Copied: the link restores what you see.", zh: "已复制：此链接可恢复您所看到的内容。" },
  embed: { en: "Embed", zh: "嵌入" },
  embed_code: { en: "Code to embed this in a page", zh: "嵌入网页的代码" },
  embed_from_disk: {
    en: "This page lies on a disk, where no other page can show it. Put it on a host; opened from there, it gives the code.",
    zh: "此页在本地磁盘上，其他网页无法显示它。请把它放到网站上，从那里打开后即可取得代码。",
  },
  embed_open: { en: "Open in Détente", zh: "在Détente中打开" },
  link_other: {
    en: "This link was made with {what}. Numbers may differ from those its maker saw.",
    zh: "此链接是用{what}制作的，数字可能与制作者所见不同。",
  },
  link_engine: { en: "engine {v}", zh: "引擎{v}" },
  link_economy: { en: "another state of the economy ({v})", zh: "经济体的另一版本（{v}）" },
  link_no_economy: { en: "no economy “{v}” is here", zh: "这里没有经济体“{v}”" },
  link_no_story: { en: "{economy} has no story “{v}”", zh: "{economy}没有情景“{v}”" },
  link_no_tab: { en: "there is no part “{v}”", zh: "没有“{v}”这一部分" },
  link_no_language: { en: "the page has no language “{v}”", zh: "页面没有语言“{v}”" },
  link_no_region: { en: "{economy} has no region “{v}”", zh: "{economy}没有地区“{v}”" },
  link_no_schedule: { en: "{economy} has no schedule of tariffs “{v}”", zh: "{economy}没有关税方案“{v}”" },
  link_no_set: { en: "no set of elasticities “{v}” is here", zh: "这里没有弹性集“{v}”" },
  link_no_name: { en: "{economy} has no region or sector “{v}”", zh: "{economy}没有地区或部门“{v}”" },
  link_pin: { en: "of what is kept as “{title}”, {reason}", zh: "保留的情景“{title}”：{reason}" },
  link_many_pins: {
    en: { one: "{n} pin more than the {most} that have room", other: "{n} pins more than the {most} that have room" },
    zh: "钉住的情景超过{most}个，多出{n}个",
  },
  again: { en: "Try again", zh: "重试" },
  not_fetched_set: {
    en: "the set of elasticities “{v}” did not come ({reason})",
    zh: "未能取得弹性集“{v}”（{reason}）",
  },
  link_bad: {
    en: "This link cannot be read: {reason}. The page shows its usual beginning.",
    zh: "无法读取此链接：{reason}。页面显示通常的开头。",
  },
  link_part: {
    en: "Not all of this link is here: {reason}. That is left out.",
    zh: "此链接的部分内容这里没有：{reason}。已略去这些内容。",
  },
  link_model: {
    en: "The model that this link asks for refuses: {reason}. The page answers with its usual model.",
    zh: "此链接所要求的模型不接受：{reason}。页面使用通常的模型作答。",
  },
  not_fetched: {
    en: "{economy} could not be loaded ({reason}). The page stays as it was; choose it again to try once more.",
    zh: "无法载入{economy}（{reason}）。页面保持原样；可再次选择以重试。",
  },
  loading_economy: { en: "Loading {economy} …", zh: "正在载入{economy}……" },

  foot: {
    en: "Détente is open source (Apache-2.0). The page asks no server for anything.",
    zh: "Détente 是开源软件（Apache-2.0）。本页不向任何服务器请求数据。",
  },
} satisfies Record<string, Text>;

/** Regions that are no country, or that ISO's short name does not fit a chart. */
export const regions: Record<string, { en: string; zh: string }> = {
  USA: { en: "United States", zh: "美国" },
  CHN: { en: "China", zh: "中国" },
  EU: { en: "European Union", zh: "欧盟" },
  ROW: { en: "Rest of the world", zh: "世界其他地区" },
  REST: { en: "Rest of the world", zh: "世界其他地区" },
};

/** The same where two names stand in one line. */
export const shortRegions: Record<string, { en: string; zh: string }> = {
  USA: { en: "US", zh: "美国" },
  EU: { en: "EU", zh: "欧盟" },
  ROW: { en: "Rest", zh: "其他" },
  REST: { en: "Rest", zh: "其他" },
  GBR: { en: "UK", zh: "英国" },
  ARE: { en: "UAE", zh: "阿联酋" },
};

/** Columns of the economies, as a line of change names them. */
export const columns: Record<string, { en: string; zh: string }> = {
  us_tariff_increase_on_chn: { en: "increases of 2018–19 by sector", zh: "2018–19年按部门加征" },
  chn_tariff_increase_on_usa: { en: "increases of 2018–19 by sector", zh: "2018–19年按部门加征" },
  us_tariff: { en: "rates announced on 2 April 2025, by country", zh: "2025年4月2日宣布的各国税率" },
};

/** Sectors of the OECD's input-output tables (ISIC Rev. 4) where the economy's English title is no help. */
export const sectors: Record<string, { en?: string; zh: string }> = {
  goods: { en: "all goods", zh: "全部商品" },
  services: { en: "services", zh: "服务" },
  D01T02: { zh: "农林业" },
  D03: { zh: "渔业" },
  D05T06: { zh: "能源矿产" },
  D07T08: { zh: "非能源矿产" },
  D09: { zh: "采矿辅助活动" },
  D10T12: { zh: "食品饮料烟草" },
  D13T15: { zh: "纺织服装皮革" },
  D16: { zh: "木制品" },
  D17T18: { zh: "造纸印刷" },
  D19: { zh: "焦炭与成品油" },
  D20: { zh: "化工" },
  D21: { zh: "医药" },
  D22: { zh: "橡胶塑料" },
  D23: { zh: "非金属矿物制品" },
  D24: { zh: "基本金属" },
  D25: { zh: "金属制品" },
  D26: { zh: "计算机与电子光学" },
  D27: { zh: "电气设备" },
  D28: { zh: "机械" },
  D29: { zh: "汽车" },
  D30: { zh: "其他运输设备" },
  D31T33: { zh: "其他制造与维修" },
  D35: { zh: "电力燃气" },
  D36T39: { zh: "水务与废物处理" },
  D41T43: { zh: "建筑" },
  D45T47: { zh: "批发零售" },
  D49: { zh: "陆路与管道运输" },
  D50: { zh: "水运" },
  D51: { zh: "航空" },
  D52: { zh: "仓储" },
  D53: { zh: "邮政快递" },
  D55T56: { zh: "住宿餐饮" },
  D58T60: { zh: "出版与广播影视" },
  D61: { zh: "电信" },
  D62T63: { zh: "信息技术服务" },
  D64T66: { zh: "金融保险" },
  D68: { zh: "房地产" },
  D69T75: { zh: "专业与科技服务" },
  D77T82: { zh: "行政辅助服务" },
  D84: { zh: "公共管理与国防" },
  D85: { zh: "教育" },
  D86T88: { zh: "卫生与社会工作" },
  D90T93: { zh: "文体娱乐" },
  D94T96: { zh: "其他服务" },
};
