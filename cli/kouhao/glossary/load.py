"""Read glossary files: all errors of all files at once, each with its place; nothing is taken from a broken set."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kouhao.entry import Entry, Glossary, Part, Place, Position, Reading, Source
from kouhao.errors import KouhaoError, KouhaoErrors, io_reason, near_hint
from kouhao.files import open_file, read_file, read_text, refusal, refuse_folder
from kouhao.glossary.characters import character_error, texts_of
from kouhao.glossary.schema import EntryShape, GlossaryShape, PartShape, PlaceShape, ReadingShape, fields_in
from kouhao.glossary.yaml import LARGEST, Tree, parse_tree
from kouhao.model import Basis
from kouhao.paths import glossary_files

_HINT = "请对照已有的词条。"
_PACK = '第一行写来源：{"sources": [{"id": "…", "title": "…"}]}；以后一行一条：{"term": "…", "basis": "…", "quote": "…"}，不留空行。'
_ESCAPE = "\\u"  # what stands for a character in JSON

LARGEST_PACK = 4 * 2**30  # bytes: seven million entries
_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".json")


def builtin_files() -> list[Path]:
    """Return the files of the glossary that comes with kouhao."""
    return collect_files([Path(str(files("kouhao.data")))])


def collect_files(paths: Iterable[Path]) -> list[Path]:
    """Return the glossary files that `paths` name, folders searched to the bottom, in sorted order.

    Raises KouhaoError E_NOT_FOUND for a path that is not there and for a folder that holds none, and as `refusal` has it for a file in it.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [Path(file) for file in glossary_files(path, refuse_folder)]
            for refused in filter(None, map(refusal, inside)):
                raise refused
            if not inside:
                raise KouhaoError(
                    "E_NOT_FOUND", "这里没有词库文件", path=str(path), hint="词库是 .yaml 或 .jsonl 文件。"
                )
            found.extend(inside)
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
        digest.update(read_file(file))
    return digest.hexdigest()


def load_files(paths: Iterable[Path]) -> Glossary:
    """Return the glossary that the files `paths` make together.

    Raises KouhaoErrors with every error of every file: codes E_YAML, E_DUP_KEY, E_YAML_ALIAS, E_DEPTH, E_TAG, E_TYPE,
    E_FIELD, E_CHAR, E_LIMIT, E_DOC, E_DUP_ID and those of reading a file.
    """
    entries: list[Entry] = []
    sources: dict[Source, None] = {}
    errors: list[KouhaoError] = []
    for path in paths:
        try:
            for entry in _read(path):
                entries.append(entry)
                sources.update(dict.fromkeys(entry_sources(entry)))
        except KouhaoError as fault:
            errors.extend(fault.errors)
    errors.extend(_duplicates(entries))
    if errors:
        raise KouhaoErrors(errors)
    return Glossary(tuple(entries), tuple(sources))


def _read(path: Path) -> Iterator[Entry]:
    pack = path.suffix == ".jsonl"
    try:
        size = path.stat().st_size
        if size > (LARGEST_PACK if pack else LARGEST):
            raise KouhaoError(
                "E_LIMIT",
                f"词库文件有 {size // 2**20} MB，太大了",
                path=str(path),
                hint="大词库请用 JSON Lines（.jsonl）。",
            )
        if path.suffix.lower() in _TABLES:
            hint = f"请先收成词库：kouhao import {path.name} -o 我的词库.yaml。"
            raise KouhaoError("E_FORMAT", "这是表格或导出的文件，不是词库", path=str(path), hint=hint)
        if pack:
            yield from _read_pack(path)
            return
        text = read_text(path)
    except OSError as error:
        raise KouhaoError("E_IO", f"无法读取词库文件（{io_reason(error)}）", path=str(path)) from error
    yield from read_yaml(text, str(path))


