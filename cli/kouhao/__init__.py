"""kouhao (口号): a terminal glossary that expands the compound slogans of Chinese official documents.

The same from Python; every name is loaded when it is first asked for, so that the command line starts at once:

>>> import kouhao
>>> with kouhao.open() as glossary:
...     answer = glossary.lookup("三近三同步")
>>> answer.status, answer.entries[0].term, answer.matches[0].how
('found', '三进三同步', 'homophone')
"""

from __future__ import annotations

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Candidate",
    "Edit",
    "Entry",
    "Finding",
    "KouhaoError",
    "Match",
    "OpenGlossary",
    "batch",
    "harvest",
    "open",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao import batch
    from kouhao.entry import Entry
    from kouhao.errors import KouhaoError
    from kouhao.harvest import Candidate
    from kouhao.library import Answer, Match, OpenGlossary, harvest, open  # noqa: A004  read as kouhao.open
    from kouhao.model import Edit, Finding

_ELSEWHERE = {"Candidate": "harvest", "Edit": "model", "Entry": "entry", "Finding": "model", "KouhaoError": "errors"}
"""The modules of the names that `library` does not define."""


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in __all__:
        raise AttributeError(f"module 'kouhao' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  most command lines need none of it

    if name == "batch":
        return import_module("kouhao.batch")
    return getattr(import_module(f"kouhao.{_ELSEWHERE.get(name, 'library')}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
