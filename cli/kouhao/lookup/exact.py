"""The keys of a query that is not written as any term is: its simplified spelling, its digits one by one, its sounds."""

from __future__ import annotations

from kouhao.index import schema
from kouhao.language import pinyin
from kouhao.language.normalize import fold_digits
from kouhao.lookup.query import initials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouhao.lookup.query import Query


def other_keys(asked: Query) -> Iterator[list[str]]:
    """Yield the keys under which a term may stand that is not written as `asked` is: its other spellings, then its sounds.

    `asked` is simplified on the way.
    """
    before = asked.folded
    digits = before if asked.raw.strip().isdecimal() else fold_digits(asked.raw)  # 71 is a number, 71精神 is none
    changed = asked.simplify()
    spellings = [*([asked.folded] if changed else []), *([digits] if digits != before else [])]
    yield [schema.EXACT + spelling for spelling in spellings if spelling]
    if pinyin.has_letters(asked.raw):
        yield _spoken_keys(asked)


def _spoken_keys(asked: Query) -> list[str]:
    """Return the keys of the query's pinyin, and of its initials with zh, ch and sh as one letter each or as two."""
    keys = [schema.PINYIN + spelling for spelling in asked.spellings()]
    return keys + [schema.INITIALS + letters for letters in initials(asked.letters)]
