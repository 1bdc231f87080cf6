"""The keys of a query that is not written as any term is: its simplified spelling, its digits one by one, its sounds."""

from __future__ import annotations

from kouhao.index import schema
from kouhao.language import pinyin
from kouhao.language.normalize import fold_digits
from kouhao.lookup.engine import match_keys
from kouhao.lookup.query import initials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.index.reader import Index
    from kouhao.lookup.answer import Hit
    from kouhao.lookup.query import Query


def match_query(asked: Query, indexes: list[Index], limit: int) -> list[Hit]:
    """Return the entries whose term stands under a key of `asked`, best first, at most `limit`; the spelling as it is was asked for."""
    before = asked.folded
    digits = fold_digits(asked.raw)
    changed = asked.simplify()
    spellings = [*([asked.folded] if changed else []), *([digits] if digits != before else [])]
    hits = _match(asked, indexes, [schema.EXACT + spelling for spelling in spellings if spelling], limit)
    if not hits and pinyin.has_letters(asked.raw):
        hits = _match(asked, indexes, _spoken_keys(asked), limit)
    return hits


def _match(asked: Query, indexes: list[Index], keys: list[str], limit: int) -> list[Hit]:
    return match_keys(indexes, asked.raw, asked.folded, keys, limit) if keys else []


def _spoken_keys(asked: Query) -> list[str]:
    """Return the keys of the query's pinyin, and of its initials with zh, ch and sh as one letter each or as two."""
    keys = [schema.PINYIN + spelling for spelling in asked.spellings()]
    return keys + [schema.INITIALS + letters for letters in initials(asked.letters)]
