"""Small files of every kind that kouhao reads, each with one slogan of the glossary in it, made as simply as their formats allow."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from email.message import EmailMessage

import docx
import openpyxl

FAULTY = "推行“五好”（班子建设好、党员队伍好、工作机制好、群众反映好）建设，落实三进三同步。"
GLOSSARY = """# 词库
sources:
  - id: own
    title: 甲
    publisher: 乙
    published: '2024-05-06'
entries:
  - term: 三个能
    topic: 丙
    basis: stated
    full: 能学、能讲、能写
    parts:
      - name: 三个能
        items: [能学, 能讲, 能写]
    quote: 做到“三个能”（能学、能讲、能写）。
    finds: [3个能]
    note: 丁  # 说明
  - term: 四个会
    basis: cited
    readings:
      - parts:
          - name: 四个会
            lead: 学
            items: [一, 二, 三, 四]
        full: 学一、二、三、四
        source: own
        valid_from: '2020'
"""
PACK = "".join(
    json.dumps(record, ensure_ascii=False) + "\n"
    for record in (
        {"source": {"id": "own", "title": "甲", "published": "2024-05-06"}},
        {
            "term": "三个能",
            "basis": "stated",
            "full": "能学、能讲、能写",
            "parts": [{"name": "三个能", "items": ["能学", "能讲", "能写"]}],
            "quote": "做到“三个能”（能学、能讲、能写）。",
        },
        {"term": "四个会", "basis": "mentioned", "quote": "四个会"},
    )
)
SETTINGS = """glossary = ["own.yaml"]
builtin = true
as_of = "2024-05-06"
disable = ["companion"]

[severity]
count-mismatch = "note"
"""
TABLE = '词,展开,主题,引文,说明\n三个能,能学；能讲；能写,甲,做到三个能,乙\n四个会,"一、二、三、四",丙,,2024-05-06\n'
PAGE = (
    f"<!DOCTYPE html><html><head><meta charset=utf-8><title>稿</title><style>p {{}}</style></head><body><!-- 注 --><h1>题</h1>"
    f"<p class='a'>{FAULTY}</p><table><tr><td>五好</td><td>班子建设好&nbsp;&#x5e9;</td></tr></table><script>五好</script></body></html>"
)
MARKDOWN = f"# 题\n\n- {FAULTY}\n\n```\n五好\n```\n\n| 词 | 展开 |\n|---|---|\n| 五好 | [甲](http://a.cn/b) |\n\n<!-- kouhao: off -->\n"
RECORDS = '{"id": 1, "text": "推行“五好”（班子建设好）"}\n{"id": "甲", "text": ""}\n'


def word() -> bytes:
    """Return a Word document with a table, a header, runs and a comment."""
    document = docx.Document()
    document.add_heading("题", 1)
    paragraph = document.add_paragraph("推行“五")
    paragraph.add_run(FAULTY[4:]).bold = True
    document.add_comment(paragraph.runs, text="批注", author="甲")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "五好"
    table.cell(1, 1).text = FAULTY
    document.sections[0].header.paragraphs[0].text = FAULTY
    return _saved(document)


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def workbook() -> bytes:
    """Return a workbook of two sheets, with merged cells, a formula and a number."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in TABLE.splitlines():
        sheet.append(row.split(","))
    sheet["A4"], sheet["B4"], sheet["C4"] = "五个到位", "=A1", 12
    sheet.merge_cells("C2:C3")
    book.create_sheet("乙").append([FAULTY])
    return _saved(book)


