"""A document's text without what only lays it out: wrapped lines joined, spaces and mark-up dropped, marks and quotes of one kind."""

from __future__ import annotations

import re
from bisect import bisect_left

from kouhao.language.gaps import Gaps
from kouhao.language.lexicon import CURVED
from kouhao.language.normalize import same_length, translate, widen

_BLANK, _LINE_END = " \u3000\xa0", "\n\r\u2028\u2029"
_GOES_ON = "[^\\s。！？；：.!?;:|]"
_SPACE = rf"(?<=[^\x00-\x7f\s][{_BLANK}])[{_BLANK}]*"
_PAGE = r"(?:\s*(?:[-—–－]{1,2}\s?\d{1,4}\s?[-—–－]{1,2}|第\s?\d{1,4}\s?页)\s*\n\s*)?"  # the number of a page, between its lines
_WRAP = (
    rf"(?P<wrap>(?:(?<={_GOES_ON}[ \u3000])[ \u3000]*(?:\r\n|[{_LINE_END}])"
    rf"|(?<={_GOES_ON}[{_LINE_END}])(?:(?<=\r)\n)?){_PAGE}[ \t\u3000]*)"
)
_LAYOUT = rf"[{_BLANK}{_LINE_END}](?:{_WRAP}|{_SPACE})(?=[^\x00-\x7f\s])"
_MARKED = rf"{_LAYOUT}|<su[bp]>[^<>\n]*</su[bp]>|</?[A-Za-z][^<>\n]*>|\*\*|__(?<!___)(?!_)|~~|\][(（](?:<[^<>\n]*>|[!-'*-~：；，？！]*)[)）]"
"""What lays text out, and what marks it up; either begins with one of a few characters, so that the search may skip all others."""

TAB = 4  # spaces
_CELL = re.compile('"[^"\n]*"|,')
_KEPT = CURVED | {ord("\r"): "\n"}


class NormalizedText(Gaps):
    """The normalized text of a document, and the way back to its offsets.

    `plain` is `text` with every numeral spelled one way, character for character; `joints` are the offsets
    where lines were joined, `indents` how far in the second ones were.
    """

    def __init__(self, text: str, *, marked: bool = False, cells: bool = False) -> None:
        """Normalize `text`, in which mark-up is `marked` up as in Markdown, or commas part `cells`."""
        if cells:
            text = _CELL.sub(lambda found: "\t" if found[0] == "," else found[0], text)
        wide = translate(widen(text), _KEPT)
        found = list(re.compile(_MARKED if marked else _LAYOUT).finditer(wide))
        super().__init__([one.span() for one in found])
        self.text = self.without(wide)
        self.plain = same_length(self.text)
        joined = [(place, one[0]) for place, one in zip(self.places, found, strict=True) if one.lastgroup]
        self.joints = [place for place, _ in joined]
        self.indents = [
            len(re.split(f"[{_LINE_END}]", dropped)[-1].replace("	", " " * TAB)) for _, dropped in joined
        ]

    def joined(self, start: int, end: int) -> bool:
        """Return whether lines were joined from `start` to `end`, the edges included."""
        at = bisect_left(self.joints, start)
        return at < len(self.joints) and self.joints[at] <= end
