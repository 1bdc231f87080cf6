"""`kouhao lookup`, which is also plain `kouhao`: the slow door to the same request."""

from __future__ import annotations

from typing import Annotated

import typer

from kouhao.commands.completion import complete_terms
from kouhao.commands.fast_lookup import Request, run_request
from kouhao.commands.options import (
    Color,
    ColorOption,
    FormatOption,
    GlossaryOption,
    JsonOption,
    NoBuiltinOption,
    VerboseOption,
)
from kouhao.lookup.engine import DEFAULT_LIMIT


def lookup(
    queries: Annotated[
        list[str] | None,
        typer.Argument(
            help="要查的词，可以有几个；- 表示从标准输入读，一行一个。",
            show_default=False,
            autocompletion=complete_terms,
        ),
    ] = None,
    format: FormatOption = None,  # noqa: A002  the option's name
    json: JsonOption = False,
    exact: Annotated[bool, typer.Option("--exact", help="只认原词、写法、拼音和首字母，不猜错别字。")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="每次最多给几条。")] = DEFAULT_LIMIT,
    explain: Annotated[bool, typer.Option("--explain", help="说明是怎样匹配上的。")] = False,
    stdin: Annotated[bool, typer.Option("--stdin", help="从标准输入读要查的词。")] = False,
    null: Annotated[bool, typer.Option("--null", "-0", help="标准输入以 NUL 分隔。")] = False,
    glossary: GlossaryOption = None,
    no_builtin: NoBuiltinOption = False,
    color: ColorOption = Color.AUTO,
    verbose: VerboseOption = False,
) -> int:
    """查词：给出完整展开、依据和出处。

    \b
    kouhao 五好
    kouhao wuhao              拼音；首字母也可以
    kouhao 三近三同步          音近、形近、多字少字都认
    kouhao 招商引资同步        从其中一项找到整条
    """
    words = queries or []
    request = Request()
    request.queries = [word for word in words if word != "-"]
    request.stdin = stdin or null or "-" in words
    if not words and not request.stdin:
        raise typer.BadParameter("没有写要查的词")
    request.format = "json" if json else format.value if format else ""
    request.exact, request.limit, request.explain, request.null = exact, limit, explain, null
    request.paths, request.builtin = glossary or [], not no_builtin
    request.color, request.verbose = color.value, verbose
    return run_request(request)
