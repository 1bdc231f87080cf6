"""Text that documents keep outside their body, other documents inside them, and what of it cannot be read: each is read or told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.documents.test_documents import WORD, docx, package, run

from kouhao.documents.document import Document
from kouhao.documents.paths import Documents
from kouhao.documents.reading import read_bytes
from kouhao.errors import KouhaoError
from kouhao.files import write_file

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
CHART = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
VERSIONS = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
OLE = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
INSIDE = docx(f"<w:p>{run('里面的话')}</w:p>")


def relations(*each: tuple[str, str]) -> str:
    """Return the relations of a part: kinds and targets."""
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(each)
    )
    return f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'


def word(*each: tuple[str, str], body: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    names: dict[str, str | bytes] = {"_rels__.rels": relations(("officeDocument", "word/document.xml"))}
    if each:
        names["word___rels__document.xml.rels"] = relations(*each)
    return docx(f"<w:p>{run('正文')}</w:p>{body}", **names, **(parts or {}))


def linked(kind: str) -> str:
    return (
        f'<w:p><w:r><w:object><o:OLEObject {OLE} xmlns:r="{OFFICE}" ProgID="{kind}" r:id="r0"/></w:object></w:r></w:p>'
    )


def workbook(kind: str, part: str, content: str | bytes, **more: str) -> bytes:
    sheet = f'<worksheet {SHEET}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>格子</t></is></c></row></sheetData></worksheet>'
    book = f'<workbook {SHEET} xmlns:r="{OFFICE}"><sheets><sheet name="甲" sheetId="1" r:id="r0"/></sheets></workbook>'
    types = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    return package(
        **{
            "[Content_Types].xml": types,
            "_rels__.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl__workbook.xml": book,
            "xl___rels__workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
            "xl__worksheets__sheet1.xml": sheet,
            "xl__worksheets___rels__sheet1.xml.rels": relations((kind, f"../{part}")),
            f"xl__{part.replace('/', '__')}": content,
            **more,
        }
    )


SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
CHART_PART = f"<c:chartSpace {CHART}><c:strCache><c:pt><c:v>图里的话</c:v></c:pt></c:strCache><c:tx><c:v>系列</c:v></c:tx></c:chartSpace>"


def words(text: str) -> str:
    return f"<a:p><a:t>{text}</a:t></a:p>"


def slides(
    kind: str = "chart",
    part: str = "charts/chart1.xml",
    content: str = CHART_PART,
    *,
    body: str = words("标题"),
    **more: str,
) -> bytes:
    """Return a presentation of a slide with another part, usually a chart, in which a workbook lies, as every chart has one."""
    types = (
        '<Types><Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
        '<Override ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>'
    )
    shown = f'<p:presentation xmlns:p="{SLIDES}" xmlns:r="{OFFICE}"><p:sldId r:id="r0"/><p:sldSz cx="1000" cy="500"/></p:presentation>'
    return package(
        **{
            "[Content_Types].xml": types,
            "_rels__.rels": relations(("officeDocument", "ppt/presentation.xml")),
            "ppt__presentation.xml": shown,
            "ppt___rels__presentation.xml.rels": relations(("slide", "slides/slide1.xml")),
            "ppt__slides__slide1.xml": f'<p:sld xmlns:p="{SLIDES}" {DRAWING}>{body}</p:sld>',
            "ppt__slides___rels__slide1.xml.rels": relations((kind, f"../{part}")),
            f"ppt__{part.replace('/', '__')}": content,
            **more,
        }
    )


def slide_picture(width: int, height: int) -> str:
    return f'<p:pic><p:spPr><a:xfrm><a:ext cx="{width}" cy="{height}"/></a:xfrm></p:spPr></p:pic>'


ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in (
        *((name, name) for name in ("office", "text", "table", "chart", "presentation", "style")),
        *(("draw", "drawing"), ("svg", "svg-compatible")),
    )
)


def odf(body: str, *, kind: str = "text", styles: str = "", **parts: str | bytes) -> bytes:
    """Return an OpenDocument file of a kind, with other parts."""
    content = f"<office:document-content {ODF}>{styles}<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    return package(**{"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content, **parts})


def odf_object(body: str) -> str:
    return f"<office:document-content {ODF}><office:body>{body}</office:body></office:document-content>"


def rich(body: str) -> bytes:
    return f"{{\\rtf1\\ansi\\ansicpg936{{\\fonttbl{{\\f0\\fcharset134 SimSun;}}}}\\f0 {body}}}".encode("gbk")


HEAD = b"From: a@b.cn\r\nTo: c@d.cn\r\nDate: Thu, 1 Jan 2026 00:00:00 +0800\r\nMIME-Version: 1.0\r\n"
TEXT = "Content-Type: text/plain; charset=utf-8\r\n\r\n"


MAIL = HEAD + f"{TEXT}正文\r\n".encode()


def mail(kind: str, *parts: str) -> bytes:
    body = "".join(f"--X\r\n{part}\r\n" for part in parts)
    return HEAD + f'Content-Type: multipart/{kind}; boundary="X"\r\n\r\n{body}--X--\r\n'.encode()


def picture(width: float, height: float) -> str:
    """Return a picture of so many centimetres."""
    size = f'cx="{round(width * 360000)}" cy="{round(height * 360000)}"'
    place = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    return f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{place}"><wp:extent {size}/></wp:inline></w:drawing></w:r></w:p>'


def old_picture(width: int, height: int) -> str:
    style = f"position:absolute;width:{width}pt;height:{height}pt"
    return f'<w:p><w:r><w:pict><v:shape {VML} style="{style}"><v:imagedata/></v:shape></w:pict></w:r></w:p>'


@pytest.mark.parametrize(
    ("body", "unread"),
    [
        (picture(17, 24) * 2, ("2 张整页的图里的文字",)),
        (old_picture(500, 700), ("1 张整页的图里的文字",)),
        (picture(8, 6) * 9, ()),
        (picture(17, 24) + f"<w:p>{run('说明' * 60)}</w:p>", ()),
    ],
)
def test_scans_in_a_word_document_are_told(body: str, unread: tuple[str, ...]) -> None:
    assert read_bytes(word(body=body), "a.docx", ".docx").unread == unread


def test_parts_are_found_whatever_their_capitals() -> None:
    content = word(
        ("header", "HEADER1.xml"), parts={"word__header1.xml": f"<w:hdr {WORD}><w:p>{run('眉')}</w:p></w:hdr>".encode()}
    )
    document = read_bytes(content, "a.docx", ".docx")
    assert (document.text, document.unread) == ("正文\n眉", ())


def test_a_mail_in_utf_16_is_read() -> None:
    mail = f"From: a@b.cn\nTo: c@d.cn\nSubject: 题\nMIME-Version: 1.0\n{TEXT}正文\n".encode("utf-16")
    assert read_bytes(mail, "a.eml", ".eml").text.split("\n") == ["题", "正文"]


READ: dict[str, tuple[Callable[[], bytes], str, list[str]]] = {
    "a document embedded in Word": (
        lambda: word(("package", "embeddings/a.docx"), parts={"word__embeddings__a.docx": INSIDE}),
        ".docx",
        ["正文", "里面的话"],
    ),
    "a master document that holds its parts": (
        lambda: word(("subDocument", "b.docx"), parts={"word__b.docx": INSIDE}),
        ".docx",
        ["正文", "里面的话"],
    ),
    "word art": (
        lambda: word(body=f'<w:p><w:r><w:pict><v:textpath {VML} string="字艺"/></w:pict></w:r></w:p>'),
        ".docx",
        ["正文", "字艺"],
    ),
    "a formula is no document": (
        lambda: word(
            ("oleObject", "embeddings/a.bin"), body=linked("Equation.DSMT4"), parts={"word__embeddings__a.bin": b"x\0"}
        ),
        ".docx",
        ["正文"],
    ),
    "a box over cells": (
        lambda: workbook(
            "drawing", "drawings/drawing1.xml", f"<d {DRAWING}><a:p><a:r><a:t>框里的话</a:t></a:r></a:p></d>"
        ),
        ".xlsx",
        ["格子", "框里的话"],
    ),
    "a comment on a cell": (
        lambda: workbook(
            "comments",
            "comments1.xml",
            f'<comments {SHEET}><comment ref="A1"><text><t>批注</t></text></comment></comments>',
        ),
        ".xlsx",
        ["格子", "批注"],
    ),
    "a chart over cells": (
        lambda: workbook(
            "drawing",
            "drawings/drawing1.xml",
            f"<d {DRAWING}/>",
            **{
                "xl__drawings___rels__drawing1.xml.rels": relations(("chart", "../charts/chart1.xml")),
                "xl__charts__chart1.xml": f"<c {CHART} {DRAWING}><a:p><a:t>图名</a:t></a:p></c>",
            },
        ),
        ".xlsx",
        ["格子", "图名"],
    ),
    "a text for old programs only": (
        lambda: word(
            body=f"<w:p {VERSIONS}><w:r><mc:AlternateContent><mc:Choice><w:sym/></mc:Choice>"
            "<mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
        ".docx",
        ["正文", "旧"],
    ),
    "a document embedded in a sheet": (
        lambda: workbook("package", "embeddings/a.docx", INSIDE),
        ".xlsx",
        ["格子", "里面的话"],
    ),
    "a presentation with a chart": (slides, ".pptx", ["标题", "图里的话", "系列"]),
    "a comment on a slide": (
        lambda: slides(
            "comments",
            "comments/comment1.xml",
            f'<p:cmLst xmlns:p="{SLIDES}"><p:cm><p:text>批注</p:text></p:cm></p:cmLst>',
        ),
        ".pptx",
        ["标题", "批注"],
    ),
    "a formula on a slide": (
        lambda: slides(body=f"<a:p><a:t>设</a:t><m:oMath {MATH}><m:r><m:t>x</m:t></m:r></m:oMath></a:p>"),
        ".pptx",
        ["设x", "图里的话", "系列"],
    ),
    "what a layout shows on every slide": (
        lambda: slides(
            "slideLayout",
            "slideLayouts/layout1.xml",
            f'<p:sldLayout xmlns:p="{SLIDES}" {DRAWING}><p:sp>{words("标语")}</p:sp><p:sp><p:ph/>{words("单击此处")}</p:sp></p:sldLayout>',
        ),
        ".pptx",
        ["标题", "标语"],
    ),
    "a slide with a small picture alone": (lambda: slides(body=slide_picture(300, 300)), ".pptx", ["图里的话", "系列"]),
    "a comment in OpenDocument": (
        lambda: odf("<text:p>正<office:annotation><text:p>批</text:p></office:annotation>文</text:p>"),
        ".odt",
        ["正文", "批"],
    ),
    "a comment on a slide of OpenDocument": (
        lambda: odf(
            "<draw:page><office:annotation><text:p>批</text:p></office:annotation><text:p>正文</text:p></draw:page>",
            kind="presentation",
        ),
        ".odp",
        ["正文", "批"],
    ),
    "a sheet embedded in OpenDocument": (
        lambda: odf(
            "<text:p>正文</text:p>",
            **{
                "Object 1__content.xml": odf_object(
                    "<table:table-row><table:table-cell><text:p>格</text:p></table:table-cell></table:table-row>"
                )
            },
        ),
        ".odt",
        ["正文", "格"],
    ),
    "a chart over cells of OpenDocument": (
        lambda: odf(
            "",
            kind="spreadsheet",
            **{
                "Object 1__content.xml": odf_object(
                    "<chart:chart><chart:title><text:p>图名</text:p></chart:title><text:p>1.5</text:p></chart:chart>"
                )
            },
        ),
        ".ods",
        ["图名"],
    ),
    "hidden and struck text of OpenDocument": (
        lambda: odf(
            '<text:p>正<text:span text:style-name="T">藏</text:span><text:span text:style-name="U">删</text:span>文</text:p>',
            styles='<style:style style:name="T"><style:text-properties text:display="none"/></style:style>'
            '<style:style style:name="U"><style:text-properties style:text-line-through-style="solid"/></style:style>',
        ),
        ".odt",
        ["正文"],
    ),
    "what a master of OpenDocument shows on every slide": (
        lambda: odf(
            '<presentation:footer-decl>脚</presentation:footer-decl><draw:page draw:master-page-name="甲"><text:p>正文</text:p></draw:page>',
            kind="presentation",
            **{
                "styles.xml": f"<office:document-styles {ODF}><style:master-page style:name='甲'>"
                "<draw:frame presentation:class='title'><text:p>单击此处</text:p></draw:frame>"
                "<draw:frame><text:p>标语</text:p></draw:frame></style:master-page></office:document-styles>"
            },
        ),
        ".odp",
        ["正文", "标语", "脚"],
    ),
    "struck text of a slide": (
        lambda: slides(
            body=words('正</a:t><a:r><a:rPr strike="sngStrike"/><a:t>删</a:t></a:r><a:t>文'), content="<a/>"
        ),
        ".pptx",
        ["正文"],
    ),
    "RTF with a null byte behind it": (lambda: rich(r"正文\par") + b"\0", ".rtf", ["正文"]),
    "RTF with a picture in bytes": (lambda: rich(r"{\pict\bin3 }}{}正文\par"), ".rtf", ["正文"]),
    "RTF with a picture and a printer's bin": (
        lambda: rich(r"\binfsxn4 正文\par{\pict{\*\blipuid 9f}\pngblip 89}{\b 后文}\par"),
        ".rtf",
        ["正文", "后文"],
    ),
    "RTF with a path": (lambda: rich(r"C:\\bin2 正文\par"), ".rtf", ["C:\\bin2 正文"]),
    "RTF with a mark that begins no group": (lambda: rich(r"{\loch\*\cs7 正文}\par"), ".rtf", ["正文"]),
    "RTF with halves of characters": (lambda: rich(r"\u-10174?\u-8265?正文\par"), ".rtf", ["𠮷正文"]),
    "a mailbox": (
        lambda: b"From a@b.cn Thu Jan  1 08:00:00 2026\n" + MAIL + b"\n\nFrom c@d.cn Fri Jan  2 08:00:00 2026\n" + MAIL,
        ".eml",
        ["正文"] * 2,
    ),
    "notes, comments and headers of RTF": (
        lambda: rich(r"正{\footnote 脚}文\par{\header 眉}{\*\annotation 批}{\shp{\*\shpinst{\shptxt 框}}}"),
        ".rtf",
        ["正文", "脚", "眉", "批", "框"],
    ),
    "notes of RTF with a code page and no fonts": (
        lambda: rb"{\rtf1\ansi\ansicpg936{\header \'c3\'bc\par}\'d5\'fd{\footnote \'bd\'c5}\'ce\'c4\par}",
        ".rtf",
        ["正文", "眉", "脚"],
    ),
    "deleted, hidden and struck text of RTF": (
        lambda: rich(
            r"正{\deleted 删{\b 去}}{\v\fs16 \chatn{\*\annotation 批\v 藏\v0 注}}\v 藏\plain 文\deleted 删\deleted0 {\strike 划}\striked1 掉\striked0 。\par"
        ),
        ".rtf",
        ["正文。", "批注"],
    ),
    "the result of an object of RTF": (lambda: rich(r"正文{\object{\result 结果}}\par"), ".rtf", ["正文", "结果"]),
    "struck-out text of a page": (
        "<p>正<del>删<b>去</b></del>文<s>划掉</s><p>另<strike>旧</p><p>一段</p>".encode,
        ".html",
        ["正文", "另", "一段"],
    ),
    "character data of XHTML": (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p>正<![CDATA[文]]></p></html>'.encode,
        ".xhtml",
        ["正文"],
    ),
    "a mail passed on": (
        lambda: mail("mixed", TEXT + "请看", "Content-Type: message/rfc822\r\n\r\n" + TEXT + "转来的话"),
        ".eml",
        ["请看", "转来的话"],
    ),
    "a mail in pieces": (lambda: mail("mixed", TEXT + "前半", TEXT + "后半"), ".eml", ["前半", "后半"]),
    "a mail in two versions": (
        lambda: mail("alternative", TEXT + "一样", "Content-Type: text/html; charset=utf-8\r\n\r\n<p>一样</p>"),
        ".eml",
        ["一样"],
    ),
    "a mail whose versions differ": (
        lambda: mail(
            "alternative",
            TEXT + "请看\n网页版",
            "Content-Type: text/html; charset=utf-8\r\n\r\n<p>正文，<b>请</b>看</p>",
        ),
        ".eml",
        ["正文，请看", "网页版"],
    ),
    "a mail whose richer version has pictures": (
        lambda: mail(
            "alternative",
            TEXT + "正文",
            'Content-Type: multipart/related; boundary="Y"\r\n\r\n'
            "--Y\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>网页</p>\r\n"
            "--Y\r\nContent-Type: image/png\r\n\r\nx\r\n--Y--",
        ),
        ".eml",
        ["网页", "正文"],
    ),
    "a mail with few fields, in GBK": (
        lambda: "From: a@b.cn\r\nSubject: 关于开展工作的通知\r\n\r\n正文\r\n".encode("gbk"),
        ".eml",
        ["关于开展工作的通知", "正文"],
    ),
    "a page saved whole with its theme": (
        lambda: mail(
            "related",
            "Content-Type: text/html; charset=utf-8\r\n\r\n<p>正文</p>",
            "Content-Type: application/vnd.ms-officetheme\r\nContent-Location: file:///a.thmx\r\n\r\nPK\x03\x04x",
        ),
        ".mht",
        ["正文"],
    ),
    "a mail that is signed": (
        lambda: mail("signed", TEXT + "正文", 'Content-Type: application/pkcs7-signature; name="smime.p7s"\r\n\r\nx'),
        ".eml",
        ["正文"],
    ),
}


def read(content: bytes, suffix: str) -> Document:
    return read_bytes(content, f"a{suffix}", suffix)


@pytest.mark.parametrize("name", READ)
def test_what_lies_beside_the_body_is_read(name: str) -> None:
    make, suffix, expected = READ[name]
    document = read(make(), suffix)
    assert ([line for line in document.text.split("\n") if line.strip()], document.unread) == (expected, ())


def pictured_pages(body: str) -> bytes:
    """Return a flat OpenDocument file."""
    return f'<?xml version="1.0"?><office:document {ODF}><office:body>{body}</office:body></office:document>'.encode()


FRAME = '<draw:frame svg:width="17cm" svg:height="240mm"><draw:image/></draw:frame>'

TOLD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a broken document inside": (
        lambda: word(("package", "embeddings/a.docx"), parts={"word__embeddings__a.docx": INSIDE[:60]}),
        ".docx",
        "嵌入的文档 a.docx：文件是空的、不完整，或已损坏",
    ),
    "a slide that is a picture": (lambda: slides(body=slide_picture(900, 400)), ".pptx", "第 1 页是图，没有文字"),
    "a slide before a picture": (
        lambda: slides(body="<p:bg><a:blip/></p:bg>"),
        ".pptx",
        "第 1 页是图，没有文字",
    ),
    "a slide of OpenDocument that is a picture": (
        lambda: pictured_pages(f"<draw:page>{FRAME}</draw:page><draw:page><text:p>文字</text:p>{FRAME}</draw:page>"),
        ".fodp",
        "第 1 页是图，没有文字",
    ),
    "scans in OpenDocument": (
        lambda: pictured_pages(f"<text:p>附件</text:p><text:p>{FRAME}</text:p>"),
        ".fodt",
        "1 张整页的图里的文字",
    ),
    "notes that are lost": (lambda: word(("footnotes", "footnotes.xml")), ".docx", "脚注不在这个文件里"),
    "a document inside of which nothing is left": (
        lambda: word(body=f'<w:altChunk xmlns:r="{OFFICE}" r:id="r9"/>'),
        ".docx",
        "嵌入的文档不在这个文件里",
    ),
    "a master document": (lambda: word(("subDocument", "b.docx")), ".docx", "子文档不在这个文件里"),
    "a phonetic guide that WPS writes": (
        lambda: word(
            body=r'<w:p><w:r><w:instrText> EQ \* "Font:宋体" \o\ad(\s\up 9(</w:instrText></w:r><w:r><w:instrText>hǎo),好)'
            r"</w:instrText></w:r></w:p><w:p><w:r><w:instrText> EQ \o\ac(○,12) </w:instrText></w:r></w:p>"
        ),
        ".docx",
        "1 处域（EQ）里的字",
    ),
    "a page inside a page": ("<p>正文<iframe srcdoc='<p>五好'></iframe>".encode, ".html", "写在框架（srcdoc）里的网页"),
    "JSON in ASCII": (lambda: rb'{"text": "\u4e94\u597d"}', ".json", "写作 \\u 编码的字"),
    "a mail that is cut off": (lambda: mail("mixed", TEXT + "正文")[:-6], ".eml", "邮件断在半路，后面的部分"),
    "RTF that is cut off": (lambda: rich(r"正文{\b 后\par}")[:-3], ".rtf", "文件断在半路，后面的部分"),
    "an encrypted mail": (
        lambda: mail("encrypted", "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"),
        ".eml",
        "邮件加了密，没有密钥",
    ),
    "an encrypted text": (
        lambda: HEAD + (TEXT + "-----BEGIN PGP MESSAGE-----\r\nx").encode(),
        ".eml",
        "正文加了密，没有密钥",
    ),
    "a mail of pictures": (
        lambda: mail("mixed", 'Content-Type: image/png; name="a.png"\r\n\r\nx'),
        ".eml",
        "邮件里只有图片，没有文字",
    ),
}


def test_pictures_alone_are_no_text() -> None:
    with pytest.raises(KouhaoError, match="只有图片"):
        read(rich(r"{\pict\pngblip 89504e47}\par"), ".rtf")


@pytest.mark.parametrize("name", TOLD)
def test_what_cannot_be_read_is_told(name: str) -> None:
    make, suffix, expected = TOLD[name]
    assert read(make(), suffix).unread == (expected,)


def test_mails_inside_mails_end_somewhere() -> None:
    with pytest.raises(KouhaoError, match="层数太多"):
        read(HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 3000, ".eml")


def test_boxes_and_comments_of_opendocument_sheets_are_read() -> None:
    shape = "<draw:custom-shape><text:p>框</text:p></draw:custom-shape>"
    cell = "<office:annotation><text:p>批</text:p></office:annotation><text:p>格</text:p>"
    table = (
        f'<table:table table:name="甲"><table:shapes>{shape}</table:shapes><table:table-row>'
        f'<table:table-cell office:value-type="string">{cell}</table:table-cell></table:table-row></table:table>'
    )
    assert sorted(read(odf(table, kind="spreadsheet"), ".ods").text.split("\n")) == ["批", "格", "框"]


def test_documents_of_foreign_formats_are_named(tmp_path: Path) -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    write_file(str(tmp_path / "公文.ceb"), b"Founder CEB\0\1")
    write_file(str(tmp_path / "书.epub"), book.getvalue())
    write_file(str(tmp_path / "数据.dat"), b"\0\1")
    documents = Documents([str(tmp_path)])
    found = [str(one) for one in documents]
    assert ([Path(one).name for one in found], documents.others) == (["书.epub", "公文.ceb"], {"其他": 1})
    with pytest.raises(KouhaoError, match=r"还读不了 \.ceb 文件"):
        read(b"Founder CEB\0\1", ".ceb")
