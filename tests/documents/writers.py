"""The same paragraphs as documents of every kind, made by programs that offices have: LibreOffice and Chromium.

A paragraph is a sentence of the built-in glossary's source, followed by the next one, so that most of them wrap.
"""

from __future__ import annotations

import functools
import io
import shutil
import subprocess
import tempfile
import zipfile
from html import escape
from pathlib import Path

from kouhao.glossary.load import builtin_files, load_files

COUNT = 60
HEAD = "口号词库 试排文稿"
_TIMEOUT = 100


@functools.cache
def paragraphs() -> tuple[str, ...]:
    """Return the sixty paragraphs, of 1 to 3 sentences each, and a bracket with the number that tells them apart."""
    entries = load_files(builtin_files()).entries
    quotes = list(dict.fromkeys(entry.quote.replace("\n", "") for entry in entries if entry.quote))
    made = []
    for number in range(COUNT):
        chosen = (quotes[(number * 2 + step) % len(quotes)] for step in range(1 + number % 3))
        sentences = [quote.rstrip("。；，") + "。" for quote in chosen]
        made.append(f"（{number + 1}）" + "".join(sentences))
    return tuple(made)


def html(*, columns: int = 1) -> str:
    """Return a page for print: a running head, indented and justified paragraphs, in one or two columns."""
    style = f"""@page {{ size: A4; margin: 25mm 22mm; }} body {{ font: 10.5pt/1.6 "Noto Serif CJK SC"; columns: {columns}; column-gap: 2em }}
    p {{ text-indent: 2em; text-align: justify; margin: 0 }} h1 {{ column-span: all; text-align: center; font-size: 16pt }}"""
    body = "".join(f"<p>{escape(text)}</p>\n" for text in paragraphs())
    return f"<!DOCTYPE html><html lang=zh><meta charset=utf-8><title>稿</title><style>{style}</style><h1>{HEAD}</h1>\n{body}</html>"


def flat_text(*, columns: int = 1) -> str:
    """Return a flat OpenDocument text: what LibreOffice makes every other kind from."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
        for name, uri in (
            ("office", "office"),
            ("style", "style"),
            ("text", "text"),
            ("fo", "xsl-fo-compatible"),
            ("svg", "svg-compatible"),
        )
    )
    parts = f'<style:columns fo:column-count="{columns}" fo:column-gap="0.75cm"/>' if columns > 1 else ""
    body = "".join(f'<text:p text:style-name="P">{escape(text)}</text:p>' for text in paragraphs())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {names} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'Noto Serif CJK SC'"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="F" style:font-name-asian="F" fo:font-size="10.5pt"
 style:font-size-asian="10.5pt" fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/></style:default-style>
<style:style style:name="P" style:family="paragraph">
<style:paragraph-properties fo:text-indent="21pt" fo:text-align="justify" fo:line-height="150%" style:punctuation-wrap="simple"/></style:style></office:styles>
<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm"
 fo:margin-bottom="2cm" fo:margin-left="2.5cm" fo:margin-right="2.5cm">{parts}</style:page-layout-properties>
<style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"><style:header><text:p>{HEAD}</text:p></style:header>
<style:footer><text:p>— <text:page-number>1</text:page-number> —</text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""


_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
    )
)


def _flat(kind: str, body: str) -> str:
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_NAMES} office:version="1.2" office:mimetype="{mimetype}">'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    )


def flat_slides() -> str:
    """Return a flat OpenDocument presentation, six paragraphs a slide."""
    slides = []
    for first in range(0, COUNT, 6):
        box = "".join(f"<text:p>{escape(text)}</text:p>" for text in paragraphs()[first : first + 6])
        frame = f'<draw:frame svg:width="24cm" svg:height="16cm" svg:x="2cm" svg:y="2cm"><draw:text-box>{box}</draw:text-box></draw:frame>'
        slides.append(f'<draw:page draw:name="p{first}">{frame}</draw:page>')
    return _flat("presentation", "".join(slides))


def flat_sheet() -> str:
    """Return a flat OpenDocument spreadsheet, a paragraph a row beside its number."""
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="float" office:value="{number}"><text:p>{number}</text:p></table:table-cell>'
        f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell></table:table-row>'
        for number, text in enumerate(paragraphs(), 1)
    )
    return _flat("spreadsheet", f'<table:table table:name="名单">{rows}</table:table>')


def ofd() -> bytes:
    """Return an OFD file (GB/T 33190) of the paragraphs, set in lines of forty characters, thirty a page, with a running head."""
    lines: list[tuple[int, str]] = []
    for text in paragraphs():
        indent = 2
        rest = text
        while rest:
            lines.append((indent, rest[: 40 - indent]))
            rest, indent = rest[40 - indent :], 0
    pages = [lines[at : at + 30] for at in range(0, len(lines), 30)]
    out = io.BytesIO()
    namespace = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "OFD.xml",
            f"<ofd:OFD {namespace}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        listed = "".join(
            f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages))
        )
        archive.writestr(
            "Doc_0/Document.xml", f"<ofd:Document {namespace}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        )
        for number, page in enumerate(pages):
            shown = [
                (0, HEAD, 10.0),
                *((indent, text, 25 + 8.0 * row) for row, (indent, text) in enumerate(page)),
                (18, f"— {number + 1} —", 285.0),
            ]
            objects = "".join(
                f'<ofd:TextObject ID="1" Boundary="{25 + 4 * indent} {height} 170 5" Font="1" Size="4"><ofd:TextCode X="0" Y="4" '
                f'DeltaX="{f"g {len(text) - 1} 4" if len(text) > 1 else ""}">{escape(text, quote=False)}</ofd:TextCode></ofd:TextObject>'
                for indent, text, height in shown
            )
            archive.writestr(
                f"Doc_0/Pages/Page_{number}/Content.xml",
                f"<ofd:Page {namespace}><ofd:Content><ofd:Layer ID='9'>{objects}</ofd:Layer></ofd:Content></ofd:Page>",
            )
    return out.getvalue()


def convert(source: Path, kind: str, folder: Path) -> Path:
    """Return what LibreOffice makes of a file."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", kind]
        subprocess.run([*command, "--outdir", folder, source], check=True, capture_output=True, timeout=_TIMEOUT)
    return folder / f"{source.stem}.{kind.partition(':')[0]}"


def print_page(source: Path, target: Path) -> None:
    """Print a page to a PDF file with Chromium."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            chromium(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={profile}",
            f"--print-to-pdf={target}",
        ]
        subprocess.run([*command, source.resolve().as_uri()], check=True, capture_output=True, timeout=_TIMEOUT)


def chromium() -> str:
    """Return the browser's program, or an empty text."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
