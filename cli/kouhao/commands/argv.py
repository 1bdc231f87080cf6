"""Read a plain command line without Typer: the few options that scripts use. Part of the start-up path."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeVar

    Request = TypeVar("Request")


def read_plain(
    words: Iterable[str],
    request: Request,
    rest: list[str],
    switches: Mapping[str, tuple[str, object]],
    values: Mapping[str, tuple[str, tuple[str, ...]]],
) -> Request | None:
    """Return `request` as `words` set it, or None where one of them is for Typer to read or to refuse.

    `switches` names what an option without a value sets; `values` what one with a value sets or adds to, and the values that
    there are (none: any). Other words go to `rest`.
    """
    left = iter(words)
    for word in left:
        if word == "--":
            rest.extend(left)
        elif word in switches:
            setattr(request, *switches[word])
        elif word in values:
            name, known = values[word]
            value = next(left, "")
            if not value or (known and value not in known):
                return None
            several = getattr(request, name)
            setattr(request, name, [*several, value] if isinstance(several, list) else value)
        elif word.startswith("-") and word != "-":
            return None
        else:
            rest.append(word)
    return request
