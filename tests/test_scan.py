"""A scan tells the places that the document itself has, whatever its line ends and however it is read."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kouhao.documents.document import Document
from kouhao.documents.streams import LineStream
from kouhao.index.matcher import Matcher
from kouhao.index.patterns import Vocabulary
from kouhao.lookup.engine import open_lookup
from kouhao.scan import scan

if TYPE_CHECKING:
    from kouhao.index.matcher import Places

NATIONAL = str(Path(__file__).parent.parent / "glossary" / "national")
MATCHER = Vocabulary(open_lookup([NATIONAL]).indexes).term_matcher()
PIECES = st.sampled_from(
    [
        "五好",
        "三進三同步",
        "三进",
        "三同步",
        "人靠谱（普）、才无忧",
        "十",
        "𠮷",
        "a",
        "\n",
        "\r",
        "\r\n",
        "\u2028",
        "\u2029",
        " ",
    ]
)


def sightings(
    content: bytes, path: str = "text.txt", file: type[io.BytesIO] = io.BytesIO
) -> list[tuple[int, int, str]]:
    stream = LineStream(file(content), path)
    return [(one.line, one.column, one.occurrence.text) for one in scan(stream, MATCHER)]


def places(text: str) -> list[tuple[int, int, str]]:
    document = Document("text.txt", text, "utf-8")
    return [(*document.locate(found.start), found.text) for found in MATCHER.find(text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@given(st.lists(PIECES, max_size=20).map("".join))
@example("推行三进\n三同步")
def test_places_are_the_documents(encoding: str, text: str) -> None:
    assert sightings(text.encode(encoding)) == places(text)


class Begun(io.BytesIO):
    """Bytes that someone has begun to read."""

    def __init__(self, content: bytes) -> None:
        super().__init__("先读的一行，不算。\n".encode() + content)
        self.readline()


class Pipe(io.BytesIO):
    """Bytes that can be read once."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("path", ["text.txt", "-"])
@pytest.mark.parametrize("file", [io.BytesIO, Begun, Pipe])
def test_places_in_a_text_of_many_pieces(encoding: str, path: str, file: type[io.BytesIO]) -> None:
    paragraph = "推行“五好”建设，" + "稳步推进，" * 700 + "落实“三进三同步”。\r\n\u2028\n"
    silence = "稳步推进。\n" * 100_000 + "稳步\u2029推进。\r\n" * 60_000
    text = paragraph * 100 + silence + paragraph * 100
    assert sightings(text.encode(encoding), path, file) == places(text)


class Exhausted(Matcher):
    """A matcher whose memory is spent after the first piece."""

    def search(self, content: bytes) -> Places:
        if content.startswith(b"#"):
            return [[]]
        raise MemoryError


def test_what_stops_a_search_is_raised_where_the_scan_is_read_and_its_threads_end() -> None:
    content = b"#" + "稳步推进。\n".encode() * 200_000
    before = set(threading.enumerate())
    with pytest.raises(MemoryError):
        list(scan(LineStream(io.BytesIO(content), "text.txt"), Exhausted([])))
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10)
        assert not thread.is_alive()


def test_a_page_has_the_places_of_its_source(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html>\n<body>\n<p>一</p>\n<p>推行<b>五好</b>建设</p>\n", encoding="utf-8")
    found = subprocess.run([sys.executable, "-m", "kouhao", "scan", page], capture_output=True, text=True, check=True)
    assert found.stdout == f"{page}:4:9: 五好  [putuo-2021/五好]\n"


@pytest.mark.parametrize(
    "text",
    [
        "步行十五分钟",  # a quantity
        "引进十五家企业",
        "当日12：00后订票",
        "路长十五公里",
        "建三农药厂",  # a word goes over the edge
        "三农民工",
        "双创新高",
        "四史无前例",
        "李四早到了",
        "参众两院通过",
        "拖欠上千万工程款",  # a number goes on
        "锚定三高四新蓝图",
        "推进五基四化工作",
        "发出五·一六通知",
        "数词有十、百、千、万、亿",
        "夺得三个代表队冠军",  # that is also a word of the dictionary
        "打击三步走私案",
        "门店双十二五折优惠",
        "本题共3小题，见附页",  # a numeral and one character of another spelling
        "商丘市二高举行仪式",
        "（十五）加强监管",  # the number of an item
        "勇立潮头，扬帆远航",  # a word that the glossary has from a name in quotes
    ],
)
def test_a_term_inside_of_longer_words_is_no_occurrence(text: str) -> None:
    assert not list(MATCHER.find(text))


@pytest.mark.parametrize(
    "text",
    [
        "今年的全国【两会】上，代表",
        "推动【军民融合】式发展",
        "【五四】运动",
        "【十四五】期间",
        "【三严三实】为主题",
        "弘扬【“两弹一星”精神】",  # its quotes close before it ends
        "土地【“三权”分置】改革",
        "整治【“三无”船舶】",
        "办好【“三资”企业】",
        "做好【六稳】【六保】工作",  # two that are names by themselves
        "支持“【两新】【两重】”建设",
        "推进【三会一课】【主题党日】",
        "深化【放、管、服】改革",  # marks that a lookup leaves out
        "深刻领悟【两个“确立”】",
        "纪念“【九·一八】”事变",
        '整治【"三无"产品】',
        "以“【不忘初心 牢记使命】”为主题",
        "推进【“互联网+”监管】",
        "【“双百”行动】",
        "支持“【三农】”工作队",
        "做好“【3农】”工作",
        "“【扬帆】”专项行动",
        "推进【５Ｇ＋工业互联网】应用",
        "【五一】小长假",
        "【三个代表】重要思想",
        "落实【三会\u200b一\u200b课】制度\u200b，【三\u00ad严三实】",  # what nobody sees is no break
    ],
)
def test_a_term_beside_other_words_is_one(text: str) -> None:
    plain = text.replace("【", "").replace("】", "")
    marks = [found.start() - nth for nth, found in enumerate(re.finditer("[【】]", text))]
    assert [edge for one in MATCHER.find(plain) for edge in (one.start, one.end)] == marks
