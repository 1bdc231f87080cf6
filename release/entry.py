"""What the bundled program starts with."""

import os
from multiprocessing import freeze_support

from kouhao.commands.main import main

_LIBRARIES = "LD_LIBRARY_PATH"


def _restore_libraries() -> None:
    """Let the programs that this one starts (an editor, git, LibreOffice) have the system's libraries, not those bundled."""
    before = os.environ.pop(f"{_LIBRARIES}_ORIG", None)
    os.environ.pop(_LIBRARIES, None)
    if before is not None:
        os.environ[_LIBRARIES] = before


if __name__ == "__main__":
    freeze_support()
    _restore_libraries()
    main()
