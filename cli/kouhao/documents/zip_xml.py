"""Packages (zip files of XML parts), as Word and OpenDocument texts are, with a guard before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree as ET

from kouhao.errors import KouhaoError

_LARGEST_PART = 64 * 2**20
_LARGEST_TOTAL = 256 * 2**20
_HINT = "请在 Word 或 WPS 里打开它，另存为 .docx，再试一次。"


class Package:
    """An open package; raises KouhaoError E_DOCX or E_LIMIT where it is none or too large."""

    def __init__(self, content: bytes, path: str) -> None:
        self._path = path
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._error("E_DOCX", "文件是空的、不完整，或不是 Word 文档") from error
        sizes = [part.file_size for part in self._archive.infolist() if part.filename.endswith(".xml")]
        if max(sizes, default=0) > _LARGEST_PART or sum(sizes) > _LARGEST_TOTAL:
            message = f"文档解开后有 {sum(sizes) // 2**20} MB，太大了"
            raise KouhaoError("E_LIMIT", message, path=path, hint="请分成几个文件。")
        self.names = self._archive.namelist()

    def require(self, names: set[str], what: str) -> None:
        """Raise KouhaoError E_DOCX unless the package has the parts that make it `what`."""
        if not names.issubset(self.names):
            raise self._error("E_DOCX", f"压缩包里没有 {what} 文档")

    def parse(self, name: str) -> ET.Element:
        """Return the root of a part; raise KouhaoError E_DOCX or E_XML."""
        try:
            return ET.fromstring(self._read(name), ET.XMLParser(target=_Builder()))  # noqa: S314  see _Builder
        except _DoctypeError as error:
            raise self._error("E_XML", f"文档里有 DOCTYPE 声明（{name}），可能不安全") from error
        except ET.ParseError as error:
            line, column = error.position
            raise self._error("E_XML", f"XML 有误（{name} 第 {line} 行第 {column} 列）") from error

    def _read(self, name: str) -> bytes:
        try:
            with self._archive.open(name) as part:
                return part.read(_LARGEST_PART + 1)
        except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError, zlib.error) as error:
            raise self._error("E_DOCX", f"文档已损坏（{name}）") from error

    def _error(self, code: str, message: str) -> KouhaoError:
        return KouhaoError(code, message, path=self._path, hint=_HINT)


class _DoctypeError(Exception):
    pass


class _Builder(ET.TreeBuilder):
    """Refuses a DOCTYPE, and with it every entity, as soon as the parser has read its name, in whatever encoding."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002  the parser's call
        raise _DoctypeError
