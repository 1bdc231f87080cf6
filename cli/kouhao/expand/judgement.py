"""Whether a slogan may be expanded in its place, or why it is left."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kouhao.check.context import KnownSlogan, Page
from kouhao.check.item_diff import bare
from kouhao.expand.explained import is_explained
from kouhao.expand.meant import is_meant
from kouhao.expand.names import is_in_name, is_quoted
from kouhao.expand.places import is_apart
from kouhao.expand.slogans import Slogan, chosen
from kouhao.language.normalize import fold


class Left(StrEnum):
    """Why a slogan was left as it is, as people read it."""

    APART = "在标题、列表、表格、题目或链接里"
    SCRIPT = "文中是繁体字"
    SEVERAL = "有几种展开，看不出是哪一种"
    UNFIT = "词库里的展开是另一时期的，或只是含有它本身的一句话"
    QUOTED = "在引号里，是引语或名称的一部分"
    NAME = "是更长的名称的一部分"
    OTHER = "上下文里看不出就是词库里的意思"
    BROKEN = "用展开代替，句子就不通"


class Judgement(NamedTuple):
    """How a slogan stands in its place: whether the text explains it there, else with which expansion, or why it is to be left."""

    slogan: Slogan
    explained: bool = False
    left: Left | None = None


def judge(page: Page, mention: KnownSlogan, slogan: Slogan, *, begun: bool) -> Judgement:
    """Return how a mention stands in its place; `begun` tells that the document has begun before this piece of it."""
    if bare(fold(mention.text)) in {bare(fold(full)) for _, full in slogan.readings}:
        return Judgement(slogan, explained=True)
    if is_apart(page, mention, begun=begun):
        return Judgement(slogan, left=Left.APART)
    if is_explained(page, mention, slogan):
        return Judgement(slogan, explained=True)
    slogan = chosen(page, mention, slogan)
    return Judgement(slogan, left=_reason(page, mention, slogan))


def _reason(page: Page, mention: KnownSlogan, slogan: Slogan) -> Left | None:
    if page.traditional:  # items are known in simplified characters
        return Left.SCRIPT
    if not slogan.full:
        return Left.UNFIT if slogan.unfit else Left.SEVERAL
    if is_quoted(page, mention):
        return Left.QUOTED
    if is_in_name(page, mention, slogan):
        return Left.NAME
    return None if is_meant(page, mention, slogan) else Left.OTHER
