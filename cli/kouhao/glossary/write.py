"""Glossary files as curators keep them: YAML that is written with its comments, in one canonical form."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from kouhao.entry import Part
from kouhao.errors import KouhaoError
from kouhao.glossary.load import read_yaml
from kouhao.glossary.schema import GlossaryShape, fields_in
from kouhao.glossary.yaml import needs_quotes, parse_tree

_WIDE = 1 << 16  # characters: the writer breaks no line
_FOLDED = re.compile("[\r\x85\u2028\u2029]")
"""What a reader of YAML takes for an end of a line, and gives back as a blank unless it is escaped."""

_OLD_SOURCE = re.compile("^source:", re.MULTILINE)


def load_round_trip(text: str) -> Any:  # noqa: ANN401  ruamel's own types
    """Return YAML with what a person wrote around it: comments, order, style. `text` is a sound glossary file."""
    return _yaml().load(text)


def dump_yaml(data: Any) -> str:  # noqa: ANN401  plain data of any shape
    """Return data as YAML, an entry's lists on one line each where they were read or marked so."""
    out = io.StringIO()
    _yaml().dump(data, out)
    return out.getvalue()


def file_sources(text: str, path: str) -> list[dict[str, str]]:
    """Return the sources that a sound glossary file names, those that no entry cites too."""
    shape = GlossaryShape.model_validate(parse_tree(text, path).data)
    return [{name: value for name, value in asdict(source).items() if value} for source in shape.sources]


def append_entries(text: str, entries: Iterable[dict[str, Any]]) -> str:
    """Return the glossary file `text` with entries at its end, all else as it stands; terms that it has already are left out."""
    data = load_round_trip(text)
    present = {str(entry["term"]) for entry in data["entries"]}
    new = [entry for entry in entries if entry["term"] not in present]
    if not new:
        return text
    begin = _FIRST_ENTRY.search(text)
    if begin and not _NEXT_FIELD.search(text, begin.end()):
        block = dump_yaml({"entries": new}).partition("\n")[2]
        indented = "".join(
            f"{begin[1]}{line[2:]}" if line.strip() else line for line in block.splitlines(keepends=True)
        )
        return f"{text}{'' if text.endswith(chr(10)) else chr(10)}{indented}"
    data["entries"] = data["entries"] or CommentedSeq()  # an empty list stands on one line, and all of it would
    data["entries"].extend(new)
    return dump_yaml(data)


def append_sources(text: str, sources: Sequence[dict[str, str]]) -> str:
    """Return the glossary file `text` with sources behind its own, all else as it stands; a lone `source` becomes a list."""
    if not sources:
        return text
    lines = text.splitlines(keepends=True)
    start = next(at for at, line in enumerate(lines) if line.startswith(("source:", "sources:")))
    end = next((at for at in range(start + 1, len(lines)) if not lines[at].startswith(_INSIDE)), len(lines))
    while end > start + 1 and not _is_content(lines[end - 1]):
        end -= 1
    name, _, rest = lines[start].partition(":")
    own = lines[start + 1 : end]
    if rest.lstrip().startswith(("{", "[")):  # on one line, or over several
        if name == "sources" or own:
            return _with_sources(text, sources)
        own, rest = [f"  - {rest.strip()}\n"], "\n"
    elif name == "source":
        own = _as_item(own)
    first = next(line for line in own if _is_content(line))
    indent = " " * (len(first) - len(first.lstrip()))
    new = dump_yaml({"sources": sources}).splitlines(keepends=True)[1:]
    return "".join([*lines[:start], f"sources:{rest}", *own, *(f"{indent}{line[2:]}" for line in new), *lines[end:]])


def _is_content(line: str) -> bool:
    return bool(line.partition("#")[0].strip())


def _as_item(lines: Sequence[str]) -> list[str]:
    """Return the lines of a mapping as those of an item of a list, with the comments in front of it as far in."""
    first = next(at for at, line in enumerate(lines) if _is_content(line))
    indent = len(lines[first]) - len(lines[first].lstrip())
    moved = [line[:indent].strip() + line[indent:] for line in lines]
    return [
        *(f"  {line}" for line in moved[:first]),
        f"  - {moved[first]}",
        *(f"    {line}" for line in moved[first + 1 :]),
    ]


def _with_sources(text: str, sources: Sequence[dict[str, str]]) -> str:
    """Return the same of a file that has its sources in brackets, as the writer of YAML has it."""
    data = load_round_trip(text)
    if "source" in data:
        data.insert(0, "sources", [data.pop("source")])
    data["sources"].extend(sources)
    return dump_yaml(data)


