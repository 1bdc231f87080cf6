"""The slow door: Typer reads what the plain reader leaves alone, short options in one word (-0g 词库.yaml) and mistakes."""

from __future__ import annotations

import shlex
from difflib import get_close_matches
from inspect import Parameter, Signature
from typing import TYPE_CHECKING

import typer

from kouhao.commands.command_line.argv import bind, contradiction, defaults, set_value
from kouhao.commands.command_line.options import COMMANDS
from kouhao.errors import KouhaoError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kouhao.commands.command_line.options import Command, Option, Value

_UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""What Typer raises for a command line that it cannot read, under the one name that is public."""


def read(command: Command, words: list[str]) -> dict[str, Value]:
    """Return the values that `words` set, as Typer reads them; raise KouhaoError E_USAGE."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings={"help_option_names": []})
    app.command()(_reader(command))
    try:
        values: dict[str, Value] = app(words, standalone_mode=False)
    except _UsageError as error:
        raise _usage_error(command, getattr(error, "option_name", "")) from error
    return values


def _reader(command: Command) -> Callable[..., dict[str, Value]]:
    """Return what Typer calls with the words of each option; its signature is made from the table."""
    options = {f"option{number}": option for number, option in enumerate(command.options)}

    def reader(words: list[str], **given: list[str] | bool) -> dict[str, Value]:
        values = defaults(command)
        said: list[tuple[Option, str]] = []
        for name, option in options.items():
            words_given = given[name]
            said += [(option, word) for word in (words_given if isinstance(words_given, list) else [""] * words_given)]
        for option, word in said:
            if not set_value(values, option, word):
                raise _value_error(option, word)
        if wrong := contradiction(said):
            raise KouhaoError("E_USAGE", wrong, hint=f"kouhao {command.name} --help 列出用法。")
        if not bind(command, words, values):
            raise _argument_error(command, words)
        return values

    words = Parameter("words", Parameter.KEYWORD_ONLY, annotation=list[str], default=typer.Argument([]))
    parameters = [words, *(_parameter(name, option) for name, option in options.items())]
    vars(reader)["__signature__"] = Signature(parameters)
    reader.__annotations__.clear()
    return reader


def _parameter(name: str, option: Option) -> Parameter:
    kind, default = (list[str], []) if option.value else (bool, False)
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, default=typer.Option(default, *option.spellings))


def _value_error(option: Option, word: str) -> KouhaoError:
    name = option.spellings[0]
    if not word and option.offers == "file":
        return KouhaoError("E_NOT_FOUND", f"{name} 的路径是空的", hint="请写明文件或文件夹；当前文件夹是 . 。")
    if not word:
        return KouhaoError("E_USAGE", f"{name} 的值是空的", hint=f"请写明{option.value}，或不写 {name}。")
    if option.choices:
        return KouhaoError("E_USAGE", f"{name} 的值不对：“{word}”", hint=f"可以是 {'、'.join(option.choices)}。")
    least = f"不小于 {option.least} 的" if option.least else ""
    bounds = f" {option.least} 到 {option.most} 的" if option.most is not None else least
    return KouhaoError("E_USAGE", f"{name} 须是{bounds}整数，现在是“{word}”", hint=f"例如 {name} {option.default}。")


def _argument_error(command: Command, words: list[str]) -> KouhaoError:
    hint = f"kouhao {command.name} --help 列出用法。"
    arguments = command.arguments
    if len(words) > len(arguments) and not any(argument.several for argument in arguments):
        return KouhaoError("E_USAGE", f"多了参数“{words[len(arguments)]}”", hint=hint)
    return KouhaoError("E_USAGE", arguments[len(words)].missing, hint=hint)


_BESIDE_JSON = {
    "expand": "expand 输出文稿本身；各处口号的位置，请用 kouhao scan --json。",
    "fmt": "fmt 一行输出一个文件名；词库里的问题，请用 kouhao validate --json。",
    "import": "import 输出词库草稿；要看其中的词条，请用 kouhao list --json -g 词库.yaml --no-builtin。",
}
"""What gives JSON in the place of commands that write texts for people."""


def _instead_of_json(command: Command) -> str:
    """Return how one has the JSON of a command that has no option of that name."""
    formats = [choice for option in command.options if option.spellings[0] == "--format" for choice in option.choices]
    form = next((form for form in ("json", "jsonl") if form in formats), "")
    if form:
        return f"请用 --format {form}。"
    return _BESIDE_JSON.get(command.name, f"{command.name} 不输出数据。")


def _usage_error(command: Command, name: str) -> KouhaoError:
    """Return what is wrong with the option `name`: it is unknown, lacks its value, or has one that it does not take."""
    hint = f"kouhao {command.name} --help 列出用法。"
    known = {spelling: option for option in command.options for spelling in option.spellings}
    if name in known:
        option = known[name]
        if not option.value:
            return KouhaoError("E_USAGE", f"{name} 后面不写值", hint=hint)
        example = "、".join(option.choices)
        return KouhaoError("E_USAGE", f"{name} 后面要写{option.value}", hint=f"可以是 {example}。" if example else hint)
    message = f"kouhao {command.name} 没有选项 {name}"
    near = get_close_matches(name, known, n=1, cutoff=0.7)
    others = [
        f"kouhao {other.name}" for other in COMMANDS.values() if any(name in one.spellings for one in other.options)
    ]
    if name == "--json":
        hint = _instead_of_json(command)
    elif near:
        hint = f"是不是 {near[0]}？"
    elif others:
        hint = f"{name} 用于 {'、'.join(others)}。"
    if command.name == "lookup":
        message = f"没有选项 {name}"
        hint = f"{hint}要查以“-”开头的词，请写 kouhao -- {shlex.quote(name)}"
    return KouhaoError("E_USAGE", message, hint=hint)
