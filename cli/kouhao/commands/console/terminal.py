"""Streams, errors and exit codes: the one boundary at which every fault becomes a line that a person can use.

Part of the start-up path.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # signal itself makes enums, which take longer than a lookup
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import NoReturn, TextIO

    from kouhao.errors import KouhaoError

OK, NOT_FOUND, USAGE, BUG, INTERRUPTED, PIPE = 0, 1, 2, 70, 130, 141
"""The exit codes: an interface to scripts. Plain numbers, since enum takes longer to load than a lookup to answer."""

_TOLD = "kouhao.told"
_MOST_LOST = 20  # characters that are named
_lost: dict[str, None] = {}
"""The characters that the encoding which was asked for lacks, in the order of their first loss."""

_KEPT = "\t\n\u3000\xa0"


def safe(text: str) -> str:
    """Return `text` with everything visible that could steer a terminal or mislead a reader: ESC as ^[, bidi marks as U+202E."""
    if text.replace("\t", "").replace("\n", "").isprintable():
        return text
    return "".join(mark if mark.isprintable() or mark in _KEPT else _shown(mark) for mark in text)


def safe_line(text: str) -> str:
    """Return the same with line ends and tabs visible too: what is to stay on one line, such as the name of a file."""
    shown = safe(text)
    return shown.replace("\n", "^J").replace("\t", "^I") if "\n" in shown or "\t" in shown else shown


def _shown(mark: str) -> str:
    code = ord(mark)
    if code < 0x20:  # noqa: PLR2004  the C0 controls
        return "^" + chr(code + 0x40)
    return f"<U+{code:04X}>"


def write(text: str) -> None:
    """Write data to standard output."""
    sys.stdout.write(safe(text))


def show(text: str) -> None:
    """Write a text and a line end for a person to standard output; on a terminal it is wrapped, what goes on a little indented."""
    show_lines(f"{text}\n")


def show_lines(text: str, hanging: int = 2) -> None:
    """Write lines, each with its end, as `show` does."""
    if sys.stdout.isatty():
        text = "\n".join(_fitted(line, sys.stdout, hanging) for line in text.split("\n"))
    write(text)


def _fitted(line: str, stream: TextIO, hanging: int = 2) -> str:
    if not stream.isatty():
        return line
    from kouhao.commands.console.layout import fitted  # noqa: PLC0415  pipes need none

    return fitted(line, hanging)


def write_json(text: str) -> None:
    """Write JSON to standard output: valid UTF-8, whatever the locale; on a terminal what could steer it is escaped."""
    sys.stdout.flush()
    if sys.stdout.isatty() and not text.replace("\n", "").isprintable():
        text = "".join(mark if mark.isprintable() or mark in _KEPT else _json_escape(mark) for mark in text)
    _put(text.encode("utf-8", "backslashreplace"))  # of a lone surrogate this makes what JSON calls it


def write_record(record: object) -> None:
    """Write a record as JSON on a line of standard output, as `write_json` does."""
    import json  # noqa: PLC0415  most commands write none

    write_json(json.dumps(record, ensure_ascii=False) + "\n")


class JsonArray:
    """Writes the items of an array as they come, each on a line; `head` is what stands before the first, its bracket too."""

    def __init__(self, head: str = "[") -> None:
        self._head = self._before = head

    def put(self, items: Sequence[str]) -> None:
        """Write items, if there are any."""
        if items:
            write_json(self._before + ",\n".join(items))
            self._before = ",\n"

    def finish(self, tail: str = "]") -> None:
        """Write what stands behind the last item, and a line end."""
        write_json(f"{self._head if self._before == self._head else ''}{tail}\n")


def _json_escape(mark: str) -> str:
    units = mark.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def write_bytes(content: bytes) -> None:
    """Write a document to standard output as it is, in its own encoding; a terminal shows it wrapped, with nothing that steers it."""
    if sys.stdout.isatty():
        show_lines(content.decode("utf-8", "replace").replace("\r\n", "\n"), hanging=0)
    else:
        sys.stdout.flush()
        _put(content)
        sys.stdout.buffer.flush()


def _put(content: bytes) -> None:
    """Write all of it: an unbuffered output may take a part, and tells only at the next that its reader went away."""
    left = memoryview(content)
    while left:
        left = left[sys.stdout.buffer.write(left) :]


def tell(text: str) -> None:
    """Tell a person something on standard error, on a line; where that cannot be written, `leave` knows it."""
    if sys.stderr is not None:
        try:  # noqa: SIM105  contextlib is not for the start-up path
            sys.stderr.write(_fitted(safe_line(text), sys.stderr) + "\n")
        except OSError:
            pass


def copy(lines: Iterable[str]) -> None:
    """Put lines, if there are any, on the clipboard of the terminal; raise KouhaoError E_USAGE where there is none."""
    text = "\n".join(lines)
    if not text:
        return
    stream = next((stream for stream in (sys.stdout, sys.stderr) if stream is not None and stream.isatty()), None)
    if stream is None:
        from kouhao.errors import KouhaoError  # noqa: PLC0415  a mistake is rare

        raise KouhaoError("E_USAGE", "这里没有终端，不能复制", hint="请在终端里使用 --copy。")
    stream.write(copying(text))
    tell("已复制。")


def copying(text: str) -> str:
    """Return the escape sequence (OSC 52) with which a terminal puts a text on the clipboard."""
    from base64 import b64encode  # noqa: PLC0415  few copy

    return f"\x1b]52;c;{b64encode(text.encode()).decode()}\x07"


def decode_arguments(arguments: list[str]) -> list[str]:
    """Return the arguments as UTF-8, whatever the locale decoded them as; one that is none stays, for `undecoded` to tell."""
    return [argument if argument.isascii() else _decoded(argument) or argument for argument in arguments]


def _decoded(argument: str) -> str | None:
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError:
        return None


def undecoded(argument: str) -> KouhaoError | None:
    """Return the error E_ARG_ENCODING for an argument that `decode_arguments` left as it was."""
    try:
        argument.encode()
    except UnicodeEncodeError:
        from kouhao.errors import KouhaoError  # noqa: PLC0415

        shown = os.fsencode(argument).decode("ascii", "backslashreplace")
        message = f"命令行里有不是 UTF-8 的字节：{shown}"
        return KouhaoError("E_ARG_ENCODING", message, hint="请把终端的编码设为 UTF-8，再输入一次。")
    return None


def guard(run: Callable[[], int], *, json_errors: str = "") -> int:
    """Run a command and return its exit code; no fault of input or surroundings passes as a traceback.

    `json_errors` says how errors are told to machines too: "array", as JSON objects in one; "objects", one a line; "object", as the
    first with all `errors` of several; as a format of findings tells them; not at all by default.
    """
    try:
        _prepare_streams()
        code = run()
        if _ended:  # of which a library made an ordinary end
            return _ended[0]
        sys.stdout.flush()
        _probe_output()
        return _require_whole(code)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return PIPE
    except Exception as error:  # noqa: BLE001  the boundary
        if _ended:
            return _ended[0]
        return _report_unless_gone(error, json_errors) if isinstance(error, OSError) else _report(error, json_errors)


def leave(code: int) -> NoReturn:
    """End the process with an exit code at once.

    The interpreter's own farewell frees one by one what the system frees anyway, and takes a tenth of a lookup.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:
                stream.flush()
            except OSError:  # told already, where it matters: `guard` flushes what a command wrote
                code = USAGE if code in {OK, NOT_FOUND} else code
    os._exit(code)


def heed_signals() -> None:
    """Let a request to end be an exception, so that what is half done is cleaned up; what is ignored stays so."""
    for name in _ENDING:
        number = getattr(_signal, name, None)
        if number is not None and _signal.getsignal(number) != _signal.SIG_IGN:
            _signal.signal(number, _end)


_ENDING = (
    *("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGXCPU"),
    *("SIGALRM", "SIGVTALRM", "SIGPROF", "SIGIO", "SIGPWR", "SIGSTKFLT"),
)
"""What ends a program that does not heed it, but for the faults of the program itself and what Python ignores."""

_ended: list[int] = []
"""The exit code of the signal that asked to end: an extension that is being loaded makes another error of the exception."""


def _end(number: int, _: object) -> NoReturn:
    _ended.append(128 + number)
    sys.unraisablehook = lambda _: None  # where Python itself drops the exception, within an import, it would print it
    if number == _signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)


