"""When pictures are taken for scans of pages, whose text nobody has read."""

from __future__ import annotations

LEAST_SCAN = 0.4 * 595 * 842
"""Square points of a picture from which on it may be a scan: two fifths of a page of A4."""

_FEWEST_WRITTEN = 100
"""Characters to each such picture, at least, in a document that is more than its scans."""


def page_pictures(large: int, written: int) -> tuple[str, ...]:
    """Return what is told of a document with so many large pictures and so many characters."""
    return (f"{large} 张整页的图里的文字",) if large and written < _FEWEST_WRITTEN * large else ()
