"""What each rule finds, and what it leaves alone: a file a rule, a line a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kouhao.check.checker import Checker, fixes
from kouhao.check.rules import RULES
from kouhao.documents.document import Document
from kouhao.lookup.engine import open_lookup
from kouhao.model import apply_edits

FOLDER = Path(__file__).parent
ROWS = [
    (path.stem, *row.split("\t"))
    for path in sorted(FOLDER.glob("*.tsv"))
    for row in path.read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(open_lookup([]), list(RULES))


@pytest.mark.parametrize(("rule", "text", "expected"), ROWS)
def test_rule(checker: Checker, rule: str, text: str, expected: str) -> None:
    findings = checker.check(Document("-", text, "utf-8", "md" if "](" in text else "txt")).findings
    assert [f"{one.found}={one.expected}" for one in findings if one.rule == rule] == expected.split()


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (
            "“四风”（反对形式主意、官僚主义、享乐主义、奢靡之风）",
            "“四风”（反对形式主义、官僚主义、享乐主义、奢靡之风）",
        ),
        (
            "“四个意识”（政治意识、大局意意识、核心意识、看齐意识）",
            "“四个意识”（政治意识、大局意识、核心意识、看齐意识）",
        ),
        ("“三全育人”（全员育人、全课程育人、全方位育人）", "“三全育人”（全员育人、全过程育人、全方位育人）"),
        ("“三全育人”（全员育人、全过程育人）", "“三全育人”（全员育人、全过程育人、全方位育人）"),
        ("“四下基层”（宣传党的路线、方针、政策下基层、信访接待下基层、现场办公下基层）", ""),
        ("“四个意识”（政治意识、大局意识、核心意识）要牢记，后来又加上看齐意识。", ""),
        ("“两不愁三保障”（吃穿不愁，义务教育、住房安全有保障）", ""),
        ("“三品一标”（绿色食品、有机农产品和农产品地理标志）", ""),
    ],
)
def test_fix_changes_what_is_wrong_alone(checker: Checker, text: str, fixed: str) -> None:
    findings = checker.check(Document("-", text, "utf-8")).findings
    assert findings
    assert apply_edits(text, fixes(findings)) == (fixed or text)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("三、四个自信\n1.道路自信\n2.理论自信\n3.制度自信\n4.文化自信\n四、两个维护", []),
        ("一、五通：\n1、政策沟通\n2、设施联通\n3、贸易畅通\n4、资金融通\n5、民心相通\n二、其他：", []),
        ("（一）三农：\n\t1) 农业\n\t2) 农村\n\t3) 农民\n（二）会议要求", []),
        ("一、三农：\n1.1 农业\n1.2 农村\n1.3 农民\n三、支部建设", []),
        ("一、三农：\na. 农业\nb. 农村\nc. 农民\n3. 支部建设", []),
        ("一、四个自信：\na. 道路自信\nb. 理论自信\nd. 文化自信\n3. 支部建设", ["expansion-item-missing"]),
        ("四个意识\n①政治意识；\n②大局意识；\n③核心意识；\n④看齐意识；\n会后讨论。", []),
        ("四个意识\n①政治意识；\n②核心意识；\n③看齐意识。", ["expansion-item-missing"]),
        ("一、四个不摘\n    摘帽不摘责任；\n    摘帽不摘政策；\n    摘帽不摘帮扶；\n    摘帽不摘监管。\n二、其他", []),
        ("- 三大战略：\n  - “一带一路”建设\n  - 京津冀协同发展\n  - 长江经济带发展\n- 新发展格局\n", []),
        ("- 三大战略：\n  - “一带一路”建设\n  - 长江经济带发展\n- 新发展格局\n", ["expansion-item-missing"]),
        ("第二章 六稳\n• 稳就业\n• 稳金融\n• 稳外贸\n• 稳外资\n• 稳投资\n第三章 其他", ["expansion-item-missing"]),
        (
            "【六稳】\n　　稳就业\n　　稳金融\n　　稳外资\n　　稳外贸\n　　稳投资\n　　稳预期\n【其他】",
            ["expansion-item-order"],
        ),
        ("1、三农\n2.1.1 农业\n2.1.2 农村\n2、其他", ["expansion-item-missing"]),
        ("三农。\n农业\n\n农村农民是重点", []),
        ("五个振兴\n产业振兴。\n人才振兴。\n文化振兴。\n生态振兴。\n组织振兴。\n组织学习", []),
        (
            "- 六稳\n　　第一，稳就业\n　　第二，稳金融\n　　第三，稳外贸\n　　第四，稳外资\n　　第五，稳投资\n　　第六，稳预期\n- 谈心",
            [],
        ),
        ("“六稳”不包括？\nA. 稳就业\nB. 稳金融\nC. 稳外贸\nD. 稳物价\n答案：[D]", []),
        ("| 序号 | 三农 |\n| --- | --- |\n| 1 | 农业 |\n| 2 | 农村 |\n| 3 | 农民 |\n", []),
        (
            "## 一、抓好三农\n\n### 1. 农业\n\n要抓好。\n\n### 2. 农村\n\n要抓好。\n\n## 二、其他\n",
            ["expansion-item-missing"],
        ),
        ("第二章 抓好三农\n第一节 农业\n要抓好。\n第二节 农村\n要抓好。\n第三节 农民\n第三章 其他", []),
        ("第二章 抓好三农\n第一节 农业\n要抓好。\n第二节 农村\n要抓好。\n第三章 其他", ["expansion-item-missing"]),
        (
            "改造，简称“三大改造”。\n\n    1. 农业：先行。\n    2. 手工业：合作。\n    3. 资本主义工商业：赎买。\n4. 改造的胜利完成：到1956年。\n",
            [],
        ),
        (
            "三大法宝：（1）统一战线（2）武装斗争（3）党的建设\n斗争是主要形式。\n（五）新旧革命的区别\n（1）阵营不同：一部分\n",
            [],
        ),
        ("“四早”任务表\n序号\n内容\n1\n早发现\n2\n早报告\n3\n早隔离\n4\n早治疗\n", []),
        ("“四早”任务表\n序号\n内容\n1\n早发现\n2\n早报告\n3\n早治疗\n", ["expansion-item-missing"]),
        ("| 三农 |\n| --- |\n| 农业 |\n| 农村 |", ["expansion-item-missing"]),
        ("“六稳”指什么？①稳就业；②稳金融；③稳外贸；④稳外资；⑤稳投资。", ["expansion-item-missing"]),
        ("“五个振兴”（产业、人才、教育、生态、组织振兴）", ["expansion-item-altered"]),
        ("“两个结合”（马克思主义基本原理同中国具体实际、中华优秀传统文化相结合）", []),
        ("道路、理论、制度、文明“四个自信”", ["expansion-item-altered"]),
        ("指导夏收、夏播、夏管“三夏”生产", []),
        ("整治“四风”（享乐主义、奢靡之风）突出问题", []),
        ("四风：\n一是形式主义。\n二是官僚主义。\n三是享乐主义、奢靡之风。", []),
        (
            "## 五好\n\n* 班子建设好：学。\n* 工作机制好：建。\n* 党员队伍好：教。\n* 工作业绩好：考。\n* 群众反映好：问。\n",
            ["expansion-item-order"],
        ),
        ("“四早”\n早发现要靠监测。\n早报告要靠制度。\n早治疗要靠医院。\n其他", ["expansion-item-missing"]),
        ("社会主义核心价值观\n富强民主文明和谐\n自由平等公正法治\n爱国敬业诚信友善\n扣好第一粒扣子", []),
        (
            "社会主义核心价值观\n中华优秀传统文化\n中华民族现代文明\n人与自然和谐共生\n党对人民军队绝对领导\n中国特色大国外交\n资本主义基本矛盾\n",
            [],
        ),
        ("五位一体：经济、政治、文化、社会、生态文明\n四个全面：现代化国家、深化改革、依法治国、从严治党", []),
        ("总的安排是分两步走：从二〇二〇年到二〇三五年基本实现社会主义现代化；\n第二步见后。", []),
        ("做到“四个意识”（政治意识、\n- 3 -\n大局意识、核心意识、看齐意识）。", []),
        ("做到“四个意识”（政治意识、\n- 3 -\n大局意识、看齐意识）。", ["expansion-item-missing"]),
        ("| 五级书记 | 省、市 |\n| --- | --- |\n| | 县、乡 |\n| | 村 |\n", []),
        ("四轮驱动\n政治\n经济\n人文\n海上\n“四轮驱动”\n政治\n经济\n人文\n海上", []),
        ("双碳\n碳达峰\n\n碳中和\n三农\n农业、农村、农民", []),
        ("双碳\n碳达峰\n\n三农\n农业、农村、农民", ["expansion-item-missing"]),
        ("| 双碳 | 碳达峰 |\n| --- | --- |\n|  | 碳中和 |\n", []),
        ("| 类别 | 项目 | 进度 |\n|---|---|---|\n| 两节 | 中秋 | 50% |\n| 两节 | 国庆 | 50% |\n", []),
        ("| 两节 | 中秋 |\n|---|---|\n| 两节 | 国庆 |\n", []),
        ("| 双碳 | 碳达峰 |\n|---|---|\n| 双碳 | 碳达峰 |\n", ["expansion-item-missing"] * 2),
        ("双高：高水平高职学校\n双高：高水平专业\n", []),
        ("双高（一）：高水平高职学校\n双高（二）：高水平专业\n", []),
        ("两型社会之一：资源节约型\n两型社会之二：环境友好型\n", []),
        ("双千兆\t5G\n双千兆\t千兆光网\n", []),
        ("1.“双减少”：荒漠化。\n2.“双减少”：土地沙化。\n", []),
        (
            "“四风”：形式主义、官僚主义、享乐主义、奢靡之风。\n“四风”：形式主义、享乐主义、奢靡之风。\n",
            ["expansion-item-missing"],
        ),
        ("第一讲 “六项纪律”：政治纪律、组织纪律。\n第二讲 “六项纪律”：廉洁纪律、群众纪律。\n", []),
        ("问：两节指什么？\n答：中秋、国庆。", []),
        ("**问：两节指什么？**\n\n答：中秋、国庆。", []),
        ("问：六稳指什么？\n答：稳就业、稳金融、稳外贸、稳外资、稳投资。", ["expansion-item-missing"]),
        ("做好“两节”（2023年：中秋、国庆）工作。", []),
        ("科学立法、严格执法、公正司法、全民守法\n依法行政、严格执法、公正司法、全民守法\n", []),
        ("坚持“三支一扶”[1]。\n[1] 三支一扶：支农、支教、支医和帮扶乡村振兴。", []),
        ("两不愁三保障：两不愁，即吃不愁、穿不愁；三保障，即义务教育、基本医疗、住房安全有保障。", []),
        ("四风\n形式主义要纠治。\n官僚主义要纠治。\n享乐主义和奢靡之风要纠治。\n其他", []),
        ("做到四早：\n早发现\n早报告\n早宣传\n早隔离\n早治疗\n请落实。", ["expansion-item-extra"]),
        (
            "四个意识任务表\n\n| 序号 | 内容 |\n|---|---|\n| 1 | 政治意识 |\n| 2 | 核心意识 |\n| 3 | 看齐意识 |\n",
            ["expansion-item-missing"],
        ),
        (
            "四个意识任务表\n\n| 时间 | 内容 |\n|---|---|\n| 3月 | 政治意识、大局意识 |\n| 4月 | 核心意识 |\n| 5月 | 看齐意识 |\n| 合计 | |\n",
            [],
        ),
        ("四风得分\n\n| 单位 | 形式主义 | 官僚主义 |\n|---|---|---|\n| 一局 | 10 | 9 |\n| 二局 | 10 | 9 |\n", []),
        ("“四个意识”是指政治意识、____、核心意识、看齐意识。这“四个意识”要记牢。", []),
        ("“四个意识”是指____、大局意识、核心意识、【 】。", []),
        ("“四个意识”是指政治意识、核心意识、看齐意识。这“四个意识”要记牢。", ["expansion-item-missing"]),
        ("| 1 | 六稳 | 稳就业 | 稳金融 | 稳外贸 | 稳外资 | 稳投资 |\n", ["expansion-item-missing"]),
        (
            "四个意识\t四个自信\n政治意识\t道路自信\n大局意识\t制度自信\n核心意识\t理论自信\n看齐意识\t文化自信\n",
            ["expansion-item-order"],
        ),
    ],
)
def test_line_of_an_outer_list_is_no_item(checker: Checker, text: str, rules: list[str]) -> None:
    findings = checker.check(Document("-", text, "utf-8", "md")).findings
    assert [one.rule for one in findings if one.rule.startswith("expansion-item")] == rules


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("“四议两公开”（村党支部提议、“两委”商议、党员大会审议、村民代表会议决议，决议公开、实施结果公开）", {"note"}),
        ("“三品一标”（无公害农产品、绿色食品、有机食品和农产品地理标志）", {"note"}),
        ("“新三样”（新能源汽车、锂电池、太阳能电池）", {"note"}),
        ("“三大攻坚战”（重大风险防范化解、精准脱贫、污染防治）", {"note"}),
        ("“四个意识”（政治意识、大局观念、核心意识、看齐意识）", {"warning"}),
        ("“四个意识”（政治意识、大局意思、核心意识、看齐意识）", {"error"}),
    ],
)
def test_what_is_reworded_is_told_by_how_much_it_changes(checker: Checker, text: str, severities: set[str]) -> None:
    assert {one.severity.value for one in checker.check(Document("-", text, "utf-8", "txt")).findings} == severities
