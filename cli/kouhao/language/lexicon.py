"""The marks, numerals and small words of official Chinese, each defined once for all who read text.

Sources: GB/T 15834-2011 (punctuation), GB/T 15835-2011 (numerals), The Unicode Standard, chapter 22 (enclosed numbers). Part of the
start-up path: plain values.
"""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
ARABIC = "0123456789０１２３４５６７８９"
NUMERAL_VALUES = {mark: value for value, mark in enumerate(DIGITS)} | {"〇": 0, "两": 2, "双": 2, "十": 10}
"""What a numeral of one character counts; 单 and 多 count nothing."""

COUNTING = "二两三四五六七八九十"
"""The Chinese numerals that count a list of more than one."""

NUMBERING = DIGITS[1:] + "十"
"""The numerals of which the numbers of headings and items are written."""

NUMBER_CHARACTERS = f"〇零一{COUNTING}百千万亿"
"""The characters of which Chinese numbers are written."""

ORDINAL = "第"
NEW = "新"

ENCLOSED = {
    chr(first + at): at + 1
    for first, last in (
        (0x2460, 20),  # ①
        (0x2474, 20),  # ⑴
        (0x2488, 20),  # ⒈
        (0x24F5, 10),  # ⓵
        (0x2776, 10),  # ❶
        (0x3220, 10),  # ㈠
        (0x3280, 10),  # ㊀
    )
    for at in range(last)
} | {chr(first + at): start + at for first, start, size in ((0x3251, 21, 15), (0x32B1, 36, 15)) for at in range(size)}
"""The numbers that are one character, with their values, 1 to 50."""

NUMBER_MARKS = "".join(ENCLOSED)
NOTE_MARKS = NUMBER_MARKS + "¹²³⁴⁵⁶⁷⁸⁹"
"""The marks that number an item, and those that lead to a note."""

BRACKETS = {"（": "）", "(": ")", "〔": "〕", "［": "］", "[": "]", "【": "】", "｛": "｝", "{": "}"}
QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", "〝": "〞", '"': '"', "＂": "＂"}
CURVED = {ord(mark): curved for mark, curved in zip("「」『』〝〞", "“”“”“”", strict=True)}
"""The quotes of vertical text as those of horizontal text, the inner ones too: where they are used alone they are outer ones."""

TITLES = {"《": "》", "〈": "〉"}
"""Opening marks with their closing ones."""

OPENING = "".join(BRACKETS).replace("[", r"\[")
CLOSING = "".join(BRACKETS.values()).replace("]", r"\]")
"""The brackets as a character class of a regular expression holds them."""

NOT_FIRST = "、，。；：？！）》」』】〕〉”’…—,.;:?!)]}%％·"
NOT_LAST = "（《「『【〔〈“‘"
"""The marks with which no line begins, and those with which none ends (GB/T 15834-2011, 5.1: 避头尾)."""

ITEM_MARKS = "、，；"
"""What separates the items of a list, from the lightest to the weightest."""

SENTENCE_ENDS = "。！？"
JOINING = "和与及"
CONNECTIVES = ("以及", *JOINING)
"""The words that join the last items of a list; longer ones first."""

THAT_IS = ("即", "也就是", "就是", "是指", "指的是")
"""The words that announce an expansion whatever follows; 指, 为 and 包括 have other uses."""

CONSISTS_OF = ("包括", "包含", "涵盖", "分为", "分别是", "分别为", "内容是", "内容为")
"""The words that announce the items themselves."""

MADE_UP = ("组成", "构成", "统称", "总称", "合称")
"""The words that end what tells of which items a thing is made up: 由……组成, 是……的统称."""

SOME_OF = (
    "重点",
    "尤其",
    "特别",
    "突出",
    "着重",
    "侧重",
    "主要是",
    "其中",
    "含",
    "如",
    "例如",
    "比如",
    "譬如",
    "诸如",
    "像",
)
"""The words that announce some of what was named before, not all of it."""

MEASURE_WORDS = "个大项条种类张"
"""What stands between the numeral and the noun of a slogan: 三个代表, 四大目标."""

COUNTED = "个项条种类点句字词"
"""What one asks for so many of: 哪六个, 24字."""

_ORGANS_AND_EVENTS = (
    "小组 办公 委员会 中心 研究院 学院 协会 商会 联盟 公司 集团 银行 基金 基地 专班 平台 联合会 实验室 "
    "大会 论坛 峰会 会议 博览会 研讨会 座谈会 推进会 对话会 活动周 大赛 竞赛 学习教育 专题教育 主题教育 "
    "协定 公约 条例 办法 细则 意见 通知 方案 专栏 网站 奖章 奖项 广场"
)
ORGANS_AND_EVENTS = tuple(_ORGANS_AND_EVENTS.split())
"""The nouns with which the names of organs, companies, meetings, campaigns, works and places end."""

