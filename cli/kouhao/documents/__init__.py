"""Documents: files, folders and standard input as text with positions; anything that is no document as one typed error."""

from kouhao.documents.document import Document, Place
from kouhao.documents.protection import Protection, Spans
from kouhao.documents.reading import (
    BYTE_ORDER_MARKS,
    PACKAGES,
    SUFFIXES,
    collect_documents,
    decode,
    open_stream,
    read_as_text,
    read_bytes,
    read_document,
)
from kouhao.documents.streams import LineStream

__all__ = [
    "BYTE_ORDER_MARKS",
    "PACKAGES",
    "SUFFIXES",
    "Document",
    "LineStream",
    "Place",
    "Protection",
    "Spans",
    "collect_documents",
    "decode",
    "open_stream",
    "read_as_text",
    "read_bytes",
    "read_document",
]
