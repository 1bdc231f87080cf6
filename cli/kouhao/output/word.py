"""A copy of a Word document with findings as comments, so that the writer decides, or with words written into it."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx.opc import phys_pkg
from docx.opc.constants import CONTENT_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.part import Part, PartFactory
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.text.run import Run

from kouhao.documents.document import Document
from kouhao.documents.libreoffice import convert
from kouhao.documents.word import MARGINS, OWN_AUTHOR, word_paragraphs, word_runs, word_text
from kouhao.documents.zip_xml import NOT_XML, UNREADABLE
from kouhao.errors import KouhaoError
from kouhao.files import read_file, write_file
from kouhao.model import Edit, Finding

_INITIALS = "口号"
_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_SPLITTABLE = {qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")}
_LARGEST_TOTAL = 256 * 2**20
"""Bytes of all parts of a document that is written: python-docx holds them at once."""

_PROPERTIES = ("core.xml", ".psmdcp")
_LARGEST_PROPERTIES = 2**16  # bytes
_SAVED = re.compile(f"lastModifiedBy[^>]*>{OWN_AUTHOR}</".encode())

_UNWRITABLE = (*UNREADABLE, AttributeError, TypeError, SyntaxError, OpcError)
"""What a document raises that lacks something, or holds what python-docx does not expect."""

_DOCUMENT_TYPES = (
    CONTENT_TYPE.WML_DOCUMENT_MAIN,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)


class _BodyPart(DocumentPart):
    """Leaves a document that lies whole inside another one (altChunk) as it is: it has the type of a body, and is a package."""

    @classmethod
    def load(cls, partname: Any, content_type: Any, blob: bytes, package: Any) -> Any:  # noqa: ANN401  as the base has it
        kind = Part if blob.startswith(b"PK") else DocumentPart
        return kind.load(partname, content_type, blob, package)


for _type in _DOCUMENT_TYPES:
    PartFactory.part_type_for[_type] = _BodyPart


class _Archive(zipfile.ZipFile):
    """Gives parts no date, as Word does: the clock may stand where the format has none (before 1980, after 2107)."""

    def writestr(self, zinfo_or_arcname: Any, *rest: Any, **named: Any) -> None:  # noqa: ANN401  as the base has it
        part = zipfile.ZipInfo(zinfo_or_arcname)
        part.compress_type = self.compression
        super().writestr(part, *rest, **named)


phys_pkg.ZipFile = _Archive  # type: ignore[attr-defined]  # there is no other way to it


def annotate(content: bytes, document: Document, findings: Iterable[Finding]) -> tuple[bytes, int]:
    """Return the package with a comment on each finding, and the number of findings that have one now.

    A comment covers the words that are meant: runs are split where they begin and end. One that is already there is not made
    again. Headers, footers, notes, charts and the like cannot carry comments. Raises KouhaoError E_FORMAT for a document that
    cannot be written, E_LIMIT for one that is too large for that.
    """
    with _written(content, document) as main, io.BytesIO() as saved:
        told = _annotate(main, document, findings)
        _save(main, saved)
        return saved.getvalue(), told


def _save(main: Any, saved: io.BytesIO) -> None:  # noqa: ANN401  likewise
    package = main.part.package
    package.core_properties.last_modified_by = OWN_AUTHOR
    package.save(saved)


def is_own(content: bytes) -> bool:
    """Return whether a package is as kouhao wrote it: Word, WPS and LibreOffice name who saves it last."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [name for name in archive.namelist() if name.endswith(_PROPERTIES)]
            return any(_SAVED.search(archive.open(name).read(_LARGEST_PROPERTIES)) for name in parts)
    except _UNWRITABLE:
        return False


def copy_path(source: Path, mark: str) -> Path:
    """Return the name of a Word document's copy beside it, in the format of today whatever the source is called."""
    if source.suffix.lower() in _SUFFIXES:
        return source.with_name(f"{source.stem}{mark}{source.suffix}")
    return source.with_name(f"{source.name}{mark}.docx")


def write_beside(source: Path, copy: Path, content: bytes) -> None:
    """Write a copy of a Word document, or write it anew; raise KouhaoError E_EXISTS for one that somebody saved since."""
    older = read_file(copy) if copy.exists() else None
    if older is not None and not is_own(older):
        hint = "请给这个副本改名，或删去它，再运行一次。"
        raise KouhaoError("E_EXISTS", "副本后来改过，没有动它", path=str(copy), hint=hint)
    write_file(copy, content, was=older or b"", made_of=[source])


