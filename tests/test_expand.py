"""The text filter: what must hold of any text."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import kouhao
from kouhao.check.item_diff import bare
from kouhao.check.reader import PageReader
from kouhao.expand.expander import Expander
from kouhao.expand.judgement import Left
from kouhao.expand.writing import Style
from kouhao.index.patterns import Vocabulary
from kouhao.language.normalize import fold
from kouhao.lookup.engine import open_lookup
from kouhao.model import Basis

LOOKUP = open_lookup([])
VOCABULARY = Vocabulary(LOOKUP.indexes)
READER = PageReader(VOCABULARY, LOOKUP.characters, VOCABULARY.expansion_matcher())
SLOGANS = st.sampled_from(
    [
        "五好",
        "“五好”",
        "三进三同步",
        "五个百",
        "四到",
        "(",
        "）",
        "，",
        "\n",
        "\r\n",
        "建设",
        "家庭",
        "https://a.cn/五好",
        "`五好`",
        "十",
        "甲",
    ]
)
TEXTS = st.lists(SLOGANS, max_size=12).map("".join)


LEFT = [
    "坚持人民至上、坚持自信自立、坚持守正创新、坚持问题导向、坚持系统观念、坚持胸怀天下，这“六个必须坚持”是科学方法。",
    "班级开展“三讲”活动：讲文明、讲卫生、讲礼貌。",  # a meaning of its own
    "车间“三保”活动：保质量、保安全、保交期。",
    "推进产业、人才、文化、生态、组织“五个振兴”。",
    "建设职业教育“新双高”试点。",  # a longer name
    "四轮驱动汽车上市。",  # another field
    "实施企业培育“三大行动”。",
    "本厂评选“五好”班组。",  # what one district says, of something else
    "会见来华出席“1+10”对话会的人。",
    "开展“三乱”整治，重点治理乱搭、乱建、乱堆。",  # a list of its own
    "发展储蓄卡、信用卡“两卡”业务。",
    "推进化肥农药“双减”行动。",  # things of others
    "文明城市、卫生城市“双创”工作推进会。",
    "村民自治做到“四个自我”，事事有人管。",
    "以甲市为中心、乙市为两翼。",
    "学校家庭社会政府司法五位一体网络。",
    "翻过三座大山，就到了村小学。",  # what the words say
    "教室里挂着三面红旗。",
    "全面展开城市生命线、水患治理、城乡安居三大工程。",  # a list of its own before it
    "推进电信、电视、计算机三网融合。",
    "煤电机组节能降耗、供热、灵活性改造“三改联动”。",
    "民主生活会对照“四个带头”，深入开展批评。",  # what one district says, elsewhere
    "开展“三项行动”，严打盗窃、诈骗、赌博。",
    "出席“一带一路”国际合作高峰论坛。",  # in a longer name
    "全国双拥工作领导小组召开会议。",
    "深入贯彻中央八项规定精神学习教育。",
    "“一带一路”创新发展中心成立。",
    "强化“党政同责、一岗双责、失职追责”，坚持以人为本。",  # says itself
    "百集特别节目《一带一路》明起开播。",
    "一带一路大药房连锁有限公司",
    "国务院“放管服”改革协调小组",
    "出席“一带一路”CEO论坛。",
    "“三农”人在路上，挥汗如雨。",  # a word that it makes with the character behind it
    "打好“三大攻坚战”（防范化解重大风险、精准脱贫、污染防治）。\n企业落实双减少。\n稳住“三农”（农业农村农民）。",  # other lines
    "弘扬“工匠精神” 推动高质量发展\n正文。",  # a headline
    "推动能耗“双控”转变。",  # several fields, none named
    "他提出“稳思想”“稳秩序”“稳安全”等“六稳”要求。",
    "明确了学科竞赛、社会口碑等方面的“六保”目标，保就业。",
    "提高政治站位，专题学习共分三讲，请专家主讲。",  # a number of things
    "中华民族迎来四个伟大飞跃，走向复兴。",
    "发布题为“坚持‘四个面向’，勇担时代重任”的报告。",  # in a title
    "报告指出：“必须完整、准确、全面贯彻新发展理念，坚持创新。”会后讨论。",  # in another's words
    "【践行新发展理念】各地在行动，抓落实。",  # in a title of other brackets
    "前文。\n7.多地开展主题活动 弘扬志愿精神；\n（3）中央下达“一喷三防”补助资金；\n后文。",  # headlines in a list
    "参加“四下基层”与新时代党的群众路线理论研讨会，发言。",
    "参观红船精神纪念馆，学习。",
    "昨天，红船精神研究会在本市成立。",
    "“四好农村路”示范县名单公布，“三会一课”宣讲团出发。",
    "街道以及村（社区）“两委”要履职，抓好换届。",  # a bracket says whose
    "实行“双随机、一公开”监管，随机抽取检查对象、随机选派执法检查人员，公开结果。",  # told in the text's own words
    "弘扬精益求精的工匠精神，实干。",
    "了解主体责任、监督责任落实情况，着力发现全面从严治党“两个责任”不落实的问题。",
    "参观展览，听课。\n伟大建党精神\n参与奖\n高一，二班。",  # in a cell
    "昨天走进工匠精神文化墙，听讲解。",  # a name that nobody has met
    "记者采访焦裕禄精神传习所，印象很深。",
    "前文，如下。\n- 深入学习“四个意识”；\n- 推进“放管服”改革。\n① 抗疫精神。\n后文，完。",  # items of a list
    "题目，多选。\nA. 四项基本原则、改革开放\n增强“四个意识”是（ ）的要求，属于政治建设。",  # an examination
    "“四个意识”，指的是什么，有哪些方面？",
    '名单如下，共三个。\nwords = ["四个意识", "四个自信", "两个维护"]，完。',  # data
    "| 章节，页 | 第二章 坚定“四个自信” | 3 |",
    "推动构建以合作共赢为核心的新型国际关系，实现共赢。",  # told in the text's own words
    "用好两个市场、两种资源，加快发展。",  # would be said twice
    "发挥好援受双方两个积极性，打破结对关系界限，协调各方关系。",  # a word of any field
    "促进“三医”协同发展和治理，惠及群众。",
    "发扬开放创新、坚韧不拔的企业家精神，共促增长。",
    "“三步走”发展战略就此失败，令人惋惜。",
    "坚持“两个毫不动摇”的口号，即毫不动摇地支持民营经济，支持企业。",
    "直播预告，如下。\n话题 #一国两制 和 #四个意识，敬请收看。",
    "实行“双随机、一公开”，随机抽取检查人员和检查对象、及时公开查处结果。",
    "牢记“两个务必”，保持谦虚、谨慎、不骄、不躁的作风，保持艰苦奋斗的作风。",
    "坚持“两手抓、两手都要硬”，一手抓疫情防控，一手抓经济发展。",
    "（十二）坚持“一国两制”和推进祖国统一。保持长期繁荣，共同发展。",  # a heading that runs into its paragraph
    "增强“四个意识”（政治意识、大局意识、核心意识、看齐意识），实现了四个伟大飞跃。",  # a noun that it counts
    "增强“四个意识”（政治意识、大局意识、核心意识、看齐意识），整治“四风”（形式主义、官僚主义、享乐主义、奢靡之风），防止公路“三乱”。",
]
MEANT = [
    "打好污染防治“三大行动”（大气、水、土壤污染防治）。",
    "上海深化“五个中心”（国际经济、金融、贸易、航运、科技创新）建设。",
    "义务教育学校落实“双减”（减轻义务教育阶段学生作业负担和校外培训负担）政策，学校减少作业。",
    "严控“两高”（高耗能、高排放）项目。",
    "选好配强村“两委”（村党组织、村民委员会）班子。",
    "统筹推进“五位一体”总体布局（经济建设、政治建设、文化建设、社会建设、生态文明建设）。",
    "建设“四好农村路”（建好、管好、护好、运营好农村公路）3万公里，通达各村。",  # a number beside quotes
    "坚决整治“四风”（形式主义、官僚主义、享乐主义和奢靡之风）突出问题。",
    "增强“四个意识”（政治意识、大局意识、核心意识、看齐意识）。",
    "学校坚持以“四个意识”（政治意识、大局意识、核心意识、看齐意识）导航，勇毅前行。",  # whatever noun follows
    "中国特色社会主义法治体系（完备的法律规范体系、高效的法治实施体系、严密的法治监督体系、有力的法治保障体系，形成完善的党内法规体系）不断健全，进步明显。",
    "普陀区推行“五好”（班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好）建设。",
    "靠“四个意识”（政治意识、大局意识、核心意识、看齐意识）强基，勇毅前行。",  # a verb is no noun of a name
    "在实践中厚植“三农”（农业农村农民）情怀，勇毅前行。",  # what all documents mean by it
    "做好六稳（稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期）六保（保居民就业、保基本民生、保市场主体、保粮食能源安全、保产业链供应链稳定、保基层运转）工作。",
    "整治四风（形式主义、官僚主义、享乐主义和奢靡之风）四个意识（政治意识、大局意识、核心意识、看齐意识）问题。",
    "用好学习会、党委会、座谈会，落实“三会一课”（支部党员大会、支部委员会会议、党小组会以及上党课），勇毅前行。",  # no list of its own
]


def expand(text: str, style: Style = Style.BRACKETS, *, every: bool = False, kind: str = "txt") -> str:
    expander = Expander(READER, style=style, every=every, kind=kind)
    expanded = expander.expand(text)
    return expanded + expander.footnotes()


@pytest.mark.parametrize("text", LEFT)
def test_slogan_that_means_something_else_is_left_alone(text: str) -> None:
    assert expand(text) == text


@pytest.mark.parametrize("text", MEANT)
def test_slogan_is_expanded_where_its_field_is_spoken_of(text: str) -> None:
    assert expand(re.sub("（.*?）", "", text)) == text


@pytest.mark.parametrize("every", [False, True])
@given(TEXTS)
@example("\n五个百\n五好")
def test_second_run_changes_nothing(every: bool, text: str) -> None:  # noqa: FBT001  a parameter
    once = expand(text, Style.BRACKETS, every=every)
    assert expand(once, Style.BRACKETS, every=every) == once


TERMS = st.sampled_from([record["term"] for record in LOOKUP.records()])
JOINTS = st.sampled_from(
    ["", "\n", "、", "，", "。\n", "“", "”", "和", "（", "）", "：", "——", " ", "\n\n", "推进", "即"]
)


@given(st.lists(st.one_of(TERMS, JOINTS), max_size=8).map("".join))
def test_second_run_changes_nothing_whatever_the_terms(text: str) -> None:
    once = expand(text)
    assert expand(once) == once


@given(st.text(alphabet="甲乙丙丁 \r\n“”（）五六", max_size=40).filter(lambda text: "五" not in text))
def test_text_without_slogans_is_left_alone(text: str) -> None:
    assert expand(text, Style.BRACKETS, every=True) == text


def test_expansions_are_known_as_such_and_stay_as_they_are() -> None:
    """Also those of a term that another of its readings defines without a list."""
    fulls = [reading["full"] for record in LOOKUP.records() for reading in record["readings"]]
    assert [full for full in fulls if Expander(READER, every=True).expand(full) != full] == []


def test_each_encoding_goes_out_as_it_came_in() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        content = "没有口号的一行\r\n另一行".encode(encoding)
        done = subprocess.run(
            [sys.executable, "-c", "from kouhao.commands.main import main; main()", "expand"],
            input=content,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, content)


FOUR = "四个意识"
ALL = "政治意识、大局意识、核心意识、看齐意识"
UNTOUCHED = [
    "把握发展规律、创新发展理念、破解难题，形成机制。",
    "拖欠上千万工程款，要依法处理。",
    "锚定“三高四新”美好蓝图。",
    "实施一体两翼双提升战略，见成效。",
    "印发《关于增强“四个意识”的意见》，抓好落实。",
    "一、增强“四个意识”\n（一）加强领导。",
    "# 增强“四个意识”\n\n正文。",
    f"增强“四个意识”\n（{ALL}）。",
    "增强“四个意识”（政治意识、大局意识）。",
    "增强四个意识 ……………… 12\n",
    '<p>标题：</p><script>const t = {"name": "四风", "a": "纠治“四风”问题"};</script>',
    "# 标题\n\n<!-- 增强“四个意识” -->\n",
    "落实“双减”政策（减轻学生负担）。",
    "增强“四个意识”教育（从政治方面讲起），实干。",
    "# 标题\n\n公式 $“四个意识”$ 和 $$x = “四风”$$ 如下，好。",
]


PAGES = [
    ("<p>抓好&#8220;三会一课&#8221;（支部党员大会、党课），开展&ldquo;四史&rdquo;{}教育。</p>", "四史"),
    ("<h2>一、坚定“四个自信”</h2><p>全党要坚定&ldquo;四个自信&rdquo;{}，不忘初心。</p>", "四个自信"),
    (
        "<table><tr><td>“六稳”</td></tr></table><code>四个意识，好</code><p>增强<b>四个意识</b>{}，实干。</p>",
        "四个意识",
    ),
    ('<p style="a:b;c:d">增强四个意识{}，实干。</p><select><option>六稳，好</option></select>', "四个意识"),
]
FULLS = {record["term"]: record["full"] for record in LOOKUP.records()}


@pytest.mark.parametrize(("page", "term"), PAGES)
def test_the_source_of_a_page_keeps_its_mark_up_and_its_headings_cells_and_code(page: str, term: str) -> None:
    assert expand(page.format(""), kind="html-source") == page.format(f"（{FULLS[term]}）")


@pytest.mark.parametrize(
    ("name", "text"), [("", "<!doctype html>\n<p>增强“四个意识”，实干。</p>"), ("a.md", "# “四个意识”，好\n")]
)
def test_a_pipe_is_read_as_a_file_is(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / (name or "a.html")
    path.write_text(text, encoding="utf-8")
    line = [sys.executable, "-m", "kouhao", "expand"]
    named = subprocess.run([*line, path], capture_output=True, check=True).stdout
    piped = subprocess.run(
        [*line, *(["--stdin-filename", name] if name else [])], input=text.encode(), capture_output=True, check=True
    )
    assert piped.stdout == named
    assert re.sub("（[^）]*）", "", named.decode()) == text


REPLACED = [
    ("增强“四个意识”，实干。", "增强政治意识、大局意识、核心意识、看齐意识，实干。"),
    ("深入贯彻中央八项规定精神，改进作风。", ""),  # a name
    ("贯彻“三严三实”要求，改进作风。", ""),  # an attribute
    ("增强“四个意识”、坚定“四个自信”、做到“两个维护”。", ""),  # items of two lists
    ("统筹推进“五位一体”总体布局，勇毅前行。", ""),
    ("完整准确全面贯彻新发展理念，勇毅前行。", ""),  # a noun that says what the items are
    ("坚定“四个自信”，改进作风。", "坚定道路自信、理论自信、制度自信、文化自信，改进作风。"),
    ("打好“三大保卫战”，改进作风。", ""),  # a noun that no item has
    ("推进宅基地“三权分置”，改进作风。", ""),
    ("落实“三会一课”，改进作风。", ""),  # a verb that takes other objects
]


@pytest.mark.parametrize(("text", "replaced"), REPLACED)
def test_a_slogan_is_replaced_where_the_sentence_reads_on(text: str, replaced: str) -> None:
    expander = Expander(READER, style=Style.REPLACE)
    assert expander.expand(text) == (replaced or text)
    assert replaced or set(chain(*expander.left.values())) <= {Left.BROKEN, Left.SEVERAL}


def test_what_has_two_meanings_is_told_and_each_of_them_written_once() -> None:
    expander = Expander(READER)
    text = "严控“两高”项目，节能降耗。\n" + "前文，如上。\n" * 100 + "“两高”，好。\n“两高”项目，好。"
    assert expander.expand(text) == text.replace("“两高”项", "“两高”（高耗能、高排放）项", 1)
    assert expander.left == {"两高": [Left.SEVERAL]}


def test_an_expansion_that_stands_alone_is_not_told_as_left() -> None:
    expander = Expander(READER)
    expander.expand("深化不敢腐、不能腐、不想腐一体推进，勇毅前行。")
    assert not expander.left


def test_each_term_is_expanded_or_told_unless_the_glossary_says_no_more_than_its_name() -> None:
    silent = set()
    for record in LOOKUP.records():
        fulls = {bare(fold(reading["full"])) for reading in record["readings"]} - {"", bare(fold(record["term"]))}
        expander = Expander(READER)
        text = f"各单位要深入落实“{record['term']}”，确保取得实效。"
        if fulls and expander.expand(text) == text and not expander.left:
            silent.add((record["basis"], record["term"]))
    assert {basis for basis, _ in silent} <= {Basis.SELF_EXPLAINING}, silent


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("打好“三大攻坚战”。", "打好“三大攻坚战”（防范化解重大风险、精准脱贫、污染防治）。"),  # of years that are over
        ("构建“双循环”新格局。", "构建“双循环”（国内国际）新格局。"),  # without its own name
        ("2010年，落实“六个精准”，扶持对象要准。", ""),  # before it was said
        ("会上聘任“荣誉导师”，座谈。", ""),  # a sentence about it
    ],
)
def test_a_slogan_of_another_time_or_with_a_sentence_is_expanded_or_told(text: str, expanded: str) -> None:
    expander = Expander(READER)
    assert expander.expand(text) == (expanded or text)
    assert set(chain(*expander.left.values())) == (set() if expanded else {Left.UNFIT})


@pytest.mark.parametrize("text", UNTOUCHED)
def test_longer_words_titles_headings_and_given_expansions_are_left_alone(text: str) -> None:
    assert expand(text, kind="md" if text.startswith("#") else "txt") == text


@pytest.mark.parametrize(
    "marked",
    [
        "**五个百**{}",
        "[五个百](u){}",
        "<b>五个百</b>{}",
        "__五个百__{}",
        "五个百<sup>1</sup>{}",
        "五个百<br>{}",
        "五个百 {}",
    ],
)
def test_an_incomplete_expansion_behind_markup_is_not_doubled(marked: str) -> None:
    text = f"推进{marked.format('（百巢引才、百创聚才、百智助才）')}建设。"
    assert expand(text, kind="md") == text


def test_a_set_phrase_stays_whole_and_markup_too() -> None:
    assert expand("以“三个代表”重要思想为指导。").startswith("以“三个代表”重要思想（")
    assert expand("增强**四个意识**，做好工作。", kind="md") == f"增强**四个意识**（{ALL}），做好工作。"


def test_wrapped_lines_are_joined_and_the_title_is_passed_over() -> None:
    assert expand("坚定“四个意\n识”，坚持到底。") == f"坚定“四个意\n识”（{ALL}），坚持到底。"
    assert expand(f"关于增强“{FOUR}”的通知\n\n要增强“{FOUR}”。\n").count(ALL) == 1


@pytest.mark.parametrize(
    ("text", "bracket"),
    [
        ("前文(旧)。\n\n落实“六稳”工作，落实“六保”任务。后文（新），好。", "（"),
        ("前文（旧）。\n落实“六稳”工作,落实“六保”任务,好,后文（新）.", "("),
    ],
)
def test_the_brackets_of_a_line_are_of_one_width(text: str, bracket: str) -> None:
    assert re.findall("”([（(])", expand(text)) == [bracket, bracket]


def test_footnote_numbers_do_not_collide() -> None:
    assert "“四个意识”〔3〕" in expand("五好〔1〕、六好〔2〕，增强“四个意识”。", Style.FOOTNOTES)


OWN = """source: {id: qw, title: 通知, publisher: 区委, published: '2026-01-01'}
entries:
  - term: 五好
    basis: stated
    full: 政治好、学习好、作风好、团结好、廉洁好
    parts: [{name: 五好, items: [政治好, 学习好, 作风好, 团结好, 廉洁好]}]
    quote: 推行“五好”（政治好、学习好、作风好、团结好、廉洁好）
  - {term: 三会一课, basis: mentioned, quote: 落实“三会一课”}
