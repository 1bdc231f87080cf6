"""Read glossary files: all errors of all files at once, each with its place; nothing is taken from a broken set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kouhao.errors import KouhaoError, KouhaoErrors
from kouhao.glossary.characters import character_error
from kouhao.glossary.meaning import make_entry, make_source
from kouhao.glossary.schema import DraftShape, EntryShape, GlossaryShape, PartShape, ReadingShape, SourceShape
from kouhao.glossary.yaml import Tree, parse_tree
from kouhao.model import Entry, Glossary, Position, Source

LARGEST = 64 * 2**20
"""Bytes of a YAML file; larger glossaries are JSON Lines."""

LARGEST_PACK = 4 * 2**30
SUFFIXES = (".yaml", ".yml", ".jsonl")


def builtin_files() -> list[Path]:
    """Return the files of the glossary that comes with kouhao."""
    return collect_files([Path(str(files("kouhao.data")))])


def collect_files(paths: Iterable[Path]) -> list[Path]:
    """Return the glossary files that `paths` name, folders searched to the bottom, in sorted order.

    Raises KouhaoError E_NOT_FOUND for a path that is not there.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file()))
        elif path.exists():
            found.append(path)
        else:
            raise KouhaoError(
                "E_NOT_FOUND",
                "找不到词库文件",
                path=str(path),
                hint="请检查路径；词库是 .yaml 文件或装有它们的文件夹。",
            )
    return found


def digest_files(files: Iterable[Path]) -> str:
    """Return the digest of the content of glossary files: the version of what is compiled from them."""
    digest = blake2b(digest_size=16)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def load_files(paths: Iterable[Path]) -> Glossary:
    """Return the glossary that the files `paths` make together.

    Raises KouhaoErrors with every error of every file: codes E_YAML, E_DUP_KEY, E_YAML_ALIAS, E_DEPTH, E_TAG, E_TYPE,
    E_FIELD, E_CHAR, E_LIMIT, E_DOC, E_DUP_ID and those of reading a file.
    """
    entries: list[Entry] = []
    sources: dict[str, Source] = {}
    errors: list[KouhaoError] = []
    for path in paths:
        try:
            for entry in _read(path):
                entries.append(entry)
                sources.setdefault(entry.source.id, entry.source)
        except KouhaoErrors as several:
            errors.extend(several.errors)
        except KouhaoError as error:
            errors.append(error)
    errors.extend(_duplicates(entries))
    if errors:
        raise KouhaoErrors(errors)
    return Glossary(tuple(entries), tuple(sources.values()))


def _read(path: Path) -> Iterator[Entry]:
    pack = path.suffix == ".jsonl"
    try:
        size = path.stat().st_size
        if size > (LARGEST_PACK if pack else LARGEST):
            raise KouhaoError(
                "E_LIMIT",
                f"词库文件有 {size // 2**20} MB,太大了",
                path=str(path),
                hint="大词库请用 JSON Lines(.jsonl)。",
            )
        if pack:
            yield from _read_pack(path)
            return
        text = read_text(path)
    except OSError as error:
        raise KouhaoError("E_IO", f"无法读取词库文件（{error.strerror}）", path=str(path)) from error
    yield from read_yaml(text, str(path))


