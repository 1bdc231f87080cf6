"""What a glossary promises: the rules that `kouhao validate` holds it against, and what each of them says.

The rules on documents have their manual pages in `check/rules/`; these are a line each, apart from `lint`, so that a report on a
document needs nothing of it.
"""

from __future__ import annotations

MANUALS = {
    "source-undated": "来源缺少发布机构或日期，或者日期的写法不对。",
    "evidence-missing": "找不到来源的原文，引文没有核对。",
    "date-invalid": "日期的写法不对，或者起止颠倒。",
    "control-character": "文字里有控制字符。",
    "quote-not-verbatim": "引文与原文不是一字不差。",
    "term-not-in-quote": "引文里没有这个词。",
    "item-not-in-quote": "有一项不在引文里，或者次序不同。",
    "unexplained-expanded": "文件没有解释的词写了展开。",
    "expansion-not-verbatim": "展开不是引文里的原话。",
    "items-not-in-source": "引用的各项不是这样依次见于来源。",
    "term-not-in-source": "来源里没有这个词。",
    "readings-not-apart": "两种解释的范围和年份都相同。",
    "count-mismatch": "项数与名称里的数字不同，又没有说明缘故。",
    "unreachable-form": "去掉标点后什么也不剩，永远查不到。",
    "form-clash": "两个词有同一种写法。",
    "dangling-link": "see 指向的词不在词库里，或者该有而没有。",
    "finds-failed": "应当查到的没有查到。",
    "refuses-failed": "不应当查到的查到了。",
    "drafts-failed": "用来试检查的句子，结果与所写的不同。",
    "near-term": "两个词只差一个字。",
}
"""What each rule says when it is broken, by its id."""
