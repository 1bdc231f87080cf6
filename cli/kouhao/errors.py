"""The one family of errors that a user can meet."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class KouhaoError(Exception):
    """A fault of input, usage or surroundings, told with its place and the next step.

    `code` is stable (`E_YAML`); `message` and `hint` are Chinese; `path`, `line` and `column` may be absent.
    """

    def __init__(
        self, code: str, message: str, *, hint: str = "", path: str = "", line: int = 0, column: int = 0
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line
        self.column = column

    def __str__(self) -> str:
        """Return the place, what is wrong and what to do next, as a traceback shows it."""
        told = f"{self.place}: {self.message}" if self.place else self.message
        return f"{told}。{self.hint}" if self.hint else told

    def __reduce__(self) -> tuple[object, ...]:
        """Let an error travel between processes, which by default passes on the message alone."""
        return _restore, (type(self), self.__dict__.copy())

    @property
    def errors(self) -> tuple[KouhaoError, ...]:
        """The faults that this tells of: itself."""
        return (self,)

    @property
    def place(self) -> str:
        """`PATH:LINE:COLUMN`, as much of it as is known."""
        known = [self.path or "-"] if self.path or self.line else []
        known += [str(number) for number in (self.line, self.column) if number]
        return ":".join(known)


_REASONS = {
    "ENOENT": "没有这个文件或文件夹",
    "ENOTDIR": "路径里有一段不是文件夹",
    "EISDIR": "这是文件夹，不是文件",
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "EROFS": "磁盘是只读的",
    "ENOSPC": "磁盘已满",
    "EDQUOT": "磁盘配额已用完",
    "EFBIG": "文件太大",
    "EIO": "磁盘读写出错",
    "EBUSY": "正被别的程序占用",
    "ETXTBSY": "正被别的程序占用",
    "ENAMETOOLONG": "文件名太长",
    "ENXIO": "另一头没有程序在读",
    "ELOOP": "链接绕成了圈",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "EADDRINUSE": "已被别的程序占用",
}


def io_reason(error: OSError | ValueError) -> str:
    """Return why the system refused something, in Chinese for what happens to people, else in the system's words."""
    from errno import errorcode  # noqa: PLC0415  most runs meet none

    number = getattr(error, "errno", None)
    return _REASONS.get(errorcode.get(number or 0, "")) or getattr(error, "strerror", None) or str(error)


def near_hint(name: str, known: Iterable[str], otherwise: str, *, shown: str = " {}") -> str:
    """Return the hint that asks for the nearest of the known names, as it is `shown`, or another hint where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415  likewise

    near = get_close_matches(name, [*known], n=1)
    return f"是不是{shown.format(near[0])}？" if near else otherwise


def require_text(text: object) -> None:
    """Raise TypeError for what is no text, which would fail somewhere inside."""
    if not isinstance(text, str):
        message = f"a text must be str, not {type(text).__name__}"
        raise TypeError(message)


def require_names(given: object) -> list[str]:
    """Return the names that are given; a text is one, and not its characters. Raise TypeError for what is none."""
    listed: list[object] = [given] if isinstance(given, str) or not hasattr(given, "__iter__") else [*given]
    names: list[str] = []
    for name in listed:
        require_text(name)
        names.append(str(name))
    return names


class KouhaoErrors(KouhaoError):  # noqa: N818  several of them
    """Several errors of one input, reported together; the first one stands for all where only one fits."""

    def __init__(self, errors: list[KouhaoError]) -> None:
        first = errors[0]
        super().__init__(
            first.code, first.message, hint=first.hint, path=first.path, line=first.line, column=first.column
        )
        self._several = tuple(errors)

    @property
    def errors(self) -> tuple[KouhaoError, ...]:
        """All of them."""
        return self._several


def _restore(kind: type[KouhaoError], fields: dict[str, object]) -> KouhaoError:
    error = kind.__new__(kind, fields["message"])
    error.__dict__.update(fields)
    return error
