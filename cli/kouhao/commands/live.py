"""`kouhao` alone on a terminal: an input line with the real cursor, and under it what fits as one types.

The input stands above the answers, since input methods draw their candidates at the cursor. Nothing is drawn on a screen of
its own: what one leaves behind is the entry that was chosen.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager

from kouhao.commands.console import terminal
from kouhao.commands.console.layout import clip, columns, width
from kouhao.commands.inputs.glossaries import open_glossaries, project_builtin
from kouhao.commands.lookup import Request, run_request, said
from kouhao.output.entries import guess

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prompt_toolkit.application import Application
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    from kouhao.lookup.engine import Lookup

_ROWS = 10  # entries: with the input they fit any terminal
_PROMPT = "口号："
_ANY = "口号"
_INVITATION = "输入汉字、拼音或首字母"
_KEYS = ("↑↓ 选择", "回车 查看", "Ctrl-Y 复制", "Esc 退出")


def search_live(paths: Sequence[str] = (), *, builtin: bool | Sequence[str] | None = None) -> int:
    """Let a person search, and print the entry that was chosen; return 1 where none was, 130 where that was interrupted.

    Searched are their own glossaries, those at `paths`, and the built-in ones, without `builtin` as far as the project uses them.
    """
    builtin = project_builtin() if builtin is None else builtin
    with _keys_held(), open_glossaries(paths, builtin=builtin) as lookup:
        search = _Search(lookup)
        chosen = _application(search).run()
    if not chosen:
        return terminal.NOT_FOUND
    if search.guessed:
        terminal.tell(search.guessed)
    return run_request(Request(queries=[chosen], exact=True, paths=paths, builtin=builtin))


@contextmanager
def _keys_held() -> Iterator[None]:
    """Keep what is typed while the program loads out of sight, for the input line."""
    if sys.platform == "win32":
        yield
        return
    import termios  # noqa: PLC0415  not on Windows

    modes = termios.tcgetattr(sys.stdin)
    silent = [*modes]
    silent[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(sys.stdin, termios.TCSANOW, silent)
    sys.stdout.write("\r\x1b[K")  # what the terminal has shown of it already
    sys.stdout.flush()
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, modes)


class _Search:
    """What is found for the text so far, and which of it is chosen."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self.found: list[tuple[str, str, str]] = []
        self._guesses: dict[str, str] = {}
        self.at = 0
        self.note, self.hint = "", _INVITATION

    def ask(self, text: str) -> None:
        """Find the entries for a text: those that begin so, or else those that a lookup answers or suggests."""
        text = text.strip()
        self.at, self.note, self._guesses = 0, "", {}
        terms = list(self._lookup.complete(text)) if text else []
        if text and not terms:
            answer = self._lookup.answer(text, limit=_ROWS)
            terms = [hit.term for hit in answer.hits] or [near.term for near in answer.suggestions]
            self._guesses = {hit.term: guess(text, hit) for hit in answer.hits}
            if not answer.hits:
                self.note = f"没有找到“{text}”" + ("，是不是：" if terms else "")
        terms = list(dict.fromkeys(terms))
        self.hint = f"共 {len(terms)} 条，常用的在前" if len(terms) > _ROWS else "" if text else _INVITATION
        self.found = [(term, *said(self._lookup, term)) for term in terms[:_ROWS]]

    def prepare(self) -> None:
        """Load what a text needs that no term begins with; done while nothing is typed yet, and once, since answers are kept."""
        self._lookup.answer(_ANY, limit=_ROWS)

    @property
    def told(self) -> str:
        """What a person is told of the search: what was done or missed, else why the chosen entry is a guess."""
        return self.note or self.guessed

    @property
    def guessed(self) -> str:
        """Why the chosen entry is a guess; empty where it is none."""
        return self._guesses.get(self.chosen[0], "")

    @property
    def rows(self) -> int:
        """How many lines tell what is found."""
        return len(self.found) + bool(self.told)

    @property
    def row(self) -> int:
        """The number, from 0, of the line in which the chosen entry stands."""
        return self.at + bool(self.told and self.found)

    @property
    def chosen(self) -> tuple[str, str]:
        """The chosen term with its expansion; empty ones where nothing is found."""
        return self.found[self.at][:2] if self.found else ("", "")

    def move(self, by: int) -> None:
        """Choose another row."""
        self.at = max(0, min(len(self.found) - 1, self.at + by))


