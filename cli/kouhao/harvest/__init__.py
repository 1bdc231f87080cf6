"""Find the places of a document where a compound slogan is expanded: text in, candidates with their evidence out.

The package can be called: `kouhao.harvest(text)` is part of the library, and Python gives a package's name to its module.
"""

import sys
from types import ModuleType

from kouhao.errors import require_text
from kouhao.harvest.extractor import Candidate, harvest

__all__ = ["Candidate", "harvest"]


class _CallableModule(ModuleType):
    def __call__(self, text: str) -> list[Candidate]:
        require_text(text)
        return harvest(text)


sys.modules[__name__].__class__ = _CallableModule