def _annotate(main: Any, document: Document, findings: Iterable[Finding]) -> int:  # noqa: ANN401  python-docx has no types
    paragraphs = [paragraph for _, paragraph in word_paragraphs(main.element.body)]
    texts = {str(comment.comment_id): comment.text for comment in main.comments}
    told = 0
    for line, several in sorted(_by_line(findings).items()):
        if line > len(paragraphs) or document.label(several[0].start).startswith(MARGINS):
            continue
        parts = paragraphs[line - 1]
        marks = (mark for part in parts for mark in part.iter(qn("w:commentRangeStart")))
        present = {texts.get(mark.get(qn("w:id"), ""), "") for mark in marks}
        for finding in several:
            comment = _comment(finding)
            if comment in present:
                told += 1
                continue
            covered = _covered(parts, finding.column - 1, finding.column - 1 + max(1, finding.end - finding.start))
            if covered:
                main.add_comment([Run(run, main) for run in covered], comment, OWN_AUTHOR, _INITIALS)
                told += 1
    return told


def write_words(content: bytes, document: Document, edits: Iterable[Edit]) -> tuple[bytes, int]:
    """Return the package with edits of the document's text made in its body, and their number; what they replace keeps its format.

    Headers, footers, notes, charts and the like are left as they are. Raises KouhaoError as `annotate` does.
    """
    with _written(content, document) as main, io.BytesIO() as saved:
        made = _edit(main, document, edits)
        _save(main, saved)
        return saved.getvalue(), made


def _edit(main: Any, document: Document, edits: Iterable[Edit]) -> int:  # noqa: ANN401  likewise
    paragraphs = [paragraph for _, paragraph in word_paragraphs(main.element.body)]
    made = 0
    for edit in sorted(edits, key=lambda edit: -edit.start):
        place = document.locate(edit.start)
        if place.line > len(paragraphs) or document.label(edit.start).startswith(MARGINS):
            continue
        first, last = place.column - 1, place.column - 1 + edit.end - edit.start
        covered = _covered(paragraphs[place.line - 1], first if last > first else max(0, first - 1), last)
        if covered:
            _write(covered, edit.replacement, replace=last > first)
            made += 1
    return made


def _write(runs: list[Any], text: str, *, replace: bool) -> None:
    """Write a text behind the last of some runs, or in the place of all, in its format."""
    written = deepcopy(runs[-1])
    for piece in [piece for piece in written if piece.tag != qn("w:rPr")]:
        written.remove(piece)
    piece = OxmlElement("w:t")
    piece.text = NOT_XML.sub("\ufffd", text)
    written.append(piece)
    runs[-1].addnext(written)
    for run in runs if replace else ():
        run.getparent().remove(run)


@contextmanager
def _written(content: bytes, document: Document) -> Iterator[Any]:
    """Give a document to change and to save; what python-docx makes of one that is not as it should be is one typed error."""
    path = document.path
    try:
        content = convert(content, document.kind, path) if document.kind == "doc" else content
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > _LARGEST_TOTAL:
            message = f"文档解开后有 {size // 2**20} MB，太大了，写不进东西"
            raise KouhaoError("E_LIMIT", message, path=path, hint="请分成几个文件，或去掉里面的图片、录像。")
        yield Package.open(io.BytesIO(content)).main_document_part.document
    except _UNWRITABLE as error:
        message = "这种 Word 文档写不进东西"
        raise KouhaoError("E_FORMAT", message, path=path, hint="请在 Word 或 WPS 里另存为普通的 .docx。") from error


def _by_line(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    grouped: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[finding.line].append(finding)
    return grouped


def _comment(finding: Finding) -> str:
    fix = f"建议{finding.edit.verb}：{finding.edit.replacement}" if finding.edit else ""
    return NOT_XML.sub("\ufffd", "。".join(text for text in (finding.message, fix) if text))


def _covered(paragraphs: list[Any], first: int, last: int) -> list[Any]:
    """Return the runs that hold the characters from `first` up to `last`, counted from 0, split so that they hold no others."""
    covered: list[Any] = []
    at = 0
    for run in list(word_runs(*paragraphs)):
        size = len(word_text(run))
        start, end = max(first - at, 0), min(last - at, size)
        if start < end and run.tag == qn("w:r"):
            covered.append(_cut(run, start, end, size))
        at += size
    return covered


def _cut(run: Any, start: int, end: int, size: int) -> Any:  # noqa: ANN401  lxml's elements
    """Return the run that holds its characters from `start` to `end`; the others move into runs of their own beside it."""
    if any(piece.tag not in _SPLITTABLE for piece in run if piece.tag != qn("w:rPr")):
        return run
    if end < size:
        behind = deepcopy(run)
        run.addnext(behind)
        _keep(behind, end, size)
        _keep(run, 0, end)
    if start:
        before = deepcopy(run)
        run.addprevious(before)
        _keep(before, 0, start)
        _keep(run, start, end)
    return run


def _keep(run: Any, start: int, end: int) -> None:  # noqa: ANN401  likewise
    at = 0
    for piece in [piece for piece in run if piece.tag in _SPLITTABLE]:
        size = len(piece.text or "") if piece.tag == qn("w:t") else 1
        first, last = max(start - at, 0), min(end - at, size)
        at += size
        if first >= last:
            run.remove(piece)
        elif piece.tag == qn("w:t"):
            piece.text = piece.text[first:last]
            piece.set(qn("xml:space"), "preserve")
