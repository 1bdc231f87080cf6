"""The one door in and the one writer out: every path that kouhao reads or writes passes here.

Nothing else opens a file (a test holds it), so that what is refused, and what a fault leaves behind, is the same for every
command. Part of the start-up path of a scan.
"""

from __future__ import annotations

import os
import stat
import sys

from kouhao.errors import KouhaoError, io_reason
from kouhao.paths import real_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import BinaryIO, NoReturn, Self

    PathName = str | os.PathLike[str]

LARGEST = 512 * 2**20
"""Bytes of a file that is read whole, at most."""

_PIECE = 16 * 2**20
"""Bytes that are read at a time: so much room is asked for, however small the file is."""

_BEGIN = 4096
"""Bytes in which a file shows of what kind it is."""

_PATIENCE = 10.0
"""Seconds that one waits for another writer, which holds a glossary for a fraction of one."""

_TRIES = 6
"""How often a refused replace is tried, the pauses doubling from 0.05 s: virus scanners and sync clients let go within a second."""

_IN_PLACE = ("/dev/", "/proc/")


class _StandardInput:
    """Standard input as an open file that others find open afterwards."""

    def __enter__(self) -> BinaryIO:
        return sys.stdin.buffer

    def __exit__(self, *_: object) -> None:
        """Leave it open."""


def relative_path(path: PathName, start: PathName = ".") -> str:
    """Return a path as it is seen from a folder; from another drive of Windows it is seen whole."""
    try:
        return os.path.relpath(path, start)
    except ValueError:
        return os.path.abspath(path)  # noqa: PTH100  as relpath says it
    except OSError:  # the working folder was removed
        return os.fspath(path)


def working_folder() -> Path:
    """Return the working folder; where that was removed, the relative path of it, in which nothing is found."""
    from pathlib import Path  # noqa: PLC0415  lookups need none

    try:
        return Path.cwd()
    except FileNotFoundError:
        return Path()


def refuse_folder(error: OSError) -> NoReturn:
    """Raise the KouhaoError of a folder that cannot be read, as `open_file` has it of a file."""
    raise io_error(str(error.filename), error) from error


def open_file(path: PathName) -> BinaryIO | _StandardInput:
    """Open a file for reading in pieces; `-` is standard input. To be used in a `with` statement.

    Raises KouhaoError E_NOT_FOUND, E_IS_DIR, E_PERMISSION or E_IO.
    """
    if path == "-":
        return _StandardInput()
    refused = refusal(path)
    if refused:
        raise refused
    try:
        return open(path, "rb")  # noqa: PTH123  pathlib would cost a tenth of the start; whoever asked closes it
    except OSError as error:
        raise io_error(path, error) from error


def read_file(path: PathName, *, largest: int = LARGEST) -> bytes:
    """Return the content of a file, or of standard input; raise KouhaoError as `open_file` does, or E_LIMIT."""
    pieces: list[bytes] = []
    left = largest + 1
    with open_file(path) as file:
        try:
            while left and (piece := file.read(min(left, _PIECE))):
                pieces.append(piece)
                left -= len(piece)
        except OSError as error:
            raise io_error(path, error) from error
    if not left:
        raise KouhaoError("E_LIMIT", f"文件超过 {largest // 2**20} MB", path=str(path), hint="请分成几个文件。")
    return b"".join(pieces)


