"""Help in Chinese from the table of options: wrapped by what a terminal shows, and as the manual page.

Part of the start-up path of `--help`.
"""

from __future__ import annotations

from kouhao import __version__
from kouhao.commands.command_line.options import COMMANDS, GROUPS, HELP, OUTPUT_ENCODING, VERSION, Command, Option
from kouhao.commands.console import terminal
from kouhao.commands.console.layout import columns, pad, width, wrap
from kouhao.errors import KouhaoError, near_hint

_INTRODUCTION = "口号：查公文里的数字口号和并列口号，给出完整展开和出处。"
_ROOT_EXAMPLES = (
    ("kouhao 五好", "查一个词；汉字、拼音（wuhao）、首字母、错别字都可以"),
    ("kouhao 三进三同步 五个百", "一次查多个"),
    ("cat 词表.txt | kouhao -", "一行一个，成批地查"),
    ("kouhao --json 五好", "输出 JSON，供程序读取"),
    ("kouhao list --topic 人才工作", "列出一个主题的词条"),
)
_NARROW, _LEFT, _WIDEST = 60, 30, 100
"""Columns: narrower, a meaning goes below its option; the widest option; the longest line that reads well."""


def show_help(names: list[str]) -> int:
    """Write the help of a command, or of the program."""
    for name in names:
        if name not in COMMANDS:
            hint = near_hint(name, COMMANDS, "kouhao --help 列出全部命令。", shown=" kouhao help {}")
            raise KouhaoError("E_USAGE", f"没有命令 {name}", hint=hint)
    texts = [command_help(COMMANDS[name]) for name in names] or [root_help()]
    terminal.write("\n".join(texts))
    return terminal.OK


def root_help() -> str:
    """Return the help of the program."""
    blocks = [
        _paragraph(_INTRODUCTION),
        [*_paragraph("用法：kouhao [选项] <词>…"), *_paragraph("用法：kouhao <命令> [选项] …")],
        _section("示例", _ROOT_EXAMPLES),
        *(_section(title, [(one.name, one.summary) for one in group]) for title, group in GROUPS.items()),
        _section("选项", [(spelling(option), option.help) for option in (HELP, VERSION, OUTPUT_ENCODING)]),
        _paragraph("查词的选项见 kouhao lookup --help；一个命令的说明见 kouhao help <命令>。"),
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def command_help(command: Command) -> str:
    """Return the help of a command."""
    blocks = [_paragraph(usage(command)), _paragraph(f"{command.summary}。")]
    if command.examples:
        blocks.append(_section("示例", command.examples))
    if command.arguments:
        blocks.append(_section("参数", [(f"<{one.name}>", one.help) for one in command.arguments]))
    blocks.append(_section("选项", [(spelling(one), explanation(one)) for one in (*command.options, HELP)]))
    blocks += [_paragraph(note) for note in command.notes]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def usage(command: Command) -> str:
    """Return the line that shows how a command is written."""
    words = [f"<{one.name}>{'…' if one.several else ''}" for one in command.arguments]
    shown = [word if argument.missing else f"[{word}]" for word, argument in zip(words, command.arguments, strict=True)]
    return " ".join(["用法：kouhao", command.name, *(["[选项]"] if command.options else []), *shown])


def spelling(option: Option) -> str:
    """Return how an option is written: its short spelling first, then the long one and what it takes."""
    return ", ".join(sorted(option.spellings, key=len)) + (f" <{option.value}>" if option.value else "")


def explanation(option: Option) -> str:
    """Return what an option does, the values that it may have and the one it has when it is not given."""
    told = all(choice in option.help for choice in option.choices)
    facts = [] if told else [f"可以是 {'、'.join(option.choices)}"]
    facts += [f"默认 {option.default}"] if option.value and option.default not in ("", None) else []
    facts += ["可多次使用"] if option.several and "可多次使用" not in option.help else []
    if option.most is not None:
        facts.append(f"{option.least} 到 {option.most}")
    elif option.least is not None:
        facts.append(f"至少 {option.least}")
    return option.help + (f"（{'；'.join(facts)}）" if facts else "")


def _room() -> int:
    return min(columns(), _WIDEST)


def _paragraph(text: str) -> list[str]:
    is_usage = text.startswith("用法")
    return wrap(text, _room(), hanging="  " * is_usage, command=is_usage)


def _section(title: str, rows: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> list[str]:
    """Return a heading and its rows: what is written on the left, what it does on the right or, in little room, below."""
    left = min(max(width(row[0]) for row in rows), _LEFT)
    return [f"{title}：", *(line for row in rows for line in _row(*row, left))]


def _row(written: str, meaning: str, left: int) -> list[str]:
    room = _room()
    head = f"  {written}"
    indent = " " * (6 if room < _NARROW else left + 4)
    if not meaning or room < _NARROW or width(written) > left:
        below = wrap(indent + meaning, room, hanging=indent) if meaning else []
        return [*wrap(head, room, hanging="    ", command=True), *below]
    return wrap(pad(head, left + 4) + meaning, room, hanging=indent)


def manual_page() -> str:
    """Return the page in the macros of man(7)."""
    lines = [
        f'.TH KOUHAO 1 "" "kouhao {__version__}" "口号"',
        ".ad l",
        ".nh",
        ".SH 名称",
        "kouhao \\- 查公文里的数字口号和并列口号，给出完整展开和出处",
        ".SH 用法",
        ".B kouhao",
        "[选项] <词>…",
        ".br",
        ".B kouhao",
        "<命令> [选项] …",
        ".SH 选项",
        *_tagged_options((HELP, VERSION)),
        ".SH 命令",
    ]
    for command in COMMANDS.values():
        lines += _manual(command)
    lines += [".SH 退出码", *_tagged("0", "查到了，或没有发现问题")]
    lines += [*_tagged("1", "没有查到，或发现了问题"), *_tagged("2", "用法、输入或数据有误")]
    lines += [".SH 环境变量", *_tagged("KOUHAO_GLOSSARY", "自己的词库，多个之间用冒号（Windows 用分号）分开")]
    lines += [*_tagged("KOUHAO_CACHE", "缓存文件夹"), *_tagged("KOUHAO_HISTORY", "查过的词记在这个文件里")]
    lines += [*_tagged("NO_COLOR", "不用颜色"), *_tagged("FORCE_COLOR", "管道里也用颜色（格式不变）")]
    lines += [*_tagged("PAGER", "一屏显示不完的列表用它分页，默认 less"), *_tagged("COLUMNS", "按这个宽度排版")]
    return "\n".join(lines) + "\n"


def _manual(command: Command) -> list[str]:
    lines = [f".SS {_plain(command.name)}", f"{_plain(command.summary)}。", ".PP", _plain(usage(command))]
    for argument in command.arguments:
        lines += _tagged(f"<{argument.name}>", argument.help)
    lines += _tagged_options(command.options)
    for example, meaning in command.examples:
        lines += [".PP", f"\\fB{_plain(example)}\\fR{'　' if meaning else ''}{_plain(meaning)}"]
    return [*lines, *(line for note in command.notes for line in (".PP", _plain(note)))]


def _tagged_options(options: tuple[Option, ...]) -> list[str]:
    return [line for option in options for line in _tagged(spelling(option), explanation(option))]


def _tagged(tag: str, text: str) -> list[str]:
    return [".TP", f".B {_plain(tag)}", _plain(text)]


def _plain(text: str) -> str:
    """Return a text in which nothing is a request or an escape of roff, and a line may end behind each word of a list."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("、", "、\\:")
    return f"\\&{text}" if text[:1] in ".'" else text