def _probe_output() -> None:
    """Raise OSError where standard output takes nothing, even if nothing was to be written."""
    try:
        handle = sys.stdout.fileno()
    except (OSError, ValueError, AttributeError):  # no file of the system's
        return
    os.write(handle, b"")


class _ClosedInput:
    """Stands in for a standard input that was closed before the start: whoever reads it gets the fault that this is."""

    @property
    def buffer(self) -> NoReturn:
        raise OSError(9, "标准输入已关闭")

    def isatty(self) -> bool:
        return False

    def close(self) -> None:
        """Do what a worker does with the input of its parent."""


def _prepare_streams() -> None:
    if sys.stdout is None:
        raise OSError(9, "标准输出已关闭")
    if sys.stdin is None or sys.stderr is None:
        while os.open(os.devnull, os.O_RDWR) < 2:  # noqa: PLR2004  else a file would take the place of a stream, and get what is meant for that
            pass
    if sys.stdin is None:
        sys.stdin = _ClosedInput()
    chosen = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, chosen)


def _reconfigure(stream: TextIO | None, chosen: str, errors: str = "") -> None:
    """Let a stream write in the `chosen` encoding what that has; of one without Han characters every other is escaped."""
    if stream is not None and hasattr(stream, "reconfigure"):
        lacking = chosen and not "口号".encode(chosen, "ignore")
        errors = errors or ("backslashreplace" if lacking else "replace")
        stream.reconfigure(encoding=chosen or "utf-8", errors=errors, newline="\n")


