"""`kouhao expand`: a filter that expands the slogans of a text."""

from __future__ import annotations

from functools import partial

from kouhao.commands import terminal
from kouhao.commands.session import open_glossaries, warn_of_unknown
from kouhao.documents.streams import LineStream
from kouhao.errors import KouhaoError
from kouhao.expand import Expander, Style, expansion_of
from kouhao.files import open_file
from kouhao.index.patterns import Vocabulary

_PACKAGES = (".docx", ".odt", ".doc", ".pdf")


def expand(
    *,
    files: list[str],
    every: bool,
    replace: bool,
    footnotes: bool,
    term: list[str],
    paths: list[str],
    builtin: bool,
) -> int:
    """Write the texts with their slogans expanded."""
    if replace and footnotes:
        raise KouhaoError("E_USAGE", "--replace 和 --footnotes 只能用一个", hint="kouhao expand --help 列出用法。")
    style = Style.REPLACE if replace else Style.FOOTNOTES if footnotes else Style.BRACKETS
    with open_glossaries(paths, builtin=builtin) as opened:
        vocabulary = Vocabulary(opened.indexes, term)
        matcher = vocabulary.expansion_matcher()
        warn_of_unknown(vocabulary.unknown)
        failed = 0
        for path in files or ["-"]:
            try:
                _expand_file(path, Expander(matcher, partial(expansion_of, vocabulary), style=style, every=every))
            except KouhaoError as error:
                terminal.tell_error(error)
                failed += 1
    return terminal.USAGE if failed else terminal.OK


def _expand_file(path: str, expander: Expander) -> None:
    if path.lower().endswith(_PACKAGES):
        raise KouhaoError("E_FORMAT", "expand 只处理文本", path=path, hint="要检查 Word 文档，请用 kouhao check。")
    with open_file(path) as file:
        stream = LineStream(file, path)
        last = ""
        for number, piece in enumerate(stream.texts()):
            expanded = expander.expand(piece)
            terminal.write_bytes((b"" if number else stream.mark) + stream.encode(expanded))
            last = expanded[-1:] or last
        notes = expander.footnotes()
        if notes:
            terminal.write_bytes(stream.encode(("" if last == "\n" else "\n") + notes))
