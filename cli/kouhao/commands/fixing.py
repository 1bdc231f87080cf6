"""Write what findings propose: into text files, whole or not at all; for Word documents as comments in a copy."""

from __future__ import annotations

import difflib
from pathlib import Path

from kouhao.check.checker import Report, fixes
from kouhao.console import terminal
from kouhao.documents.document import split_lines
from kouhao.documents.kinds import WORD_KINDS
from kouhao.documents.reading import read_bytes
from kouhao.documents.streams import BYTE_ORDER_MARKS
from kouhao.errors import KouhaoError
from kouhao.expand import apply_edits
from kouhao.files import conflict, read_file, write_file

_SUFFIX = ".批注"
_WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")


def write_diff(report: Report) -> None:
    """Print what the fixes of a text change, as a unified diff."""
    before = report.document.text
    after = apply_edits(before, fixes(report.findings))
    path = terminal.safe_line(report.document.path)
    lines = difflib.unified_diff(split_lines(before), split_lines(after), path, path)
    for line in lines:
        terminal.write(line if line.endswith("\n") else f"{line}\n\\ 文件末尾没有换行\n")


def write_fixes(report: Report, output: Path | None, *, in_place: bool) -> None:
    """Write a document's fixes, and tell how many were made and how many findings are left to the writer."""
    document = report.document
    if document.kind in WORD_KINDS and document.path != "-":
        _write_comments(report, output, in_place=in_place)
        return
    if not document.is_plain or document.path == "-":
        terminal.tell(f"{document.path}：这种文件不能自动修改，{len(report.findings)} 处请手工改。")
        return
    edits = fixes(report.findings)
    chosen = set(edits)
    made = sum(finding.edit in chosen for finding in report.findings)
    if edits:
        original = read_file(document.path)
        mark = next((mark for mark, _ in BYTE_ORDER_MARKS if original.startswith(mark)), b"")
        if mark + document.text.encode(document.encoding) != original:
            if read_bytes(original, document.path, Path(document.path).suffix.lower()).text != document.text:
                raise conflict(document.path)
            message = "里面有读不懂的字节，改了会丢，没有改动"
            raise KouhaoError("E_ENCODING", message, path=document.path, hint="请另存为 UTF-8，再试一次。")
        fixed = apply_edits(document.text, edits).encode(document.encoding)
        write_file(
            output or Path(document.path), mark + fixed, was=None if output else original, made_of=[document.path]
        )
    left = len(report.findings) - made
    told = [f"已改正 {made} 处"] if made else []
    told += [f"{left} 处请自行决定"] if left else []
    terminal.tell(f"{document.path}：{'，'.join(told) or '未发现问题'}{'' if made else '，没有改动'}。")


def write_copy(report: Report) -> None:
    """Write the commented copy of a Word document; one without findings gets none, but an older copy loses its comments."""
    copy = copy_path(Path(report.document.path), _SUFFIX)
    if report.document.kind in WORD_KINDS and (report.findings or copy.exists()):
        _write_comments(report, None, in_place=False)


def write_beside(source: Path, copy: Path, content: bytes) -> None:
    """Write a copy of a Word document, or write it anew; raise KouhaoError E_EXISTS for one that somebody saved since."""
    from kouhao.output.word import is_own  # noqa: PLC0415  likewise

    older = read_file(copy) if copy.exists() else None
    if older is not None and not is_own(older):
        hint = "请给这个副本改名，或删去它，再运行一次。"
        raise KouhaoError("E_EXISTS", "副本后来改过，没有动它", path=str(copy), hint=hint)
    write_file(copy, content, was=older, made_of=[source])


def copy_path(source: Path, mark: str) -> Path:
    """Return the name of a Word document's copy beside it, in the format of today whatever the source is called."""
    if source.suffix.lower() in _WORD_SUFFIXES:
        return source.with_name(f"{source.stem}{mark}{source.suffix}")
    return source.with_name(f"{source.name}{mark}.docx")


def _write_comments(report: Report, output: Path | None, *, in_place: bool) -> None:
    from kouhao.output.word import annotate  # noqa: PLC0415  python-docx, for Word documents only

    source = Path(report.document.path)
    in_place = in_place and report.document.kind == "docx"
    target = output or (source if in_place else copy_path(source, _SUFFIX))
    if target.resolve() == source.resolve() and not in_place:
        message = "批注会写进原文件"
        raise KouhaoError(
            "E_USAGE", message, path=str(target), hint="请另选 --output；确要写进原文件，请加 --in-place。"
        )
    original = read_file(source)
    content, told = annotate(original, report.document, report.findings)
    if target in (output, source):
        write_file(target, content, was=original if target.resolve() == source.resolve() else None, made_of=[source])
    else:
        write_beside(source, target, content)
    left = len(report.findings) - told
    terminal.tell(f"{target}：批注共 {told} 处。" + (f"另有 {left} 处在页眉、页脚或脚注里，不能批注。" if left else ""))
