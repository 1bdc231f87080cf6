"""Nasty shapes: what makes a reader look at the same place again and again. Each is repeated until it has the size asked for."""

from __future__ import annotations

from collections.abc import Callable

_ITEMS = "班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好"

TEXTS: dict[str, str] = {
    "brackets": "（",
    "brackets-closing": "）",
    "brackets-nested": "（五好（",
    "brackets-pairs": "（）",
    "quotes": "“",
    "quotes-closing": "”",
    "quotes-straight": '"',
    "quotes-slogans": "“五好”",
    "quotes-unknown": "“三有”",
    "quotes-open": "“五好",
    "titles-open": "《五好",
    "slogans-bare": "五好",
    "slogans-apart": "五好，",
    "slogans-mixed": "“五好”五好",
    "slogans-counted": "三进三同步",
    "slogans-many": "五好、三进三同步、四个意识、两个维护",
    "announced": "“五好”即",
    "colon": "五好：班子建设好、",
    "expansion": f"“五好”（{_ITEMS}）",
    "expansion-open": "“五好”（班子建设好、",
    "expansion-faulty": "“五好”（班子建设好、党员队伍好、群众反映好）",
    "expansion-one-line": f"五好即{_ITEMS}，",
    "items": "班子建设好、",
    "items-only": f"{_ITEMS}、",
    "numerals": "一",
    "numerals-measure": "三个",
    "numerals-digits": "1",
    "numerals-mixed": "两3个五",
    "commas": "，",
    "pauses": "、",
    "commas-items": "好，",
    "semicolons": "；一是好",
    "first-second": "一是学，二是做，",
    "numbered": "1.学2.做",
    "circled": "①②",
    "same-character": "好",
    "near-misses": "五号四好物好",
    "everything": "和班子建设好“五好”“三项”五好二是\n、+党员队伍好、稳预期〔1〕、`5好`等三进三同步\n——二是（①“五好”①“六稳”“六保”",
    "tabs": "\t",
    "blanks": " ",
    "blank-lines": "\n",
    "blank-lines-quoted": "“\n",
    "lines": "五\n",
    "line-ends": "\r",
    "latin": "wuhao ",
    "latin-one-word": "a",
    "links": "http://五好",
    "links-many": "http://a.cn/ ",
    "mail-addresses": "a@b.",
    "ignore": "<!-- kouhao: off -->",
    "dashes": "——",
    "dots": "…",
    "ideographic-blanks": "\u3000五好",
    "traditional": "「五好」個們國",
    "dates": "2024年5月6日",
    "companions": "以“五好”为抓手",
}
"""Texts, by what is nasty about them; each is one line unless it has line ends of its own."""

PAGES = {
    "tags-open": "<a ",
    "tags-bare": "<a",
    "tags-nested": "<div>",
    "tags-closing": "</p>",
    "tags-half-closing": "</",
    "comments-open": "<!--",
    "comments-never-closed": "<!--a>",
    "values-open": '<a b="',
    "comments-declared": "<!",
    "instructions": "<?",
    "attributes": '<a"',
    "attributes-many": " a=b",
    "entities": "&amp",
    "entities-numbered": "&#x4e94;",
    "cells": "<table><tr><td>五好",
    "paragraphs": "<p>五<b>好</b>",
    "scripts": "<script>",
    "titles": "<title>",
    "sections": "<![CDATA[",
}
MARKDOWN = {
    "fences": "```\n",
    "backticks": "`",
    "links-open": "[",
    "links-half": "[五好](",
    "emphasis": "**五好",
    "table-cells": "|五好",
    "table-rows": "|五好|班子建设好|\n",
    "quotes": "> ",
    "lists": "- 五好\n",
    "headings": "# 五好\n",
    "marked-up": "<b>",
}


def glossary(terms: int) -> str:
    """Return a glossary of so many terms, each with items that several share."""
    entries = "".join(
        f"  - term: 三个能{number}\n    basis: stated\n    full: 能学{number}、能讲、能写\n    parts:\n      - name: 三个能{number}\n"
        f"        items: [能学{number}, 能讲, 能写]\n    quote: 做到“三个能{number}”（能学{number}、能讲、能写）。\n"
        for number in range(terms)
    )
    return f"source:\n  id: own\n  title: 甲\nentries:\n{entries}"


def many_forms(items: int) -> str:
    """Return a glossary of one term with so many items and other names."""
    names = ", ".join(f"能{chr(0x4E00 + number)}{chr(0x5E00 + number)}" for number in range(items))
    return (
        "source:\n  id: own\n  title: 甲\nentries:\n  - term: 许多能\n    basis: stated\n"
        f"    also: [{names.replace('能', '会')}]\n    full: {names.replace(', ', '、')}\n    parts:\n      - name: 许多能\n        items: [{names}]\n"
        f"    quote: 许多能（{names.replace(', ', '、')}）。\n"
    )


def table(rows: int) -> str:
    """Return a table of so many terms."""
    return "词,展开\n" + "".join(f"三个能{number},能学{number}、能讲、能写\n" for number in range(rows))


def records(count: int) -> str:
    """Return so many lines of JSON."""
    return '{"id": 1, "text": "推行“五好”（班子建设好、党员队伍好）"}\n' * count


LISTS: dict[str, tuple[Callable[[int], str], str, list[list[str]]]] = {
    "asides": (lambda count: "{\\rtf1 " + "{\\header a" * 20 * count, "rtf", [["scan", "FILE"]]),
    "heading": (lambda count: f"词,{'[' * 200 * count}\n三个能,甲\n", "csv", [["import", "FILE"]]),
    "columns": (lambda count: f"词{',列' * 100 * count}\n三个能,甲\n", "csv", [["import", "FILE"]]),
    "columns-known": (
        lambda count: f"词{',列' * 50 * count}{',展开' * 50 * count}\n三个能,甲\n",
        "csv",
        [["import", "FILE"]],
    ),
    "table": (table, "csv", [["import", "FILE"]]),
    "records": (records, "jsonl", [["scan", "--jsonl-in", "FILE"], ["check", "--jsonl-in", "FILE"]]),
}
"""Other files: how they are made, how their names end, and the commands that read them."""
