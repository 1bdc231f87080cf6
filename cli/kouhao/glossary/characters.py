"""Characters that a curated text must not hold, because no reader can see them or tell them from others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from kouhao.errors import KouhaoError

_INVISIBLE = re.compile(
    "["
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # zero width, bidi, line separators
    "\u115f\u1160\u3164\uffa0\ufe00-\ufe0f\U000e0000-\U000e0fff"  # fillers, variation selectors and tags
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use
    "\uf900-\ufaff\u2e80-\u2fdf\U0002f800-\U0002fa1f"  # compatibility ideographs and radicals
    "\ud800-\udfff\ufff0-\uffff"  # surrogates and specials
    "]"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def character_error(text: str, path: str, line: int, column: int) -> KouhaoError | None:
    """Return E_CHAR for the first invisible or ambiguous character of `text`, which stands at `line`, `column`."""
    found = _INVISIBLE.search(text)
    return _error(found, path, line, column) if found else None


def control_error(text: str, path: str, line: int, column: int) -> KouhaoError | None:
    """Return E_CHAR for the first control character of `text`; a lookup shows it as `^[`, validation refuses it."""
    found = _CONTROL.search(text)
    return _error(found, path, line, column) if found else None


def texts_of(value: object) -> Iterator[str]:
    """Yield the texts in plain data, however deep they lie; names of fields are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for below in value.values() if isinstance(value, dict) else value:
            yield from texts_of(below)


def legible(text: str) -> str:
    """Return `text` without the characters that are refused; an ideograph that only looks like another one becomes that."""
    return _CONTROL.sub("", _INVISIBLE.sub(lambda found: _INVISIBLE.sub("", normalize("NFKC", found[0])), text))


def _error(found: re.Match[str], path: str, line: int, column: int) -> KouhaoError:
    code = f"U+{ord(found[0]):04X}"
    return KouhaoError(
        "E_CHAR",
        f"含有看不见或易混的字符 {code}",
        path=path,
        line=line,
        column=column,
        hint="请删去它，或换成通用的字。",
    )
