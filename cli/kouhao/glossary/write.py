"""Glossary files as curators keep them: YAML that is written with its comments, in one canonical form."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter

from kouhao.errors import KouhaoError
from kouhao.glossary.load import read_yaml
from kouhao.glossary.schema import NESTED, GlossaryShape
from kouhao.glossary.yaml import needs_quotes
from kouhao.model import Part

_WIDE = 1 << 16
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


def append_entries(text: str, entries: Iterable[dict[str, Any]]) -> str:
    """Return the glossary file `text` with entries at its end, comments kept; terms that it has already are left out."""
    data = load_round_trip(text)
    present = {str(entry["term"]) for entry in data["entries"]}
    data["entries"] = data["entries"] or CommentedSeq()  # an empty list stands on one line, and all of it would
    data["entries"].extend(entry for entry in entries if entry["term"] not in present)
    return dump_yaml(data)


def part_data(part: Part) -> dict[str, Any]:
    """Return a part as a file has it, its items on one line."""
    items = CommentedSeq(part.items)
    items.fa.set_flow_style()
    return {"name": part.name, **({"lead": part.lead} if part.lead else {}), "items": items}


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
    before = read_yaml(text, path)
    formatted = _formatted(text)
    if read_yaml(formatted, path) != before or _formatted(formatted) != formatted:
        raise KouhaoError(
            "E_FORMAT", "整理后的内容与原来不同，没有改动", path=path, hint="请把这个文件交给维护者看看。"
        )
    if _comments(formatted) != _comments(_OLD_SOURCE.sub("sources:", text)):
        raise KouhaoError("E_FORMAT", "整理会移动注释，没有改动", path=path, hint="请先照 schema.json 的次序排好字段。")
    return formatted


def _formatted(text: str) -> str:
    data = load_round_trip(text)
    if "source" in data and "sources" not in data:
        data.insert(0, "sources", CommentedSeq([data.pop("source")]))
    _order(data, GlossaryShape)
    return dump_yaml(data)


def _order(data: Any, shape: type[BaseModel]) -> None:  # noqa: ANN401  ruamel's own types
    if isinstance(data, list):
        for one in data:
            _order(one, shape)
    elif isinstance(data, CommentedMap):
        names = [name for name in shape.model_fields if name in data]
        if list(data) != names:
            for name in names:
                data.move_to_end(name)
        for name in names:
            if name in NESTED and isinstance(data[name], CommentedMap | list):
                _order(data[name], NESTED[name])


def _comments(text: str) -> list[tuple[str, str]]:
    """Return the comment lines, each with the next line that is none, as far as its first word."""
    found: list[tuple[str, str]] = []
    waiting: list[str] = []
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            waiting.append(line.strip())
        elif line.strip():
            words = line.replace("'", "").replace('"', "").split()
            found += [(comment, " ".join(words[:3])) for comment in waiting]
            waiting.clear()
    return found + [(comment, "") for comment in waiting]
