"""The words around a term in a question or a phrase: they are not part of what is asked for.

Written for the questions that clerks type into search boxes; grammar words and office nouns, no slogans.
"""

from __future__ import annotations

OPENINGS = (
    "请问一下", "请问", "我想问", "想问", "我想知道", "想知道", "请解释一下", "请解释", "解释一下", "解释", "介绍一下", "请介绍", "介绍",
    "查一下", "查询", "查", "什么叫做", "什么叫", "什么是", "啥叫", "啥是", "何谓", "何为", "何是", "所谓的", "所谓", "关于", "有关",
    "谁知道", "帮我查", "到底", "具体",
)  # fmt: skip

# The longest first, so that none hides a longer one.
CLOSINGS = (
    "是什么意思啊", "是什么意思呀", "是什么意思", "是什么含义", "是什么内容", "是什么东西", "指的是什么", "都包括什么",
    "分别是什么", "分别指什么", "有哪些内容", "的具体内容", "的具体含义", "的主要内容", "是怎么回事", "是干什么的",
    "是做什么的", "什么意思", "指的是啥", "是指什么", "都是什么", "都有什么", "都有哪些", "分别是啥", "包括哪些",
    "包括什么", "包含哪些", "包含什么", "是哪几个", "是哪几项", "怎么解释", "如何理解", "怎么理解", "具体内容",
    "具体含义", "是哪三个", "是哪四个", "是哪五个", "是哪十个", "是哪两个", "是哪几条", "指哪几个", "是干嘛的",
    "都指什么", "啥意思", "指的是", "指什么", "是什么", "都是啥", "都有啥", "分别指", "分别是", "有哪些",
    "有什么", "是哪些", "哪几个", "怎么讲", "怎么说", "的内容", "的全称", "的含义", "的意思", "的定义", "的解释",
    "的说法", "指哪些", "有几条", "是指", "是啥", "有啥", "哪些", "内容", "全称", "含义", "意思", "定义",
    "解释", "全文", "指啥", "都", "呢", "啊", "呀", "吗", "嘛",
)  # fmt: skip


def unframe(folded: str) -> str:
    """Return a folded question without its question words: 什么是三进三同步 gives 三进三同步."""
    asked, bare = "", folded
    while asked != bare:
        asked = bare
        bare = _without_opening(_without_closing(asked))
    return bare


def _without_opening(text: str) -> str:
    if not text.startswith(OPENINGS):
        return text
    for word in OPENINGS:
        if text.startswith(word) and len(text) > len(word) + 1:
            return text[len(word) :]
    return text


def _without_closing(text: str) -> str:
    if not text.endswith(CLOSINGS):
        return text
    for word in CLOSINGS:
        if text.endswith(word) and len(text) > len(word) + 1:
            return text[: -len(word)]
    return text
