"""RTF → paragraphs, by striprtf, which reads the body; headers, notes, comments and text boxes are given to it one by one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from kouhao.documents.document import Content, numbered
from kouhao.errors import KouhaoError

_ASIDES = {
    "header": "页眉",
    "footer": "页脚",
    "footnote": "脚注",
    "annotation": "批注",
    "shptxt": "文本框 ",
    "result": "对象 ",
}
_ASIDE = re.compile(r"\{\s*(?:\\\*\s*)?\\(header|footer|footnote|annotation|shptxt|result)[lrf]?(?![a-z])")
_FONTS = re.compile(r"\{\s*\\fonttbl(?![a-z])")
_STATE = re.compile(r"\\(deleted|v|striked?|plain)(-?\d+)?(?![a-z0-9]) ?|\\.|\{(?:\\\*\\[a-z]+)?|\}", re.DOTALL)
"""What begins and ends text that is deleted with changes tracked, hidden or struck out."""

_FORMATS = {"v", "strike", "striked"}
"""Those that `\\plain` ends."""

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_DOUBLE_BYTE = re.compile(r"\\ansicpg(?:932|936|949|950)(?!\d)")
_RAW_PAIR = re.compile("[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]")
_RAW = re.compile("[\x80-\xff]")
_BINARY = re.compile(rb"(?<!\\)\\bin(\d{1,9}) ?")
_BIN_WORD = re.compile(r"\\(\\|bin[a-z]*-?\d* ?)")
"""Words for a printer's bins (`\\binfsxn4`), and backslashes: at `\\bin` striprtf drops pictures up to the first brace, and what follows is lost."""

_STRAY_MARK = re.compile(r"(?<!\{)(?<!\\)\\\*(?=\\)")
"""What makes a group one to be passed over, where it does not begin a group, as StarOffice wrote it."""

_HEAD = 4096  # characters in which a document says its code page
_SPACED = re.compile(r"(?<=[^\x00-\xff]) (?=[^\x00-\xff])")
_BLANK = re.compile(r"(?<![0-9A-Za-z]) | (?![0-9A-Za-z])")
_TIGHT = re.compile(r"[^\x00-\xff]{2}")
_CODE_PAGE = re.compile(r"\\ansicpg\d+|\\uc\d")


def read_rtf(content: bytes, path: str) -> Content:
    """Return labels and texts of an RTF document, those of the body first, and whether its end is lost; raise KouhaoError E_FORMAT."""
    source = _STRAY_MARK.sub("", _without_binary(content).decode("latin-1"))
    source = _BIN_WORD.sub(lambda found: r"\\{}" if found[1] == "\\" else "", source)
    raw = _RAW_PAIR if _DOUBLE_BYTE.search(source[:_HEAD]) else _RAW
    source = raw.sub(lambda found: "".join(f"\\'{ord(mark):02x}" for mark in found[0]), source)
    try:
        body = [("", line) for line in _lines(_shown(source))]
        aside = [(label, line) for label, group in _asides(source) for line in _lines(_shown(group))]
    except (ValueError, LookupError, OverflowError, RecursionError) as error:
        raise KouhaoError(
            "E_FORMAT", "RTF 已损坏", path=path, hint="请在 Word 或 WPS 里打开，另存为 .docx。"
        ) from error
    braces = Counter(_BRACE.findall(source))
    texts = _numbered_apart([(label, _close_up(text)) for label, text in body + aside])
    return texts, ("文件断在半路，后面的部分",) if braces["{"] > braces["}"] else ()


def _numbered_apart(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the same with each label's own numbers: 第 2 段, 脚注第 1 段."""
    labels = dict.fromkeys(label for label, _ in texts)
    return [
        (label + place, text) for label in labels for place, text in numbered(text for of, text in texts if of == label)
    ]


def _close_up(text: str) -> str:
    """Return a text without blanks between its characters where they stand between nearly all of them, as some writers set them."""
    return _BLANK.sub("", text) if len(_SPACED.findall(text)) > len(_TIGHT.findall(text)) else text


def has_pictures(content: bytes) -> bool:
    """Return whether an RTF document shows pictures or other objects."""
    return b"\\pict" in content or b"\\object" in content


def _without_binary(content: bytes) -> bytes:
    """Return an RTF document without the bytes of its pictures, among which braces would end groups."""
    kept: list[bytes] = []
    start = 0
    while found := _BINARY.search(content, start):
        kept.append(content[start : found.start()])
        start = found.end() + int(found[1])
    return b"".join([*kept, content[start:]])


def _shown(source: str) -> str:
    """Return an RTF document without what is deleted, hidden or struck out in it; all its groups stay."""
    kept: list[str] = []
    stack: list[frozenset[str]] = []
    unseen: frozenset[str] = frozenset()
    start = 0
    for found in _STATE.finditer(source):
        kept += [] if unseen else [source[start : found.start()]]
        start = found.end()
        if found[0].startswith("{"):
            stack.append(unseen)
        elif found[0] == "}":
            unseen = stack.pop() if stack else frozenset()
        elif found[1] == "plain" or found[2] == "0":
            unseen -= _FORMATS if found[1] == "plain" else {found[1]}
        elif found[1]:
            unseen |= {found[1]}
        kept += [found[0]] if found[0][0] in "{}" or not (unseen or found[1]) else []
    return "".join(kept) + ("" if unseen else source[start:])


def _lines(source: str) -> list[str]:
    from striprtf import striprtf  # noqa: PLC0415  few documents are RTF

    text: str = striprtf.rtf_to_text(source, errors="replace")
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # each half is written by itself
    return text.replace("|", "\n").split("\n")


def _asides(source: str) -> Iterator[tuple[str, str]]:
    """Yield what stands beside the body, each as a document of its own that has the fonts and code page of the whole."""
    fonts = _FONTS.search(source)
    head = "".join(_CODE_PAGE.findall(source[: fonts.start() if fonts else _HEAD]))
    asides = list(_ASIDE.finditer(source))
    if not asides:
        return
    ends = _ends(source, {found.start() for found in [*asides, fonts] if found})
    head += source[fonts.start() : ends.get(fonts.start())] if fonts else ""
    starts = [found.start() for found in asides]
    for found in asides:
        content = _without_asides(source, found.end(), ends.get(found.start(), len(source)), starts, ends)
        yield _ASIDES[found[1]], f"{{\\rtf1\\ansi{head}{{}}{content.removeprefix(' ')}"


def _without_asides(source: str, at: int, end: int, starts: list[int], ends: dict[int, int]) -> str:
    """Return a stretch without the groups that begin at `starts` in it: each is read once, however deep it lies."""
    kept: list[str] = []
    while (nth := bisect_left(starts, at)) < len(starts) and starts[nth] < end:
        kept.append(source[at : starts[nth]])
        at = ends.get(starts[nth], end)
    return "".join([*kept, source[at:end]])


def _ends(source: str, starts: set[int]) -> dict[int, int]:
    """Return where the groups end that begin at `starts`; one that is cut off has no end."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for found in _BRACE.finditer(source):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened and (start := opened.pop()) in starts:
            ends[start] = found.end()
    return ends
