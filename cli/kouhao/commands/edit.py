"""`kouhao edit`: an entry in the curator's editor, and back into its file only when the file is still a glossary."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from difflib import get_close_matches
from itertools import chain, count
from pathlib import Path

from kouhao.commands.command_line.argv import quoted
from kouhao.commands.console import terminal
from kouhao.commands.console.prompts import confirm, is_conversation
from kouhao.commands.console.windows import editor_command, editor_name
from kouhao.commands.inputs.glossaries import own_glossaries
from kouhao.curation.evidence import read_evidence
from kouhao.curation.lint import check_entry
from kouhao.entry import Entry, Glossary, Position
from kouhao.errors import KouhaoError, KouhaoErrors
from kouhao.files import read_file, read_text, write_file
from kouhao.glossary.load import collect_files, load_files, parse_glossary
from kouhao.language.normalize import fold
from kouhao.lookup.engine import refusal
from kouhao.model import Finding, Severity

_AT_PLACE = {
    "code": ("--wait", "--goto"),
    "codium": ("--wait", "--goto"),
    "subl": ("--wait",),
    "zed": ("--wait",),
    "hx": (),
}
"""Editors that take FILE:LINE, with what stands before it; all others take +LINE FILE, as vi and nano do."""

_WITHOUT_PLACE = ("notepad", "wordpad", "open")


def edit(*, term: str, paths: list[str]) -> int:
    """Open an entry in the editor, and write it back if the file is a glossary still."""
    if refused := refusal(term):
        raise refused
    glossaries = [*own_glossaries(), *paths]
    if not glossaries:
        hint = "自己的词库用 -g 指明；要加一条，请用 kouhao add 我的词库.yaml。"
        raise KouhaoError("E_USAGE", "没有自己的词库；内置词库随程序安装，不在这里改", hint=hint)
    place = _find(term, load_files(collect_files(map(Path, glossaries))).entries).position
    path = Path(place.path)
    if path.suffix == ".jsonl":
        hint = f"请用编辑器改第 {place.line} 行，再运行 kouhao validate {quoted(str(path))}。"
        raise KouhaoError("E_FORMAT", "这里只改 .yaml 词库", path=str(path), line=place.line, hint=hint)
    before = read_file(path)
    copy = Path(tempfile.mkdtemp(prefix="kouhao-"), path.name)
    kept: Path | None = None
    try:
        write_file(copy, before)
        after = _edited(copy, place)
        if after == before:
            terminal.tell("没有改动。")
            return terminal.OK
        write_file(path, after, was=before)
    except BaseException as fault:
        kept = _keep(copy, path, before)
        if kept:
            terminal.tell(f"没有写回，您改的在 {kept}。")
            if isinstance(fault, KouhaoError):
                _point_to(kept, fault)
        raise
    finally:
        if kept != copy:
            shutil.rmtree(copy.parent, ignore_errors=True)
    terminal.tell(f"{path}：写好了；核对引文请用 kouhao validate {quoted(str(path))}")
    return terminal.OK


def _point_to(kept: Path, fault: KouhaoError) -> None:
    """Let the errors of an edited glossary name the place where it is kept, or say how its changes come into the glossary."""
    for one in fault.errors:
        if one.code == "E_CONFLICT":
            one.hint = f"请对照 {kept.name}，把您改的再改一遍，然后删去它。"
        else:
            one.path = str(kept)


def _find(term: str, entries: tuple[Entry, ...]) -> Entry:
    """Return the one entry of that id or term; raise KouhaoError where there is none, or several."""
    named = [entry for entry in entries if entry.id == term]
    found = named or [entry for entry in entries if fold(term) in {fold(form) for form in (entry.term, *entry.also)}]
    if len(found) == 1:
        return found[0]
    if found:
        ids = "、".join(entry.id for entry in found)
        raise KouhaoError("E_USAGE", f"“{term}”有 {len(found)} 条", hint=f"请写编号：{ids}。")
    near = get_close_matches(term, [entry.term for entry in entries], n=3)
    hint = (
        f"是不是 {'、'.join(near)}？"
        if near
        else "内置词库的词条不在这里改；kouhao list 列出词条，自己的词库用 -g 指明。"
    )
    raise KouhaoError("E_NOT_FOUND", f"词库里没有“{term}”", hint=hint)


def _edited(copy: Path, place: Position) -> bytes:
    """Return what came out of the editor, once it is a glossary in which nothing that was changed is wrong."""
    before = read_file(copy)
    was = parse_glossary(read_text(copy), place.path)
    while True:
        fault = _open_editor(copy, place.line) or _fault(copy, place.path, was)
        if fault is None:
            return read_file(copy)
        if read_file(copy) == before or not is_conversation() or not _wants_again(fault):
            raise fault


def _fault(copy: Path, path: str, was: Glossary) -> KouhaoError | None:
    try:
        now = parse_glossary(read_text(copy), path)
    except KouhaoError as error:
        for one in error.errors:
            one.path = path
        return error
    errors = [
        KouhaoError("E_FIELD", f"{one.message} [{one.rule}]", path=path, line=one.line, column=one.column)
        for one in _spoiled(was, now)
    ]
    return KouhaoErrors(errors) if errors else None


def _spoiled(was: Glossary, now: Glossary) -> list[Finding]:
    """Return what is wrong with entries now that was not before; drafts may be wrong."""
    before, after = set(was.entries), set(now.entries)
    changed = [entry for entry in now.entries if not entry.draft and entry not in before]
    texts = read_evidence(now, []) if changed else {}
    known = {found.message for entry in before - after for found in check_entry(entry, texts)}
    found = (finding for entry in changed for finding in check_entry(entry, texts))
    return [one for one in found if one.severity is Severity.ERROR and one.message not in known]


def _wants_again(fault: KouhaoError) -> bool:
    terminal.tell_error(fault)
    return confirm("再改一次？")


def _open_editor(copy: Path, line: int) -> KouhaoError | None:
    setting = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    if not setting and sys.platform != "win32" and not is_conversation():  # vi needs a terminal, Notepad has a window
        hint = "请在终端里编辑，或用环境变量 EDITOR 指定不等人的编辑器。"
        raise KouhaoError("E_USAGE", "这里没有终端，不能打开编辑器", hint=hint)
    try:
        command = editor_command(setting) if sys.platform == "win32" else shlex.split(setting or "vi")
    except ValueError as error:
        hint = "请改正环境变量 EDITOR，例如 EDITOR=nano。"
        raise KouhaoError("E_USAGE", f"编辑器“{setting}”的引号不成对", hint=hint) from error
    name = editor_name(command[0])
    at = [*_AT_PLACE[name], f"{copy}:{line}"] if name in _AT_PLACE else [f"+{line}", str(copy)]
    if name in _WITHOUT_PLACE:
        at = [str(copy)]
    try:
        code = subprocess.run([*command, *at], check=False).returncode  # noqa: S603  the editor that the user chose
    except OSError as error:
        raise KouhaoError(
            "E_IO", f"打不开编辑器 {command[0]}", hint="请用环境变量 EDITOR 指定，例如 EDITOR=nano。"
        ) from error
    return KouhaoError("E_IO", f"编辑器 {command[0]} 以 {code} 退出，没有写回") if code else None


def _keep(copy: Path, path: Path, before: bytes) -> Path | None:
    """Put what the editor left beside the glossary, under a free name, and return where it is; None where nothing was changed."""
    after = read_file(copy) if copy.is_file() else before
    if after == before:
        return None
    names = (path.with_name(f"{path.name}{number}.edited") for number in chain([""], count(2)))
    try:
        kept = next(name for name in names if not name.exists())
        write_file(kept, after, made_of=[path])
    except (OSError, KouhaoError):
        return copy
    return kept
