"""What stands in a list beside its items: numbering, notes, remarks in brackets, a closing count, clauses that explain."""

from __future__ import annotations

import re

_NUMERAL = "[一二两三四五六七八九十]"
_NUMBERING = re.compile(
    rf"^\s*(?:{_NUMERAL}{{1,3}}[是要]|[0-9]{{1,2}}\s*[.．](?![0-9])|（(?:{_NUMERAL}{{1,3}}|[0-9]{{1,2}})）|[①-⒛㈠-㈩])\s*"
)
_NUMBER = re.compile(rf"\s*(?:{_NUMERAL}{{1,3}}|[0-9]{{1,2}})\s*")
_NOTE = re.compile(r"（[^（）]*）|<sup>.*?</sup>|<[^<>]*>|\[\^?[0-9]+\]|〔[0-9]+〕|[①-⑳]$")
_ANNOUNCING = re.compile("^(?:注|含|其中|例如)：?")
_COUNT = re.compile(rf"等?(?:这|共)?(?:{_NUMERAL}+|[0-9]+)[个项条大类种点][^，。；：、]{{0,4}}$")
_REMARK = re.compile(
    rf"^\s*(?:[以上]?下同|同[上下]|以下|下称|[简统合又俗]称|注|即|也就是|就是|是指|指|含|不含|包[括含]|其中|例如|详见|参见|见[附第表图上下本《]|"
    rf"一?共(?:{_NUMERAL}|[0-9])|[合总]计|(?:19|20)[0-9]{{2}}年)"
)


def without_asides(text: str) -> str:
    """Return a piece of a list without numbering, notes and a closing count: what may be the item itself."""
    return _COUNT.sub("", _ANNOUNCING.sub("", _NOTE.sub("", _NUMBERING.sub("", text))).strip())


def is_number(text: str) -> bool:
    """Tell whether a piece only numbers the one behind it: 1、班子建设好."""
    return bool(_NUMBER.fullmatch(text)) or not without_asides(text)


def is_remark(text: str) -> bool:
    """Tell whether a piece speaks of the list or of the item before it: 下同, 以下简称…, 共五项, 即…, 2021年启动."""
    return bool(_REMARK.match(text)) or not _COUNT.sub("", text.strip())
