"""The command line for everything but a plain lookup: Typer's root, and the way from any argument list to an exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from importlib import import_module

import typer
from typer import _click as click  # Typer's own copy of click, whose usage errors are shown in our own words

from kouhao import __version__
from kouhao.commands import NAMES, terminal
from kouhao.commands.help import ChineseCommand, ChineseGroup
from kouhao.errors import KouhaoError

app = typer.Typer(
    name="kouhao",
    cls=ChineseGroup,
    add_completion=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""口号：查公文里的数字口号和并列口号，给出完整展开和出处。

    \b
    kouhao 五好              查一个词；汉字、拼音（wuhao）、首字母、错别字都可以
    kouhao 三进三同步 五个百   一次查几个
    cat 词表 | kouhao -       一行一个，成批地查
    kouhao --json 五好        给程序用
    kouhao list --topic 人才工作
    """,
)

_ROOT_OPTIONS = frozenset({"-h", "--help", "-V", "--version", "--install-completion", "--show-completion"})


def _show_version(wanted: bool) -> None:  # noqa: FBT001  Typer calls it with the option's value
    if wanted:
        from kouhao.commands import entries  # noqa: PLC0415  as the commands, only when it is called

        terminal.write(f"kouhao {__version__}（词库 {entries.glossary_version()}）\n")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(False, "--version", "-V", callback=_show_version, is_eager=True, help="显示版本。"),  # noqa: FBT001
) -> None:
    """Hold the options that stand before a command."""


_COMMANDS = {
    "lookup": "lookup:lookup",
    "list": "entries:list_entries",
    "show": "entries:show",
    "cite": "cite:cite",
    "sources": "cite:list_sources",
    "check": "check:check_drafts",
    "expand": "expand:expand",
    "scan": "scan:scan_texts",
    "harvest": "harvest:harvest_documents",
    "add": "add:add",
    "edit": "edit:edit",
    "validate": "validate:validate",
    "fmt": "fmt:format_files",
    "diff": "diff:diff",
    "export": "export:export",
    "import": "import_:import_table",
}
"""Each command's module and function: one is imported when it is called, all of them for the list of commands."""


def _register(names: Iterable[str]) -> None:
    for name in names:
        module, _, function = _COMMANDS[name].partition(":")
        command: Callable[..., int] = getattr(import_module(f"kouhao.commands.{module}"), function)
        app.command(name, cls=ChineseCommand)(command)


def run(arguments: list[str]) -> int:
    """Run the command line `arguments`; a first word that is no command is a query."""
    json_errors = "--json" in arguments or "json" in arguments or "jsonl" in arguments
    return terminal.guard(lambda: _run(arguments), json_errors=json_errors)


def _run(arguments: list[str]) -> int:
    words = terminal.decode_arguments(arguments) or ["--help"]
    if words[0] not in NAMES and words[0] not in _ROOT_OPTIONS:
        words = ["lookup", *words]
    _register([words[0]] if words[0] in _COMMANDS else _COMMANDS)
    try:
        code = app(words, prog_name="kouhao", standalone_mode=False)
    except click.exceptions.UsageError as error:
        raise _usage_error(error, words) from error
    except (typer.Abort, click.exceptions.ClickException) as error:
        raise KouhaoError("E_USAGE", str(error) or "已取消") from error
    except SystemExit as ending:
        if isinstance(ending.__context__, BrokenPipeError):  # a reader that went away, for which Typer has its own code
            raise ending.__context__ from None
        raise
    return code if isinstance(code, int) else terminal.OK


def _usage_error(error: click.exceptions.UsageError, words: list[str]) -> KouhaoError:
    hint = "kouhao --help 列出用法。"
    if isinstance(error, click.exceptions.NoSuchOption):
        near = get_close_matches(error.option_name, error.possibilities or _ROOT_OPTIONS, n=1)
        literal = f"要查以“-”开头的词，请写 kouhao -- {words[-1]}" if words[0] == "lookup" else ""
        hint = f"是不是 {near[0]}？{literal}" if near else hint
        return KouhaoError("E_USAGE", f"没有选项 {error.option_name}", hint=hint)
    if isinstance(error, click.exceptions.MissingParameter):
        return KouhaoError("E_USAGE", f"缺少参数 {error.param.human_readable_name if error.param else ''}", hint=hint)
    if isinstance(error, click.exceptions.BadParameter):
        choices = getattr(error.param.type, "choices", ()) if error.param else ()
        if choices and error.param:
            names = "、".join(getattr(choice, "value", choice) for choice in choices)
            return KouhaoError("E_USAGE", f"{error.param.opts[0]} 的值不对", hint=f"可以是 {names}。")
        message = f"{error.param.opts[0]} 的值不对（{error.message}）" if error.param else error.message
        return KouhaoError("E_USAGE", message, hint=hint)
    return KouhaoError("E_USAGE", f"用法不对（{error.format_message()}）", hint=hint)
