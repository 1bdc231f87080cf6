"""The manual page, made from the table of options: `python -m kouhao.commands.manual > kouhao.1`."""

from __future__ import annotations

import sys

from kouhao import __version__
from kouhao.commands.command_line.options import COMMANDS, HELP, VERSION, Command, Option
from kouhao.commands.help import explanation, spelling, usage


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
        *_options((HELP, VERSION)),
        ".SH 命令",
    ]
    for command in COMMANDS.values():
        lines += _command(command)
    lines += [".SH 退出码", *_tagged("0", "查到了，或没有发现问题")]
    lines += [*_tagged("1", "没有查到，或发现了问题"), *_tagged("2", "用法、输入或数据有误")]
    lines += [".SH 环境变量", *_tagged("KOUHAO_GLOSSARY", "自己的词库，多个之间用冒号（Windows 用分号）分开")]
    lines += [*_tagged("KOUHAO_CACHE", "缓存文件夹"), *_tagged("KOUHAO_HISTORY", "查过的词记在这个文件里")]
    lines += [*_tagged("NO_COLOR", "不用颜色"), *_tagged("FORCE_COLOR", "管道里也用颜色（格式不变）")]
    lines += [*_tagged("PAGER", "一屏显示不完的列表用它分页，默认 less"), *_tagged("COLUMNS", "按这个宽度排版")]
    return "\n".join(lines) + "\n"


def _command(command: Command) -> list[str]:
    lines = [f".SS {_plain(command.name)}", f"{_plain(command.summary)}。", ".PP", _plain(usage(command))]
    for argument in command.arguments:
        lines += _tagged(f"<{argument.name}>", argument.help)
    lines += _options(command.options)
    for example, meaning in command.examples:
        lines += [".PP", f"\\fB{_plain(example)}\\fR{'　' if meaning else ''}{_plain(meaning)}"]
    return [*lines, *(line for note in command.notes for line in (".PP", _plain(note)))]


def _options(options: tuple[Option, ...]) -> list[str]:
    return [line for option in options for line in _tagged(spelling(option), explanation(option))]


def _tagged(tag: str, text: str) -> list[str]:
    return [".TP", f".B {_plain(tag)}", _plain(text)]


def _plain(text: str) -> str:
    """Return a text in which nothing is a request or an escape of roff, and a line may end behind each word of a list."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("、", "、\\:")
    return f"\\&{text}" if text[:1] in ".'" else text


if __name__ == "__main__":
    sys.stdout.write(manual_page())
