"""The one family of errors that a user can meet."""

from __future__ import annotations


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

    def __reduce__(self) -> tuple[object, ...]:
        """Let an error travel between processes, which by default passes on the message alone."""
        return _restore, (type(self), self.__dict__.copy())

    @property
    def place(self) -> str:
        """`PATH:LINE:COLUMN`, as much of it as is known."""
        known = [self.path or "-"] if self.path or self.line else []
        known += [str(number) for number in (self.line, self.column) if number]
        return ":".join(known)


class KouhaoErrors(KouhaoError):  # noqa: N818  several of them
    """Several errors of one input, reported together; the first one stands for all where only one fits."""

    def __init__(self, errors: list[KouhaoError]) -> None:
        first = errors[0]
        super().__init__(
            first.code, first.message, hint=first.hint, path=first.path, line=first.line, column=first.column
        )
        self.errors = tuple(errors)


def _restore(kind: type[KouhaoError], fields: dict[str, object]) -> KouhaoError:
    error = kind.__new__(kind, fields["message"])
    error.__dict__.update(fields)
    return error
