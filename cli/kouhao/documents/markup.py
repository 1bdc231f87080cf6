"""HTML → paragraphs: the text a reader sees, a paragraph for each block."""

from __future__ import annotations

from html.parser import HTMLParser

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "blockquote",
        "pre",
        "title",
    ]
)
_HIDDEN = frozenset(("script", "style", "template", "noscript"))


def read_html(text: str) -> list[tuple[str, str]]:
    """Return labels (第 3 段) and texts of the paragraphs of a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    paragraphs = [" ".join(paragraph.split()) for paragraph in "".join(reader.pieces).split("\n")]
    kept = [paragraph for paragraph in paragraphs if paragraph]
    return [(f"第 {number} 段", paragraph) for number, paragraph in enumerate(kept, 1)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  the base class's
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data.replace("\n", " "))