def _discard_output() -> None:
    """Let the interpreter's last flush go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_unless_gone(error: OSError, json_errors: str) -> int:
    if sys.platform == "win32":
        from kouhao.commands.console.windows import is_reader_gone  # noqa: PLC0415  elsewhere it is a BrokenPipeError

        if is_reader_gone(error):
            _discard_output()
            return PIPE
    return _report(error, json_errors)


def set_encoding(name: str) -> None:
    """Write text in an encoding from now on; raise KouhaoError E_USAGE for one that is unknown."""
    try:
        "口号".encode(name)
        "口号".encode(name, "replace")
    except (LookupError, UnicodeError) as error:
        from kouhao.errors import KouhaoError  # noqa: PLC0415  an option's mistake

        why = f"编码“{name}”写不了汉字" if isinstance(error, UnicodeError) else f"不认识编码“{name}”"
        raise KouhaoError("E_USAGE", why, hint="例如 --output-encoding gbk。") from error
    import codecs  # noqa: PLC0415  few ask for an encoding

    codecs.register_error(_TOLD, _replaced)
    _reconfigure(sys.stdout, name, errors=_TOLD)
    _reconfigure(sys.stderr, name)


def _replaced(fault: UnicodeError) -> tuple[str, int]:
    """Note the characters that an encoding lacks, and write a question mark for each, as `replace` does."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    lost = fault.object[fault.start : fault.end]
    _lost.update(dict.fromkeys(lost))
    return "?" * len(lost), fault.end


def _require_whole(code: int) -> int:
    """Return the exit code, or tell which characters the chosen encoding lacks and return that of an error."""
    if not _lost:
        return code
    from kouhao.errors import KouhaoError  # noqa: PLC0415  likewise

    named = "、".join(f"U+{ord(mark):04X}" for mark in [*_lost][:_MOST_LOST]) + (
        f" 等 {len(_lost)} 个" if len(_lost) > _MOST_LOST else ""
    )
    message = f"{sys.stdout.encoding} 写不了这些字，输出里是“?”：{named}"
    tell_error(KouhaoError("E_ENCODING", message, hint="请用 --output-encoding gb18030 或 utf-8。"))
    return USAGE


