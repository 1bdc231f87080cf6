"""`kouhao` and `python -m kouhao`: signals are heeded before anything else is imported."""

import _signal  # type: ignore[import-not-found]  # the C module is there already
import os


def _leave(number: int, _: object) -> None:
    os._exit(128 + number)


for _number in (_signal.SIGINT, _signal.SIGTERM):
    if _signal.getsignal(_number) != _signal.SIG_IGN:
        _signal.signal(_number, _leave)


def main() -> None:
    """Run the console script."""
    from kouhao.commands.main import main as run  # noqa: PLC0415  an interrupt may come while it is imported

    run()


if __name__ == "__main__":
    main()