_INSIDE = (" ", "\t", "-", "#", "\n")
_FIRST_ENTRY = re.compile(r"(?m)^entries:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*( *)- ")
_NEXT_FIELD = re.compile(r"(?m)^[^\s#-]")


def part_data(part: Part) -> dict[str, Any]:
    """Return a part as a file has it, its items on one line."""
    lists = {"items": part.items, "orders": map(CommentedSeq, part.orders)}
    fields = asdict(part) | {name: _on_one_line(CommentedSeq(several)) for name, several in lists.items()}
    return {name: fields[name] for name in fields_in("parts") if fields[name]}


def _on_one_line(data: Any) -> Any:  # noqa: ANN401  ruamel's own types
    """Return a list or mapping to be written as [甲, 乙], with quotes around what the reader takes for more than a text there."""
    data.fa.set_flow_style()
    for at, held in list(data.items() if isinstance(data, CommentedMap) else enumerate(data)):
        if isinstance(held, CommentedMap | CommentedSeq):
            _on_one_line(held)
        elif isinstance(held, str) and ":" in held:
            data[at] = SingleQuotedScalarString(held)
    return data


class _Representer(RoundTripRepresenter):
    """Puts quotes around whatever the reader would not take for a text."""

    def represent_str(self, data: str) -> ScalarNode:
        """Return the node of a text."""
        style = '"' if _FOLDED.search(data) else "'" if needs_quotes(data) else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Representer.add_representer(str, _Representer.represent_str)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def format_yaml(text: str, path: str) -> str:
    """Return a glossary file in canonical form: keys in the model's order, quotes only where YAML needs them, comments kept.

    It is proved that the entries are the same, that a second run changes nothing, and that every comment stands before the
    line that it stood before. Raises KouhaoErrors for a file that is no glossary, and KouhaoError E_FORMAT where a comment
    cannot be kept in its place.
    """
    text = text.replace("\r\n", "\n")
    before = read_yaml(text, path)
    formatted = _formatted(text)
    if formatted == text:
        return text
    if read_yaml(formatted, path) != before or _formatted(formatted) != formatted:
        raise KouhaoError(
            "E_FORMAT", "整理后的内容与原来不同，没有改动", path=path, hint="请把这个文件交给维护者看看。"
        )
    was, now = _comments(_OLD_SOURCE.sub("sources:", text)), _comments(formatted)
    if [one[1:] for one in was] != [one[1:] for one in now]:
        line = next((one[0] for one, other in zip(was, now, strict=False) if one[1:] != other[1:]), was[-1][0])
        raise _misplaced(text, path, line)
    return formatted


def _misplaced(text: str, path: str, line: int) -> KouhaoError:
    """Return the error that a comment would not stay where it is, and the order of fields in which it would."""
    tree = parse_tree(text, path)
    orders: list[tuple[int, str, list[str]]] = []
    for number, entry in enumerate(tree.data["entries"]):
        fields = [name for name in fields_in("entries") if name in entry]
        if fields != list(entry):
            orders.append((abs(tree.values["entries", number][0] - line), entry["term"], fields))
    hint = "请先把字段的次序排好，再运行一次。"
    if orders:
        _, term, fields = min(orders)
        hint = f"请先把“{term}”的字段排成 {'、'.join(fields)}，再运行一次。"
    return KouhaoError("E_FORMAT", "整理字段的次序会移动这一行注释，没有改动", path=path, line=line, hint=hint)


def _formatted(text: str) -> str:
    data = load_round_trip(text)
    if "source" in data and "sources" not in data:
        data.insert(0, "sources", CommentedSeq([data.pop("source")]))
    _order(data)
    return dump_yaml(data)


def _order(data: Any, held_by: str = "") -> None:  # noqa: ANN401  ruamel's own types
    """Put the fields of what a field holds into their order."""
    if isinstance(data, list):
        for one in data:
            _order(one, held_by)
    elif isinstance(data, CommentedMap):
        names = [name for name in fields_in(held_by) if name in data]
        if list(data) != names:
            for name in names:
                data.move_to_end(name)
        for name in names:
            if fields_in(name):
                _order(data[name], name)
            elif isinstance(data[name], CommentedSeq) and data[name].fa.flow_style():
                _on_one_line(data[name])
        if data.fa.flow_style():
            _on_one_line(data)


def _comments(text: str) -> list[tuple[int, str, str]]:
    """Return the comment lines, each with its number and the next line that is none, as far as its first words."""
    found: list[tuple[int, str, str]] = []
    waiting: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#"):
            waiting.append((number, line.strip()))
        elif line.strip():
            words = line.replace("'", "").replace('"', "").split()
            found += [(*comment, " ".join(words[:3])) for comment in waiting]
            waiting.clear()
    return found + [(*comment, "") for comment in waiting]
