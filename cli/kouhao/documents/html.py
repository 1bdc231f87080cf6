"""HTML → paragraphs: the text a reader sees, a paragraph for each block, and where each piece of it stands in the source."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate

from kouhao.documents.document import Origins

_BLOCKS = frozenset(
    (
        *("html", "head", "title", "body", "header", "main", "footer", "nav", "aside", "section", "article", "address"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "p", "div", "br", "hr", "pre", "blockquote", "center"),
        *("ul", "ol", "li", "dl", "dt", "dd", "menu", "figure", "figcaption", "details", "summary", "dialog"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
        *("form", "fieldset", "legend", "option", "textarea", "button"),
    )
)
_HIDDEN = frozenset(("script", "style", "template", "noscript", "rt", "rp", "del", "s", "strike"))
"""What is not shown, or struck out."""

_XHTML = "http://www.w3.org/1999/xhtml"
_CDATA = "CDATA["
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_COMMENT_END = re.compile("--!?\\s*>")
_WORDS = re.compile(r"\S+|\s+")
_WHITE = frozenset(" \n")
_DIRECTIVE = "kouhao"


def read_html(source: str) -> tuple[str, Origins]:
    """Return the text of a page, a line for each paragraph, and its place in the source: all that it may show, hidden tabs, too.

    White space is as a browser shows it. Comments that speak to kouhao stand at the end, each on a line.
    """
    reader = _Reader(source)
    reader.read(source)
    return reader.text()


class PageParser(HTMLParser):
    """The library's parser, in time that grows with the page, and without its errors: it looks for ends that are not there each time."""

    _length = _last_comment = 0

    def read(self, source: str) -> None:
        """Parse a whole page."""
        self._length = source.rfind(">") + 1
        self._last_comment = max((found.start() for found in _COMMENT_END.finditer(source)), default=-1)
        self.feed(source[: self._length])
        self.close()
        self.add_rest(source[self._length :], self._length)

    def add_rest(self, text: str, origin: int) -> None:
        """Take what stands behind the last tag, from `origin` on: the parser would look in all of it for the end of each tag that begins there."""
        raise NotImplementedError

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002  as it is declared there
        """Return where a comment ends, or -1 where none ends any more."""
        at = self._length - len(self.rawdata) + i
        return super().parse_comment(i, report) if at < self._last_comment else -1

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002  likewise
        """Read what is no section as browsers do, as a comment, where the library gives up: `<![ CDATA[`."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)


class _Reader(PageParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *accumulate(len(line) + 1 for line in source.split("\n"))]
        self._is_xml = _XHTML in source[:1024]
        self._pieces: list[tuple[str, int]] = []
        self._directives: list[tuple[str, int]] = []
        self._hidden: list[str] = []

    def text(self) -> tuple[str, Origins]:
        """Return what was read."""
        shown = self._pieces[:-1] if self._last in _WHITE else self._pieces
        pieces = [*shown, *self._directives]
        starts = list(accumulate((len(text) for text, _ in pieces), initial=0))[:-1]
        return "".join(text for text, _ in pieces), Origins(starts, [origin for _, origin in pieces])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  the parser's call
        if (self._hidden and tag not in _VOID) or tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag in _BLOCKS:
            self._add("\n", self._at)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._leave(tag)
        if not self._hidden and tag in _BLOCKS:
            self._add("\n", self._at)

    def _leave(self, tag: str) -> None:
        """Close what is open inside a hidden element up to `tag`; the end of an element around it closes it too."""
        inside = self._hidden[::-1]
        del self._hidden[-1 - inside.index(tag) if tag in inside else 0 :]

    def handle_data(self, data: str) -> None:
        self._add_words(data, self._at)

    def unknown_decl(self, data: str) -> None:
        if self._is_xml and data.startswith(_CDATA):
            self._add_words(data[len(_CDATA) :], self._at + len("<![CDATA["))

    def add_rest(self, text: str, origin: int) -> None:
        """Add what stands behind the last tag."""
        for found in _WORDS.finditer(text):
            self._add(" " if found[0].isspace() else unescape(found[0]), origin + found.start())

    def handle_charref(self, name: str) -> None:
        self.handle_entityref(f"#{name}")

    def handle_entityref(self, name: str) -> None:
        mark = unescape(f"&{name};")
        self._add(" " if mark.isspace() else mark, self._at)

    def handle_comment(self, data: str) -> None:
        if _DIRECTIVE in data.lower():
            self._directives += [("\n", self._at), (data.strip(), self._at)]

    def _add_words(self, text: str, origin: int) -> None:
        for found in _WORDS.finditer(text):
            self._add(" " if found[0].isspace() else found[0], origin + found.start())

    @property
    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _add(self, text: str, origin: int) -> None:
        """Add a piece unless it is hidden, or white space that a browser leaves out."""
        if self._hidden or not text:
            return
        if text == "\n" and self._last == " ":
            self._pieces.pop()
        if text not in _WHITE or self._last not in _WHITE:
            self._pieces.append((text, origin))

    @property
    def _last(self) -> str:
        return self._pieces[-1][0] if self._pieces else "\n"
