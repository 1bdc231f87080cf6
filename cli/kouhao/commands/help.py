"""Help in Chinese: Typer's own headings and phrases put into the language of everything else."""

from __future__ import annotations

from typer import _click as click
from typer._click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup

from kouhao.commands.completion import complete_terms

_PHRASES = {
    "Usage:": "用法：",
    "Options:": "选项：",
    "Arguments:": "参数：",
    "Commands:": "命令：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "Show this message and exit.": "显示这段说明。",
    "Install completion for the current shell.": "为当前 shell 装上自动补全。",
    "Show completion for the current shell, to copy it or\n                        customize the installation.": "显示补全脚本。",
    "[default: ": "[默认：",
    "[required]": "[必填]",
}


def _translate(text: str) -> str:
    for phrase, chinese in _PHRASES.items():
        text = text.replace(phrase, chinese)
    return text


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese throughout."""

    def get_help(self, ctx: click.Context) -> str:
        """Return the help text."""
        return _translate(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """The root, likewise; behind it stands a command or a term."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return commands, options and terms."""
        return [*super().shell_complete(ctx, incomplete), *map(CompletionItem, complete_terms(incomplete))]

    def get_help(self, ctx: click.Context) -> str:
        """Return the help text."""
        return _translate(super().get_help(ctx))