def read_yaml(text: str, path: str) -> list[Entry]:
    """Return the entries of a glossary file; `path` names it in KouhaoErrors, which are raised all together."""
    tree = parse_tree(text, path)
    errors = [*tree.errors, *_character_errors(tree, path), *_support_errors(tree, path)]
    try:
        shape = GlossaryShape.model_validate(tree.data)
    except ValidationError as invalid:
        errors += [_shape_error(detail, tree, path) for detail in invalid.errors(include_url=False)]
    entries: list[Entry] = []
    if not errors:
        places = [tree.values.get(("sources", number), (1, 1)) for number in range(len(shape.sources))]
        errors += _twice(shape.sources, [Position(path, *place) for place in places])
        maker = EntryMaker(shape.id, shape.sources)
        for number, entry in enumerate(shape.entries):
            try:
                entries.append(maker.make(entry, Position(path, *tree.values["entries", number])))
            except KouhaoError as error:
                errors.append(error)
    if errors:
        raise KouhaoErrors(sorted(errors, key=lambda error: (error.line, error.column)))
    return entries


def entry_faults(entry: dict[str, Any]) -> list[str]:
    """Return what is wrong with an entry as a file has it, before it is in one."""
    try:
        EntryShape.model_validate(entry)
    except ValidationError as invalid:
        details = invalid.errors(include_url=False)
        return [_shape_error({**one, "loc": ("entries", 0, *one["loc"])}, Tree(), "").message for one in details]
    message = _unsupported(entry)
    return [message] if message else []


_ALIKE = sorted({one.name for one in fields(Entry)} & EntryShape.model_fields.keys() - {"id", "source", "readings"})
"""What an entry has as its file has it."""


class EntryMaker:
    """Makes the entries of one file, whose sources are known by their ids."""

    def __init__(self, name: str, sources: list[Source]) -> None:
        self._sources = {source.id: source for source in sources}
        self._first = sources[0]
        self._name = name or self._first.id

    def make(self, shape: EntryShape, position: Position) -> Entry:
        """Return the entry that `shape` describes, with its default id `GLOSSARY/TERM`, the reading in force first.

        Raises KouhaoError E_FIELD for a source that the file does not have.
        """
        readings = [self._reading(reading, position) for reading in shape.readings]
        place = self._place(shape.named_in or PlaceShape(source=shape.source or self._first.id), position)
        if shape.full:
            readings = [Reading(place, shape.full, _parts(shape.parts))]
        readings.sort(key=lambda reading: bool(reading.valid_to))
        return Entry(
            id=shape.id or f"{self._name}/{shape.term}",
            source=readings[0].place.source if shape.basis is Basis.CITED else place.source,
            readings=tuple(readings),
            examples=shape.drafts,
            assumed=not (shape.source or shape.named_in or shape.readings) and len(self._sources) > 1,
            position=position,
            **{name: getattr(shape, name) for name in _ALIKE},
        )

    def _reading(self, shape: ReadingShape, position: Position) -> Reading:
        place = self._place(PlaceShape(source=shape.source, where=shape.where), position)
        named_in = self._place(shape.named_in, position) if shape.named_in else None
        dates = {"valid_from": shape.valid_from, "valid_to": shape.valid_to}
        return Reading(
            place, shape.full, _parts(shape.parts), shape.definition, shape.scope, **dates, named_in=named_in
        )

    def _place(self, shape: PlaceShape, position: Position) -> Place:
        source = self._sources.get(shape.source)
        if source is None:
            hint = near_hint(shape.source, self._sources, "请先在文件开头的 sources 里写上它。", shown="“{}”")
            raise _error(position, "E_FIELD", f"sources 里没有编号为“{shape.source}”的来源", hint)
        return Place(source, shape.where)


def _parts(shapes: Iterable[PartShape]) -> tuple[Part, ...]:
    return tuple(Part(one.name, one.items, one.lead, one.exception, one.tail, one.orders) for one in shapes)


def parse_glossary(text: str, path: str) -> Glossary:
    """Return the glossary that the text of one file makes; raise KouhaoErrors as `load_files` does."""
    entries = read_yaml(text, path)
    errors = list(_duplicates(entries))
    if errors:
        raise KouhaoErrors(errors)
    return Glossary(tuple(entries), tuple({s.id: s for entry in entries for s in entry_sources(entry)}.values()))


def entry_sources(entry: Entry) -> Iterator[Source]:
    """Yield the sources that an entry names, its own first."""
    yield entry.source
    for reading in entry.readings:
        yield reading.place.source
        if reading.named_in:
            yield reading.named_in.source


def _error(place: Position, code: str, message: str, hint: str = "") -> KouhaoError:
    return KouhaoError(code, message, path=place.path, line=place.line, column=place.column, hint=hint)


