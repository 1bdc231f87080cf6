"""Documents of every kind and fault: text with its places, or one typed error."""

from __future__ import annotations

import io
import os
import zipfile
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kouhao.documents.document import Document
from kouhao.documents.paths import Documents
from kouhao.documents.reading import edited_file, read_as_text, read_bytes, read_document
from kouhao.documents.streams import LineStream
from kouhao.errors import KouhaoError
from kouhao.model import Edit

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def package(**parts: str | bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return content.getvalue()


def docx(body: str, **others: str | bytes) -> bytes:
    document = f"<w:document {WORD} {MC}><w:body>{body}</w:body></w:document>"
    return package(**{"[Content_Types].xml": "<Types/>", "word__document.xml": document, **others})


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def row(*cells: str, change: str = "") -> str:
    return f"<w:tr>{change}{''.join(f'<w:tc><w:p>{run(cell)}</w:p></w:tc>' for cell in cells)}</w:tr>"


BODIES = {
    "runs": (f"<w:p>{run('三进')}{run('三同步')}</w:p>", ["三进三同步"]),
    "insertion": (f"<w:p>{run('五')}<w:ins>{run('好')}</w:ins></w:p>", ["五好"]),
    "deletion": (f"<w:p>{run('五')}<w:del><w:r><w:delText>四</w:delText></w:r></w:del>{run('好')}</w:p>", ["五好"]),
    "table": (
        f"<w:tbl><w:tr><w:tc><w:p>{run('甲')}</w:p></w:tc><w:tc><w:p>{run('乙')}</w:p></w:tc></w:tr></w:tbl>",
        ["甲", "乙"],
    ),
    "text-box": (
        (
            f"<w:p>{run('外')}<mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent></mc:Choice>"
            f"<mc:Fallback><w:p>{run('框')}</w:p></mc:Fallback></mc:AlternateContent></w:p>"
        ),
        ["外", "框"],
    ),
    "deleted-row": (f"<w:tbl>{row('甲')}{row('乙', change='<w:trPr><w:del/></w:trPr>')}</w:tbl>", ["甲"]),
    "ruby": (
        f"<w:p><w:r><w:ruby><w:rt>{run('wǔ')}</w:rt><w:rubyBase>{run('五')}</w:rubyBase></w:ruby></w:r>{run('好')}</w:p>",
        ["五好"],
    ),
    "symbols": (
        (
            f'<w:p>{run("推行")}<w:r><w:sym w:font="宋体" w:char="201C"/><w:t>五好</w:t><w:sym w:font="宋体" w:char="201D"/></w:r>'
            f'<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>1</w:t><w:noBreakHyphen/><w:t>N</w:t><w:sym w:char="x"/></w:r></w:p>'
        ),
        ["推行“五好” 1-N "],
    ),
    "line-end-in-a-run": (f"<w:p>{run('甲&#x2028;乙')}</w:p>", ["甲 乙"]),
}


def damaged(compression: int) -> bytes:
    """Return a package compressed in a way of its own, whose document is damaged."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(name, f"<a>{'五好' * 99}</a>")
    content = bytearray(made.getvalue())
    at = content.index(b"word/document.xml") + len("word/document.xml") + 9  # behind LZMA's own header
    content[at : at + 12] = bytes(12)
    return bytes(content)


ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
FAULTS = {
    "empty": (b"", "E_DOCX"),
    "truncated": (docx(BODIES["runs"][0])[:-30], "E_DOCX"),
    "no-content-types": (package(**{"word__document.xml": "<x/>"}), "E_DOCX"),
    "old-word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "E_FORMAT"),
    "broken-xml": (package(**{"[Content_Types].xml": "<Types/>", "word__document.xml": "<a><b></a>"}), "E_XML"),
    "entity": (package(**{"[Content_Types].xml": "<Types/>", "word__document.xml": ENTITY}), "E_XML"),
    "entity-in-utf-16": (
        package(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": ENTITY.encode("utf-16")}),
        "E_XML",
    ),
    "bad-bzip2": (damaged(zipfile.ZIP_BZIP2), "E_DOCX"),
    "bad-lzma": (damaged(zipfile.ZIP_LZMA), "E_DOCX"),
    "bomb": (package(**{"[Content_Types].xml": "<Types/>", "word__document.xml": "<w:p/>" * 12_000_000}), "E_LIMIT"),
    "bomb-of-paragraphs": (docx("<w:p><w:r><w:t>五好</w:t></w:r></w:p>" * 300_000), "E_LIMIT"),
    "bomb-of-runs": (docx(f"<w:p>{'<w:r><w:t>五</w:t></w:r>' * 400_000}</w:p>"), "E_LIMIT"),
    "bomb-of-words": (docx(f"<w:p><w:r><w:t>{'五好，' * 3_000_000}</w:t></w:r></w:p>"), "E_LIMIT"),
}


@pytest.mark.parametrize("name", BODIES)
def test_word_paragraphs(name: str) -> None:
    body, expected = BODIES[name]
    assert read_bytes(docx(body), "a.docx", ".docx").text.split("\n") == expected


def test_word_notes_and_headers_are_labelled() -> None:
    note = f"<w:footnotes {WORD}><w:p>{run('脚')}</w:p></w:footnotes>"
    document = read_bytes(docx(f"<w:p>{run('正')}</w:p>", **{"word__footnotes.xml": note}), "a.docx", ".docx")
    assert (document.text, document.labels) == ("正\n脚", ("第 1 段", "脚注第 1 段"))


def test_word_labels_name_what_a_person_finds() -> None:
    box = f"<w:r><w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent></w:r>"
    nested = f"<w:tr><w:tc><w:p/><w:tbl>{row('内')}</w:tbl></w:tc></w:tr>"
    body = f"<w:p/><w:p>{run('首')}{box}</w:p><w:tbl>{row('甲', '乙')}{nested}</w:tbl><w:p>{run('末')}</w:p>"
    document = read_bytes(docx(body), "a.docx", ".docx")
    told = {text: label for text, label in zip(document.text.split("\n"), document.labels, strict=True) if text}
    assert told == {
        "首": "第 1 段",
        "框": "文本框 1",
        "甲": "表 1 第 1 行第 1 格",
        "乙": "表 1 第 1 行第 2 格",
        "内": "表 1 第 2 行第 1 格 表 1 第 1 行第 1 格",
        "末": "第 2 段",
    }


@pytest.mark.parametrize("name", FAULTS)
def test_word_fault(name: str) -> None:
    content, code = FAULTS[name]
    with pytest.raises(KouhaoError) as caught:
        read_bytes(content, "a.docx", ".docx")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        ("五好".encode(), "五好", "utf-8"),
        (b"\xef\xbb\xbf" + "五好".encode(), "五好", "utf-8"),
        ("五好".encode("gb18030"), "五好", "gb18030"),
        ("\ufeff五好".encode("utf-16-le"), "五好", "utf-16-le"),
        ("\ufeff五好".encode("utf-16-be"), "五好", "utf-16-be"),
        ("五好，ab\n".encode("utf-16-le"), "五好，ab\n", "utf-16-le"),
        ("a+b\n五好".encode("utf-16-be"), "a+b\n五好", "utf-16-be"),
        (b"", "", "utf-8"),
    ],
)
def test_decoding(content: bytes, text: str, encoding: str) -> None:
    document = read_bytes(content, "a.txt", ".txt")
    assert (document.text, document.encoding) == (text, encoding)


@pytest.mark.parametrize(("content", "code"), [(b"a\0b", "E_BINARY"), (b"\xff\xff\xff", "E_ENCODING")])
def test_no_text(content: bytes, code: str) -> None:
    with pytest.raises(KouhaoError) as caught:
        read_bytes(content, "a.txt", ".txt")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"abc\x81", "第 3 字节起既不是 UTF-8 也不是 GB18030"),
        (b"a" * (2**19 - 1) + b"\x81\xff\xff", "第 524287 字节起既不是 UTF-8 也不是 GB18030"),
        (b"\xff\xfe\x00\xd8", "第 2 字节起不是 UTF-16-LE"),
        (b"\xef\xbb\xbfab\xff", "第 5 字节起不是 UTF-8"),
    ],
)
def test_undecodable_byte_is_named_alike_whole_and_in_pieces(content: bytes, told: str) -> None:
    with pytest.raises(KouhaoError) as whole:
        read_bytes(content, "a.txt", ".txt")
    with pytest.raises(KouhaoError) as pieces:
        list(LineStream(io.BytesIO(content), "a.txt").texts())
    assert [caught.value.message for caught in (whole, pieces)] == [told, told]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends_count_alike(end: str) -> None:
    document = Document("a", end.join(("甲", "乙丙", "丁")), "utf-8")
    assert document.locate(document.text.index("丙")) == (2, 2)
    assert document.line(2) == "乙丙"


def test_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("乙", encoding="utf-8")
    (tmp_path / "a.md").write_text("甲", encoding="utf-8")
    (tmp_path / "c.png").write_bytes(b"x")
    (tmp_path / "d.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "e")
    documents = Documents([str(tmp_path), str(tmp_path / "missing")])
    found = list(documents)
    assert documents.others == {"不是普通文件": 2, "其他": 1}
    assert [Path(path).name for path in found if isinstance(path, str)] == ["a.md", "b.txt"]
    assert [path.code for path in found if isinstance(path, KouhaoError)] == ["E_NOT_FOUND"]


@pytest.mark.parametrize(("path", "code"), [("/dev/zero", "E_IO"), ("/nowhere", "E_NOT_FOUND"), ("/", "E_IS_DIR")])
def test_what_is_no_file(path: str, code: str) -> None:
    with pytest.raises(KouhaoError) as caught:
        read_document(path)
    assert caught.value.code == code


def test_open_document_reads_what_stands_on_the_page() -> None:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("style", "style"))
    )
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note>"
    content = (
        "<text:tracked-changes><text:deletion><text:p>删</text:p></text:deletion></text:tracked-changes>"
        f"<text:p>推行五{note}<text:span>好</text:span><office:annotation><text:p>批</text:p></office:annotation>\n建设"
        "<draw:text-box><text:p>框</text:p></draw:text-box>。</text:p><text:p/><text:h>题<text:s/>目</text:h>"
    )
    parts = {
        "content.xml": f"<office:document-content {names}>{content}</office:document-content>",
        "styles.xml": f"<office:s {names}><style:header><text:p>眉</text:p></style:header></office:s>",
    }
    document = read_bytes(package(**parts), "a.odt", ".odt")
    assert document.text.split("\n") == ["推行五好 建设。", "注", "框", "题 目", "批", "眉"]
    assert document.labels[-3:] == ("第 4 段", "批注第 1 段", "页眉第 1 段")


def test_page() -> None:
    page = "<title>题</title><script>五好</script><p>推行<b>五好</b>。<div>完"
    assert read_bytes(page.encode(), "a.html", ".html").text == "题\n推行五好。\n完"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<dl><dt>甲</dt><dd>乙</dd></dl><main>丙<address>丁</address></main>", "甲\n乙\n丙\n丁"),
        ("五<ruby>好<rp>(</rp><rt>hǎo</rt><rp>)</rp></ruby>建设", "五好建设"),
        ("五<ruby>好<rt>hǎo</ruby>建设", "五好建设"),
        ("<div hidden>五<div>好</div></div><del>甲<div>乙<br></div></del>丙<input hidden>丁", "五\n好\n丙丁"),
        ("甲 \n 乙&nbsp;&#20116;好<br>\n丙", "甲 乙 五好\n丙"),
        ("<p>甲<!-- 注 --><!-- kouhao: ignore --></p>", "甲\nkouhao: ignore"),
    ],
)
def test_page_as_a_reader_sees_it(page: str, text: str) -> None:
    assert read_bytes(page.encode(), "a.html", ".html").text == text


def test_places_of_a_page_are_those_of_its_source() -> None:
    page = "<!DOCTYPE html>\r\n<title>题</title>\r\n\r\n<p>推行<b>五&#22909;</b>\r\n  建设</p>"
    document = read_bytes(page.encode(), "a.html", ".html")
    at = document.text.index("五")
    assert (document.locate(at), document.locate(document.text.index("建设"))) == ((4, 9), (5, 3))
    assert document.line(4) == "<p>推行<b>五&#22909;</b>"
    assert page[document.origin(at)] == "五"


def test_prose_and_no_prose() -> None:
    text = "见 https://example.org/五好 与 `五好` 及五好。"
    assert prose(text) == [False, False, True]


def prose(text: str) -> list[bool]:
    """Tell of every 五好 in a text whether it is prose."""
    protected = Document("a.md", text, "utf-8", "md").protected
    return [not protected.touch(at, at + 2) for at in range(len(text)) if text.startswith("五好", at)]


@pytest.mark.parametrize(
    "text",
    [
        "[说明](五好.md)",
        "![图](<五好 1.png> '五好')",
        "[说明]: ./五好.md",
        '<a title="五好"\nhref="五好.html">',
        "ftp://a.cn/五好",
        "file:///五好",
        "HTTPS://a.cn/五好",
        "a.com/五好/b",
        "请写信给，五好@a.cn",
        "> ```\n> 五好\n> ```",
        "- 例\n    ~~~\n    五好\n    ~~~",
        '+++\ntitle = "五好"\n+++\n',
        "---\n# 五好\n\n标题: 五好\n---\n",
    ],
)
def test_no_prose(text: str) -> None:
    assert not any(prose(text))
    assert prose(f"{text} \n五好")[-1]


@pytest.mark.parametrize(
    "text",
    [
        "[五好](班子建设好、党员队伍好)",
        "若x<y，推行五好建设，则z>w",
        "五好<sup>1</sup>",
        "请发邮件：a@b.cn。五好",
        "[^1]: 五好",
        "[注]: 五好",
        "于5/6日前推行五好",
        "---\n要求: 五好\n没有下文",
        "@五好",
    ],
)
def test_prose(text: str) -> None:
    assert all(prose(text))


@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_an_error(content: bytes) -> None:
    for suffix in (".txt", ".md", ".html", ".docx", ".odt"):
        try:
            assert read_bytes(content, "a", suffix).kind
        except KouhaoError as error:
            assert error.hint  # noqa: PT017  either outcome is right, each has its promise


@given(st.binary(max_size=60), st.integers(0, 400))
def test_any_damage_to_a_package_is_told(patch: bytes, at: int) -> None:
    content = docx(BODIES["runs"][0])
    damaged = content[:at] + patch + content[at + len(patch) :]
    try:
        assert isinstance(read_bytes(damaged, "a.docx", ".docx"), Document)
    except KouhaoError as error:
        assert error.code in {"E_DOCX", "E_XML", "E_LIMIT", "E_FORMAT", "E_ENCODING"}  # noqa: PT017  FE FF begins a text


BIG5 = "推行「五好」建設，提升服務品質，落實責任，強化管理。"


@pytest.mark.parametrize(
    ("text", "written", "encoding"),
    [
        (BIG5, "big5", "big5hkscs"),
        ("三個能,能學、能講、能寫", "big5", "big5hkscs"),
        (BIG5, "gbk", "gb18030"),
        ("推行“五好”建设，提升服务品质，落实责任，强化管理。", "gbk", "gb18030"),
        ("王鑫、李鑫淼、赵犇、钱骉、孙喆、周翀、吴晟、郑玥、冯珺、陈曦、褚赟", "gbk", "gb18030"),
        ("五好", "gbk", "gb18030"),
    ],
)
def test_big5_is_told_from_gb18030(text: str, written: str, encoding: str) -> None:
    document = read_bytes(text.encode(written), "a.txt", ".txt")
    assert (document.text, document.encoding) == (text, encoding)


SIMPLIFIED = "各支部推进“五好”创建，坚持“三进三同步”，切实把学习成果转化为工作成效。\n"
TRADITIONAL = "各支部推進「五好」創建，堅持「三進三同步」，切實把學習成果轉化為工作成效。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "hz"),
        (SIMPLIFIED, "utf-7"),
        (TRADITIONAL, "big5hkscs"),
        (TRADITIONAL, "gb18030"),
    ],
)
def test_encodings_before_unicode(text: str, encoding: str) -> None:
    content = text.encode(encoding)
    document = read_bytes(content, "a.txt", ".txt")
    assert (document.text, document.encoding) == (text, encoding)
    assert b"".join(LineStream(io.BytesIO(content), "a.txt").contents()).decode() == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("이 문서는 각 부처가 다음 해의 계획을 세우고 결과를 보고하기 위한 것이다.\n", "euc-kr"),
        ("この文書は各省庁が次の年の計画を立てて結果を報告するためのものである。\n", "euc-jp"),
        ("この文書は各省庁が次の年の計画を立てて結果を報告するためのものである。\n", "shift_jis"),
        ("この文書は各省庁が計画を立てるためのものである。\n", "iso2022_jp"),
    ],
)
def test_what_is_no_chinese_is_never_read_as_it(text: str, encoding: str) -> None:
    content = text.encode(encoding) * 2
    with pytest.raises(KouhaoError) as told:
        read_bytes(content, "a.txt", ".txt")
    assert told.value.code == "E_ENCODING"
    with pytest.raises(KouhaoError) as told:
        list(LineStream(io.BytesIO(content), "a.txt").contents())
    assert told.value.code == "E_ENCODING"


@pytest.mark.parametrize(
    "text",
    [
        "echo ~{a} and `~{2}`\n",
        "C++ and a+b-c, 1+1=2, +8613800000000-\n",
        f"{b64encode(bytes(range(256)) * 9).decode()}\n",
    ],
)
def test_what_looks_like_an_encoding_but_is_none_stays(text: str) -> None:
    assert read_bytes(text.encode(), "a.txt", ".txt").text == text


def test_what_no_encoding_has_is_told_however_late_it_comes() -> None:
    content = "坚持以人民为中心。\n".encode() * 40_000
    with pytest.raises(KouhaoError) as told:
        list(LineStream(io.BytesIO(content + "五好".encode("gb18030")), "a.txt").contents())
    assert (told.value.code, f"第 {len(content)} 字节" in told.value.message) == ("E_ENCODING", True)


def test_what_an_encoding_has_not_is_told() -> None:
    stream = LineStream(io.BytesIO(TRADITIONAL.encode("big5")), "a.txt")
    assert list(stream.texts()) == [TRADITIONAL]
    with pytest.raises(KouhaoError, match="😀"):
        stream.encode("建设😀")


def test_tables_in_tables_cost_no_memory() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 4000 + f"<w:p>{run('里面')}</w:p>" + "</w:tc></w:tr></w:tbl>" * 4000
    document = read_bytes(docx(deep), "a.docx", ".docx")
    assert document.text == "里面"
    assert len(document.labels[0]) < 200


@pytest.mark.parametrize(
    ("content", "text", "written"),
    [
        (b"\xef\xbb\xbf\xe4\xb8\x89", "四", b"\xef\xbb\xbf\xe5\x9b\x9b"),
        ("三個代表，重要思想。".encode("big5hkscs"), "四個代表", "四個代表".encode("big5hkscs")),
        ("三個代表，重要思想。".encode("big5hkscs"), "四個代表😀", "big5hkscs"),
        (b"\xe4\xb8\x89\xff", "四", "读不懂的字节"),
    ],
)
def test_an_edited_text_goes_back_as_its_file_had_it_or_not_at_all(
    content: bytes, text: str, written: bytes | str, tmp_path: Path
) -> None:
    path = tmp_path / "稿.txt"
    path.write_bytes(content)
    document = read_as_text(str(path))
    edits = [Edit(0, len(document.text), text)]
    if isinstance(written, bytes):
        assert edited_file(document, edits, content) == written
    else:
        with pytest.raises(KouhaoError, match=written):
            edited_file(document, edits, content)
