"""`kouhao fmt`: glossary files in canonical form."""

from __future__ import annotations

from pathlib import Path

from kouhao.commands.console import terminal
from kouhao.commands.console.progress import waiting
from kouhao.errors import KouhaoError
from kouhao.files import encode_like, read_file, read_text, write_file
from kouhao.glossary.load import collect_files
from kouhao.glossary.write import format_yaml


def format_files(*, paths: list[str], check: bool) -> int:
    """Write the glossary files in canonical form, or with `check` only name those that are not."""
    untidy = failed = 0
    files = [path for path in collect_files(map(Path, paths)) if path.suffix in (".yaml", ".yml")]
    if not files:
        raise KouhaoError("E_FORMAT", "这里只整理 .yaml 词库", path=paths[0], hint="例如 kouhao fmt 我的词库.yaml。")
    for path in files:
        try:
            original = read_file(path)
            with waiting(f"正在整理 {path.name}"):
                after = encode_like(format_yaml(read_text(path), str(path)), original)
            if after != original and not check:
                write_file(path, after, was=original)
        except KouhaoError as fault:
            terminal.tell_error(fault)
            failed += 1
            continue
        if after != original:
            untidy += 1
            terminal.write(terminal.safe_line(str(path)) + "\n")
    verb = "待整理" if check else "已整理"
    notes = [f"{verb} {untidy} 个"] if untidy else []
    notes += [f"{failed} 个有误"] if failed else []
    terminal.tell("，".join([f"共 {len(files)} 个文件", *(notes or ["无需整理"])]) + "。")
    if failed:
        return terminal.USAGE
    return terminal.NOT_FOUND if check and untidy else terminal.OK