def package(*parts: tuple[str, str]) -> bytes:
    """Return a zip archive of some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


_ODF = "urn:oasis:names:tc:opendocument"
_SPACES = " ".join(f'xmlns:{name}="{_ODF}:xmlns:{name}:1.0"' for name in ("office", "text", "table", "draw"))
_ODF_BODY = (
    f"<office:text><text:h>题</text:h><text:p>推行<text:span>“五</text:span>{FAULTY[4:]}<text:s text:c='3'/></text:p>"
    f"<table:table><table:table-row><table:table-cell table:number-columns-repeated='2'><text:p>{FAULTY}</text:p>"
    "</table:table-cell></table:table-row></table:table></office:text>"
)


def flat_text() -> bytes:
    """Return a flat OpenDocument text."""
    kind = "application/vnd.oasis.opendocument.text"
    body = (
        f'<office:document {_SPACES} office:mimetype="{kind}"><office:body>{_ODF_BODY}</office:body></office:document>'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>{body}'.encode()


def open_text() -> bytes:
    """Return an OpenDocument text."""
    return package(
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            f"<office:document-content {_SPACES}><office:body>{_ODF_BODY}</office:body></office:document-content>",
        ),
        ("META-INF/manifest.xml", "<manifest/>"),
    )


def open_sheet() -> bytes:
    """Return an OpenDocument spreadsheet."""
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>"
            for cell in row.split(",")
        )
        + "</table:table-row>"
        for row in TABLE.splitlines()
    )
    return package(
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "content.xml",
            (
                f"<office:document-content {_SPACES}><office:body><office:spreadsheet><table:table table:name='甲'>{rows}</table:table>"
                "</office:spreadsheet></office:body></office:document-content>"
            ),
        ),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>",
        ),
    )


_OFFICE = "http://schemas.openxmlformats.org"
_RELATION = f"{_OFFICE}/officeDocument/2006/relationships"


def slides() -> bytes:
    """Return a presentation of one slide with a note."""
    main = "application/vnd.openxmlformats-officedocument.presentationml"
    text = f"<p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>{FAULTY}</a:t></a:r><a:br/></a:p></p:txBody></p:sp></p:spTree></p:cSld>"
    names = (
        f'xmlns:p="{_OFFICE}/presentationml/2006/main" xmlns:a="{_OFFICE}/drawingml/2006/main" xmlns:r="{_RELATION}"'
    )
    relations = f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{{}}</Relationships>'
    relation = f'<Relationship Id="r1" Type="{_RELATION}/{{}}" Target="{{}}"/>'
    return package(
        (
            "[Content_Types].xml",
            (
                f'<Types xmlns="{_OFFICE}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/ppt/presentation.xml" ContentType="{main}.presentation.main+xml"/></Types>'
            ),
        ),
        ("_rels/.rels", relations.format(relation.format("officeDocument", "ppt/presentation.xml"))),
        (
            "ppt/presentation.xml",
            f"<p:presentation {names}><p:sldIdLst><p:sldId id='256' r:id='r1'/></p:sldIdLst></p:presentation>",
        ),
        ("ppt/_rels/presentation.xml.rels", relations.format(relation.format("slide", "slides/slide1.xml"))),
        ("ppt/slides/slide1.xml", f"<p:sld {names}>{text}</p:sld>"),
        (
            "ppt/slides/_rels/slide1.xml.rels",
            relations.format(relation.format("notesSlide", "../notesSlides/notesSlide1.xml")),
        ),
        ("ppt/notesSlides/notesSlide1.xml", f"<p:notes {names}>{text}</p:notes>"),
    )


def pages() -> bytes:
    """Return an OFD file of a page."""
    names = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    shown = f"<ofd:TextCode X='0' Y='4' DeltaX='g {len(FAULTY) - 1} 4'>{FAULTY}</ofd:TextCode>"
    return package(
        (
            "OFD.xml",
            f"<ofd:OFD {names}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        ),
        (
            "Doc_0/Document.xml",
            f"<ofd:Document {names}><ofd:Pages><ofd:Page ID='1' BaseLoc='Pages/Page_0/Content.xml'/></ofd:Pages></ofd:Document>",
        ),
        (
            "Doc_0/Pages/Page_0/Content.xml",
            (
                f"<ofd:Page {names}><ofd:Content><ofd:Layer ID='2'><ofd:TextObject ID='3' Boundary='20 30 170 5' Font='1' Size='4'>"
                f"{shown}</ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
            ),
        ),
    )


def rich_text() -> bytes:
    """Return an RTF document with a table, a footnote and hidden text."""
    text = "".join(f"\\u{ord(mark)}?" for mark in FAULTY)
    return (
        r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}{\*\generator x;}\pard\f0 \'b5\'b3 " + text + r"\par"
        r"\trowd\cellx100\intbl " + text + r"\cell\row{\footnote " + text + r"}{\v " + text + r"}{\field{\*\fldinst "
        r'HYPERLINK "http:/a.cn"}{\fldrslt a}}\bin3 abc}'
    ).encode()


def mail() -> bytes:
    """Return a mail with a page and two attachments."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.cn", "=?gbk?B?zuW6ww==?= <c@d.cn>", "关于五好建设"
    message["Date"] = "Mon, 06 May 2024 08:00:00 +0800"
    message.set_content(FAULTY, charset="gbk", cte="base64")
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(word(), maintype="application", subtype="octet-stream", filename="附件.docx")
    message.add_attachment(FAULTY.encode("gbk"), maintype="text", subtype="plain", filename="甲.txt")
    return message.as_bytes()


def saved_page() -> bytes:
    """Return a web page as browsers save it whole."""
    body = base64.b64encode(PAGE.encode()).decode()
    part = f"--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\nContent-Location: http://a.cn/\n\n{body}\n"
    return f'MIME-Version: 1.0\nSubject: a\nContent-Type: multipart/related; boundary="x"\n\n{part}--x--\n'.encode()


def portable() -> bytes:
    """Return a PDF of a page whose font has a map to characters."""
    mapped = b"".join(b"<%04X> <%04X>\n" % (number, ord(mark)) for number, mark in enumerate(FAULTY, 1))
    cmap = (
        b"begincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap"
        % (
            len(FAULTY),
            mapped,
        )
    )
    shown = b"BT /F 12 Tf 50 700 Td <" + b"".join(b"%04X" % number for number in range(1, len(FAULTY) + 1)) + b"> Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
    ]
    numbered = b"".join(b"%d 0 obj\n%s\nendobj\n" % one for one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + numbered + b"trailer<</Root 1 0 R>>\n%%EOF"


def word_xml() -> bytes:
    """Return a document of Word 2003 in XML."""
    return (
        '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>'
        f"{FAULTY}</w:t></w:r></w:p></w:body></w:wordDocument>"
    ).encode()


DOCUMENTS = {
    "txt": FAULTY.encode,
    "md": MARKDOWN.encode,
    "html": PAGE.encode,
    "docx": word,
    "xlsx": workbook,
    "pptx": slides,
    "odt": open_text,
    "ods": open_sheet,
    "fodt": flat_text,
    "ofd": pages,
    "rtf": rich_text,
    "eml": mail,
    "mht": saved_page,
    "xml": word_xml,
    "pdf": portable,
}
"""Documents, by how their names end."""
