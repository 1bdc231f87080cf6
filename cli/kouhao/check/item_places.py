"""Where items of slogans stand on a page: most slogans have none of theirs near, so that nothing beside them need be compared."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence

from kouhao.check.expansions import Arrangement, fewest
from kouhao.index.automaton import Automaton, compile_texts
from kouhao.index.matcher import count_characters


class ItemPlaces:
    """The items of slogans, all sought at once in a text without marks."""

    def __init__(self, text: str, known: Mapping[Hashable, Sequence[Arrangement]]) -> None:
        """`known` are the sequences of items of each slogan, under any key."""
        sought = {key: {item.cores for one in every for item in one.items} for key, every in known.items()}
        ends = _ends(text, {core for every in sought.values() for cores in every for core in cores})
        merged = {
            cores: sorted(end for core in cores for end in ends.get(core, ()))
            for every in sought.values()
            for cores in every
        }
        self._ends = {key: [merged[cores] for cores in every if merged[cores]] for key, every in sought.items()}
        self._alike = {key: max(map(_alike, every), default=0) for key, every in known.items()}
        self._fewest = {key: min((fewest(one.items) for one in every), default=1) for key, every in known.items()}

    def are_near(self, slogans: Sequence[Hashable], start: int, end: int) -> bool:
        """Return whether a stretch of the text may be about one of these slogans, or about several of them together."""
        together = 0
        for key in slogans:
            found = self._alike[key] + sum([_is_among(ends, start, end) for ends in self._ends[key]])
            together += found
            if together > 1 or found >= self._fewest[key]:
                return True
        return False


def _is_among(ends: list[int], start: int, end: int) -> bool:
    nth = bisect_right(ends, start)
    return nth < len(ends) and ends[nth] <= end


def _alike(arrangement: Arrangement) -> int:
    """Return how many items of a sequence are not told from others of it."""
    return len(arrangement.items) - len({item.cores for item in arrangement.items if all(item.cores)})


def _ends(text: str, sought: Iterable[str]) -> dict[str, list[int]]:
    """Return where each of some texts ends in a text, in order."""
    content = text.encode("utf-8", "replace")
    found: dict[int, list[int]] = {}
    texts: dict[str, list[int]] = {}
    at = characters = 0
    for start, end, number in Automaton(compile_texts(sought)).find(content):
        if number not in found:
            found[number] = texts[content[start:end].decode()] = []
        characters += count_characters(content, at, end)
        at = end
        found[number].append(characters)
    return texts
