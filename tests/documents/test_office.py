"""Documents as offices make them: written by other programs, read back paragraph by paragraph; and what must not pass for read."""

from __future__ import annotations

import base64
import functools
import io
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.documents import writers
from tests.documents.writers import paragraphs

from kouhao.curation.tables import read_tables
from kouhao.documents import libreoffice
from kouhao.documents.document import Document
from kouhao.documents.gitignore import Patterns
from kouhao.documents.paths import Documents, Exclusion
from kouhao.documents.reading import find_kind, read_bytes, read_document
from kouhao.errors import KouhaoError
from kouhao.files import write_file

FAULTY = "推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。"


def needs(program: str) -> None:
    """Skip a test whose writer is not installed; where tests decide over a change, that is a fault."""
    if not program:
        assert not os.environ.get("CI"), "CI installs LibreOffice and Chromium"
        pytest.skip("the writer is not installed")


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def whole_and_in_place(document: Document) -> tuple[int, bool]:
    """Return how many of the paragraphs are a line of the document, and whether those stand in their order."""
    lines = {squeeze(line): number for number, line in enumerate(document.text.split("\n"))}
    places = [lines[squeeze(text)] for text in paragraphs() if squeeze(text) in lines]
    return len(places), places == sorted(places)


@functools.cache
def _source(kind: str, folder: Path) -> Path:
    made = {
        "text": (writers.flat_text, {}),
        "columns": (writers.flat_text, {"columns": 2}),
        "slides": (writers.flat_slides, {}),
        "sheet": (writers.flat_sheet, {}),
    }
    write, options = made[kind]
    path = folder / f"{kind}.{'fodp' if kind == 'slides' else 'fods' if kind == 'sheet' else 'fodt'}"
    path.write_text(write(**options), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        *(("text", kind) for kind in ("docx", "odt", "rtf", "doc", "pdf", "fodt")),
        ("columns", "pdf"),
        *(("slides", kind) for kind in ("pptx", "ppt", "odp", "fodp")),
        *(("sheet", kind) for kind in ("xlsx", "xls", "ods", "fods")),
    ],
)
def test_what_libreoffice_writes_is_read_whole(source: str, kind: str, folder: Path) -> None:
    needs(shutil.which("soffice") or "")
    flat = _source(source, folder)
    path = flat if flat.suffix == f".{kind}" else writers.convert(flat, kind, folder)
    document = read_document(str(path))
    assert whole_and_in_place(document) == (writers.COUNT, True)
    assert all(document.labels)
    assert (document.notes, document.unread) == ((), ())


@pytest.mark.parametrize(
    "style",
    [
        "body {writing-mode: vertical-rl; height: 500px}",
        *(f"p {{transform: rotate({turn}deg); margin: 300px 0}}" for turn in (90, 270)),
    ],
)
def test_text_set_upright_or_on_its_side_is_read(style: str, folder: Path) -> None:
    needs(writers.chromium())
    page = folder / "turned.html"
    page.write_text(f"<meta charset=utf-8><style>@page {{margin: 0}} {style}</style><p>{FAULTY}</p>", encoding="utf-8")
    writers.print_page(page, page.with_suffix(".pdf"))
    lines = [squeeze(line) for line in read_document(str(page.with_suffix(".pdf"))).text.split("\n")]
    assert any("班子建设好、党员队伍好、工作机制好、群众反映好" in line for line in lines)


def test_what_stands_across_a_page_is_no_part_of_its_lines(folder: Path) -> None:
    needs(writers.chromium())
    body = "各支部要把学习成果转化为工作成效，认真抓好落实，并于月底以前把情况书面报告机关党委办公室。" * 6
    style = "@page {margin: 0} body {width: 600px} div {position: fixed}"
    aslant = "<div style='top: 60px; left: 60px; font-size: 40px; transform: rotate(-45deg)'>征求意见稿</div>"
    across = f"<div style='top: 500px; left: 0; width: 600px; transform: rotate(90deg)'>{FAULTY}</div>"
    page = folder / "across.html"
    page.write_text(f"<meta charset=utf-8><style>{style}</style><p>{body}</p>{aslant}{across}", encoding="utf-8")
    writers.print_page(page, page.with_suffix(".pdf"))
    lines = [squeeze(line) for line in read_document(str(page.with_suffix(".pdf"))).text.split("\n")]
    assert (body in lines, "征求意见稿" in lines) == (True, True)
    assert any("班子建设好、党员队伍好、工作机制好、群众反映好" in line for line in lines)


@pytest.mark.parametrize("columns", [1, 2])
def test_what_chromium_prints_is_read_whole(columns: int, folder: Path) -> None:
    needs(writers.chromium())
    page = folder / f"page{columns}.html"
    page.write_text(writers.html(columns=columns), encoding="utf-8")
    writers.print_page(page, page.with_suffix(".pdf"))
    document = read_document(str(page.with_suffix(".pdf")))
    assert whole_and_in_place(document) == (writers.COUNT, True)
    assert document.labels[1].startswith("第 1 页第 ")
    assert whole_and_in_place(read_document(str(page))) == (writers.COUNT, True)


