"""口号写错了。

文中的写法与词库里的口号只差一点，本身又不是别的词时提示：同音字（三近三同步）、形近字（两集中两道位）、次序颠倒（三同步三进）；
引号里六个字以上的，错一个字也提示（“两不愁三保证”）。旁边列全了各项的，只要写法与口号相近就提示。数字不同就是另一个口号，
由 count-mismatch 提示。

四个字以内、只是同音的，可能是另造的词；四个字的常用口号，旁边是它的搭配时，同音的写法也提示（坚定四个自性）。
这两种只作提醒，不自动改。

修改：照词库改。有把握的可以用 --fix 自动改。
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import NearForm, Page, Remark
from kouhao.model import Edit, Severity

ID = "term-misspelt"
SEVERITY = Severity.ERROR
DEFAULT = True

_SHORTEST_SURE = 5  # characters: shorter words are often slogans of their own


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each near form, in running text and in quotes."""
    for near in page.near:
        if not near.number:
            written = page.text[near.start : near.end]
            sure = _is_sure(near)
            yield Remark(
                near.start,
                near.end,
                f"“{written}”应当是“{near.term}”" if sure else f"“{written}”是不是“{near.term}”？",
                term=near.term,
                expected=near.term,
                found=written,
                fix=Edit(near.start, near.end, near.term) if sure else None,
                severity=Severity.ERROR if sure else Severity.WARNING,
            )


def _is_sure(near: NearForm) -> bool:
    return near.proved or (near.alike and near.end - near.start >= _SHORTEST_SURE)