_PRECEDING_SLOGANS = (
    "一批 一次 一轮 业务 严防 中非 举办 举行 了解 争做 事项 产业链 今年 优化 体现 作为 依托 促进 保持 保证 保障 借助 做到 做好 健全 充分发挥 克服 党组织 全国 "
    "全省 关于 关注 其中 内部 农村 出台 出席 分享 分析 列入 创建 利用 制定 力争 办好 加入 加大 加强 加快 助力 助推 升级 压实 参与 参加 反对 反映 发布 发挥 "
    "召开 听取 启动 回顾 围绕 国家级 地方 坚持 培养 培育 基于 增强 壮大 多个 存在 学习 安排 完善 完成 实施 实现 实行 实践 审批 审议 宣传 对照 就是 属于 履行 "
    "巩固 带动 年度 庆祝 建成 开创 开启 开局 开展 弘扬 强化 当前 当地 当好 形成 彰显 总书记 总结 意味着 成为 我国 所谓 打击 打造 执行 扩大 把握 抓住 抓好 "
    "投身 拓展 按照 授予 探索 控制 推出 推动 推广 推开 推行 推进 提出 提升 搞好 搭建 支持 放在 整治 明年 明确 期间 构建 查处 树立 根据 检验 正值 正是 治理 "
    "浙江 浦东新区 涉及 涵盖 深化 满足 牢记 理解 用于 登记 省市 省级 着眼 破解 确保 确立 秉持 突出 立足 简称 管控 紧扣 纪念 纳入 细化 经过 结合 续写 编制 "
    "联运 聚焦 肯定 荣获 落实 融入 解决 认同 认识 设立 设置 设计 评价 试点 调整 谋划 谱写 贯彻 贯穿 践行 达到 运用 这个 进入 通过 遵循 部署 采取 采用 重视 "
    "针对 铁路 防止 防治 随着 面临 面向 面对 颁发 预计 领会 领域 首个 首批 "
)
PRECEDING_SLOGANS = frozenset(_PRECEDING_SLOGANS.split())
"""What has slogans behind it much oftener than other words: 落实, and not 企业; `tests.fit.fit_preceding`."""

_ASKING = (
    "什么 多少 哪 哪里 哪儿 啥 几 几个 几条 几项 几点 谁 何 何谓 何为 如何 怎么 怎样 怎么样 为什么 为何 是否 有没有 能不能 可不可以 "
    "请 请问 请教 麻烦 劳驾 帮 帮忙 帮我 查 查查 查询 查找 查看 查阅 搜 搜搜 搜索 检索 找 找找 寻找 看 看看 问 问问 询问 求 求助 "
    "想 想要 需要 想知道 知道 了解 明白 懂 记得 告诉 介绍 解释 说明 讲解 解读 解析 阐述 阐释 简述 简介 概述 概括 论述 叙述 列出 列举 "
    "展开 翻译 理解 认识 叫 叫做 叫作 称 称为 称作 谓 所谓 指 意味着 说 说说 讲 讲讲 谈谈 写 写出 读 念 拼 回答 答案 "
    "意思 含义 涵义 定义 概念 内涵 释义 内容 全文 原文 原话 正文 全称 全名 简称 缩写 提法 说法 表述 写法 读法 念法 叫法 用法 "
    "出处 出自 来源 来自 由来 来历 起源 缘起 背景 英文 英语 英译 拼音 例子 例句 区别 东西 回事 "
    "具体 详细 主要 完整 标准表述 标准说法 分别 各自 到底 究竟 大概 一下 首次 最早 最初 时候 时间 年份 提 提出 提到 包括 包含 涵盖 组成 有关 关于 相关 "
    "干什么 干嘛 做什么 来着 吗 呢"
)
ASKING = frozenset(_ASKING.split())
"""The words with which one asks for a term, its wording, its meaning or its origin, and those in which one asks politely."""
ASKING_PARTICLES = frozenset(
    "是有的了呢吗呀啊吧么嘛都又就也在由里下些个项条种类我你您们这那能可要从来到与和及同跟或之间"
)
"""The copulas, particles and other small words that stand beside them: 是…的, 都有…呢."""

COMPARISONS = ("区别", "差别", "不同", "异同", "联系", "关系")
"""The words that ask how several things differ or belong together."""
