"""What stands beside a slogan, as far as it tells how it is meant."""

from __future__ import annotations

import re

BESIDE = 60  # characters on each side in which a slogan may be expanded already
NEAR = 200
"""Characters on each side that tell in which width a place is written, and in which a list of its own may stand."""

LONGEST_LINE = 500  # characters: of a longer line only so much is looked at, which keeps the work linear
ASIDE = re.compile("（[^（）]*(?:（[^（）]*）[^（）]*)*）|〔[^〔〕]*〕")
_CUT_ASIDE = re.compile("^[^（]*）|（[^）]*$")


def without_asides(text: str) -> str:
    """Return a text without what brackets hold, where a first run may have put words of its own."""
    return _CUT_ASIDE.sub("", ASIDE.sub("", text)) if any(mark in text for mark in "（）〔〕") else text