def read_text(path: PathName) -> str:
    """Return the text of a UTF-8 file, without a byte order mark; raise KouhaoError as `read_file` does, or E_ENCODING."""
    content = read_file(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        hint = "请用文本编辑器（记事本、WPS 等）另存为 UTF-8 编码。"
        raise KouhaoError(
            "E_ENCODING", f"不是 UTF-8{_likely(content)}", path=str(path), line=line, hint=hint
        ) from error


def _likely(content: bytes) -> str:
    """Return what to say of the encoding that a text is likely to have, which is not UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "，是 UTF-16 编码"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "，有读不懂的字节"
    return "，像是 GB18030（GBK）编码"


def address_space() -> int:
    """Return how many bytes of addresses this process takes, which Linux tells."""
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
        return int(file.read().split()[0]) * os.sysconf("SC_PAGESIZE")


def encode_like(text: str, original: bytes) -> bytes:
    """Return a text in UTF-8 with the byte order mark, if any, and the line ends of what a file held before."""
    text = text.replace("\r\n", "\n")
    if 2 * original.count(b"\r\n") > original.count(b"\n"):
        text = text.replace("\n", "\r\n")
    return original[: 3 * original.startswith(b"\xef\xbb\xbf")] + text.encode()


def refusal(path: PathName) -> KouhaoError | None:
    """Return the error that says why a path is no file that can be opened, or None."""
    try:
        status = os.stat(path)  # noqa: PTH116  as above
        endless = not status.st_size and hasattr(os, "statvfs") and not os.statvfs(path).f_blocks
    except FileNotFoundError:
        message = "链接指向的文件不在" if os.path.islink(path) else "找不到文件"  # noqa: PTH114
        return KouhaoError("E_NOT_FOUND", message, path=str(path), hint="请检查路径。")
    except (OSError, ValueError) as error:
        return io_error(path, error)
    if stat.S_ISDIR(status.st_mode):
        return KouhaoError("E_IS_DIR", "这是文件夹", path=str(path), hint="请给出其中的文件。")
    if not stat.S_ISREG(status.st_mode) or endless:  # /proc/kmsg has no size, and no end
        return KouhaoError("E_IO", "不是普通文件", path=str(path), hint="请给出文档文件；管道里的内容请用 -。")
    return None


def io_error(path: PathName, error: OSError | ValueError) -> KouhaoError:
    """Return the typed error of a file that cannot be read."""
    if isinstance(error, PermissionError):
        return KouhaoError("E_PERMISSION", "没有读取的权限", path=str(path), hint="请检查文件的权限。")
    return KouhaoError("E_IO", f"读取失败（{io_reason(error)}）", path=str(path))


def write_file(path: PathName, content: bytes, *, was: bytes | None = None, made_of: Iterable[PathName] = ()) -> None:
    """Give `path` the content, or leave it as it was.

    A regular file is replaced by a synced temporary one in the same folder, which gets its mode and owner; a new one obeys the
    umask, and is no more public than what it is `made_of`. A file of several names (hard links) is overwritten, and so is one
    in a folder that takes no new files; a device, a pipe or a socket is written to. `was` is what the file held when it was
    read, nothing where there was none: another content raises KouhaoError E_CONFLICT. Without it no file of `made_of` is written
    over (E_EXISTS). A read-only file raises E_PERMISSION. OSError names `path`; no temporary file is left behind.
    """
    try:
        present = _status(path)
        if os.fspath(path) == "-":
            raise KouhaoError("E_USAGE", "“-”不是文件名，没有写", hint="请写明写到哪个文件。")
        if present is not None and stat.S_ISDIR(present.st_mode):
            raise KouhaoError("E_IS_DIR", "这是文件夹", path=str(path), hint="请写明其中的文件。")
        if present is not None and (not stat.S_ISREG(present.st_mode) or os.fspath(path).startswith(_IN_PLACE)):
            _write_to(path, content)
            return
        if present is not None and not present.st_mode & 0o222:
            raise KouhaoError(
                "E_PERMISSION", "文件是只读的，没有改动", path=str(path), hint="请先去掉只读，或另写一个文件。"
            )
        if present is not None and was is None and any(_is_file(one, present) for one in made_of):
            message = "这是正在读的文件，没有改动"
            raise KouhaoError("E_EXISTS", message, path=str(path), hint="请写到另一个文件。")
        target = real_path(path)
        with Lock(target), _Undisturbed():
            if was is not None and (_content(target) or b"") != was:
                raise conflict(path)
            _store(target, content, present, _common_mode(made_of))
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from error


def require_former(path: PathName, mark: str) -> None:
    """Raise KouhaoError E_EXISTS for a file of another kind than a command writes, which `mark` near its begin would show."""
    present = _status(path)
    if present is None or not stat.S_ISREG(present.st_mode) or not present.st_size:
        return
    with open_file(path) as file:
        if mark.encode() not in file.read(_BEGIN):
            message = "已经有这个文件，不是以前写出的这种文件，没有改动"
            raise KouhaoError("E_EXISTS", message, path=str(path), hint="请换一个文件名，或先把它移走。")


def conflict(path: PathName) -> KouhaoError:
    """Return the error of a file that has another content than when it was read."""
    return KouhaoError("E_CONFLICT", "文件刚才被别的程序改过，没有写", path=str(path), hint="请重新运行一次。")


def _common_mode(paths: Iterable[PathName]) -> int:
    """Return who may read and write all of these files and folders, as the bits of a mode."""
    mode = 0o666
    for path in paths:
        present = _status(path)
        mode &= present.st_mode if present is not None and os.fspath(path) != "-" else mode
    return mode


def _is_file(path: PathName, present: os.stat_result) -> bool:
    status = None if path == "-" else _status(path)
    return status is not None and os.path.samestat(status, present)


def _status(path: PathName) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116
    except FileNotFoundError:
        return None


def _content(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()
    except FileNotFoundError:
        return None


def _write_to(path: PathName, content: bytes) -> None:
    with open(path, "wb", buffering=0, opener=_await_reader) as file:
        left = memoryview(content)
        while left:
            left = left[file.write(left) or 0 :]


def _await_reader(path: str, flags: int) -> int:
    """Open what is no regular file; for the reader of a pipe one waits as long as for another writer, and not for ever."""
    from errno import ENXIO  # noqa: PLC0415  writers only
    from time import monotonic, sleep  # noqa: PLC0415  likewise

    if sys.platform == "win32":
        return os.open(path, flags)
    until = monotonic() + _PATIENCE
    while True:
        try:
            handle = os.open(path, flags | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != ENXIO or monotonic() > until:
                raise
            sleep(0.05)
        else:
            os.set_blocking(handle, True)
            return handle


def _store(path: str, content: bytes, present: os.stat_result | None, mode: int) -> None:
    if present is not None and present.st_nlink > 1:
        _overwrite(path, content)
        return
    try:
        with Temporary(os.path.dirname(path), 0o600 if present else mode | 0o600) as draft:  # noqa: PTH120
            draft.fill(content)
            if present is not None:
                _dress(draft.path, present)
            _replace(draft.path, path)
    except PermissionError:
        if present is None or os.access(os.path.dirname(path), os.W_OK):  # noqa: PTH120
            raise
        _overwrite(path, content)


def _overwrite(path: str, content: bytes) -> None:
    """Write over a file whose place cannot be given to another; a failure puts back what it held."""
    before = _content(path) or b""
    with open(path, "r+b") as file:  # noqa: PTH123
        try:
            _fill(file, content)
        except OSError:
            file.seek(0)
            _fill(file, before)
            raise


def _fill(file: BinaryIO, content: bytes) -> None:
    file.write(content)
    file.truncate()
    file.flush()
    os.fsync(file.fileno())


def _dress(path: str, like: os.stat_result) -> None:
    """Give a file the mode and, where that is allowed, the owner of another."""
    if hasattr(os, "chown") and (like.st_uid, like.st_gid) != (os.geteuid(), os.getegid()):
        try:  # noqa: SIM105  contextlib is not for the start-up path
            os.chown(path, like.st_uid, like.st_gid)
        except PermissionError:  # only root gives files away
            pass
    os.chmod(path, stat.S_IMODE(like.st_mode))  # noqa: PTH101


def _replace(draft: str, path: str) -> None:
    from time import sleep  # noqa: PLC0415  writers only

    for attempt in range(_TRIES):
        try:
            os.replace(draft, path)  # noqa: PTH105
        except PermissionError:
            if attempt == _TRIES - 1:
                raise
            sleep(0.05 * 2**attempt)
        else:
            return


class Temporary:
    """A fresh file in a folder, gone at the end of a `with` statement unless it was moved to its place."""

    def __init__(self, folder: str, mode: int = 0o600) -> None:
        self._folder = folder
        self._mode = mode
        self.path = ""

    def __enter__(self) -> Self:
        for _ in range(100):
            self.path = os.path.join(self._folder, f".kouhao-{os.getpid()}-{os.urandom(6).hex()}.tmp")  # noqa: PTH118
            try:
                self._handle = os.open(
                    self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), self._mode
                )
            except FileExistsError:
                continue
            return self
        raise FileExistsError(17, "临时文件都有了", self.path)

    def fill(self, content: bytes) -> None:
        """Write the content and wait until the disk has it."""
        with os.fdopen(self._handle, "wb") as file:
            self._handle = -1
            _fill(file, content)

    def released(self) -> Path:
        """Return the empty file for a program of its own to fill."""
        from pathlib import Path  # noqa: PLC0415  compilers only

        os.close(self._handle)
        self._handle = -1
        return Path(self.path)

    def __exit__(self, *_: object) -> None:
        if self._handle >= 0:
            os.close(self._handle)
        try:  # noqa: SIM105  likewise
            os.unlink(self.path)  # noqa: PTH108
        except FileNotFoundError:  # moved
            pass


class Lock:
    """Keep other writers of kouhao out of a file's folder, for as long as one reads, changes and writes; may be nested.

    No file is left behind: the folder itself is locked. Where the system cannot (Windows, some network disks), nothing is.
    Raises KouhaoError E_CONFLICT where another writer does not finish.
    """

    _held: dict[str, int] = {}  # noqa: RUF012  the process has one

    def __init__(self, path: PathName) -> None:
        self._path = str(path)
        self._folder = os.path.dirname(real_path(path))  # noqa: PTH120
        self._handle = -1

    def __enter__(self) -> Self:
        if self._folder in self._held or sys.platform == "win32":
            return self
        import fcntl  # noqa: PLC0415  POSIX only
        from time import monotonic, sleep  # noqa: PLC0415  writers only

        try:
            self._handle = os.open(self._folder, os.O_RDONLY)
        except OSError:
            return self
        until = monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if monotonic() > until:
                    self.__exit__()
                    message = "另一个 kouhao 一直在写这个文件夹，没有写"
                    raise KouhaoError(
                        "E_CONFLICT", message, path=self._path, hint="请等它结束，再运行一次。"
                    ) from error
                sleep(0.02)
            except OSError:
                break
        self._held[self._folder] = self._handle
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle >= 0:
            self._held.pop(self._folder, None)
            os.close(self._handle)
            self._handle = -1


class _Undisturbed:
    """Put off signals until a file is written, so that it is the old one or the new one and nothing lies beside it."""

    def __enter__(self) -> None:
        self._restore: Callable[[], object] | None = None
        if sys.platform != "win32":
            import signal  # noqa: PLC0415  writers only

            before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            self._restore = lambda: signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def __exit__(self, *_: object) -> None:
        if self._restore:
            self._restore()
