"""The keys of a query that is not written as any form is: its simplified spelling, its core without question words, its sounds."""

from __future__ import annotations

from kouhao.index import schema
from kouhao.language import pinyin
from kouhao.language.normalize import fold_digits
from kouhao.lookup.engine import match_keys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.index.reader import Index
    from kouhao.lookup.answer import Hit
    from kouhao.lookup.query import Query


def match_query(asked: Query, indexes: list[Index], limit: int) -> list[Hit]:
    """Return the entries that stand under a key of `asked`, best first, at most `limit`.

    The spelling as it is was asked for before.
    """
    asked_before = schema.EXACT + asked.folded
    keys = [key for key in _written_keys(asked) if key != asked_before]
    hits = match_keys(indexes, asked.folded, keys, limit) if keys else []
    if not hits and asked.simplify():
        hits = match_keys(indexes, asked.folded, _written_keys(asked), limit)
    if not hits and pinyin.has_letters(asked.raw):
        hits = match_keys(indexes, asked.folded, _spoken_keys(asked), limit)
    return hits


def _written_keys(asked: Query) -> list[str]:
    spellings = dict.fromkeys((asked.folded, asked.core, fold_digits(asked.raw)))
    return [schema.EXACT + spelling for spelling in spellings if spelling]


def _spoken_keys(asked: Query) -> list[str]:
    keys = [schema.PINYIN + spelling for spelling in asked.spellings()]
    return keys + ([schema.INITIALS + asked.letters, schema.CLIPPED + asked.letters] if asked.letters else [])