def read_text(path: Path) -> str:
    """Return the text of a glossary file; raise KouhaoError E_ENCODING, or OSError."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KouhaoError(
            "E_ENCODING", f"第 {error.start} 字节不是 UTF-8", path=str(path), hint="请另存为 UTF-8 编码。"
        ) from error


def read_yaml(text: str, path: str) -> list[Entry]:
    """Return the entries of a glossary file; `path` names it in KouhaoErrors, which are raised all together."""
    tree = parse_tree(text, path)
    errors = [*tree.errors, *_character_errors(tree, path)]
    try:
        shape = GlossaryShape.model_validate(tree.data)
    except ValidationError as invalid:
        errors += [_shape_error(detail, tree, path) for detail in invalid.errors(include_url=False)]
    if errors:
        raise KouhaoErrors(sorted(errors, key=lambda error: (error.line, error.column)))
    source = make_source(shape.source)
    marks = (tree.values["entries", number] for number in range(len(shape.entries)))
    return [make_entry(entry, source, Position(path, *mark)) for entry, mark in zip(shape.entries, marks, strict=True)]


def parse_glossary(text: str, path: str) -> Glossary:
    """Return the glossary that the text of one file makes; raise KouhaoErrors as `load_files` does."""
    entries = read_yaml(text, path)
    errors = list(_duplicates(entries))
    if errors:
        raise KouhaoErrors(errors)
    return Glossary(tuple(entries), tuple({entry.source.id: entry.source for entry in entries}.values()))


def _read_pack(path: Path) -> Iterator[Entry]:
    """Read JSON Lines: the source on the first line, an entry on each other; errors are collected to the end."""
    source: Source | None = None
    errors: list[KouhaoError] = []
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            try:
                record = json.loads(line)
                if source is None:
                    source = make_source(SourceShape.model_validate(record["source"]))
                else:
                    entry = EntryShape.model_validate(record)
                    yield make_entry(entry, source, Position(str(path), number, 1))
            except ValidationError as invalid:
                tree = Tree(values={(): (number, 1)})
                errors += [_shape_error(detail, tree, str(path)) for detail in invalid.errors(include_url=False)]
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                message = (
                    '第一行要写来源：{"source": {…}}'
                    if source is None
                    else f"不是一个 JSON 对象({type(error).__name__})"
                )
                errors.append(KouhaoError("E_JSON", message, path=str(path), line=number, column=1))
    if errors:
        raise KouhaoErrors(errors)


def _character_errors(tree: Tree, path: str) -> Iterator[KouhaoError]:
    for at, mark in tree.values.items():
        value: Any = tree.data
        for step in at:
            value = value[step]
        if isinstance(value, str) and (error := character_error(value, path, *mark)):
            yield error


def _shape_error(detail: ErrorDetails, tree: Tree, path: str) -> KouhaoError:
    at = detail["loc"]
    kind = detail["type"]
    name = str(at[-1]) if at else ""
    line, column = _nearest(tree, at, kind)
    message, hint = {
        "missing": (f"缺少字段“{name}”", "请补上这个字段。"),
        "extra_forbidden": (f"不认识的字段“{name}”", _near_field(name)),
        "string_type": (f"“{name}”应当是一段文字", "文字请加引号。"),
        "list_type": (f"“{name}”应当是一个列表", "列表写作 [甲, 乙],或每行以“- ”开头。"),
        "model_type": (f"“{name}”应当写成字段的集合", "请对照 schema.json。"),
        "enum": (f"“{name}”的值不对", f"可以是 {detail.get('ctx', {}).get('expected', '')}。"),
        "string_too_short": (f"“{name}”不能为空", ""),
        "too_short": (f"“{name}”至少要有一项", ""),
    }.get(kind, (f"“{name}”不合要求（{detail['msg']}）", "请对照 schema.json。"))
    code = "E_TYPE" if kind.endswith("_type") else "E_FIELD"
    return KouhaoError(code, message, path=path, line=line, column=column, hint=hint)


def _nearest(tree: Tree, at: tuple[str | int, ...], kind: str) -> tuple[int, int]:
    if kind == "extra_forbidden" and at in tree.keys:
        return tree.keys[at]
    while at and at not in tree.values:
        at = at[:-1]
    return tree.values.get(at, (1, 1))


def _near_field(name: str) -> str:
    fields = {field for shape in _shapes() for field in shape.model_fields}
    near = get_close_matches(name, fields, n=1)
    return f"是不是“{near[0]}”?" if near else "可用的字段见 schema.json。"


def _shapes() -> tuple[type[BaseModel], ...]:
    return GlossaryShape, SourceShape, EntryShape, PartShape, ReadingShape, DraftShape


def _duplicates(entries: Iterable[Entry]) -> Iterator[KouhaoError]:
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.id, entry)
        if other is not entry:
            there, here = other.position, entry.position
            message = f"编号“{entry.id}”重复：{there.path} 第 {there.line} 行已经有了"
            yield KouhaoError(
                "E_DUP_ID",
                message,
                path=here.path,
                line=here.line,
                column=here.column,
                hint="同一来源的同一词只写一条，或另给 id。",
            )