def _application(search: _Search) -> Application[str]:
    from prompt_toolkit.application import Application  # noqa: PLC0415  a fifth of a second
    from prompt_toolkit.buffer import Buffer  # noqa: PLC0415  likewise
    from prompt_toolkit.data_structures import Point  # noqa: PLC0415
    from prompt_toolkit.layout import BufferControl, Dimension, FormattedTextControl, HSplit, Layout, VSplit, Window  # noqa: PLC0415
    from prompt_toolkit.output import ColorDepth  # noqa: PLC0415

    typed = Buffer(multiline=False, on_text_changed=lambda buffer: search.ask(buffer.text))
    label = Window(FormattedTextControl([("bold", _PROMPT)]), width=width(_PROMPT))
    line = VSplit([label, Window(BufferControl(typed))], height=1)
    painted = FormattedTextControl(lambda: _painted(search), get_cursor_position=lambda: Point(0, search.row))
    answers = Window(painted, height=lambda: Dimension(max=search.rows))
    below = FormattedTextControl(lambda: "\n".join(_hints(search.hint)))
    hints = Window(below, height=lambda: Dimension.exact(len(_hints(search.hint))))
    application: Application[str] = Application(
        layout=Layout(HSplit([line, answers, hints])),
        key_bindings=_keys(search),
        erase_when_done=True,
        color_depth=ColorDepth.MONOCHROME if os.environ.get("NO_COLOR") else None,
    )
    application.ttimeoutlen = 0.05
    application.after_render += lambda _: search.prepare()
    return application


def _keys(search: _Search) -> KeyBindings:
    from prompt_toolkit.key_binding import KeyBindings  # noqa: PLC0415  likewise

    keys = KeyBindings()

    @keys.add("up")
    @keys.add("c-p")
    def _(_event: KeyPressEvent) -> None:
        search.move(-1)

    @keys.add("down")
    @keys.add("c-n")
    def _(_event: KeyPressEvent) -> None:
        search.move(1)

    @keys.add("<bracketed-paste>")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(" ".join(event.data.split()))

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        if search.found:
            event.app.exit(result=search.chosen[0])

    @keys.add("c-y")
    def _(event: KeyPressEvent) -> None:
        term, full = search.chosen
        if term:
            event.app.output.write_raw(terminal.copying(full or term))
            event.app.output.flush()
            search.note = f"已复制“{term}”的展开"

    keys.add("c-z")(lambda event: event.app.suspend_to_background())

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @keys.add("escape", eager=True)
    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result="")

    return keys


def _painted(search: _Search) -> StyleAndTextTuples:
    """Return the rows under the input line, each within the terminal's width."""
    room = columns() - 1
    rows: StyleAndTextTuples = []
    if search.told:
        rows += [("", clip(search.told, room)), ("", "\n")]
    for number, (term, _, meaning) in enumerate(search.found):
        style = "reverse" if number == search.at else ""
        head = clip(f" {term} ", room)
        rows.append((f"bold {style}", head))
        rows.append((style, clip(f" {meaning or '（文件未解释）'}", room - width(head))))
        rows.append(("", "\n"))
    return rows[:-1]


def _hints(first: str) -> list[str]:
    """Return what the search hints at and what the keys do, side by side in as many lines as it needs."""
    room = columns() - 1
    first, *others = filter(None, (first, *_KEYS))
    lines = [first]
    for hint in others:
        longer = f"{lines[-1]}　{hint}"
        if width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(hint)
    return [clip(line, room) for line in lines]
