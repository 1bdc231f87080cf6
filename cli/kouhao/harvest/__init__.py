"""Find the places of a document where a compound slogan is expanded: text in, candidates with their evidence out.

The package can be called: `kouhao.harvest(text)` is part of the library, and Python gives a package's name to its module.
"""

import sys
from types import ModuleType

from kouhao.errors import require_text
from kouhao.harvest.extractor import Candidate, harvest
from kouhao.harvest.known import Known

__all__ = ["Candidate", "harvest"]


class _CallableModule(ModuleType):
    def __call__(self, text: str, known: Known | None = None) -> list[Candidate]:
        require_text(text)
        return harvest(text, known)


sys.modules[__name__].__class__ = _CallableModule
