"""Entries as a termbase: TBX-Basic in the DCA style (ISO 30042:2019), for translators' and terminologists' programs."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kouhao.documents.zip_xml import NOT_XML
from kouhao.model import Status
from kouhao.output.entries import citation
from kouhao.output.exports import meaning, remarks
from kouhao.records import EntryRecord

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_LANGUAGE = "zh-CN"
_IN_TERMS = ("也写作", "说明")
_UNEXPLAINED = "文件未解释。"


def tbx_document(records: Iterable[EntryRecord]) -> str:
    """Return one document, a concept for each entry, so that two sources' readings of a term stay apart."""
    root = Element("tbx", {"type": "TBX-Basic", "style": "dca", "xml:lang": _LANGUAGE, "xmlns": _NAMESPACE})
    description = SubElement(SubElement(SubElement(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    _add(description, "p", "kouhao 口号词库")
    body = SubElement(SubElement(root, "text"), "body")
    for number, record in enumerate(records, 1):
        _add_concept(body, f"c{number}", record)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _add_concept(body: Element, name: str, record: EntryRecord) -> None:
    concept = SubElement(body, "conceptEntry", {"id": name})
    if record["topic"]:
        _add(concept, "descrip", record["topic"], "subjectField")
    section = SubElement(concept, "langSec", {"xml:lang": _LANGUAGE})
    for reading in record["readings"]:
        _add_cited(section, "definition", meaning(reading), citation(reading["source"], reading["where"]))
    if not record["readings"]:
        _add(section, "note", _UNEXPLAINED)
    for label, text in remarks(record):
        if label not in _IN_TERMS:
            _add(section, "note", f"{label}：{text}")
    _add_terms(section, record)


def _add_terms(section: Element, record: EntryRecord) -> None:
    """Add the term with its sentence, and its other written forms as admitted terms."""
    status = record.get("status", Status.PREFERRED)
    term = _add_term(section, record["term"], f"{status}Term-admn-sts")
    if record["quote"]:
        _add_cited(term, "context", record["quote"], citation(record["source"]))
    if record.get("note"):
        _add(term, "note", record["note"])
    for form in record.get("also", ()):
        _add_term(section, form, "admittedTerm-admn-sts")


def _add_term(section: Element, term: str, status: str) -> Element:
    made = SubElement(section, "termSec")
    _add(made, "term", term)
    _add(made, "termNote", status, "administrativeStatus")
    return made


def _add_cited(parent: Element, kind: str, text: str, cited: str) -> None:
    group = SubElement(parent, "descripGrp")
    _add(group, "descrip", text, kind)
    _add(group, "admin", cited, "source")


def _add(parent: Element, tag: str, text: str, kind: str = "") -> None:
    SubElement(parent, tag, {"type": kind} if kind else {}).text = NOT_XML.sub("\ufffd", text)
