"""What a shell offers when the Tab key is pressed: commands, options, their values, and terms. On the start-up path.

The scripts that `kouhao completion` installs call the program with two variables: _KOUHAO_COMPLETE names the shell, and
_KOUHAO_LINE is the command line up to the cursor.
"""

from __future__ import annotations

import os

from kouhao.commands.command_line.argv import split_command
from kouhao.commands.command_line.options import COMMANDS, HELP, OUTPUT_ENCODING, RULES, VERSION
from kouhao.commands.console import terminal
from kouhao.commands.inputs.glossaries import own_glossaries, project_builtin
from kouhao.errors import KouhaoError
from kouhao.lookup.engine import Lookup, open_lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kouhao.commands.command_line.options import Command, Option

_FIXED: dict[str, Iterable[str]] = {
    "rule": RULES,
    "command": COMMANDS,
    "action": ("install", "show"),
    "show": ("show",),
    "shell": ("bash", "zsh", "fish", "powershell"),
}
_QUOTES = "'\"“”‘’"
_SPECIAL = frozenset(" \t\n\\'\"`$&|;<>()[]{}*?!#~=%^,")


class Offer:
    """A word that may stand at the cursor, what it means, and what was typed of it (pinyin for a term in hanzi)."""

    __slots__ = ("meaning", "typed", "word")

    def __init__(self, word: str, meaning: str = "", typed: str = "") -> None:
        self.word = word
        self.meaning = meaning
        self.typed = typed or word


def answer_shell(shell: str) -> int:
    """Write what may stand at the cursor, a line each, in the form that the script for that shell reads."""
    line = os.environ.get("_KOUHAO_LINE", "")
    words, quote = split_line(line, escape="`" if shell == "powershell" else "\\")
    offers = complete(words[1:-1], words[-1]) if len(words) > 1 else []
    write = {"bash": _bash, "zsh": _zsh, "fish": _fish, "powershell": _powershell}.get(shell, _zsh)
    prefix = words[-1]
    terminal.write("".join(f"{write(offer, prefix, quote)}\n" for offer in offers))
    return terminal.OK


def split_line(line: str, *, escape: str = "\\") -> tuple[list[str], str]:
    """Return the words of a command line, the last of which is what stands at the cursor, and the quote that is open there."""
    words = [""]
    quote = ""
    marks = iter(line)
    for mark in marks:
        if mark == escape and quote != "'":
            words[-1] += next(marks, "")
        elif quote:
            if mark == quote:
                quote = ""
            else:
                words[-1] += mark
        elif mark in "'\"":
            quote = mark
        elif mark != " ":
            words[-1] += mark
        elif words[-1]:
            words.append("")
    return words, quote


def complete(before: list[str], prefix: str) -> list[Offer]:
    """Return what may stand behind the words `before` and begins as `prefix` does."""
    command, rest = split_command(before)
    known = command or COMMANDS["lookup"]
    if "--" not in before:
        name, given, value = prefix.partition("=") if prefix.startswith("--") else ("", "", "")
        if given:
            return [
                Offer(f"{name}={offer.word}", offer.meaning) for offer in _values(_option(known, name), value, before)
            ]
        option = _option(known, before[-1]) if before else None
        if option is not None and option.value:
            return _values(option, prefix, before)
        if prefix.startswith("-"):
            return _options(known, prefix, root=command is None)
    taken = _taken(known, rest)
    names = COMMANDS.values() if command is None and not taken else ()
    words = _beginning((Offer(one.name, one.summary) for one in names), prefix)
    arguments = known.arguments
    if taken >= len(arguments) and not (arguments and arguments[-1].several):
        return words
    return words + _offers(arguments[min(taken, len(arguments) - 1)].offers, prefix, before)


def _option(command: Command, spelling: str) -> Option | None:
    return next((option for option in command.options if spelling in option.spellings), None)


def _options(command: Command, prefix: str, *, root: bool) -> list[Offer]:
    options = [*command.options, HELP, *([VERSION, OUTPUT_ENCODING] if root else [])]
    return _beginning((Offer(name, option.help) for option in options for name in option.spellings), prefix)


def _values(option: Option | None, prefix: str, before: list[str]) -> list[Offer]:
    if option is None:
        return []
    if option.choices:
        return _beginning(map(Offer, option.choices), prefix)
    return _offers(option.offers, prefix, before)


def _taken(command: Command, rest: list[str]) -> int:
    """Return how many of the words are arguments."""
    taken = 0
    words = iter(rest)
    for word in words:
        option = _option(command, word)
        if option is None:
            taken += not word.startswith("-")
        elif option.value:
            next(words, "")
    return taken


def _offers(kind: str, prefix: str, before: list[str]) -> list[Offer]:
    if kind == "term":
        return _terms(prefix, before)
    if kind == "topic":
        with _open(before) as lookup:
            return _beginning((Offer(topic, f"{count} 条") for topic, count in lookup.topics().items()), prefix)
    return _beginning(map(Offer, _FIXED.get(kind, ())), prefix)


def _beginning(offers: Iterable[Offer], prefix: str) -> list[Offer]:
    return [offer for offer in offers if offer.word.startswith(prefix)]


def _terms(prefix: str, before: list[str]) -> list[Offer]:
    opening = prefix.lstrip(_QUOTES)
    if not opening:
        return []
    with _open(before) as lookup:
        return [Offer(term, typed=typed) for term, typed in lookup.complete(opening).items()]


def _open(before: list[str]) -> Lookup:
    """Return the glossaries, those of the line too; of one that is broken the next lookup tells, not the Tab key."""
    paths = [path for name, path in zip(before, before[1:], strict=False) if name in ("-g", "--glossary")]  # noqa: RUF007  no itertools
    own = "--no-builtin" in before or before[:1] == ["edit"]
    try:
        return open_lookup([*own_glossaries(), *paths], builtin=not own and project_builtin())
    except KouhaoError:
        return open_lookup([])


def _bash(offer: Offer, prefix: str, quote: str) -> str:
    """Return the word as bash puts it in: quoted where no quote is open, and from the last = or : on, where bash parts words."""
    cut = max(prefix.rfind("="), prefix.rfind(":")) + 1
    word = offer.word[cut:] if offer.word.startswith(prefix[:cut]) else offer.word
    if quote == '"':
        return "".join("\\" + mark if mark in '\\"$`' else mark for mark in word)
    if quote:
        return word.replace("'", "'\\''")
    return "".join("\\" + mark if mark in _SPECIAL else mark for mark in word)


def _zsh(offer: Offer, _prefix: str, _quote: str) -> str:
    """Return the word, which zsh quotes itself, and what it means."""
    return f"{offer.word}\t{offer.meaning}"


def _fish(offer: Offer, _prefix: str, _quote: str) -> str:
    """Return the word and its meaning; fish offers only what begins as typed, so pinyin stands for a term in hanzi."""
    if offer.word.startswith(_prefix):
        return f"{offer.word}\t{offer.meaning}"
    return f"{offer.typed}\t{offer.word}"


def _powershell(offer: Offer, _prefix: str, _quote: str) -> str:
    """Return the word, between quotes where it needs them, what is shown in the list, and what it means."""
    quoted = "'" + offer.word.replace("'", "''") + "'"
    word = quoted if _SPECIAL & set(offer.word) or set("“”‘’@") & set(offer.word) else offer.word
    return f"{word}\t{offer.word}\t{offer.meaning or offer.word}"
