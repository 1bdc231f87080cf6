"""`kouhao import`: a spreadsheet of slogans as draft entries."""

from __future__ import annotations

from pathlib import Path

from kouhao.commands import terminal
from kouhao.curation.spreadsheets import glossary_data, import_rows, read_table
from kouhao.errors import KouhaoError
from kouhao.files import open_file, write_file
from kouhao.glossary import dump_yaml


def import_table(*, file: str, output: str) -> int:
    """Turn a spreadsheet into draft entries."""
    target = Path(output) if output else None
    if target is not None and target.exists():
        raise KouhaoError("E_IO", "文件已经有了，没有改动", path=output, hint="请换一个文件名。")
    with open_file(file) as stream:
        imported = import_rows(read_table(stream.read(), file), file)
    text = dump_yaml(glossary_data(Path(file).stem, imported.entries))
    if target is None:
        terminal.write(text)
    else:
        write_file(target, text.encode())
    for number, reason in imported.refused:
        terminal.tell(f"{file}:{number}: 提醒：{reason}，没有收")
    terminal.tell(f"收了 {len(imported.entries)} 条草稿，{len(imported.refused)} 行没有收。")
    return terminal.NOT_FOUND if imported.refused else terminal.OK
