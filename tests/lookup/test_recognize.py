"""What is claimed, what is only suggested and what is neither: a row a kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.evaluation.measure import asking
from tests.evaluation.slogans import make_entry

from kouhao.entry import Part
from kouhao.lookup.engine import Lookup, open_lookup

ENTRIES = (
    make_entry(
        "三重一大", [Part("三重", ("重大决策", "重要干部任免", "重大项目安排")), Part("一大", ("大额资金使用",))]
    ),
    make_entry("一行三会", [Part("", ("人民银行", "银监会", "证监会", "保监会"))]),
    make_entry("比学赶超", [Part("", ("比", "学", "赶", "超"))]),
    make_entry("党建+服务+治理", [Part("", ("党建", "服务", "治理"))]),
    make_entry("五有五争", [Part("五有", ("有班子", "有队伍", "有阵地", "有经费", "有制度")), Part("五争", ())]),
    make_entry(
        "双随机、一公开",
        [Part("双随机", ("随机抽取检查对象", "随机选派执法检查人员")), Part("一公开", ("及时公开结果",))],
    ),
    make_entry("七一", []),
    make_entry("四个带头", [Part("四个带头", ("带头学习", "带头调研", "带头服务", "带头落实"))]),
    make_entry("三进三同步", [Part("三进", ("进园区", "进校区", "进社区")), Part("三同步", ())]),
    make_entry("1+10", [Part("", ("1个区级中心", "10个街道分中心"))]),
)


@pytest.fixture(scope="module")
def lookup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lookup]:
    with asking(ENTRIES, tmp_path_factory.mktemp("recognize")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "how", "terms"),
    [
        ("三重一大", "exact", ["三重一大"]),
        ("3重1大", "exact", ["三重一大"]),
        ("三重一大事项", "phrase", ["三重一大"]),
        ("四个带头三重一大", "phrase", ["四个带头", "三重一大"]),
        ("sanzhongyida", "pinyin", ["三重一大"]),
        ("sanchongyida", "pinyin", ["三重一大"]),
        ("szyd", "initials", ["三重一大"]),
        ("scyd", "initials", ["三重一大"]),
        ("yihangsanhui", "pinyin", ["一行三会"]),
        ("yhsh", "initials", ["一行三会"]),
        ("wywzh", "initials", ["五有五争"]),
        ("wywz", "initials", ["五有五争"]),
        ("1十10", "form", ["1+10"]),
        ("三近三同步", "homophone", ["三进三同步"]),
        ("三进三tb", "initials", ["三进三同步"]),
        ("四个带头是什么意思", "phrase", ["四个带头"]),
        ("四个带头是哪四个带头", "phrase", ["四个带头"]),
        ("四个带头是指什么带头", "phrase", ["四个带头"]),
        ("什么是一行三会", "phrase", ["一行三会"]),
        ("何为三重一大", "phrase", ["三重一大"]),
        ("四个带头出处", "phrase", ["四个带头"]),
        ("请查一下四个带头的全文", "phrase", ["四个带头"]),
        ("四个带头是哪四个", "phrase", ["四个带头"]),
        ("四个带头第三个是什么", "phrase", ["四个带头"]),
        ("四个带头的第三个", "phrase", ["四个带头"]),
        ("三进三同步是哪六个", "phrase", ["三进三同步"]),
        ("一行三会4个", "phrase", ["一行三会"]),
        ("16字四个带头", "phrase", ["四个带头"]),
        ("四个带头是哪一年提的", "phrase", ["四个带头"]),
        ("1+10是哪1+10", "phrase", ["1+10"]),
        ("三同步是哪三同步", "part", ["三进三同步"]),
        ("四个带头、三进三同步", "phrase", ["四个带头", "三进三同步"]),
        ("三进三同步四个带头", "phrase", ["三进三同步", "四个带头"]),
        ("随机抽取检查对象", "item", ["双随机、一公开"]),
        ("隨機抽取檢查對象", "item", ["双随机、一公开"]),
    ],
)
def test_claimed(typed: str, how: str, terms: list[str], lookup: Lookup) -> None:
    hits = lookup.answer(typed).hits
    assert [(hit.term, hit.how) for hit in hits] == [(term, how) for term in terms]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("单随机、一公开", "双随机、一公开"),
        ("多随机、一公开", "双随机、一公开"),
        ("五个带头", "四个带头"),
        ("四进三同步", "三进三同步"),
        ("三进四同步", "三进三同步"),
        ("1+11", "1+10"),
        ("10+1", "1+10"),
        ("2+10", "1+10"),
        ("比学赶帮超", "比学赶超"),
        ("党建+文化+治理", "党建+服务+治理"),
        ("北京四个带头", "四个带头"),
        ("四个带头五个抓手", "四个带头"),
        ("四个带头、定期走访", "四个带头"),
        ("北京四个带头是什么", "四个带头"),
        ("北京“四个带头”", "四个带头"),
        ("医院的“四个带头”是什么", "四个带头"),
        ("请问我校四个带头有哪些", "四个带头"),
        ("四个带头是什么 北京", "四个带头"),
        ("四个带头是哪六个", "四个带头"),
        ("四个带头第五个是什么", "四个带头"),
        ("两随机、一公开", "双随机、一公开"),
        ("新四个带头", "四个带头"),
        ("1+1+10", "1+10"),
        ("7:1", "七一"),
        ("7.1", "七一"),
        ("7 1", "七一"),
    ],
)
def test_suggested_only(typed: str, near: str, lookup: Lookup) -> None:
    answer = lookup.answer(typed)
    assert not answer.found
    assert answer.suggestions[0].term == near


@pytest.mark.parametrize(
    "typed", ["七个一", "发展", "我们今天去公园", "经济全球化", "猪肉价格", "鹏", "xyzzy", "zhongguo", "换位跑三进"]
)
def test_not_found(typed: str, lookup: Lookup) -> None:
    assert not lookup.answer(typed).found


@pytest.fixture(scope="module")
def builtin() -> Iterator[Lookup]:
    with open_lookup([]) as opened:
        yield opened


@pytest.mark.parametrize(
    "typed",
    [
        "十八项规定",  # 落实八项规定 with another number
        "四个意识、五个自信、两个维护",  # of which one is none
        "四个意识、五个自信和三严三实",
        "八循环",
        "十五四",
        "五百个",
        "二十连增",
        "五个凡是",
        "三项政策、三项改革",
        "第三权",
        "六艺",
        "恶毒",
        "科学家",
        "脱贫攻坚",
        "全球治理",
        "管得好",  # of an item, 必须做到既“放得活”又“管得好”
        "脱钩断链",
        "song",
        "json",
        "双窗",  # 双创 in all that tells it but for its number
        "一港一策",
        "四个一",  # of 四个一批, which counts 批
        "审批一件事",  # 一件事 makes names
        "五好企业",
        "“五好”企业",  # a word of the entry's, which makes a name with it
        "“五好”医院",
        "企业“四个统一”",
        "汽车三化",
        "习近平的三个世界",  # 的 hides no owner, nor does a name that is in no dictionary
        "国民党的三大法宝",
        "特朗普的三大保卫战",  # nor is a longer term of anybody
        "国民党三大保卫战",
        "马斯克的百站再升级",
        "三公原则",  # prose has 三公 everywhere, and never this
        "新六稳",
        "色鲜明",
        "科学精神",  # official prose has it, so that it is no slip of 科学家精神
        "工业互联网",
        "1984",
        "71",  # a number, not 七一
        "中国特色",  # an item of 双一流, which stands in a thirtieth of the documents
        "基础设施",
        "服务企业",
        "为人民服务",  # far oftener by itself than 二为
        "牢记使命",  # three entries have it, of which two have more beside it
        "好房子",  # far oftener by itself than 好房子、好小区、好社区、好城区
        "糖尿病",  # an item of 两病, and a word
        "资源税",
        "印花税",
        "高速公路",
        "最高人民法院",
        "四路精神",  # counts, as 丝路精神 does not
        "三类八项",  # a part of 五级三类 has three items, the whole has eight
        "一企一策一专班",
    ],
)
def test_another_number_or_a_word_of_its_own_is_not_claimed(typed: str, builtin: Lookup) -> None:
    assert not builtin.answer(typed).found


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("三好", "五好"),
        ("三碳", "双碳"),
        ("五个自信", "四个自信"),
        ("五个意识", "四个意识"),
        ("百企帮百村", "万企帮万村"),
        ("三融合", "三网融合"),  # counts another thing
        ("文山会海", "六个纠治"),  # is spoken of in an item
        ("一个中国", "一个中国原则"),  # rather than claim a part of 一中一台
        ("特色鲜明", "主题突出、特色鲜明、形式多样"),  # lives by itself, unlike the rarest of its neighbours
        ("女排楼神", "女排精神"),  # 楼 neither sounds nor looks like 精
        ("全国两会", "两会"),  # stands in the query, unlikely as it is
        ("wuhoa", "五好"),  # a letter is wrong
        ("wgeb", "五个百"),
        ("lzjldw", "两集中两到位"),
    ],
)
def test_what_is_near_is_suggested(typed: str, near: str, builtin: Lookup) -> None:
    assert near in [one.term for one in builtin.answer(typed).suggestions]


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("全军“四铁”", "四铁"),
        ("司法两高", "两高"),  # the field of a reading
        ("四个中心（北京）", "四个中心"),
        ("浙江的八八战略", "八八战略"),
        ("毛泽东的三个世界", "三个世界"),  # its own source names him
        ("毛泽东三大法宝", "三大法宝"),
        ("四个自信里最后一个是什么", "四个自信"),
        ("丙横三纵", "两横三纵"),
        ("推进“放管服”改革", "放管服"),
        ("义务教育“双减”", "双减"),
        ("教育双减", "双减"),
        ("习近平两个维护", "两个维护"),
        ("德智体美劳", "五育并举"),
        ("211", "211工程"),
        ("社会建设", "五位一体"),
        ("道路自信、理论自信、制度自信", "三个自信"),
        ("河长制要求", "河长制"),
        ("何谓人工智能+都是什么", "人工智能+"),
        ("文化自信", "四个自信"),  # stands in fewer documents than its term
        ("学有所教", "七有"),  # as often as most of its neighbours
        ("能源结构", "四个结构"),
        ("合作共赢", "新型国际关系"),
        ("四自信", "四个自信"),  # without its measure word
        ("四头看", "回头看"),  # a numeral that looks like the character
        ("我为群众办事", "我为群众办实事"),  # pieces of it are common, all of it is not
        ("脱贫攻坚请神", "脱贫攻坚精神"),  # what characters share makes them look alike
    ],
)
def test_claimed_of_the_national_glossary(typed: str, term: str, builtin: Lookup) -> None:
    assert builtin.answer(typed).hits[0].term == term


def test_a_word_is_only_a_form_of_it_with_a_plus(builtin: Lookup) -> None:
    assert [builtin.answer(typed).hits[0].how for typed in ("人工智能", "人工智能+", "人工智能＋")] == [
        "form", "exact", "exact",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["三重", "随机抽取检查对象", "三近三同步", "四个带头是什么意思"])
def test_exact_guesses_nothing(typed: str, lookup: Lookup) -> None:
    assert not lookup.answer(typed, exact=True).found


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("四个带头", ["四个带头"]),
        ("“四个带头”和“三进三同步”", ["四个带头", "三进三同步"]),
        ("啥是4个带头呢", ["4个带头"]),
        ("请问“三进三同步”包括哪些", ["三进三同步"]),
    ],
)
def test_spans_of_the_query(typed: str, spans: list[str], lookup: Lookup) -> None:
    found = [typed[slice(*hit.span)] for hit in lookup.answer(typed, min_score=1).hits]
    assert found[: len(spans)] == spans


def test_a_script_decides(lookup: Lookup) -> None:
    (sure,) = lookup.answer("三近三同步").hits
    assert lookup.answer("三近三同步", min_score=sure.score).found
    assert not lookup.answer("三近三同步", min_score=sure.score + 1).found
    assert lookup.answer("四个带头", min_score=100).found


def test_a_part_stands_below_its_own_entry(tmp_path: Path) -> None:
    entries = (
        make_entry("三旧换三新", [Part("三旧", ()), Part("三新", ())]),
        make_entry("三新", [Part("三新", ("新技术", "新产业", "新业态"))]),
    )
    with asking(entries, tmp_path) as lookup:
        assert [(hit.term, hit.how) for hit in lookup.answer("三新").hits] == [
            ("三新", "exact"),
            ("三旧换三新", "part"),
        ]
        assert [hit.term for hit in lookup.answer("三新", exact=True).hits] == ["三新"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("新就业群体", "新就业群体"),
        ("五个必须是指必须维护党中央权威", "维护党中央权威"),
        ("三新经济", "新商业模式"),  # rather than 新经济组织: 经济 stands behind the term
        ("两新组织", "新经济组织、新社会组织"),
    ],
)
def test_the_reading_that_agrees_most_stands_first(typed: str, told: str, builtin: Lookup) -> None:
    assert told in builtin.answer(typed).hits[0].record["full"]


def test_a_misspelt_term_hides_its_own_words(tmp_path: Path) -> None:
    entries = make_entry("一次委托、一次付费、一单到底", []), make_entry("一次委托", [])
    with asking(entries, tmp_path) as lookup:
        assert [hit.term for hit in lookup.answer("一次委托一刺付费一单到底").hits] == ["一次委托、一次付费、一单到底"]


def test_own_glossaries_come_first(tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text(
        '{"source": {"id": "own", "title": "甲"}}\n{"term": "五好", "basis": "mentioned", "quote": "争创“五好”"}\n',
        encoding="utf-8",
    )
    with open_lookup([str(own)]) as lookup:
        assert lookup.answer("五好").hits[0].id.startswith("own/")


@pytest.mark.parametrize("query", ["双一流", "shuangyiliu", "双一流是什么", "三定", "一把手"])
@pytest.mark.parametrize("limit", [1, 3])
def test_what_explains_a_term_comes_before_what_mentions_it(query: str, limit: int) -> None:
    with open_lookup([]) as lookup:
        assert [hit.is_explained for hit in lookup.answer(query, limit=limit).hits] == [True, False][:limit]
