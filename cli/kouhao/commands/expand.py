"""`kouhao expand`: a filter that expands the slogans of a text, or makes an expanded copy of a Word document."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath

from kouhao.check.reader import PageReader
from kouhao.commands.console import terminal
from kouhao.commands.inputs.documents import Inputs
from kouhao.commands.inputs.glossaries import open_glossaries, warn_of_unknown
from kouhao.documents import kinds
from kouhao.documents.document import Document
from kouhao.documents.reading import read_bytes
from kouhao.documents.streams import LineStream
from kouhao.errors import KouhaoError
from kouhao.expand.expander import Expander
from kouhao.expand.writing import Style
from kouhao.files import open_file, read_file
from kouhao.index.patterns import Vocabulary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kouhao.index.cache import Builtin

_MARKDOWN = (".md", ".markdown")
_SUFFIX = ".展开"


def expand(
    *,
    files: list[str],
    every: bool,
    replace: bool,
    footnotes: bool,
    stdin_filename: str,
    term: list[str],
    paths: list[str],
    builtin: Builtin,
) -> int:
    """Write the texts with their slogans expanded."""
    style = Style.REPLACE if replace else Style.FOOTNOTES if footnotes else Style.BRACKETS
    with open_glossaries(paths, builtin=builtin) as opened:
        vocabulary = Vocabulary(opened.indexes, term)
        reader = PageReader(vocabulary, opened.characters, vocabulary.expansion_matcher())
        warn_of_unknown(vocabulary.unknown)
        inputs = Inputs(files or ["-"], None, lenient=False)
        for path in files or ["-"]:
            suffix = PurePath(stdin_filename if path == "-" else path).suffix.lower()
            try:
                _expand_file(path, suffix, partial(Expander, reader, style=style, every=every), inputs)
            except KouhaoError as error:
                inputs.refuse(error)
    return terminal.USAGE if inputs.failed else terminal.OK


def _tell_left(expander: Expander) -> None:
    """Tell which slogans were left as they are, and why."""
    by_reason: dict[str, list[str]] = {}
    for term, reasons in expander.left.items():
        places = f" {len(reasons)} 处" if len(reasons) > 1 else ""
        by_reason.setdefault(reasons[0], []).append(f"“{term}”{places}")
    if by_reason:
        told = "；".join(f"{'、'.join(terms)}（{why}）" for why, terms in by_reason.items())
        terminal.tell(f"没有展开：{told}。各种展开见 kouhao show；要照加的，请写进自己的词库。")


def _expand_file(path: str, suffix: str, expander_of: Callable[..., Expander], inputs: Inputs) -> None:
    """Write a text or the source of a page as it is but for its expansions; of any other document its text."""
    with open_file(path) as file:
        if kinds.is_page(file, suffix) or kinds.is_plain(file, suffix):
            kind = "html-source" if kinds.is_page(file, suffix) else "md" if suffix in _MARKDOWN else "txt"
            expander = expander_of(kind=kind)
            _expand_stream(LineStream(file, path), expander, apart=kind == "md")
            _tell_left(expander)
            return
        document = read_bytes(file.read(), path, suffix)
    inputs.note(document)
    expander = expander_of()
    if document.kind in kinds.WORD_KINDS and path != "-":
        _write_copy(document, expander)
    else:
        text = expander.expand(document.text)
        terminal.write_bytes(f"{text}\n{expander.footnotes()}".encode())
    _tell_left(expander)


def _expand_stream(stream: LineStream, expander: Expander, *, apart: bool) -> None:
    """Write a text expanded; its notes stand behind a blank line where they would else be of the last paragraph."""
    last = ""
    for number, piece in enumerate(stream.texts()):
        expanded = expander.expand(piece)
        terminal.write_bytes((b"" if number else stream.mark) + stream.encode(expanded))
        last = expanded[-1:] or last
    notes = expander.footnotes()
    if notes:
        terminal.write_bytes(stream.encode("\n" * ((last != "\n") + apart) + notes))


def _write_copy(document: Document, expander: Expander) -> None:
    """Write a copy of a Word document in which its slogans are expanded, beside it, and tell so."""
    from kouhao.output.word import copy_path, write_beside, write_words  # noqa: PLC0415  python-docx, for Word documents only

    source = Path(document.path)
    target = copy_path(source, _SUFFIX)
    content, made = write_words(read_file(source), document, expander.edits(document.text))
    if not made:
        terminal.tell(f"{source}：没有可以展开的，没有另存副本。")
        return
    write_beside(source, target, content)
    terminal.tell(f"{target}：展开了 {made} 处。")
    terminal.write_bytes(expander.footnotes().encode())