"""


def test_ones_own_reading_holds_and_what_it_does_not_explain_the_built_in_one_does(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    text = "推行“五好”，落实“三会一课”。"
    with kouhao.open(own) as glossary:
        assert glossary.expand(text) == (
            "推行“五好”（政治好、学习好、作风好、团结好、廉洁好），"
            "落实“三会一课”（支部党员大会、支部委员会会议、党小组会以及上党课）。"
        )
        short = "推行“五好”（政治好、学习好、作风好、团结好）。"
        assert [found.expected for found in glossary.check(short)] == ["廉洁好"]
        official = "推行“五好”（班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好）。"
        assert not glossary.check(official)
        assert [found.expected for found in glossary.check(official.replace("、工作业绩好", ""))] == ["工作业绩好"]
        assert {entry.source.publisher for entry in glossary.lookup("五好").entries} > {"区委"}


def test_standard_input_is_read_as_a_file_is(tmp_path: Path) -> None:
    """A pipe gives a few thousand bytes at a time; what dates the text may stand behind them."""
    path = tmp_path / "a.txt"
    path.write_text(
        "按照“四个全面”战略布局，主动适应新常态。\n" + "各位代表。\n" * 3000 + "2015年，经济平稳。\n", encoding="utf-8"
    )
    line = [sys.executable, "-m", "kouhao", "expand"]
    named = subprocess.run([*line, path], capture_output=True, check=True)
    with path.open("rb") as content:
        assert subprocess.run(line, stdin=content, capture_output=True, check=True).stdout == named.stdout
    assert "全面建成小康社会" in named.stdout.decode()


def test_what_is_undecided_is_told(tmp_path: Path) -> None:
    for name, item in (("a", "政治好"), ("b", "思想好")):
        (tmp_path / f"{name}.yaml").write_text(OWN.replace("政治好", item).replace("qw", name), encoding="utf-8")
    line = [sys.executable, "-m", "kouhao", "expand", "-g", "a.yaml", "-g", "b.yaml"]
    done = subprocess.run(line, input="推行“五好”。".encode(), capture_output=True, cwd=tmp_path, check=True)
    assert done.stdout.decode() == "推行“五好”。"
    assert "没有展开：“五好”" in done.stderr.decode()


def test_the_date_of_a_page_is_not_that_of_its_text() -> None:
    text = (
        "2015年，按照“四个全面”战略布局，主动适应。\n\n各位代表。\n\n本页最后更新于2022年1月。\n"
        + "正文，如上。\n" * 100
    )
    assert "全面建成小康社会" in expand(text + "本页最后更新于2022年1月。\n")


@pytest.mark.parametrize("text", ["增强“四个意识”“四个自信”，抓好工作。", "用好国家“两重”“两新”政策，推进工作。"])
def test_a_slogan_beside_another_is_not_replaced(text: str) -> None:
    """The list would be one with the other slogan: 稳投资、稳预期、“六保”工作."""
    assert expand(text, Style.REPLACE) == text
