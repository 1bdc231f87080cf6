"""Word documents beyond the plain ones: what is read where, and that a comment covers the words meant."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from kouhao.check.checker import Checker
from kouhao.check.rules import RULES
from kouhao.documents.reading import read_bytes
from kouhao.documents.word import word_text
from kouhao.lookup.engine import open_lookup
from kouhao.output.word import annotate

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
LEFT, MEANT, RIGHT = "一是推行“五好”(", "班子建设好、党员队伍好、工作机制好、群众反映好", ")建设，二是推行“三同步”。"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, mark: str = "") -> str:
    return f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{''.join(runs)}</w:p>"


def package(body: str, *, main: str = "word/document.xml", **parts: tuple[str, str | bytes]) -> bytes:
    """Return a document whose parts are named by relations: id → (kind, content)."""
    out = io.BytesIO()
    content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    folder, _, file = main.rpartition("/")
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="part" ContentType="{content_type}"/><Override PartName="/{main}" ContentType="{content_type}"/></Types>',
        )
        relations = "".join(
            f'<Relationship Id="{name}" Type="{TYPE}{kind}" Target="{name}.part"/>' for name, (kind, _) in parts.items()
        )
        for place, several in (
            ("_rels/.rels", f'<Relationship Id="a" Type="{TYPE}officeDocument" Target="{main}"/>'),
            (f"{folder}/_rels/{file}.rels", relations),
        ):
            archive.writestr(
                place,
                f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{several}</Relationships>',
            )
        for name, (_, content) in parts.items():
            archive.writestr(f"{folder}/{name}.part", content)
        archive.writestr(main, f"<w:document {W} {R}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


OWN = f'<w:comment w:author="kouhao">{paragraph(run("自己的"))}</w:comment>'
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
CASES: dict[str, tuple[bytes, list[str]]] = {
    "hidden": (package(paragraph(run("甲"), run("乙", "<w:vanish/>"), run("丙", '<w:vanish w:val="0"/>'))), ["甲丙"]),
    "struck": (
        package(
            paragraph(
                run("甲"), run("乙", "<w:strike/>"), run("丙", "<w:dstrike/>"), run("丁", '<w:strike w:val="0"/>')
            )
        ),
        ["甲丁"],
    ),
    "joined": (
        package(paragraph(run("甲"), mark="<w:del/>") + paragraph(run("乙")) + paragraph(run("丙"))),
        ["甲乙", "丙"],
    ),
    "main part": (package(paragraph(run("甲")), main="Word/document2.xml"), ["甲"]),
    "header": (package(paragraph(run("甲")), h=("header", f"<w:hdr {W}>{paragraph(run('眉'))}</w:hdr>")), ["甲", "眉"]),
    "comments": (
        package(
            paragraph(run("甲")),
            c=(
                "comments",
                f'<w:comments {W}><w:comment w:author="李">{paragraph(run("批"))}</w:comment>{OWN}</w:comments>',
            ),
        ),
        ["甲", "批"],
    ),
    "SmartArt": (
        package(
            paragraph(run("甲")),
            d=(
                "diagramData",
                f'<d:dataModel xmlns:d="{DRAWING}/diagram" xmlns:a="{DRAWING}/main"><a:p><a:t>图</a:t><a:t>示</a:t></a:p></d:dataModel>',
            ),
        ),
        ["甲", "图示"],
    ),
    "chart": (
        package(
            paragraph(run("甲")),
            d=(
                "chart",
                f'<c:chart xmlns:c="{DRAWING}/chart"><c:strCache><c:pt><c:v>一季度</c:v></c:pt></c:strCache></c:chart>',
            ),
        ),
        ["甲", "一季度"],
    ),
    "chunk": (
        package('<w:altChunk r:id="x"/>', x=("aFChunk", "<html><body><p>推行<b>五</b>好</p></body></html>")),
        ["推行五好"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_word_is_read(name: str) -> None:
    content, lines = CASES[name]
    document = read_bytes(content, "a.docx", ".docx")
    assert [line for line in document.text.split("\n") if line] == lines
    assert len(document.labels) == len(document.text.split("\n"))


@pytest.mark.parametrize("cuts", [(), (3, 30), (10, 14, 22)])
def test_a_comment_covers_the_words_meant(cuts: tuple[int, ...]) -> None:
    text = LEFT + MEANT + RIGHT
    ends = (*cuts, len(text))
    runs = [run(text[start:end], "<w:b/>") for start, end in zip((0, *cuts), ends, strict=True)]
    content = package(paragraph(run("甲"), mark="<w:del/>") + paragraph(*runs) + paragraph(run("完")))
    document = read_bytes(content, "a.docx", ".docx")
    checker = Checker(open_lookup([], builtin=["putuo-2021"]), tuple(RULES))
    finding = next(one for one in checker.check(document).findings if one.rule == "expansion-item-missing")
    commented, told = annotate(content, document, [finding])
    assert told == 1
    package_again = docx.Document(io.BytesIO(commented))
    body = package_again.element.body
    assert covered(body) == document.text[finding.start : finding.end]
    assert [word_text(one) for one in body.iter(qn("w:p"))] == ["甲", text, "完"]
    assert all(
        one.find(qn("w:rPr")).find(qn("w:b")) is not None
        for one in body.iter(qn("w:r"))
        if word_text(one) in text and word_text(one)
    )
    again, _ = annotate(commented, read_bytes(commented, "a.docx", ".docx"), [finding])
    assert len(list(docx.Document(io.BytesIO(again)).comments)) == 1


def test_a_document_inside_stays_as_it_is_in_a_copy() -> None:
    inside = package(paragraph(run("里面")))
    content = package(paragraph(run("外面")) + '<w:altChunk r:id="b"/>', b=("aFChunk", inside))
    copy, _ = annotate(content, read_bytes(content, "a.docx", ".docx"), [])
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert archive.read("word/b.part") == inside


def covered(body: Any) -> str:  # noqa: ANN401  python-docx has no types
    """Return the text between the marks of the one comment."""
    inside, text = False, ""
    for element in body.iter():
        inside = (inside or element.tag == qn("w:commentRangeStart")) and element.tag != qn("w:commentRangeEnd")
        text += (element.text or "") if inside and element.tag == qn("w:t") else ""
    return text
