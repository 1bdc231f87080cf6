"""The background is the language's own: what is common is found common, in every way of writing it."""

from __future__ import annotations

import pytest

from kouhao.language.background import count, documents, information, is_word, word_frequency

TOTAL_DOCUMENTS = 8_000


@pytest.mark.parametrize(
    ("common", "rare"), [("发展", "五好"), ("高质量发", "质量发高"), ("两个维护", "两个呵护"), ("的", "汤")]
)
def test_what_is_frequent_counts_more(common: str, rare: str) -> None:
    assert count(common) > 5 * count(rare)
    assert documents(common) > 5 * documents(rare)
    assert information(common) < information(rare)


@pytest.mark.parametrize("text", ["京津汤骨", "鹏鹏", "abc", "，。"])
def test_what_stands_nowhere_counts_nothing(text: str) -> None:
    assert (count(text), documents(text), is_word(text)) == (0, 0, False) or not text.isalnum()


@pytest.mark.parametrize("text", ["两个维护", "2个维护", "二个维护", "“两个维护”"])
def test_all_spellings_are_one(text: str) -> None:
    assert documents(text) == documents("两个维护") > 0


def test_words() -> None:
    assert [is_word(text) for text in ("招商", "阳奉阴违", "怎么", "招同", "商引")] == [True, True, True, False, False]
    assert word_frequency("什么") > 10 * count("什么")
    assert word_frequency("企业") < 10 * count("企业")


def test_the_empty_text_counts_everything() -> None:
    assert documents("") > TOTAL_DOCUMENTS
    assert count("") > count("的") > 0


def test_information_adds_up() -> None:
    assert information("") == 0
    assert 0 < information("五") < information("五好") < information("五好企业")
