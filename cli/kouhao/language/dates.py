"""Dates as glossaries and settings have them: 2025-03-05, or as exact as they are known, 2025-03 or 2025."""

from __future__ import annotations

import re
from datetime import date

DATE_HINT = "写作 2025-03-05、2025-03 或 2025。"

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


def is_date(text: str) -> bool:
    """Return whether a text is a day of the calendar, a month or a year, in this form."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True
