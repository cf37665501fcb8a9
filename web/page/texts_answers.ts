// Words about answers: why, governments, whether a deal lasts, claims, studies.
import type { Text } from "./texts.ts";

export const answerTexts = {
  // Why a region gains or loses
  why: { en: "Why? {region}", zh: "为什么？{region}" },
  why_sum: {
    en: "{region}: real income changes by {value}. Of this, {parts}.",
    zh: "{region}：实际收入变化{value}，其中{parts}。",
  },
  quoted: { en: "“{what}”", zh: "“{what}”" },
  why_logs: {
    en: "The parts are of 100 times the logarithm of real income, and add up to {value}.",
    zh: "各部分是实际收入对数的100倍的分解，合计{value}。",
  },
  why_terms: {
    en: "{value} are its terms of trade (what its exports fetch against what its imports cost)",
    zh: "贸易条件（出口所得与进口所付之比）占{value}",
  },
  why_volume: {
    en: "{value} the volume of trade (trade that tariffs had already made too dear, lost or won)",
    zh: "贸易量（因关税已经过高的贸易之得失）占{value}",
  },
  why_scale: { en: "{value} economies of scale", zh: "规模经济占{value}" },
  why_cost: { en: "{value} trade costs and productivity", zh: "贸易成本与生产率占{value}" },
  why_transfer: { en: "{value} what it borrows or lends", zh: "借贷占{value}" },
  why_account_wages: {
    en: "{value} what real wages buy, for the work of before",
    zh: "按原有劳动量计算的实际工资占{value}",
  },
  why_account_more_employment: { en: "{value} more work", zh: "就业增加占{value}" },
  why_account_less_employment: { en: "{value} less work", zh: "就业减少占{value}" },
  why_account_work: {
    en: "{value} what work costs those who do it (less of it is a gain)",
    zh: "劳动者付出的劳动成本占{value}（少劳动即为收益）",
  },
  why_account_profits: { en: "{value} profits of firms", zh: "企业利润占{value}" },
  why_account_revenue: { en: "{value} its own tariff revenue", zh: "本国关税收入占{value}" },
  why_account_transfers: {
    en: "{value} what it receives from abroad, or pays, for its trade deficit or surplus",
    zh: "因贸易逆差或顺差而从国外得到（或付给国外）的资金占{value}",
  },
  why_net_of_work: {
    en: "Employment answers to wages here: real income counts net of what work costs, and every part is in percent of that. All at the region's own consumer prices.",
    zh: "此处就业随工资变动：实际收入已扣除劳动成本，各部分均为其百分比，并按该地区的消费价格计算。",
  },
  why_wage: { en: "Real wages change by {value}.", zh: "实际工资变化{value}。" },
  why_from: {
    en: "Of {part}, the largest parts come from trade with {partners}, and in {sectors}.",
    zh: "就{part}而言，最大的部分来自与{partners}的贸易，以及{sectors}。",
  },
  why_part_terms: { en: "the terms of trade", zh: "贸易条件" },
  why_part_volume: { en: "the volume of trade", zh: "贸易量" },
  why_none: { en: "Nothing moves here.", zh: "这里没有变化。" },

  // Longer answers
  best: { en: "Best answer of {region}", zh: "{region}的最优应对" },
  best_text: {
    en: "The tariffs that a government would set for its own people's sake, if nobody answered.",
    zh: "如果无人回应，一国政府为本国人民会设定的关税。",
  },
  war: { en: "Trade war", zh: "贸易战" },
  war_text: {
    en: "Both set tariffs on each other, each the best answer to the other's, until neither wants to move. They can end below those of the scenario.",
    zh: "双方各自设定对对方的关税，各自都是对另一方的最优应对，直到谁都不愿再动。结果可能低于情景中的关税。",
  },
  talks: { en: "Talks", zh: "谈判" },
  talks_text: {
    en: "Both set their tariffs together; the trade war is what happens if they fail (Nash bargaining).",
    zh: "双方共同设定关税；谈判破裂则陷入贸易战（纳什议价）。",
  },
  between: { en: "Between", zh: "双方" },
  and: { en: "and", zh: "与" },
  answer_waits: {
    en: "Waits until the answer that is being computed has come …",
    zh: "等待正在计算的回答完成……",
  },
  answer_old: {
    en: "What stands below answers the question of before, not the one that stands here now. Ask again.",
    zh: "下面是对先前问题的回答，而不是现在这个问题的。请再问一次。",
  },
  starting_from: {
    en: "Everyone else's tariffs are those of the scenario as it stands.",
    zh: "其他各方的关税以当前情景为准。",
  },
  answer_study: { en: "The study behind this answer", zh: "这一回答背后的研究文件" },
  war_lower: {
    en: "This “trade war” ends at lower tariffs than the scenario has, and both are better off there: {a} {a_now} in place of {a_before}, {b} {b_now} in place of {b_before} (on each other, weighted by the base's trade). Here a trade war is no escalation: it is where neither gains by moving its own tariffs alone.",
    zh: "这场“贸易战”结束时的关税低于情景中的关税，双方境况都更好：{a}{a_now}（情景为{a_before}），{b}{b_now}（情景为{b_before}）（双方相互关税，按基准贸易加权）。此处的贸易战并非升级，而是任何一方单独改变关税都无利可图之处。",
  },
  war_lower_tariffs: {
    en: "This “trade war” ends at lower tariffs than the scenario has: {a} {a_now} in place of {a_before}, {b} {b_now} in place of {b_before} (on each other, weighted by the base's trade). Here a trade war is where neither gains by moving its own tariffs alone, be that above or below what is in force.",
    zh: "这场“贸易战”结束时的关税低于情景中的关税：{a}{a_now}（情景为{a_before}），{b}{b_now}（情景为{b_before}）（双方相互关税，按基准贸易加权）。此处的贸易战是指任何一方单独改变关税都无利可图之处，可能高于也可能低于现行关税。",
  },
  answering: { en: "Answering …", zh: "正在回答……" },
  progress: { en: "{what}: {done} of {total}", zh: "{what}：{done}/{total}" },
  cancel: { en: "Cancel", zh: "取消" },
  cancelled: { en: "Cancelled.", zh: "已取消。" },
  answered_in: { en: "Answered in {s} s", zh: "用时{s}秒" },
  failed: { en: "Not answered: {reason}", zh: "没有答案：{reason}" },
  engine_english: { en: "", zh: "英文句子由引擎或研究文件写成，原样列出。" },
  all_numbers_here: {
    en: ". “Save results.json” above saves all numbers.",
    zh: "。上面的“保存 results.json”可保存全部数字。",
  },
  outcome_scenario: { en: "this scenario", zh: "您的情景" },
  outcome_best: { en: "best answer", zh: "最优应对" },
  outcome_relation: { en: "The relation over time", zh: "随时间的关系" },
  outcome_war: { en: "trade war", zh: "贸易战" },
  outcome_deal: { en: "deal", zh: "协议" },

  relation_text: {
    en: "An agreement lasts if keeping it is worth more to each side than breaking it once and living through the war that follows. Move what decides.",
    zh: "如果对每一方来说，守约都比毁约一次再承受随后的贸易战更合算，协议就能持久。请移动起决定作用的因素。",
  },
  agreement: { en: "The agreement", zh: "协议" },
  agreement_scenario: { en: "the tariffs of the scenario", zh: "情景中的关税" },
  agreement_deal: { en: "the deal of the talks", zh: "谈判达成的协议" },
  patience: { en: "How much each year's wait costs (discount rate)", zh: "每等一年的代价（贴现率）" },
  fidelity: { en: "Promises of {region} carried out, chance a year", zh: "{region}每年履行承诺的概率" },
  fidelity_ledger: { en: "as the ledger of Busan shows, up to 24 July 2026", zh: "按釜山承诺账本，截至2026年7月24日" },
  fidelity_own: { en: "as set here", zh: "按此处设定" },
  fidelity_from: { en: "How reliable each side is", zh: "各方有多可靠" },
  dialogue: { en: "A channel tells lapses from intent, rightly in", zh: "对话渠道能分辨失误与故意，正确率为" },
  period: { en: "Months until the other can answer", zh: "对方作出回应所需月数" },
  months: { en: { one: "{n} month", other: "{n} months" }, zh: "{n}个月" },
  relation_holds: {
    en: "The agreement holds: neither {a} nor {b} gains by breaking it on purpose.",
    zh: "协议能够持久：{a}与{b}故意违约都得不到好处。",
  },
  relation_holds_unsure: {
    en: "The agreement holds at the reliability that is estimated, not at the lowest that the record leaves room for: neither {a} nor {b} gains by breaking it on purpose.",
    zh: "在估计的履约可靠性下，协议能够持久（在记录所容许的最低可靠性下则不能）：{a}与{b}故意违约都得不到好处。",
  },
  relation_assumed: {
    en: "The agreement holds only if both would carry out a war that is no best answer of either.",
    zh: "只有双方都真的打一场对任何一方都非最优应对的贸易战，协议才能持久。",
  },
  relation_broken: { en: "The agreement does not hold.", zh: "协议不能持久。" },
  relation_broken_by: {
    en: "The agreement does not hold: {p} gains by breaking it on purpose.",
    zh: "协议不能持久：{p}故意违约反而得益。",
  },
  relation_broken_both: {
    en: "The agreement does not hold: {a} and {b} both gain by breaking it on purpose.",
    zh: "协议不能持久：{a}与{b}故意违约都会得益。",
  },
  relation_reliability: {
    en: "Promises are carried out with a chance of {first} ({a}) and {second} ({b}) a year.",
    zh: "每年履行承诺的概率：{a}{first}，{b}{second}。",
  },
  relation_needed: {
    en: "With trade wars after a breach, {v} on both sides would be enough.",
    zh: "若违约后以贸易战回应，双方达到{v}即可。",
  },
  relation_interval: { en: " ({low} to {high})", zh: "（{low}至{high}）" },
  relation_unsure: {
    en: "The record leaves room for less than that.",
    zh: "记录并不排除低于此值的可能。",
  },
  relation_never: {
    en: "With trade wars after a breach, no reliability is enough.",
    zh: "若违约后以贸易战回应，再可靠也不够。",
  },
  relation_peace: {
    en: "Promises fail without being meant to: where each failure is answered by a trade war, peace lasts {years} years on average, and {share} of the time is war.",
    zh: "承诺也会在无意中落空：若每次落空都以贸易战回应，和平平均持续{years}年，{share}的时间处于贸易战。",
  },
  relation_all: { en: "All that was computed", zh: "全部计算结果" },
  history_title: { en: "One history, drawn at random", zh: "随机抽取的一段历史" },
  history_words: {
    en: "Under trade wars after a breach. Low: peace. Tall: a trade war. A dot: a promise that was not carried out.",
    zh: "违约后以贸易战回应。低条：和平。高条：贸易战。圆点：有承诺未履行。",
  },
  history_year: { en: "year {year}", zh: "第{year}年" },
  ask_relation: { en: "Does it last?", zh: "能持久吗？" },
  play: { en: "Play", zh: "播放" },
  pause: { en: "Pause", zh: "暂停" },
  play_label: { en: "Year of the history", zh: "历史年份" },
  play_year: { en: "year {year}: {state}", zh: "第{year}年：{state}" },
  peace: { en: "peace", zh: "和平" },
  at_war: { en: "war", zh: "贸易战" },

  claims_text: {
    en: "Statements that a study sets out to test, each with its verdict and what would overturn it; where the study has draws or other assumptions, also in how many of them the verdict stands.",
    zh: "研究所要检验的论断：每条都有结论和推翻它所需的条件；若研究含有抽样或其他假设，还给出结论在其中多少情形下成立。",
  },
  claims_draws: {
    en: "Every statement is tested in {n} draws of what is not known exactly.",
    zh: "每条论断都在对未确知因素的{n}次抽样中检验。",
  },
  claims_no_draws: {
    en: "This study has no draws: its verdicts are those of one set of elasticities.",
    zh: "此研究没有抽样：结论只基于一组弹性。",
  },
  claims_variants: {
    en: {
      one: "It is also tested under {n} other assumption.",
      other: "It is also tested under {n} other assumptions.",
    },
    zh: "并在{n}种其他假设下检验。",
  },
  claims_no_variants: { en: "Nor has it other assumptions.", zh: "也没有其他假设。" },
  claims_seconds: { en: "It takes about {n} seconds.", zh: "约需{n}秒。" },
  claims_minutes: {
    en: "It takes about {n} minutes, fewer where the page has threads; it can be cancelled, and the rest of the page goes on meanwhile.",
    zh: "约需{n}分钟（页面可用多线程时更短）；可随时取消，其间页面其余部分照常可用。",
  },
  claims_study: { en: "The statements of", zh: "论断来自" },
  ask_claims: { en: "Test them", zh: "检验" },

  study_text: {
    en: "The scenario as a study file: the command answers the same file. Change it, or drop any study here, and run it in this browser.",
    zh: "以研究文件表示的情景：命令行程序也能回答同一文件。可以修改，或把任何研究文件拖到这里，在浏览器中运行。",
  },
  study_label: { en: "Study file (TOML)", zh: "研究文件（TOML）" },
  study_run: { en: "Run the study", zh: "运行研究" },
  study_save: { en: "Save as a file", zh: "保存为文件" },
  study_fresh: { en: "Take the scenario again", zh: "重新取用情景" },
  study_drop: { en: "Drop a study file here", zh: "把研究文件拖到这里" },
  study_choose: { en: "Choose a file", zh: "选择文件" },
  results_save: { en: "Save results.json", zh: "保存 results.json" },
  dropped_no_text: {
    en: "“{name}” is no text, so no study: what stood here stays.",
    zh: "“{name}”不是文本，因而不是研究文件：原有内容保持不变。",
  },
  dropped_unread: {
    en: "“{name}” cannot be read (a folder, or a file that is gone): what stood here stays.",
    zh: "无法读取“{name}”（是文件夹，或文件已不存在）：原有内容保持不变。",
  },
  dropped_empty: {
    en: "“{name}” is empty: what stood here stays.",
    zh: "“{name}”是空的：原有内容保持不变。",
  },
  dropped_others: {
    en: {
      one: "One study at a time: {n} other file was left alone.",
      other: "One study at a time: {n} other files were left alone.",
    },
    zh: "一次只能放入一项研究：其余{n}个文件未予处理。",
  },
  study_too_long: {
    en: {
      one: "“{name}” is longer than {n} megabyte: the page answers studies up to that. The command answers it.",
      other: "“{name}” is longer than {n} megabytes: the page answers studies up to that. The command answers it.",
    },
    zh: "“{name}”超过{n}兆字节，网页最多处理这么长的研究文件；可以用命令行程序运行。",
  },
  dropped: { en: "“{name}” is here: run it.", zh: "“{name}”已载入：可以运行。" },
} satisfies Record<string, Text>;
