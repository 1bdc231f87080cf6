"""The marks, numerals and small words of official Chinese, each defined once for all who read text.

Sources: GB/T 15834-2011 (punctuation), GB/T 15835-2011 (numerals), The Unicode Standard, chapter 22 (enclosed numbers). Part of the
start-up path: plain values.
"""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
ARABIC = "0123456789０１２３４５６７８９"
NUMERAL_VALUES = {mark: value for value, mark in enumerate(DIGITS)} | {"〇": 0, "两": 2, "双": 2, "十": 10}
"""What a numeral of one character counts; 单 and 多 count nothing."""

COUNTING = "二两三四五六七八九十"
"""The Chinese numerals that count a list of more than one."""

NUMBERING = DIGITS[1:] + "十"
"""The numerals of which the numbers of headings and items are written."""

NUMERALS = f"〇零一{COUNTING}百千万亿"
"""The characters of which Chinese numbers are written."""

ORDINAL = "第"

ENCLOSED = {
    chr(first + at): at + 1
    for first, last in (
        (0x2460, 20),  # ①
        (0x2474, 20),  # ⑴
        (0x2488, 20),  # ⒈
        (0x24F5, 10),  # ⓵
        (0x2776, 10),  # ❶
        (0x3220, 10),  # ㈠
        (0x3280, 10),  # ㊀
    )
    for at in range(last)
} | {chr(first + at): start + at for first, start, size in ((0x3251, 21, 15), (0x32B1, 36, 15)) for at in range(size)}
"""The numbers that are one character, with their values, 1 to 50."""

NUMBER_MARKS = "".join(ENCLOSED)
NOTE_MARKS = NUMBER_MARKS + "¹²³⁴⁵⁶⁷⁸⁹"
"""The marks that number an item, and those that lead to a note."""

BRACKETS = {"（": "）", "(": ")", "〔": "〕", "［": "］", "[": "]", "【": "】", "｛": "｝", "{": "}"}
QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", "〝": "〞", '"': '"', "＂": "＂"}
TITLES = {"《": "》", "〈": "〉"}
"""Opening marks with their closing ones."""

OPENING = "".join(BRACKETS).replace("[", r"\[")
CLOSING = "".join(BRACKETS.values()).replace("]", r"\]")
"""The brackets as a character class of a regular expression holds them."""

ITEM_MARKS = "、，；"
"""What separates the items of a list, from the lightest to the weightest."""

SENTENCE_ENDS = "。！？"
JOINING = "和与及"
CONNECTIVES = ("以及", *JOINING)
"""The words that join the last items of a list; longer ones first."""

THAT_IS = ("即", "也就是", "就是", "是指", "指的是")
"""The words that announce an expansion whatever follows; 指, 为 and 包括 have other uses."""

MEASURE_WORDS = "个大项条种类张"
"""What stands between the numeral and the noun of a slogan: 三个代表, 四大目标."""

INTERROGATIVES = ("什么", "多少", "哪", "啥", "几")
"""The words that ask for a thing: what is asked beside a slogan is what it stands for."""
QUESTION_PARTICLES = frozenset("是有指叫的些个呢吗呀啊请问")
"""The copulas, particles and other small words that stand beside them: 是什么, 有哪些, 请问…呢."""

COMPARISONS = ("区别", "差别", "不同", "异同", "联系", "关系")
"""The words that ask how several things differ or belong together."""
