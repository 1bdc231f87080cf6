"""What an index with the tables says of sounds is what pypinyin says, whose dictionaries take longer to load than they answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouhao.glossary.load import builtin_files, load_files
from kouhao.index import characters
from kouhao.index.cache import BUILTIN, open_builtin
from kouhao.index.folder import Watcher
from kouhao.index.reader import Index

TEXTS = sorted(
    {text for entry in load_files(builtin_files()).entries for text in (entry.term, entry.quote, *entry.items) if text}
)
MARKS = "行长重得为数量调率应教强降间还好中处分发干结空三两二一不了的着会说把传当都少曾朝参藏大"


@pytest.fixture(scope="module")
def builtin() -> Iterator[Index]:
    index = open_builtin(BUILTIN[0], Watcher())
    yield index
    index.close()


def readings(text: str, index: Index | None) -> str:
    for remembered in (characters.char_readings, characters._readings_in_words):  # noqa: SLF001  what it forgets
        remembered.cache_clear()
    if index is None:
        return characters.readings(text)
    with characters.tables_of(index):
        return characters.readings(text)


@pytest.mark.parametrize("texts", [TEXTS[at : at + 100] for at in range(0, len(TEXTS), 100)], ids=len)
def test_the_glossary_is_read_alike(texts: list[str], builtin: Index) -> None:
    joined = "，".join(map(characters.simplify, texts))
    assert readings(joined, builtin) == readings(joined, None)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(TEXTS), max_size=2), st.text(st.sampled_from(MARKS + "，a1𠮷"), max_size=12))
def test_any_text_is_read_alike(builtin: Index, pieces: list[str], marks: str) -> None:
    text = characters.simplify("".join(piece[:9] for piece in pieces) + marks)
    assert readings(text, builtin) == readings(text, None)
