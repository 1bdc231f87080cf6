"""Read a command line by the table of options. Part of the start-up path.

What is not plain (several short options in one word, a mistake) is left to Typer, which knows what is wrong with it.
"""

from __future__ import annotations

from kouhao.commands.command_line.options import COMMANDS, HELP, VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouhao.commands.command_line.options import Command, Option, Value

_DASHES = "－—"
_LONGEST_NUMBER = 10  # digits: more is no number that an option takes


def split_command(words: list[str]) -> tuple[Command | None, list[str]]:
    """Return the command that `words` name, behind any options, and all the other words; None without a word of that kind."""
    at = 0
    while at < len(words) and words[at].startswith("-") and words[at] not in ("-", "--"):
        option = _option_anywhere(words[at])
        at += 2 if option and option.value and "=" not in words[at] else 1
    if at < len(words) and words[at] in COMMANDS:
        return COMMANDS[words[at]], words[:at] + words[at + 1 :]
    return None, words


def _option_anywhere(word: str) -> Option | None:
    """Return the option that stands before a command, as the first command that has it knows it."""
    spelling = word.partition("=")[0]
    return next(
        (option for command in COMMANDS.values() for option in command.options if spelling in option.spellings), None
    )


def with_ascii_options(words: list[str]) -> list[str]:
    """Return the words, options in full-width characters as an input method leaves them (－－json, ——help) in ASCII."""
    return [_ascii_option(word) if word[:1] and word[0] in _DASHES else word for word in words]


def _ascii_option(word: str) -> str:
    name = word.lstrip(_DASHES)
    long = "－－" in word or "—" in word
    plain = "".join(chr(ord(mark) - 0xFEE0) if "！" <= mark <= "～" else mark for mark in name)
    option = ("--" if long else "-") + plain
    return option if option in HELP.spellings + VERSION.spellings or _option_anywhere(option) else word


def read(command: Command, words: list[str]) -> dict[str, Value] | None:
    """Return the values that the plain words set, one for each option and argument, or None for what Typer should read."""
    values = defaults(command)
    spellings = {spelling: option for option in command.options for spelling in option.spellings}
    rest: list[str] = []
    said: list[tuple[Option, str]] = []
    left = iter(words)
    for word in left:
        if word == "--":
            rest.extend(left)
        elif not word.startswith("-") or word == "-":
            rest.append(word)
        else:
            name, given, value = word.partition("=") if word.startswith("--") else (word, "", "")
            option = spellings.get(name)
            if option is None or (given and not option.value):
                return None
            if option.value and not given:
                value = next(left, _NOTHING)
            if value is _NOTHING or not set_value(values, option, value):
                return None
            said.append((option, value))
    return values if bind(command, rest, values) and not contradiction(said) else None


_NOTHING = "\0"
"""Stands for the value that an option lacks at the end of a command line."""


def defaults(command: Command) -> dict[str, Value]:
    """Return the values of a command line without options."""
    return {option.sets: [] if option.several else option.default for option in reversed(command.options)}


def set_value(values: dict[str, Value], option: Option, value: str) -> bool:
    """Set what an option says, and return whether that is possible."""
    if not option.value:
        values[option.sets] = option.to
    elif not value or (option.choices and value not in option.choices):
        return False
    elif option.least is not None:
        if not (value.isdecimal() and len(value) < _LONGEST_NUMBER):
            return False
        if int(value) < option.least or (option.most is not None and int(value) > option.most):
            return False
        values[option.sets] = int(value)
    else:
        before = values[option.sets]
        values[option.sets] = [*(before if isinstance(before, list) else ()), value] if option.several else value
    return True


def contradiction(said: list[tuple[Option, str]]) -> str:
    """Return, in Chinese, which of the options that were said, each with its value, mean nothing together; nothing where all do."""
    names = {name for option, value in said for word in option.spellings for name in (word, f"{word}={value}")}
    set_by: dict[str, tuple[Option, Value]] = {}
    for option, value in said:
        name = option.spellings[0]
        meant = value if option.value else option.to
        other, before = set_by.setdefault(option.sets, (option, meant))
        if other is not option and before != meant:
            return f"{other.spellings[0]} 和 {name} 只能用一个"
        if option.needs and option.needs not in names:
            return f"{name} 要和 {option.needs} 一起用"
        for excluded in option.excludes:
            if excluded in names:
                return f"{name} 和 {excluded.replace('=', ' ')} 只能用一个"
    return ""


def bind(command: Command, rest: list[str], values: dict[str, Value]) -> bool:
    """Give the arguments their words, and return whether each word and each argument has its place."""
    for argument in command.arguments:
        if argument.missing and not rest:
            return False
        values[argument.sets] = rest if argument.several else rest[0] if rest else ""
        rest = [] if argument.several else rest[1:]
    return not rest


def opening(paths: Sequence[str], builtin: bool | Sequence[str]) -> str:  # noqa: FBT001  as commands have it
    """Return the options that open the same glossaries again, each behind a blank."""
    named = "".join(f" --builtin {name}" for name in ([] if isinstance(builtin, bool) else builtin))
    own = "".join(f" -g {quoted(path)}" for path in paths)
    return own + named + ("" if builtin else " --no-builtin")


def quoted(word: str) -> str:
    """Return a word as one types it in a shell."""
    plain = not any(mark in word for mark in " \t\n()'\"$`&|;<>*?[]{}\\!#~")
    return word if plain and word else "'" + word.replace("'", "'\\''") + "'"