def _read_pack(path: Path) -> Iterator[Entry]:
    """Read JSON Lines: the sources on the first line, an entry on each other; errors are collected to the end."""
    maker: EntryMaker | None = None
    errors: list[KouhaoError] = []
    with open_file(path) as lines:
        for number, line in enumerate(lines, 1):
            place = Position(str(path), number, 1)
            try:
                record = _read_record(line.decode("utf-8-sig"), place)
                if maker is None:
                    maker = _pack_maker(record, place)
                else:
                    yield _pack_entry(record, maker, place)
            except KouhaoError as error:
                errors += error.errors
            except UnicodeDecodeError as error:
                message = f"第 {error.start + 1} 个字节不是 UTF-8"
                errors.append(_error(place, "E_ENCODING", message, "请另存为 UTF-8 编码。"))
            except ValidationError as invalid:
                tree = Tree(values={(): (number, 1)})
                above = ("entries", 0) if maker else ()
                details = invalid.errors(include_url=False)
                errors += [_shape_error({**one, "loc": (*above, *one["loc"])}, tree, str(path)) for one in details]
            except (ValueError, KeyError, TypeError, RecursionError):
                message = "第一行没有写来源" if maker is None else "不是一个 JSON 对象"
                errors.append(_error(place, "E_JSON", message, _PACK))
            if maker is None:
                break
    if maker is None and not errors:
        raise KouhaoError("E_DOC", "文件是空的", path=str(path), hint=_PACK)
    if errors:
        raise KouhaoErrors(errors)


def _pack_entry(record: Any, maker: EntryMaker, place: Position) -> Entry:  # noqa: ANN401  what a line of JSON holds
    if isinstance(record, dict) and (message := _unsupported(record)):
        raise _error(place, "E_FIELD", message, _HINT)
    return maker.make(EntryShape.model_validate(record), place)


def _pack_maker(record: Any, place: Position) -> EntryMaker:  # noqa: ANN401  what a line of JSON holds
    """Return the maker of a pack's entries, whose first line is `record`."""
    if not isinstance(record, dict) or "term" in record:
        raise TypeError
    head = GlossaryShape.model_validate({"entries": [], **record})
    if head.entries:
        raise _error(place, "E_FIELD", "第一行只写来源，这里有词条", _PACK)
    if twice := list(_twice(head.sources, [replace(place) for _ in head.sources])):
        raise KouhaoErrors(twice)
    return EntryMaker(head.id, head.sources)


def _read_record(text: str, place: Position) -> Any:  # noqa: ANN401  what a line of JSON holds
    """Return the record on a line; raise KouhaoError E_CHAR for a character in it, as YAML gets it."""
    record = json.loads(text)
    if _ESCAPE in text or character_error(text, place.path, place.line, 1):
        for error in filter(None, (character_error(one, place.path, place.line, 1) for one in texts_of(record))):
            raise error
    return record


def _support_errors(tree: Tree, path: str) -> Iterator[KouhaoError]:
    entries = tree.data.get("entries") if isinstance(tree.data, dict) else None
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict) and (message := _unsupported(entry)):
            yield _error(Position(path, *tree.values["entries", number]), "E_FIELD", message, _HINT)


def _unsupported(entry: dict[str, Any]) -> str:
    """Return what an entry lacks that would tie it to a text: its sentence, or cited readings; nothing where it has them."""
    if entry.get("basis") == Basis.CITED:
        quoted = [name for name in ("quote", "full", "parts") if entry.get(name)]
        if quoted:
            return f"basis: cited 的词条不写“{quoted[0]}”，写在 readings 里；有引文的，basis 写 stated 或 explained，不写 readings"
        return "" if entry.get("readings") else "缺少字段“readings”"
    if entry.get("readings"):
        return "有 readings 的词条要写 basis: cited"
    return "" if entry.get("quote") or entry.get("named_in") else "缺少字段“quote”"


def _character_errors(tree: Tree, path: str) -> Iterator[KouhaoError]:
    for at, mark in tree.values.items():
        value: Any = tree.data
        for step in at:
            value = value[step]
        if isinstance(value, str) and (error := character_error(value, path, *mark)):
            yield error


