"""Packages (zip files of XML parts), as the documents of Word, OpenDocument and OFD are, with a guard before anything is unpacked."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from kouhao.errors import KouhaoError

_LARGEST_PART = 64 * 2**20  # bytes, unpacked, by hand: more is a bomb, or no document of words
_LARGEST_TOTAL = 256 * 2**20  # bytes, unpacked, of all parts
_LONG_PART, _MOST_PACKED = 4 * 2**20, 100
"""Bytes of a part, and how many of them a byte holds packed: of 1,151 files of Word by others none above half a megabyte has more than 61,
of 2,000 other documents one, made to be large."""

_HINT = "请在 Word 或 WPS 里打开它，另存为 .docx，再试一次。"
_PICTURE_FOLDER = re.compile("(?:^|/)(?:media|Pictures)/.")
_PICTURE = re.compile(rb"<(?:\w+:)?(?:drawing|pict|object|altChunk)\b")
_STRICT = "{http://purl.oclc.org/ooxml/"
_WORDML = "{http://schemas.microsoft.com/office/word/2003/wordml}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
"""The namespaces of the parts, and the attribute that names another part."""

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that no XML may hold."""

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ENCODING = re.compile(rb"""\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w-]+)""")
_CHINESE = {b"gb2312": "gb18030", b"gbk": "gb18030", b"gb18030": "gb18030", b"big5": "big5hkscs"}
"""Encodings that the parser does not know."""


UNREADABLE = (
    *(zipfile.BadZipFile, LookupError, OSError, RuntimeError, EOFError, ValueError, zlib.error),
    *([zipfile.lzma.LZMAError] if zipfile.lzma else []),  # type: ignore[attr-defined]  # None where Python has none
)
"""What zipfile raises of a package or a part that is damaged, whichever way it is compressed."""


class Relation(NamedTuple):
    """What a part is to another one (`header`, `chart`, …), by its id in that, and its name."""

    id: str
    kind: str
    part: str


class Package:
    """An open package; raises KouhaoError E_DOCX, E_FORMAT or E_LIMIT where it is none, behind a password or too large."""

    def __init__(self, content: bytes, path: str) -> None:
        self._path = path
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except UNREADABLE as error:
            raise self._error("E_DOCX", "文件是空的、不完整，或已损坏") from error
        parts = self._archive.infolist()
        self._spelled = {part.filename.lower(): part.filename for part in parts}
        sizes = [part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))]
        if max(sizes, default=0) > _LARGEST_PART or sum(sizes) > _LARGEST_TOTAL:
            message = f"文档解开后有 {sum(sizes) // 2**20} MB，太大了"
            raise KouhaoError("E_LIMIT", message, path=path, hint="请分成几个文件。")
        for part in parts:
            if part.filename.endswith(".xml") and part.file_size > max(_LONG_PART, _MOST_PACKED * part.compress_size):
                size = f"解开后有 {part.file_size // 2**20} MB，几乎全是重复的内容"
                raise self._error("E_LIMIT", f"文件的 {part.filename} {size}")
        if any(part.flag_bits & 1 for part in parts) or self._is_encrypted():
            raise self._error("E_FORMAT", "文档加了密码")

    @property
    def names(self) -> list[str]:
        """The names of the parts."""
        return self._archive.namelist()

    @property
    def has_pictures(self) -> bool:
        """Whether the document shows pictures, drawings or other objects."""
        if any(_PICTURE_FOLDER.search(name) for name in self.names):
            return True
        return any(_PICTURE.search(self.read(name)) for name in self.names if name.endswith("document.xml"))

    def require(self, names: set[str], what: str) -> None:
        """Raise KouhaoError E_DOCX unless the package has the parts that make it `what`."""
        if not names.issubset(self.names):
            raise self._error("E_DOCX", f"压缩包里没有 {what} 文档")

    def main_part(self, usual: str = "", what: str = "") -> str:
        """Return the part that the package is about: as its relations say, else the `usual` one, which raises E_DOCX where it lacks."""
        found = next((one.part for one in self.relations() if one.kind == "officeDocument"), usual)
        self.require({found} if usual else set(), what)
        return found

    def parse(self, name: str) -> ET.Element:
        """Return the root of a part; raise KouhaoError E_DOCX or E_XML."""
        return parse_xml(self.read(name), self._path, name)

    def relations(self, name: str = "") -> list[Relation]:
        """Return how other parts belong to a part, or to the package."""
        return [relation for relation in self._listed(name) if relation.part in self.names]

    def lost(self, name: str) -> set[str]:
        """Return what a part has, by kind, that is not in the package: cut off, or a file somewhere else."""
        return {relation.kind for relation in self._listed(name) if relation.part not in self.names}

    def part(self, name: str) -> str:
        """Return the name of a part as it stands in the package, where capitals do not count."""
        plain = posixpath.normpath(posixpath.join("/", name)).lstrip("/")
        return plain if plain in self.names else self._spelled.get(plain.lower(), plain)

    def _listed(self, name: str) -> list[Relation]:
        folder, file = posixpath.split(name)
        listing = posixpath.join(folder, "_rels", f"{file}.rels")
        if listing not in self.names:
            return []
        found = []
        for relation in self.parse(listing).iter(_RELATION):
            outside = relation.get("TargetMode") == "External"
            part = self.part(posixpath.join(folder, relation.get("Target", "")))
            kind = relation.get("Type", "").rpartition("/")[2]
            found.append(Relation(relation.get("Id", ""), kind, "" if outside else part))
        return found

    def read(self, name: str) -> bytes:
        """Return the content of a part, cut where it is larger than any part may be; raise KouhaoError E_DOCX."""
        try:
            with self._archive.open(name) as part:
                return part.read(_LARGEST_PART + 1)
        except UNREADABLE as error:
            raise self._error("E_DOCX", f"文档已损坏（{name}）") from error

    def _is_encrypted(self) -> bool:
        """Tell whether this is an OpenDocument file behind a password, whose parts are no XML."""
        manifest = "META-INF/manifest.xml"
        return manifest in self.names and b"encryption-data" in self.read(manifest)

    def _error(self, code: str, message: str) -> KouhaoError:
        return KouhaoError(code, message, path=self._path, hint=_HINT)


