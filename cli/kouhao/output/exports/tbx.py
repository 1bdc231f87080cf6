"""Entries as a termbase: TBX-Basic in the DCA style (ISO 30042:2019), for translators' and terminologists' programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kouhao.model import Status
from kouhao.output.entries import citation
from kouhao.records import Record

_NAMESPACE = "urn:iso:std:iso:30042:ed:3.0"
_LANGUAGE = "zh-CN"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNEXPLAINED = "文件未解释。"


def tbx_document(records: Iterable[Record]) -> str:
    """Return one document, a concept for each entry, so that two sources' readings of a term stay apart."""
    root = Element("tbx", {"type": "TBX-Basic", "style": "dca", "xml:lang": _LANGUAGE, "xmlns": _NAMESPACE})
    description = SubElement(SubElement(SubElement(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    _add(description, "p", "kouhao 口号词库")
    body = SubElement(SubElement(root, "text"), "body")
    for number, record in enumerate(records, 1):
        _add_concept(body, f"c{number}", record)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _add_concept(body: Element, name: str, record: Record) -> None:
    concept = SubElement(body, "conceptEntry", {"id": name})
    if record["topic"]:
        _add(concept, "descrip", record["topic"], "subjectField")
    section = SubElement(concept, "langSec", {"xml:lang": _LANGUAGE})
    if record["full"]:
        _add_cited(section, "definition", record["full"], citation(record["source"]))
    else:
        _add(section, "note", _UNEXPLAINED)
    for reading in record["elsewhere"]:
        _add(section, "note", "别处的解释：" + reading["full"] + "——" + (citation(reading) or reading["note"]))
    _add_term(section, record)


def _add_term(section: Element, record: Record) -> None:
    term = SubElement(section, "termSec")
    _add(term, "term", record["term"])
    status = record.get("status", Status.PREFERRED)
    _add(term, "termNote", f"{status}Term-admn-sts", "administrativeStatus")
    _add_cited(term, "context", record["quote"], citation(record["source"]))
    if "note" in record:
        _add(term, "note", record["note"])


def _add_cited(parent: Element, kind: str, text: str, cited: str) -> None:
    group = SubElement(parent, "descripGrp")
    _add(group, "descrip", text, kind)
    _add(group, "admin", cited, "source")


def _add(parent: Element, tag: str, text: str, kind: str = "") -> None:
    SubElement(parent, tag, {"type": kind} if kind else {}).text = _NOT_XML.sub("\ufffd", text)
