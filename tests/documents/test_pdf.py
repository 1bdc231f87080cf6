"""What pages show, whichever way they lie and whoever wrote on them, is read as it is shown."""

from __future__ import annotations

import pytest
from tests.documents.test_documents import package

from kouhao.documents.reading import read_bytes
from kouhao.documents.reflow import PageLayout, PlacedGlyph, reflow
from kouhao.errors import KouhaoError

LINES = (
    "This is the first of several lines of an assurance that all of it",
    "is still here, whatever the year 2011 has brought to the hall and",
    "to the rest of us.",
)
WHOLE = "This is the first of several lines of an assurance that all of it"
REST = "is still here,whatever the year 2011 has brought to the hall and to the rest of us."


def pdf(content: bytes, *objects: bytes, page: bytes = b"", catalog: bytes = b"") -> bytes:
    """Return a PDF of a page with a content stream; further objects are numbered from 6 on."""
    shown = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R%s>>" % page
    first = (
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        shown,
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    numbered = b"".join(b"%d 0 obj\n%s\nendobj\n" % one for one in enumerate((*first, *objects), 1))
    return b"%PDF-1.4\n" + numbered + b"trailer<</Root 1 0 R>>\n%%EOF"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def text(matrix: bytes) -> bytes:
    shown = b"".join(b"(%s) Tj T* " % line.encode() for line in LINES)
    return b"BT /F 12 Tf %s Tm 14 TL %sET" % (matrix, shown)


UPRIGHT, UPSIDE_DOWN = text(b"1 0 0 1 60 700"), text(b"-1 0 0 -1 540 100")


@pytest.mark.parametrize(
    ("content", "page"),
    [
        (UPRIGHT, b""),
        (UPSIDE_DOWN, b""),
        (UPRIGHT, b"/Rotate 180"),
        (UPSIDE_DOWN, b"/Rotate 180"),
        (UPRIGHT, b"/Rotate 90"),
        (UPRIGHT + b"\n" + text(b"1 0 0 1 60.3 700"), b""),
    ],
)
def test_lines_are_read_whichever_way_they_lie(content: bytes, page: bytes) -> None:
    """Narrow letters that stand twice (ll, ss, 11) stay, what is printed twice for boldness does not."""
    assert read_bytes(pdf(content, page=page), "a.pdf", ".pdf").text.split("\n") == [WHOLE, REST]


def test_what_is_written_into_forms_and_over_a_page_is_read() -> None:
    look = b"/Type/XObject/Subtype/Form/BBox[0 0 240 30]/Resources<</Font<</F 5 0 R>>>>"
    written = stream(b"BT /F 12 Tf 2 8 Td (written over) Tj ET", look)
    note = b"<</Type/Annot/Subtype/FreeText/Rect[60 60 300 90]/AP<</N 7 0 R>>>>"
    document = read_bytes(pdf(UPRIGHT, note, written, page=b"/Annots[6 0 R]"), "a.pdf", ".pdf")
    assert document.text.split("\n") == [WHOLE, REST, "written over"]


def test_what_annotations_say_is_read_once() -> None:
    notes = [
        b"<</Type/Annot/Subtype/Text/Rect[60 60 90 90]/Contents(a note\rof two lines)>>",
        b"<</Type/Annot/Subtype/Highlight/Rect[60 60 90 90]/Contents(on a highlight)>>",
        b"<</Type/Annot/Subtype/FreeText/Rect[60 60 90 90]/Contents(first of several lines)>>",
        b"<</Type/Annot/Subtype/Link/Rect[60 60 90 90]/Contents(where it leads)>>",
    ]
    document = read_bytes(pdf(UPRIGHT, *notes, page=b"/Annots[6 0 R 7 0 R 8 0 R 9 0 R]"), "a.pdf", ".pdf")
    assert document.text.split("\n") == [WHOLE, REST, "a note", "of two lines", "on a highlight"]
    assert document.labels[2:] == ("第 1 页批注",) * 3


def test_what_stands_aslant_on_a_page_and_over_it_is_read() -> None:
    def shown(words: str, matrix: str = "1 0 0 1 0 0") -> str:
        return f'<TextObject Boundary="0 0 9 9" Size="4" CTM="{matrix}"><TextCode>{words}</TextCode></TextObject>'

    parts = {
        "OFD.xml": "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>",
        "D.xml": '<Document><Pages><Page ID="7" BaseLoc="P.xml"/></Pages><Annotations>A.xml</Annotations></Document>',
        "P.xml": f"<Page>{shown('正文')}{shown('斜着的字', '.7 .7 -.7 .7 0 0')}{shown('竖着的字', '0 1 -1 0 0 0')}</Page>",
        "A.xml": '<Annotations><Page PageID="7"><FileLoc>B.xml</FileLoc></Page></Annotations>',
        "B.xml": f"<PageAnnot><Annot><Remark>意见</Remark></Annot><Annot>{shown('水印') * 2}</Annot>"
        f'<Annot Visible="false">{shown("无")}</Annot></PageAnnot>',
    }
    document = read_bytes(package(**parts), "a.ofd", ".ofd")
    assert dict(zip(document.text.split("\n"), document.labels, strict=True)) == {
        "正文": "第 1 页第 1 行",
        "斜着的字": "第 1 页斜放的字",
        "竖着的字": "第 1 页斜放的字",
        "意见": "第 1 页批注",
        "水印": "第 1 页批注",
    }


def test_a_scan_with_nothing_but_its_number_is_told() -> None:
    scan = b"q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q BT /F 12 Tf 290 30 Td (- 3 -) Tj ET"
    with pytest.raises(KouhaoError, match="扫描件"):
        read_bytes(pdf(scan), "a.pdf", ".pdf")


def test_documents_attached_to_pages_are_told() -> None:
    names = b"/Names<</EmbeddedFiles<</Names[(a)6 0 R(b)7 0 R]>>>>"
    files = [b"<</Type/Filespec/F(%s)/UF(%s)/EF<</F 8 0 R>>>>" % (name, name) for name in (b"report.docx", b"data.xml")]
    document = read_bytes(pdf(UPRIGHT, *files, stream(b"x"), catalog=names), "a.pdf", ".pdf")
    assert document.unread == ("附件 report.docx",)
    note = b"<</Type/Annot/Subtype/FileAttachment/Rect[60 60 90 90]/FS 6 0 R>>"
    document = read_bytes(pdf(UPRIGHT, files[0], note, stream(b"x"), page=b"/Annots[7 0 R]"), "a.pdf", ".pdf")
    assert document.unread == ("附件 report.docx",)
    parts = {
        "OFD.xml": "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>",
        "Doc_0__Document.xml": '<Document><Pages><Page BaseLoc="P.xml"/></Pages><Attachments>/Doc_0/A.xml</Attachments></Document>',
        "Doc_0__P.xml": '<Page><TextObject Boundary="0 0 9 9" Size="4"><TextCode>正文</TextCode></TextObject></Page>',
        "Doc_0__A.xml": (
            '<Attachments><Attachment Name="附表"><FileLoc>附表.xlsx</FileLoc></Attachment>'
            '<Attachment Name="数据"><FileLoc>a.xml</FileLoc></Attachment></Attachments>'
        ),
    }
    document = read_bytes(package(**parts), "a.ofd", ".ofd")
    assert (document.text, document.unread) == ("正文", ("附件 附表",))


def line(words: str, base: float, left: float = 60, size: float = 12) -> list[PlacedGlyph]:
    return [PlacedGlyph(mark, left + size * at, left + size * (at + 1), base, size) for at, mark in enumerate(words)]


def test_running_heads_are_read_once() -> None:
    pages = [
        PageLayout([*line("践行五好", 50), *line(f"{text}一行。", 200), *line("—3—", 800)], [], number)
        for number, text in enumerate("甲乙丙", 1)
    ]
    assert [(one.label, one.text) for one in reflow(pages)] == [
        ("第 1 页第 2 行", "甲一行。乙一行。丙一行。"),
        ("第 1 页页眉或页脚", "践行五好"),
    ]


def test_lines_beside_a_larger_cell_stay_apart() -> None:
    glyphs = line("班子建设", 100) + line("党员队伍", 111) + line("五好", 104.5, 200, 20)
    assert [one.text for one in reflow([PageLayout(glyphs, [], 1)])] == ["班子建设 五好", "党员队伍"]


def test_pages_that_are_alike_are_no_running_heads() -> None:
    pages = [
        PageLayout(line("关于任免某某职务的通知", 100) + line("任命某某为主任。", 200), [], number) for number in (1, 2)
    ]
    assert [one.text for one in reflow(pages)] == ["关于任免某某职务的通知", "任命某某为主任。"] * 2
