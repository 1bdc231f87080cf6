"""What is seen of a candidate: numbers that tell a true expansion from a look-alike, each plain enough to be read.

All are about 0 to 3 in size; a missing one is 0. The weights stand in `weights.json`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypedDict

from kouhao.harvest.known import Known
from kouhao.harvest.mentions import Mention, cell_end
from kouhao.harvest.ngrams import ngrams
from kouhao.harvest.segmentation import Segmentation
from kouhao.harvest.words import WordCuts
from kouhao.language.background import LONGEST, documents, is_word
from kouhao.language.lexicon import CLOSING, COUNTING, JOINING, MEASURE_WORDS, NUMBER_MARKS, NUMBERING, OPENING
from kouhao.language.normalize import fold

Features = dict[str, float]

_CONNECTIVES = (*JOINING, "或", "并")
_PLACES_BEFORE = ("before", "far", "subject")
_UNSEEN = -1.0  # below any share that was counted
_SHORT_LEAD = 12  # characters before the term of a heading
_PAIR = 2  # items
_LONGER_THAN_NAMES = 4  # characters
_ASIDE = re.compile("（[^（）]*）$")
_SHORT_CUE = 5  # characters: no more than the words that announce
_NUMBER = re.compile(f"[{OPENING}]?(?:[0-9]{{1,3}}|[{NUMBERING}]{{1,3}}|[{NUMBER_MARKS}])?[{CLOSING}]?[.．、：]?“?")
_NOTES = re.compile("”?[\u4e00-\u9fff]{0,8}[：:。，\n]{0,2}(?:是?指|即|[：:])")
_AROUND = 24  # characters on each side of a mention by which its text is known
_OFTEN = 3.0  # logarithm: what is named more often than twenty times is named often
_SHORT_DOCUMENT = 500  # characters: in a shorter one a few slogans are not many
_NEAR_LIST, _NEAR_JOINT, _NEAR_CUE = 40, 16, 3  # characters beside a mention
_ANNOUNCING = frozenset("：（，。即指是为—\n\t|")
_NUMERALS = f"一双{COUNTING}0123456789"
_BEFORE_NOUN = frozenset(f"{MEASURE_WORDS}级")
_MEASURES = frozenset(f"{MEASURE_WORDS}级者方位家国次面支件")


GLANCED = ("uneven", "splits", "left-over", "cue-length", "lead", "start", "start-opens", "tail", "end", "head")
"""What is seen of a candidate at first sight, beside how its items are parted and counted: enough to leave out most of them."""


class Nouns(TypedDict):
    """`nouns.json`, by the first two characters of a noun.

    `naming` is how far it names what it counts (above 0) or only counts (below), `classifiers` the same of the one character behind the
    numeral (项, 名). `phrases` are the numbers of documents that have a numeral between the two characters before and behind it.
    `leading` are the words of one or two characters that lead over to what follows, verbs, prepositions and pronouns: 1, or less where they
    are nouns too. `surnames` are characters with which names of persons begin.
    """

    naming: dict[str, float]
    classifiers: dict[str, float]
    phrases: dict[str, int]
    leading: dict[str, float]
    surnames: str


class FeatureMaker:
    """Makes the features of the candidates of one running text."""

    def __init__(
        self, text: str, mentions: Sequence[Mention], nouns: Nouns, known: Known, parts_at: Callable[[int], float]
    ) -> None:
        self._parts_at = parts_at
        self._text = text
        self._ngrams = ngrams()
        self._nouns = nouns
        self._known = known
        self._words = WordCuts(text)
        self._named = Counter(mention.term for mention in mentions)
        quoted = sum(mention.kind == "quoted" for mention in mentions)
        self._density = min(_OFTEN, math.log(1 + 1000 * quoted / (len(text) + _SHORT_DOCUMENT)))

    def of_mention(self, mention: Mention) -> Features:
        """Return what is seen of the mention itself, alike for all its candidates."""
        text, term = self._text, mention.term
        features: Features = {f"kind={mention.kind}": 1.0, "candidate": 1.0}
        before = text[max(0, mention.start - _SHORT_LEAD) : mention.start].rpartition("\n")
        features["line-start"] = float(
            (bool(before[1]) or mention.start < _SHORT_LEAD) and not set(before[2]) & set("，。；、")
        )
        features["cell"] = float(cell_end(text, mention, "|") >= 0)
        features["groups"] = float(len(mention.promise.groups) > 1)
        quoted = mention.kind != "bare"
        self._see_noun(features, mention)
        features["pair-quoted"] = self._ngrams.quoted(term[:2])
        features["term-frequent"] = math.log(1 + documents(term[:LONGEST])) / 3
        features["long-term"] = max(0.0, len(term) - 8) / 4
        after = text[mention.end : mention.end + 1]
        features["mark-after"] = float(after in "，。；：、）\n" or not after)
        measure = term[mention.promise.groups[0].start + 1 :][:1] if mention.promise.groups else ""
        features[f"measure={measure if measure in _MEASURES else ''}" + " bare" * (not quoted)] = 1.0
        features["list-before"] = float("、" in text[max(0, mention.start - _NEAR_LIST) : mention.start])
        features["joint-before"] = float(
            any(mark in text[max(0, mention.start - _NEAR_JOINT) : mention.start] for mark in JOINING)
        )
        features["announced"] = float(bool(set(text[mention.end : mention.end + _NEAR_CUE]) & _ANNOUNCING))
        self._see_document(features, mention)
        features["ones"] = float({group.count for group in mention.promise.groups} == {1})
        return features

    def _see_document(self, features: Features, mention: Mention) -> None:
        """See how far a text is official prose: its pairs of characters are common there, its slogans in quotes and named again."""
        near = self._text[max(0, mention.start - _AROUND) : mention.end + _AROUND]
        totals = [self._ngrams.habits(left + right).total for left, right in pairwise(near)]
        features["prose"] = sum(totals) / max(1, len(totals)) / 3
        features["strange"] = totals.count(0.0) / max(1, len(totals))
        features["repeats"] = min(_OFTEN, math.log(1 + self._named[mention.term]))
        features["density"] = self._density

    def _see_noun(self, features: Features, mention: Mention) -> None:
        """See how far the noun behind the numeral names something."""
        if not mention.promise.groups:
            return
        term = mention.term[mention.promise.groups[-1].start :]
        counted = term.lstrip(_NUMERALS)
        noun = counted[1:3] if counted[:1] in _BEFORE_NOUN else counted[:2]
        naming = self._nouns["naming"]
        known = [naming[key] for key in {counted[-2:], noun} if key in naming]
        how = "bare" if mention.kind == "bare" else "quoted"
        features[f"{how}-noun"] = sum(known) / len(known) if known else _UNSEEN
        features[f"{how}-unseen"] = float(not known)
        if mention.kind == "bare":
            features[f"noun={noun}"] = 1.0
            features["bare-classifier"] = self._nouns["classifiers"].get(counted[:1], _UNSEEN)

    def at_a_glance(self, stretch: Segmentation) -> tuple[float, ...]:
        """Return the numbers that are seen of a candidate at first sight, in the order of `GLANCED`."""
        lengths = [end - start for start, end in stretch.items]
        start, end = stretch.items[0][0], stretch.items[-1][1]
        lead, tail = start != stretch.natural[0], end != stretch.natural[1]
        return (
            math.log(max(lengths) / min(lengths)),
            stretch.splits,
            min(3.0, stretch.left_over),
            min(3.0, len(stretch.cue) / 10),
            lead,
            self._parts_at(start) if lead else 0.0,
            self._opens(start) if lead else 0.0,
            tail,
            self._parts_at(end) if tail else 0.0,
            sum([self._text[begin] == self._text[start] for begin, _ in stretch.items]) / len(lengths),
        )

    def of_stretch(self, mention: Mention, stretch: Segmentation) -> Features:
        """Return what is seen of one candidate."""
        features: Features = {
            f"place={stretch.place}": 1.0,
            f"cut={stretch.cut}": 1.0,
            f"reading={stretch.reading}": 1.0,
        }
        features[f"place={stretch.place} cut={stretch.cut}"] = 1.0
        if mention.kind == "bare":
            features[f"bare place={stretch.place}"] = 1.0
        words = [self._text[start:end] for start, end in stretch.items]
        self._see_known(features, mention, words)
        self._see_shape(features, [_ASIDE.sub("", word) or word for word in words])
        self._see_content(features, mention, words)
        self._see_edges(features, stretch)
        self._see_cue(features, mention, stretch)
        self._see_whole(features, mention, stretch)
        return features

    def _see_whole(self, features: Features, mention: Mention, stretch: Segmentation) -> None:
        """See whether a list is all that stands from mark to mark, and whether it stands in a fixed phrase (国内国际两个大局)."""
        text = self._text
        start, end = stretch.items[0][0], stretch.items[-1][1]
        if mention.kind == "bare" and stretch.place == "before" and end == mention.start:
            features["phrase"] = math.log(1 + self._nouns["phrases"].get(text[end - 2 : end + 3], 0))
            features["phrase-unseen"] = float(not features["phrase"])
        exact = stretch.natural == (start, end) and not stretch.left_over and not stretch.splits
        features["exact"] = float(exact)
        features["exact-many"] = exact * math.log(len(stretch.items) / 2)
        if mention.kind != "head" and self._heads_note(mention):
            features[f"note place={stretch.place}"] = 1.0
            features["note-near"] = float(len(stretch.cue) < _SHORT_CUE)

    def _heads_note(self, mention: Mention) -> bool:
        """Tell whether a mention stands at the head of a line, a number or nothing before it, and a colon or 指 behind it."""
        text = self._text
        line = text.rfind("\n", max(0, mention.start - _SHORT_LEAD), mention.start) + 1
        return bool(_NUMBER.fullmatch(text, line, mention.start) and _NOTES.match(text, mention.end))

    def _see_known(self, features: Features, mention: Mention, words: list[str]) -> None:
        """See how many of the items glossaries have for this slogan."""
        readings = self._known.get(fold(mention.term))
        if readings:
            folded = [fold(word) for word in words]
            features["known"] = 1.0
            features["known-share"] = max(sum(word in items for word in folded) for items in readings) / len(words)

    def _see_shape(self, features: Features, words: list[str]) -> None:
        lengths = [len(word) for word in words]
        longest, shortest = max(lengths), min(lengths)
        mean = sum(lengths) / len(lengths)
        features["two"] = float(len(words) == _PAIR)
        features["many"] = math.log(len(words) / 2)
        uneven = math.log(longest / shortest)
        features["uneven"] = min(uneven, 0.7)
        features["very-uneven"] = max(0.0, uneven - 0.7)
        features["spread"] = sum(abs(length - mean) for length in lengths) / len(lengths) / mean
        middle = (sum(lengths) - lengths[0]) / (len(lengths) - 1)
        features["first-long"] = max(0.0, math.log(lengths[0] / middle))
        features["first-short"] = max(0.0, -math.log(lengths[0] / middle))
        middle = (sum(lengths) - lengths[-1]) / (len(lengths) - 1)
        features["last-long"] = max(0.0, math.log(lengths[-1] / middle))
        features["last-short"] = max(0.0, -math.log(lengths[-1] / middle))
        features["long-items"] = max(0.0, math.log(mean / 8))
        for name, at in (("head", 0), ("tail", -1)):
            shared = Counter(word[at] for word in words).most_common(1)[0][1]
            features[f"same-{name}"] = (shared - 1) / (len(words) - 1)
            features[f"all-same-{name}"] = float(shared == len(words))
        features["first-differs"] = float(
            len({word[0] for word in words[1:]}) == 1 and words[0][0] != words[1][0] and len(words) > _PAIR
        )
        features["last-differs"] = float(
            len({word[-1] for word in words[:-1]}) == 1 and words[-1][-1] != words[0][-1] and len(words) > _PAIR
        )
        features["same-length"] = float(longest == shortest)

    def _see_content(self, features: Features, mention: Mention, words: list[str]) -> None:
        letters = _letters(mention)
        with_letter = [bool(letters & set(word.replace("1", "一"))) for word in words]
        surnames = self._nouns["surnames"]
        features["persons"] = sum(
            1 < len(word) < _LONGER_THAN_NAMES and word[0] in surnames and not is_word(word) for word in words
        ) / len(words)
        features["term-letter"] = sum(with_letter) / len(words)
        features["all-term-letter"] = float(all(with_letter))
        features["covers-term"] = float(bool(letters) and letters <= set("".join(words)))
        marks = ["，" in word or "：" in word or "；" in word for word in words]
        features["some-clauses"] = float(any(marks) and not all(marks))
        features["inner-list"] = float(any("、" in word for word in words))
        features["inner-and"] = sum(mark in word for word in words for mark in _CONNECTIVES) / len(words)
        features["open-end"] = float(
            words[-1][-1] in "的在是和与以及对为把将等" or words[0][-1] in "的在是和与以及对为把将"
        )
        features["open-start"] = float(words[0][0] in "的了是等和与及")

    def _see_edges(self, features: Features, stretch: Segmentation) -> None:
        text, habits = self._text, self._ngrams.habits
        start, end = stretch.items[0][0], stretch.items[-1][1]
        trimmed, cut = start != stretch.natural[0], end != stretch.natural[1]
        features["lead"] = features[f"lead place={stretch.place}"] = float(trimmed)
        features["tail"] = features[f"tail place={stretch.place}"] = float(cut)
        features["lead-length"] = min(2.0, (start - stretch.natural[0]) / 10)
        features["tail-length"] = min(2.0, (stretch.natural[1] - end) / 10)
        features["start-cut"] = min(2.0, self._words.cost(start) / 6)
        features["end-cut"] = min(2.0, self._words.cost(end) / 6)
        features["inner-cut"] = max(min(2.0, self._words.cost(edge) / 6) for item in stretch.items for edge in item)
        if trimmed:
            self._see_start(features, start)
        if cut:
            features[f"tail={text[end]}"] = 1.0
        leads = [self._leads_over(begin) for begin, _ in stretch.items]
        usual = sum(leads[1:]) / (len(leads) - 1)
        features["first-leads-more"] = max(0.0, leads[0] - usual)
        features["first-leads-less"] = max(0.0, usual - leads[0])
        features["all-lead"] = min(leads)
        ones = [max(0.0, 1 - self._words.cost(begin + 1) / 6) for begin, _ in stretch.items]
        features["first-one-more"] = ones[0] - max(ones[1:])
        firsts = [self._opens(begin + 2) for begin, _ in stretch.items]
        features["first-opens"] = firsts[0]
        features["first-opens-more"] = firsts[0] - max(firsts[1:])
        lasts = [self._opens(stop) for _, stop in stretch.items]
        if stretch.place in _PLACES_BEFORE:
            features["last-opens"] = lasts[-1]
            features["least-opens"] = max(0.0, min(lasts))
            features["last-opens-more"] = lasts[-1] - max(lasts[:-1])
        ends = [habits(text[stop - 2 : stop]).ends for _, stop in stretch.items]
        features["last-ends-less"] = min(0.0, ends[-1] - min(ends[:-1]))
        begins = [habits(text[begin : begin + 2]).begins for begin, _ in stretch.items]
        features["first-begins-less"] = min(0.0, begins[0] - min(begins[1:]))
        features["first-parts"] = max(0.0, self._parts_within(start, min(stretch.items[0][1], start + 12)))
        last = stretch.items[-1][0]
        features["last-parts"] = max(0.0, self._parts_within(max(last, end - 12), end))
        features["left-over"] = min(3.0, float(stretch.left_over))
        features["more-before"] = float(start > 0 and text[start - 1] in f"、{JOINING}")
        features["more-behind"] = float(end < len(text) and text[end] in f"、{JOINING}")
        features["splits"] = float(stretch.splits)
        features["and-left"] = float(
            not stretch.splits and any(mark in text[stretch.items[-1][0] : end] for mark in JOINING)
        )
        features["inner-start"] = min(0.0, *begins[1:])
        features["inner-end"] = min(0.0, *ends[:-1])

    def _parts_within(self, start: int, end: int) -> float:
        """Return how well the words part at the best offset inside an item: high where a lead or a tail is left in it."""
        return max([self._parts_at(at) for at in range(start + 2, end - 1)], default=0.0)

    def _see_start(self, features: Features, start: int) -> None:
        text, habits, leading = self._text, self._ngrams.habits, self._nouns["leading"]
        features["start-behind-lead"] = max(
            leading.get(text[start - 2 : start], 0.0), leading.get(text[start - 1], 0.0) / 2
        )
        features["start-begins"] = habits(text[start : start + 2]).begins
        features["start-opens"] = self._opens(start)
        features["start-opens-one"] = habits(text[start - 1]).opens
        features["start-lead-ends"] = habits(text[start - 2 : start]).ends
        features["start-bound"] = self._ngrams.bound(text[start - 1], text[start]) / 3
        triples = self._ngrams.triple(text[start - 2 : start + 1]), self._ngrams.triple(text[start - 1 : start + 2])
        features["start-triple"] = max(triples) / 4

    def _leads_over(self, at: int) -> float:
        """Return how far the word that begins at an offset is a verb or a preposition."""
        pair, leading = self._text[at : at + 2], self._nouns["leading"]
        return leading.get(pair, 0.0) if is_word(pair) else leading.get(pair[:1], 0.0)

    def _opens(self, at: int) -> float:
        """Return how often the two characters before an offset stand before an opening quote, as verbs do."""
        return self._ngrams.habits(self._text[at - 2 : at]).opens

    def _see_cue(self, features: Features, mention: Mention, stretch: Segmentation) -> None:
        cue = stretch.cue
        before = stretch.place in _PLACES_BEFORE
        side = "before" if before else "after"
        features[f"{side}-cue-length"] = min(2.0, len(cue) / 10)
        if before:
            features["near"] = float(mention.start - stretch.items[-1][1] <= len(cue))
            features["cue-deng"] = float("等" in cue)
            features["cue-zhe"] = float("这" in cue)
            features["cue-de"] = float("的" in cue)
            features["cue-called"] = float("称" in cue or "（" in cue)
            return
        if stretch.place == "bracket":
            features["bracket-whole"] = float(self._text.startswith("）", stretch.items[-1][1]))
            return
        for name, sign in (
            ("ji", "即"),
            ("zhi", "指"),
            ("colon", "："),
            ("include", "包括"),
            ("stop", "。"),
            ("line", "\n"),
            ("column", "\t"),
            ("shi", "是"),
            ("wei", "为"),
            ("comma", "，"),
        ):
            if sign in cue:
                features[f"cue-{name}"] = 1.0
        features["cue-bare-comma"] = float(cue.endswith("，") and not set("即指：是为") & set(cue))
        features["cue-last-colon"] = float(cue.rstrip("\n").endswith("："))
        end = stretch.items[-1][1]
        features["to-stop"] = float(self._text[end : end + 1] in "。\n；" or end >= len(self._text))


def _letters(mention: Mention) -> set[str]:
    """Return the characters of a term that its items may have, without those that only count: 一 of 六个一, as it counts in each item."""
    groups = mention.promise.groups
    pieces = (
        [mention.term[: groups[0].start], *[group.name.lstrip(_NUMERALS) for group in groups]]
        if groups
        else [mention.term]
    )
    return set("".join(pieces)) - set(f"双{COUNTING}{MEASURE_WORDS}的“”+")