def _shape_error(detail: ErrorDetails, tree: Tree, path: str) -> KouhaoError:
    at = detail["loc"]
    kind = _KINDS.get(detail["type"], detail["type"])
    if at[:2] == ("sources", 0) and ("source",) in tree.values:
        at = ("source", *at[2:])
    name = _name(at)
    line, column = _nearest(tree, at, kind)
    message, hint = {
        "missing": (f"缺少字段“{name}”", "请补上这个字段。"),
        "unknown": (f"不认识的字段“{name}”", _near_field(name, at)),
        "string_type": (f"“{name}”应当是一段文字", "文字请加引号。"),
        "list_type": (f"“{name}”应当是一个列表", "列表写作 [甲, 乙]，或每行以“- ”开头。"),
        "shape_type": _not_fields(name, detail["input"]),
        "enum": (
            f"“{name}”的值不对",
            f"可以是 {'、'.join(_QUOTED.findall(detail.get('ctx', {}).get('expected', '')))}。",
        ),
        "bool_type": (f"“{name}”的值不对", "请写 true 或 false。"),
        "bool_parsing": (f"“{name}”的值不对", "请写 true 或 false。"),
        "string_too_short": (f"“{name}”不能为空", "请写上文字，或删去这一行。"),
        "too_short": (f"“{name}”至少要有一项", "请写上，或删去这一行。"),
        "orders": (detail["msg"], ""),
        "reading": (detail["msg"], ""),
    }.get(kind, (f"“{name}”不合要求", "请对照已有的词条。"))
    code = "E_TYPE" if kind.endswith("_type") else "E_FIELD"
    return KouhaoError(code, message, path=path, line=line, column=column, hint=hint)


_KINDS = {"tuple_type": "list_type", "model_type": "shape_type", "dataclass_type": "shape_type"} | dict.fromkeys(
    ("extra_forbidden", "unexpected_keyword_argument"), "unknown"
)
"""The kinds of faults that pydantic calls by several names."""

_QUOTED = re.compile("'([^']*)'")
_FIELD = re.compile("([A-Za-z_]+)[：:]")


def _name(at: tuple[str | int, ...]) -> str:
    """Return what a curator calls a value: its field, and which of a list it is."""
    if at and isinstance(at[-1], int):
        return f"{at[-2] if len(at) > 1 else ''} 的第 {at[-1] + 1} 项"
    return str(at[-1]) if at else ""


def _not_fields(name: str, value: object) -> tuple[str, str]:
    """Return what to say of a value that should have fields."""
    if name == "source" and isinstance(value, list):
        return "“source”只写一个来源", "几个来源请写在 sources 里。"
    field = _FIELD.match(value) if isinstance(value, str) else None
    if field:
        return f"“{field[1]}”后面应当是半角冒号和空格", f"请写作 {field[1]}: …"
    if name:
        return f"“{name}”应当写成字段的集合", "字段一行一个，写作“名称: 值”。"
    return "这不是词库：最外层应当写成字段的集合", "词库先写 sources，再写 entries；可用 kouhao add 新建一个。"


def _nearest(tree: Tree, at: tuple[str | int, ...], kind: str) -> tuple[int, int]:
    if kind == "unknown" and at in tree.keys:
        return tree.keys[at]
    while at and at not in tree.values:
        at = at[:-1]
    return tree.values.get(at, (1, 1))


def _near_field(name: str, at: tuple[str | int, ...]) -> str:
    """Return the field that may be meant, among those that may stand where it does."""
    above = [step for step in at[:-1] if fields_in(step)]
    fields = fields_in(above[-1] if above else "")
    return near_hint(name, fields, f"这里可以写 {'、'.join(fields)}。", shown="“{}”")


def _twice(sources: Sequence[Source], places: Sequence[Position]) -> Iterator[KouhaoError]:
    first: dict[str, Position] = {}
    for source, here in zip(sources, places, strict=True):
        other = first.setdefault(source.id, here)
        if other is not here:
            message = f"来源的编号“{source.id}”重复：第 {other.line} 行已经有了"
            hint = "一份文件一个编号；请改其中一个，词条的 source 也要改。"
            yield _error(here, "E_DUP_ID", message, hint)


def _duplicates(entries: Iterable[Entry]) -> Iterator[KouhaoError]:
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.id, entry)
        if other is not entry:
            there, here = other.position, entry.position
            message = f"编号“{entry.id}”重复：{there.path} 第 {there.line} 行已经有了"
            yield _error(here, "E_DUP_ID", message, "同一来源的同一词只写一条，或另给 id。")
