"""What a writer silences with words in the text: `kouhao: ignore`, `ignore-next-line`, `ignore-block` … `end-ignore`.

Rule ids behind the word limit it to these. A word or an id that is unknown, and a comment that silences nothing, is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kouhao.check.rules import RULES
from kouhao.documents.document import Document
from kouhao.model import Finding, Severity

_COMMENT = r"(?i:kouhao)[:：][ \t]*([A-Za-z]\w*(?:-\w+)*)((?:[ \t,\[]+[a-z][a-z-]*[a-z])*)"
_WORDS = ("ignore", "ignore-next-line", "ignore-block", "end-ignore")
_ENDLESS = 1 << 60  # a line after any other


class _Comment:
    """A comment and the lines that it holds for; `used` once it silenced something."""

    def __init__(self, start: int, word: str, rules: frozenset[str], first: int, last: int) -> None:
        self.start = start
        self.word = word
        self.rules = rules
        self.first = first
        self.last = last
        self.used = False


class Suppressions:
    """The comments of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._comments: list[_Comment] = []
        self._unknown: list[tuple[int, str]] = []
        for found in re.finditer(_COMMENT, document.text) if "kouhao" in document.text.lower() else ():
            self._read(found.start(), found[1], frozenset(re.findall("[a-z-]+", found[2])))

    def _read(self, start: int, word: str, rules: frozenset[str]) -> None:
        line = self._document.locate(start).line
        if word not in _WORDS:
            self._unknown.append((start, f"不认识“kouhao: {word}”，可以写 {'、'.join(_WORDS)}"))
            return
        for rule in sorted(rules - RULES.keys()):
            self._unknown.append((start, f"没有规则“{rule}”，kouhao check --rules 列出全部规则"))
        if rules and not rules & RULES.keys():
            return
        if word == "end-ignore":
            opened = next((one for one in reversed(self._comments) if one.last == _ENDLESS), None)
            if opened is None:
                self._unknown.append((start, "end-ignore 前面没有 ignore-block"))
            else:
                opened.last = line
            return
        first, last = {"ignore": (line, line), "ignore-next-line": (line + 1, line + 1)}.get(word, (line, _ENDLESS))
        self._comments.append(_Comment(start, word, rules, first, last))

    def silence(self, finding: Finding) -> bool:
        """Tell whether a comment silences a finding."""
        for comment in self._comments:
            if comment.first <= finding.line <= comment.last and (not comment.rules or finding.rule in comment.rules):
                comment.used = True
                return True
        return False

    def warnings(self) -> Iterator[Finding]:
        """Yield what silences nothing, once all findings were asked."""
        for start, message in self._unknown:
            yield self._warning(start, message)
        for comment in self._comments:
            if not comment.used:
                yield self._warning(comment.start, f"这里的“kouhao: {comment.word}”没有可忽略的提示，可以删去")

    def _warning(self, start: int, message: str) -> Finding:
        place = self._document.locate(start)
        return Finding(self._document.path, place.line, place.column, "useless-ignore", Severity.WARNING, message)