def parse_xml(content: bytes, path: str, name: str = "") -> ET.Element:
    """Return the root of an XML document; raise KouhaoError E_XML. A DOCTYPE is refused, and with it every entity."""
    place = name or "正文"
    declared = _ENCODING.match(content)
    if declared and (encoding := _CHINESE.get(declared[1].lower())):
        content = content.decode(encoding, "replace").partition("?>")[2].encode()
    try:
        return ET.fromstring(content, ET.XMLParser(target=_Builder()))  # noqa: S314  see _Builder
    except _DoctypeError as error:
        raise KouhaoError("E_XML", f"文档里有 DOCTYPE 声明（{place}），可能不安全", path=path, hint=_HINT) from error
    except (ET.ParseError, LookupError, ValueError) as error:
        line, column = getattr(error, "position", (1, 0))
        message = f"XML 有误（{place} 第 {line} 行第 {column} 列）"
        raise KouhaoError("E_XML", message, path=path, hint=_HINT) from error


def chart_values(root: ET.Element) -> list[str]:
    """Return the texts of a chart that are not paragraphs: names of series and categories, kept from cells or written here."""
    kept = [value for cache in root.iter(f"{CHART}strCache") for value in cache.iter(f"{CHART}v")]
    written = [value for name in root.iter(f"{CHART}tx") for value in name.findall(f"{CHART}v")]
    points = [value for texts in root.iter(f"{CHART}strLit") for value in texts.iter(f"{CHART}v")]
    return [value.text or "" for value in (*kept, *written, *points)]


class _DoctypeError(Exception):
    pass


class _Builder(ET.TreeBuilder):
    """Refuses a DOCTYPE as soon as the parser has read its name, in whatever encoding, and reads the other dialects of Word.

    Those are “Strict Open XML” (ISO 29500) and the XML of Word 2003: their names become the usual ones.
    """

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002  the parser's call
        raise _DoctypeError

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        return super().start(_usual(tag), {_usual(name): value for name, value in attrs.items()} if attrs else attrs)

    def end(self, tag: str) -> ET.Element:
        return super().end(_usual(tag))


@lru_cache(maxsize=4096)
def _usual(name: str) -> str:
    if name.startswith(_STRICT):
        group, _, rest = name[len(_STRICT) :].partition("/")
        return f"{{http://schemas.openxmlformats.org/{group}/2006/{rest}"
    return WORD + name[len(_WORDML) :] if name.startswith(_WORDML) else name
