"""`kouhao import`: a spreadsheet of slogans as draft entries."""

from __future__ import annotations

import json
from pathlib import Path

from kouhao.commands.console import terminal
from kouhao.curation.imported import PARTLY, Imported, glossary_data, import_records
from kouhao.curation.spreadsheets import import_tables
from kouhao.curation.tables import read_tables
from kouhao.errors import KouhaoError
from kouhao.files import read_file, read_text, write_file
from kouhao.glossary.load import parse_glossary
from kouhao.glossary.write import dump_yaml
from kouhao.output.exports.tables import table_cells
from kouhao.paths import GLOSSARIES


def import_table(*, file: str, output: str) -> int:
    """Turn a spreadsheet into draft entries, and an export back into what it was."""
    target = Path(output) if output and output != "-" else None
    if target is not None and target.is_file():
        raise KouhaoError("E_EXISTS", "文件已经有了，没有改动", path=output, hint="请换一个文件名。")
    if target is not None and target.suffix not in (".yaml", ".yml"):
        raise KouhaoError("E_FORMAT", "只能写进 .yaml 词库", path=output, hint="例如 -o 我的词库.yaml。")
    imported = _import(file)
    text = dump_yaml(glossary_data("表格" if file == "-" else Path(file).stem, imported))
    parse_glossary(text, output or "-")  # what is written can be read
    if target is None:
        terminal.write(text)
    else:
        write_file(target, text.encode(), was=b"", made_of=[file])
    return _conclude(file, imported)


def _import(file: str) -> Imported:
    content = read_file(file)
    if Path(file).suffix.lower() in GLOSSARIES:
        hint = "不用收，直接用 -g 指明；要并入别的词库，请把它放进同一个文件夹。"
        raise KouhaoError("E_FORMAT", "这已经是词库，不是表格", path=file, hint=hint)
    if Path(file).suffix.lower() != ".json":
        return import_tables(read_tables(content, file), file, table_cells)
    try:
        records = json.loads(read_text(file))
    except (ValueError, RecursionError) as error:
        raise KouhaoError(
            "E_JSON", "不是 JSON", path=file, hint="请给出 kouhao export --format json 的输出。"
        ) from error
    return import_records(records if isinstance(records, list) else [records])


def _conclude(file: str, imported: Imported) -> int:
    """Tell what was read and what was not, and return the exit code: 1 where something was not taken."""
    for number, reason in imported.told:
        terminal.tell(f"{file}{f':{number}' if number else ''}: 提醒：{reason}")
    taken = [(number, reason) for number, reason in imported.refused if reason.endswith(PARTLY)]
    for number, reason in imported.refused:
        terminal.tell(f"{file}:{number}: 提醒：{reason}" + ("" if (number, reason) in taken else "，没有收"))
    if len(imported.read) > 1 or any(imported.read):
        terminal.tell(f"读了工作表 {'、'.join(f'“{name}”' for name in imported.read)}。")
    drafts = sum(bool(entry.get("draft")) for entry in imported.entries)
    whole = len(imported.entries) - drafts
    restored = f"，原样收回 {whole} 条（finds、refuses、drafts 和来源的 text 不在导出的文件里）" if whole else ""
    terminal.tell(f"收了 {drafts} 条草稿{restored}，{len(imported.refused) - len(taken)} 行没有收。")
    return terminal.NOT_FOUND if imported.refused or imported.told else terminal.OK
