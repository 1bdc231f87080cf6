"""The front door: a command line is read by the table of options, and its command called; Typer reads what is not plain.

Typer and what it brings take longer than a lookup by an order of magnitude, so it comes in only for what the plain reader
leaves alone. Both read by the same table; tests hold their answers equal.
"""

from __future__ import annotations

import gc
import os
import sys

from kouhao import __version__
from kouhao.commands.command_line import argv
from kouhao.commands.command_line.options import ARRAYS, COMMANDS, FOR_MACHINES, HELP, OUTPUT_ENCODING, VERSION
from kouhao.commands.console import terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kouhao.commands.command_line.options import Command, Value


_ALLOCATED = 50_000
"""Objects that are made before those are looked for which only refer to each other: few are, and a page makes as many in all."""


def main() -> None:
    """Run the console script."""
    terminal.heed_signals()
    gc.set_threshold(_ALLOCATED)
    import_sqlite()
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = terminal.INTERRUPTED
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else terminal.USAGE
    terminal.leave(code)


def run(arguments: list[str], *, plainly: bool = True) -> int:
    """Answer the command line `arguments` and return the exit code; without `plainly`, Typer reads all of it."""
    shell = os.environ.get("_KOUHAO_COMPLETE", "")
    if shell:
        from kouhao.commands.completion import answer_shell  # noqa: PLC0415

        return terminal.guard(lambda: answer_shell(shell))
    reader = os.environ.get("_KOUHAO_READER", "")
    if reader:
        from kouhao.documents.isolation import serve  # noqa: PLC0415

        return serve(reader)
    return terminal.guard(lambda: _answer(arguments, plainly), json_errors=_json_errors(arguments))


def _json_errors(arguments: list[str]) -> str:
    """Return how errors are told to a machine that is to read the answers: in an array where these are in one."""
    formats = {argument.rpartition("=")[2] for argument in argv.with_ascii_options(arguments)}
    if not formats & {"--json", "json", "jsonl", *FOR_MACHINES}:
        return ""
    command = argv.split_command(arguments)[0] or COMMANDS["lookup"]
    for form in FOR_MACHINES if command.name in {"check", "validate"} else ():
        if form in formats:
            return form
    if not formats & {"--json", "json", "jsonl"}:
        return ""
    return "objects" if "jsonl" in formats else "array" if command.name in ARRAYS else "object"


def _answer(arguments: list[str], plainly: bool) -> int:  # noqa: FBT001
    words = argv.with_ascii_options(terminal.decode_arguments(arguments)) or _words_of_nothing()
    if not words:
        from kouhao.commands.live import search_live  # noqa: PLC0415

        return search_live()
    words = _with_encoding(words)
    command, rest = argv.split_command(words)
    asked = rest[: rest.index("--")] if "--" in rest else rest
    if any(word in HELP.spellings for word in asked):
        from kouhao.commands.help import show_help  # noqa: PLC0415

        return show_help([command.name] if command else [])
    if command is None and any(word in VERSION.spellings for word in asked):
        return _show_version()
    command = command or COMMANDS["lookup"]
    if command.name != "lookup":
        for error in filter(None, map(terminal.undecoded, rest)):
            raise error
    values = argv.read(command, rest) if plainly else None
    if values is None:
        from kouhao.commands.command_line.app import read  # noqa: PLC0415

        values = read(command, rest)
    _take_paths(command, values)
    if values.get("builtin") is True:
        from kouhao.commands.inputs.glossaries import project_builtin  # noqa: PLC0415  only for commands that open them

        values["builtin"] = project_builtin()
    if command.name == "lookup" and not _words_of_nothing() and _only_opens(rest):
        from kouhao.commands.live import search_live  # noqa: PLC0415

        return search_live(values["paths"], builtin=values["builtin"])  # type: ignore[arg-type]
    return _function(command)(**values)


def _with_encoding(words: list[str]) -> list[str]:
    """Return the words without the option that names the output's encoding, which is set; raise KouhaoError E_USAGE."""
    name = OUTPUT_ENCODING.spellings[0]
    end = words.index("--") if "--" in words else len(words)
    at = next((at for at, word in enumerate(words[:end]) if word.partition("=")[0] == name), None)
    if at is None:
        return words
    _, given, encoding = words[at].partition("=")
    taken = 1 if given else 2
    terminal.set_encoding(encoding or "".join(words[at + 1 : at + taken]))
    return words[:at] + words[at + taken :]


def _take_paths(command: Command, values: dict[str, Value]) -> None:
    """Put the files that wildcards match in their place on Windows, where no shell does it.

    Raises KouhaoError E_NOT_FOUND for an empty word: a variable that is not set is not the working folder.
    """
    for one in command.arguments:
        named = values[one.sets]
        if one.offers != "file" or not isinstance(named, list):
            continue
        if "" in named:
            from kouhao.errors import KouhaoError  # noqa: PLC0415  a mistake is rare

            raise KouhaoError("E_NOT_FOUND", "有一个路径是空的", hint="请写明文件或文件夹；当前文件夹是 . 。")
        if sys.platform == "win32":
            from kouhao.commands.console.windows import expand_wildcards  # noqa: PLC0415  likewise

            values[one.sets] = expand_wildcards(named)


def _only_opens(words: list[str]) -> bool:
    """Return whether the words say only which glossaries are meant."""
    words = [word for word in words if word != "--no-builtin"]
    return bool(words) and len(words) % 2 == 0 and set(words[::2]) <= {"-g", "--glossary"}


def _words_of_nothing() -> list[str]:
    """Return what no words stand for: the queries of a pipe, help where no one types, none where a person can."""
    if not sys.stdin.isatty():
        return ["lookup"]
    return [] if sys.stdout.isatty() and os.environ.get("TERM") != "dumb" else ["--help"]


def _function(command: Command) -> Callable[..., int]:
    """Return the function of a command, from the only module that it needs."""
    module = f"kouhao.commands.{command.module}"
    __import__(module)
    function: Callable[..., int] = getattr(sys.modules[module], command.function)
    return function


def _show_version() -> int:
    from kouhao.lookup.engine import open_lookup  # noqa: PLC0415

    with open_lookup([]) as opened:
        digests = "+".join(index.meta["digest"][:8] for index in opened.indexes)
        entries = sum(index.entries for index in opened.indexes)
    terminal.show(f"kouhao {__version__}（词库 {digests}，{entries} 条）")
    return terminal.OK


class _StandIn:
    """What SQLite's C module asks of functools."""

    def __init__(self) -> None:
        from _functools import _lru_cache_wrapper  # type: ignore[import-not-found]  # noqa: PLC0415  lru_cache's C type

        self._remember = _lru_cache_wrapper

    def lru_cache(self, maxsize: int) -> Callable[[Callable[..., object]], object]:
        """Return a decorator that remembers `maxsize` results."""
        return lambda function: self._remember(function, maxsize, False, tuple)


def import_sqlite() -> None:
    """Import SQLite's C module without functools, of which it asks `lru_cache` alone: that would cost a lookup a fifth of its time.

    Whoever imports functools afterwards gets the real one. Only the program does so, at its start and in its one thread; where
    kouhao is a library, everything is imported as ever.
    """
    if "functools" in sys.modules:
        return
    try:
        sys.modules["functools"] = _StandIn()  # type: ignore[assignment]  # while one module is imported
        import _sqlite3  # noqa: F401, PLC0415
    except (ImportError, AttributeError):  # an interpreter that goes about it in another way
        sys.modules.pop("_sqlite3", None)
    finally:
        del sys.modules["functools"]
