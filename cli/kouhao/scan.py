"""List the occurrences of slogans in texts of any length, with their places. Part of the start-up path of a scan."""

from __future__ import annotations

import os
from bisect import bisect_right
from itertools import chain, islice

from kouhao.documents import kinds
from kouhao.documents.streams import LineStream
from kouhao.files import open_file
from kouhao.index.automaton import Automaton, compile_texts
from kouhao.index.matcher import count_characters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from queue import SimpleQueue

    from kouhao.documents.document import Document
    from kouhao.index.matcher import Matcher, Occurrence, Places

    Outcome = SimpleQueue[Places | BaseException]
    """Where a thread puts what it found in one piece, or why it could not search it."""

_PIECE = 1 << 16  # characters of a document
_SEPARATORS = Automaton(compile_texts("\u2028\u2029"))


class Sighting:
    """An occurrence with its line and column, from 1, and its start and end in the text, from 0, all in characters."""

    __slots__ = ("column", "end", "line", "occurrence", "start")

    def __init__(self, occurrence: Occurrence, line: int, column: int, start: int, end: int) -> None:
        self.occurrence = occurrence
        self.line = line
        self.column = column
        self.start = start
        self.end = end


def scan(stream: LineStream, matcher: Matcher) -> Iterator[Sighting]:
    """Yield the occurrences in a text.

    Lines end at LF, CR, CR LF, U+2028 and U+2029. Those of a piece without occurrences are counted only when an occurrence
    follows: then the piece is read again, where the stream can be.
    """
    line, offset, characters = 1, 0, 0
    uncounted: list[tuple[int, int]] = []
    for content, places in _read_ahead(stream.contents(), matcher):
        occurrences = matcher.settle(content, places)
        if occurrences or not stream.repeatable:
            for stretch in uncounted:
                passed_over = stream.read_again(*stretch)
                line += _Lines(passed_over).total
                characters += count_characters(passed_over, 0, len(passed_over))
            uncounted.clear()
            lines = _Lines(content)
            at, column = 0, 1
            for found in occurrences:
                passed, begin = lines.between(at, found.start)
                if passed:
                    line += passed
                    column = 1
                characters += count_characters(content, at, found.start)
                at = found.start
                column += count_characters(content, begin, at)
                yield Sighting(found, line, column, characters, characters + count_characters(content, at, found.end))
            line += lines.between(at, len(content))[0]
            characters += count_characters(content, at, len(content))
        else:
            uncounted.append((offset, offset + len(content)))
        offset += len(content)


def scan_file(path: str, matcher: Matcher, note: Callable[[Document], None]) -> Iterator[Sighting]:
    """Yield the occurrences in one document, or in standard input (`-`); one whose text is inside something else is noted, and has the places of a check."""
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122  pathlib would cost a tenth of the start
    with open_file(path) as file:
        if kinds.is_plain(file, suffix):
            yield from scan(LineStream(file, path), matcher)
            return
        content = file.read()
    from kouhao.documents.reading import read_bytes  # noqa: PLC0415  most documents are plain text

    document = read_bytes(content, path, suffix)
    note(document)
    for start, piece in _pieces(document.text):
        for found in matcher.find(piece):
            first = start + found.start
            yield Sighting(found, *document.locate(first), first, start + found.end)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield a text in pieces, each with where it begins, so that no more occurrences are held at once; cut between sentences where possible."""
    import re  # noqa: PLC0415  documents other than plain text

    line_end, sentence_end = re.compile("\n"), re.compile("(?<![一-鿿])\n")
    at = 0
    while at < len(text):
        cut = sentence_end.search(text, at + _PIECE, at + 2 * _PIECE) or line_end.search(text, at + _PIECE)
        end = cut.end() if cut else len(text)
        yield at, text[at:end]
        at = end


class _Lines:
    """The lines of a piece."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._rare: list[int] = []
        if b"\r" in content or _SEPARATORS.find(content):
            import re  # noqa: PLC0415  such texts are rare

            line_end = re.compile("\r\n|[\n\r]|\u2028|\u2029".encode())
            self._rare = [found.end() for found in line_end.finditer(content)]

    @property
    def total(self) -> int:
        """The number of line ends."""
        return self.between(0, len(self._content))[0]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the number of line ends in a stretch, and where its last line begins, or `start` where there is none."""
        if not self._rare:
            passed = self._content.count(b"\n", start, end)
            return passed, self._content.rfind(b"\n", start, end) + 1 if passed else start
        first, last = bisect_right(self._rare, start), bisect_right(self._rare, end)
        return last - first, self._rare[last - 1] if last > first else start


def _read_ahead(contents: Iterator[bytes], matcher: Matcher) -> Iterator[tuple[bytes, Places]]:
    """Yield the pieces in order, and what the matcher's search found, while threads search the next ones.

    Only the search is theirs: it runs outside the interpreter's lock, for which they would else wait on each other.
    """
    for content in islice(contents, 1):
        yield content, matcher.search(content)
    second = list(islice(contents, 1))
    if not second:
        return
    from queue import SimpleQueue  # noqa: PLC0415  most texts are one piece
    from threading import Thread  # noqa: PLC0415  concurrent.futures loads logging, which takes as long as a lookup

    asked: SimpleQueue[tuple[bytes, Outcome] | None] = SimpleQueue()
    threads: list[Thread] = []
    try:
        for _ in range(os.cpu_count() or 1):
            thread = Thread(target=_search, args=(asked, matcher), daemon=True)
            thread.start()
            threads.append(thread)
    except RuntimeError:  # the system grants no more
        if not threads:
            yield from ((content, matcher.search(content)) for content in chain(second, contents))
            return
    ahead: list[tuple[bytes, Outcome]] = []
    try:
        for content in chain(second, contents):
            ahead.append((content, SimpleQueue()))
            asked.put(ahead[-1])
            if len(ahead) > 2 * len(threads):
                yield _result(*ahead.pop(0))
        for content, outcome in ahead:
            yield _result(content, outcome)
    finally:
        for _ in threads:
            asked.put(None)


def _search(asked: SimpleQueue[tuple[bytes, Outcome] | None], matcher: Matcher) -> None:
    for content, outcome in iter(asked.get, None):
        try:
            outcome.put(matcher.search(content))
        except BaseException as error:  # noqa: BLE001  whoever waits for the outcome raises it
            outcome.put(error)


def _result(content: bytes, outcome: Outcome) -> tuple[bytes, Places]:
    found = outcome.get()
    if isinstance(found, BaseException):
        raise found
    return content, found
