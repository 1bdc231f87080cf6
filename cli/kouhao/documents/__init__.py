"""Documents: files, folders and standard input as text with positions; anything that is no document as one typed error."""

from kouhao.documents.document import Document, Place
from kouhao.documents.reading import SUFFIXES, collect_documents, decode, read_bytes, read_document

__all__ = ["SUFFIXES", "Document", "Place", "collect_documents", "decode", "read_bytes", "read_document"]