def test_a_password_is_told(folder: Path) -> None:
    needs(shutil.which("soffice") or "")
    encrypted = '"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"x"}'
    path = writers.convert(_source("text", folder), f"pdf:writer_pdf_Export:{{{encrypted}}}", folder)
    with pytest.raises(KouhaoError, match="密码"):
        read_document(str(path))


def test_ofd_of_running_text_is_read_whole() -> None:
    assert whole_and_in_place(read_bytes(writers.ofd(), "a.ofd", ".ofd")) == (writers.COUNT, True)


def test_mails_and_saved_pages_are_read() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@b.cn", "关于五好建设"
    mail.set_content("\n".join(paragraphs()), charset="gbk", cte="base64")
    mail.add_attachment(writers.ofd(), maintype="application", subtype="octet-stream", filename="附件.ofd")
    mail.add_attachment(b"%PDF-1.4 broken", maintype="application", subtype="pdf", filename="坏.pdf")
    document = read_bytes(mail.as_bytes(), "a.eml", ".eml")
    assert document.text.startswith("关于五好建设\n")
    assert whole_and_in_place(document)[0] == writers.COUNT
    assert document.text.count(paragraphs()[0]) == 2
    assert document.unread == ("附件 坏.pdf：PDF 不完整或已损坏",)
    body = base64.b64encode(f"<p>{FAULTY}</p>".encode("gbk")).decode()
    head = "MIME-Version: 1.0\nContent-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64"
    page = f"{head}\n\n{body}"
    assert read_bytes(page.encode(), "a.doc", ".doc").text == FAULTY


DISGUISES: dict[str, tuple[bytes, str, str]] = {
    "rtf as doc": (
        rb"{\rtf1\ansi\ansicpg936 " + "".join(f"\\u{ord(mark)}?" for mark in FAULTY).encode() + b"}",
        ".doc",
        "rtf",
    ),
    "html as doc": (f"<html><body><p>推行<b>“五好”</b>{FAULTY[6:]}</p></body></html>".encode(), ".doc", "html"),
    "html as xls": (f"<table><tr><td>{FAULTY}</td></tr></table>".encode("gbk"), ".xls", "html"),
    "html in big5": (
        f'<meta charset="big5"><p>{FAULTY}</p>'.replace("设", "設").encode("big5", "ignore"),
        ".html",
        "html",
    ),
    "text as docx": (FAULTY.encode("gbk"), ".docx", "txt"),
    "text as wps": (FAULTY.encode(), ".wps", "txt"),
    "Word 2003 as doc": (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
        f"<w:body><w:p><w:r><w:t>{FAULTY}</w:t></w:r></w:p></w:body></w:wordDocument>".encode(),
        ".doc",
        "wordml",
    ),
    "ofd as txt": (writers.ofd(), ".txt", "ofd"),
    "utf-32": (b"\xff\xfe\0\0" + FAULTY.encode("utf-32-le"), ".txt", "txt"),
}


@pytest.mark.parametrize("name", DISGUISES)
def test_the_content_tells_the_kind(name: str) -> None:
    content, suffix, kind = DISGUISES[name]
    document = read_bytes(content, f"a{suffix}", suffix)
    assert find_kind(content, suffix) == document.kind == kind
    assert "班子建" in document.text
    assert bool(document.notes) == (name.partition(" ")[0] in ("html", "text") and suffix not in (".html", ".txt"))


def scan_of(size: tuple[int, int]) -> bytes:
    image = pytest.importorskip("PIL.Image")
    out = io.BytesIO()
    image.new("L", size, 200).save(out, "PDF")
    return out.getvalue()


def without_map(numbers: list[int], words: bytes = b"") -> bytes:
    """Return a PDF with words, and a font that says nothing of what its glyphs mean."""
    shown = b"BT /F 12 Tf 50 700 Td <" + b"".join(b"%04X" % number for number in numbers) + b"> Tj ET"
    shown += b" BT /G 4 Tf 50 600 Td (%s) Tj ET" % words
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 8 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type0/BaseFont/A+Sun/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A+Sun/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/A+Sun/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    return (
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % one for one in enumerate(objects, 1))
        + b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def test_characters_that_a_font_does_not_tell_are_told() -> None:
    document = read_bytes(without_map([300, 301, 7], b"words " * 30), "a.pdf", ".pdf")
    assert document.unread == ("2 个字（字体没有文字对照表）",)