def _report(error: Exception, json_errors: str) -> int:
    from kouhao.errors import KouhaoError, io_reason  # noqa: PLC0415

    if isinstance(error, OSError):
        open_elsewhere = sys.platform == "win32" and isinstance(error, PermissionError)
        hint = "文件可能在 Word、WPS 里开着，请先关闭，再试一次。" if open_elsewhere else _next_step(error)
        error = KouhaoError("E_IO", f"读写失败（{io_reason(error)}）", path=str(error.filename or ""), hint=hint)
        if sys.stdout is not None:
            _discard_output()
    elif isinstance(error, MemoryError):
        error = KouhaoError("E_LIMIT", "内存不够", hint="请把文件分小，或关掉别的程序。")
    elif isinstance(error, ImportError) and str(error.path).endswith((".so", ".pyd")):  # the system refused to load it
        error = KouhaoError("E_IO", f"程序的一部分装不进来（{error}）", hint="可能是内存或能打开的文件不够。")
    elif type(error).__module__ == "sqlite3":
        from kouhao.index.cache import forget_indexes  # noqa: PLC0415

        forget_indexes()
        error = KouhaoError("E_INDEX", f"整理好的词库读不出来（{error}）", hint="已经弃用它，请再运行一次。")
    if not isinstance(error, KouhaoError):
        return _report_bug(error)
    tell_error(error)
    if json_errors and sys.stdout is not None:
        _tell_machine(error.errors, json_errors)
    return USAGE


def _tell_machine(errors: Sequence[KouhaoError], form: str) -> None:
    """Write errors to standard output, as `guard` takes `json_errors`."""
    from kouhao.records import error_record  # noqa: PLC0415  a mistake is rare

    told = [error_record(one) for one in errors]
    if form == "array":
        write_json("[" + ",\n".join(map(json_error, errors)) + "]\n")
    elif form == "objects":
        write_json("".join(f"{json_error(one)}\n" for one in errors))
    elif form == "object":
        write_record(told[0] | ({"errors": told} if len(told) > 1 else {}))
    else:
        from kouhao.output.findings import FORMATS  # noqa: PLC0415  two commands

        (write if form in {"github", "gcc"} else write_json)(FORMATS[form]([], errors))


def _next_step(error: OSError) -> str:
    """Return what to do about a file that the system refused."""
    folder = os.path.dirname(str(error.filename or ""))  # noqa: PTH120  pathlib is not for the start-up path
    if isinstance(error, FileNotFoundError) and folder and not os.path.isdir(folder):  # noqa: PTH112  likewise
        return f"没有文件夹“{folder}”：请先建好它，或写到别处。"
    if isinstance(error, PermissionError):
        return "请检查文件和文件夹的权限，或写到别处。"
    return ""


def tell_error(error: KouhaoError) -> None:
    """Print an error, or each of several: its code and place on one line, the next step on another."""
    for one in error.errors:
        place = f"{one.place}: " if one.place else ""
        tell(f"kouhao: error[{one.code}]: {' '.join((place + one.message).split())}")
        if one.hint:
            tell(f"提示: {one.hint}")


def json_error(error: KouhaoError) -> str:
    """Return an error as a JSON object on one line, without a line end."""
    import json  # noqa: PLC0415

    from kouhao.records import error_record  # noqa: PLC0415

    return json.dumps(error_record(error), ensure_ascii=False)


def _report_bug(error: Exception) -> int:
    if os.environ.get("KOUHAO_DEBUG"):
        raise error
    tell(f"kouhao: error[E_BUG]: 程序出错了({type(error).__name__}: {error})")
    tell("提示: 这是 kouhao 的缺陷，请把命令和这一行告诉维护者；设 KOUHAO_DEBUG=1 可看到详情。")
    return BUG
