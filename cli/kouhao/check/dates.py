"""The date of a document, by which its slogans are to be right."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from kouhao.language.lexicon import DIGITS

_DATE = re.compile(r"((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-](?:\s*(\d{1,2})\s*日?)?")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")
_DIGITS = str.maketrans(f"〇○Ｏ{DIGITS}０１２３４５６７８９", "00001234567890123456789")
_EDGE = 300  # characters at each end in which a dateline stands: a heading or a signature with its date


def document_date(text: str) -> str:
    """Return the date of a document as YYYY-MM-DD, or as much as is known of it.

    It stands at the document's beginning or end; else it is the year that is named most often, or today where none is.
    """
    text = text.translate(_DIGITS)
    edges = [*_DATE.finditer(text[:_EDGE]), *_DATE.finditer(text[-_EDGE:])] if len(text) > 2 * _EDGE else []
    dates = ["-".join(part.zfill(2) for part in found.groups() if part) for found in edges]
    if dates:
        return max(dates)
    years = Counter(_YEAR.findall(text))
    return years.most_common(1)[0][0] if years else date.today().isoformat()  # noqa: DTZ011  the reader's day