def bomb(part: str, **others: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in others.items():
            archive.writestr(name.replace("__", "/"), content)
        archive.writestr(part, bytes(300 * 2**20))
    return out.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "scan.pdf": (lambda: scan_of((800, 1100)), "E_FORMAT", "扫描"),
    "nomap.pdf": (lambda: without_map(list(range(300, 340))), "E_FORMAT", "乱码"),
    "broken.pdf": (lambda: b"%PDF-1.7\n1 0 obj", "E_FORMAT", "损坏"),
    "bomb.xlsx": (
        lambda: bomb("xl/sharedStrings.xml", **{"[Content_Types].xml": "<Types>spreadsheetml</Types>"}),
        "E_LIMIT",
        "太大",
    ),
    "bomb.docx": (lambda: bomb("word/document.xml"), "E_LIMIT", "太大"),
    "bomb.odt": (lambda: bomb("content.xml"), "E_LIMIT", "太大"),
    "bomb.ofd": (lambda: bomb("Doc_0/Document.xml", **{"OFD.xml": "<OFD/>"}), "E_LIMIT", "太大"),
    "bomb.pptx": (lambda: bomb("ppt/presentation.xml"), "E_LIMIT", "太大"),
    "broken.xlsx": (lambda: b"PK\x03\x04" + b"x" * 100, "E_FORMAT", "损坏"),
    "broken.xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000, "E_FORMAT", "旧版"),
    "broken.ofd": (lambda: writers.ofd()[:900], "E_DOCX", "不完整"),
    "sealed.docx": (lambda: b"%TSD-Header-###%" + bytes(200), "E_FORMAT", "绿盾"),
    "picture.docx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(9), "E_DOCX", "不是 .docx"),
    "picture.txt": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(9), "E_BINARY", "图片"),
    "empty.pdf": (lambda: b"", "E_DOCX", "空的"),
    "broken.rtf": (lambda: b"\xd0\xcf\x11\xe0", "E_ENCODING", "GB18030"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_one_typed_error(name: str) -> None:
    make, code, told = REFUSED[name]
    with pytest.raises(KouhaoError, match=told) as refused:
        read_bytes(make(), name, Path(name).suffix)
    assert (refused.value.code, refused.value.path) == (code, name)


def test_a_module_in_the_working_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KouhaoError, match="扫描件"):
        read_bytes(scan_of((800, 1100)), "scan.pdf", ".pdf")


def binary_workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        main = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
        types = f'<Types><Override PartName="/xl/workbook.bin" ContentType="{main}"/></Types>'
        package.writestr("[Content_Types].xml", types)
        package.writestr("xl/workbook.bin", b"")
    return out.getvalue()


@pytest.mark.parametrize(
    ("read", "target"),
    [
        (lambda: libreoffice.convert(b"", "doc", "旧.doc"), ".docx"),
        (lambda: read_bytes(binary_workbook(), "表.xlsb", ".xlsb"), ".xlsx"),
        (lambda: read_tables(binary_workbook(), "表.xls"), ".xlsx"),
    ],
)
def test_without_libreoffice_a_clear_word(
    read: Callable[[], object], target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(KouhaoError, match="LibreOffice") as refused:
        read()
    assert target in refused.value.hint


def test_a_folder_is_listed_by_the_rules_of_gitignore(tmp_path: Path) -> None:
    names = [
        *(
            "稿.txt",
            "~$稿.docx",
            ".~稿.docx",
            ".~lock.稿.odt#",
            "稿.批注.docx",
            ".git/a.md",
            "node_modules/p/a.md",
            "程序.py",
        ),
        *("旧稿/甲.md", "旧稿/乙.md", "图.png", "讲话稿", "x.bin"),
    ]
    for name in names:
        write = tmp_path / name
        write.parent.mkdir(parents=True, exist_ok=True)
        write_file(write, b"\0\1" if name == "x.bin" else "推进五好建设".encode())
    found = Documents([str(tmp_path)])
    assert [os.path.relpath(str(path), tmp_path) for path in found] == ["旧稿/乙.md", "旧稿/甲.md", "稿.txt", "讲话稿"]
    assert found.others == {"其他": 3}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("pattern", ["*a" * 40 + "b", "**/*a/" * 40 + "b", "a/*" + "*?" * 90 + "b", "[a" * 99_999])
def test_no_pattern_takes_long(pattern: str) -> None:
    assert Patterns([pattern]).decide("/".join(["a" * 255] * 12)) is None


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        (["旧稿/"], ["稿.txt"]),
        (["旧稿"], ["稿.txt"]),
        (["/旧稿/*.md", "!乙.md"], ["旧稿/乙.md", "稿.txt"]),
        (["*.txt"], ["旧稿/乙.md", "旧稿/甲.md"]),
        (["!.公开/"], [".公开/丙.md", "旧稿/乙.md", "旧稿/甲.md", "稿.txt"]),
    ],
)
def test_exclude_means_the_same_from_everywhere(
    patterns: list[str], left: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("稿.txt", "旧稿/甲.md", "旧稿/乙.md", ".公开/丙.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("甲", encoding="utf-8")
    exclusion = Exclusion(patterns, str(tmp_path))
    for here, path in ((tmp_path, "."), (tmp_path, str(tmp_path)), (tmp_path / "旧稿", "..")):
        monkeypatch.chdir(here)
        found = [os.path.relpath(str(one), tmp_path) for one in Documents([path], exclusion)]
        assert sorted(found) == sorted(left)
