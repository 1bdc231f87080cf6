"""Dates: as glossaries and settings have them (2025-03-05, or as exact as they are known, 2025-03 or 2025), and as a document tells its own."""

from __future__ import annotations

import re
from itertools import chain
from time import strftime

from kouhao.language.lexicon import DIGITS

DATE_HINT = "写作 2025-03-05、2025-03 或 2025。"

_WRITTEN = r"[0-9]{4}(?:-[0-9]{2}){0,2}"
_DATE = r"((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-](?:\s*(\d{1,2})\s*日?)?"
_DATELINE = rf"(?m)^[ \t（(]*{_DATE}[ \t）)]*$"
_PAST = r"(?<![到至—－-])(?<!力争|预计|计划|规划)((?:19|20)\d\d)\s*年"
_FURNITURE = r"(?m)^.{0,30}(?:最后(?:更新|修改|编辑)|(?:更新|访问|检索|打印|下载|抓取)(?:于|时间|日期)|版权所有|备案号|©|[Cc]opyright).{0,60}$"
"""What a page says of itself, not of its text: 本页最后更新于2022年1月."""

_DIGITS = str.maketrans(f"〇○Ｏ{DIGITS}０１２３４５６７８９", "00001234567890123456789")
_EDGE = 300  # characters at each end in which a dateline stands: a heading or a signature with its date


def is_date(text: str) -> bool:
    """Return whether a text is a day of the calendar, a month or a year, in this form."""
    if not re.fullmatch(_WRITTEN, text):
        return False
    from datetime import date  # noqa: PLC0415  few texts are asked for a date

    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def document_date(text: str) -> str:
    """Return the date of a document as YYYY-MM-DD, or as much as is known of it.

    It stands at the document's beginning or end, of a short one on a line of its own. Else it is the last year that is named and is over or
    running, and no aim: a text that looks back names earlier ones as often. It is today where no year is named.
    """
    text = re.sub(_FURNITURE, "", text.translate(_DIGITS))
    short = len(text) <= 2 * _EDGE
    edges = (
        re.finditer(_DATELINE, text)
        if short
        else chain(re.finditer(_DATE, text[:_EDGE]), re.finditer(_DATE, text[-_EDGE:]))
    )
    dates = ["-".join(part.zfill(2) for part in found.groups() if part) for found in edges]
    today = strftime("%Y-%m-%d")  # the reader's day
    years = [found[1] for found in re.finditer(_PAST, text) if found[1] <= today]
    return max(dates or years or [today])
