"""Mails (.eml) and pages saved whole (.mht) → paragraphs: the subject, the body, the documents and the mails attached."""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from collections.abc import Callable, Iterator
from email.message import MIMEPart
from pathlib import PurePath

from kouhao.documents.encodings import wide_encoding
from kouhao.documents.streams import BYTE_ORDER_MARKS
from kouhao.errors import KouhaoError

Content = tuple[list[tuple[str, str]], tuple[str, ...]]
ReadContent = Callable[[bytes, str, str], Content]
"""How a part is read: its content, its name and the charset it declares → labels and texts, and what was not read."""

_NO_TEXT = {
    *("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"),
    *("text/css", "text/javascript", "application/javascript"),
}
_UNREADABLE = {
    "multipart/encrypted": "邮件加了密，没有密钥",
    "message/partial": "这是拆开发送的邮件，其余部分",
    "message/external-body": "不在邮件里的附件",
}
_WHOLE = {"message/rfc822", *_UNREADABLE}
_ENCRYPTED_TEXT = b"-----BEGIN PGP MESSAGE-----"
_NEXT_MAIL = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\n]*\d\d:\d\d[^\n]*\n")
"""The line that begins a mail in a mailbox (RFC 4155): it gives the time."""


def read_mail(content: bytes, path: str, read: ReadContent) -> Content:
    """Return labels and texts of the paragraphs, and what of the mail could not be read; raise KouhaoError E_FORMAT."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)), "")
    encoding = encoding or wide_encoding(content)
    if encoding:
        content = content.decode(encoding, "replace").lstrip("\ufeff").encode()
    mails = [one for one in _NEXT_MAIL.split(content) if one.strip()] if content.startswith(b"From ") else [content]
    try:
        found = [_read_message(email.message_from_bytes(one, policy=email.policy.default), path, read) for one in mails]
    except RecursionError as error:
        raise KouhaoError("E_FORMAT", "邮件套邮件，层数太多", path=path, hint="请把里面的邮件另存出来。") from error
    return [one for paragraphs, _ in found for one in paragraphs], tuple(one for _, unread in found for one in unread)


def _read_message(message: MIMEPart, path: str, read: ReadContent) -> Content:
    paragraphs: list[tuple[str, str]] = []
    unread: list[str] = []
    subject = " ".join(str(message.get("subject", "")).split())
    if subject and message.get("from"):
        paragraphs.append(("主题", subject))
    pictures = texts = 0
    for part in _leaves(message):
        if part.get_content_maintype() == "image":
            pictures += 1
            continue
        label, found, missing = _read_leaf(part, path, read)
        paragraphs += [(f"{label}{place}", text) for place, text in found]
        unread += [f"{label.strip()}：{one}" if label else one for one in missing]
        texts += bool(found or missing)
    if pictures and not texts:
        unread.append("邮件里只有图片，没有文字")
    return paragraphs, tuple(unread)


def _leaves(part: MIMEPart) -> Iterator[MIMEPart]:
    """Yield the parts that hold something to read; of several versions of a text one, of a mail attached the mail whole."""
    kind = part.get_content_type()
    if kind in _WHOLE or not part.is_multipart():
        wanted = kind in _WHOLE or part.get_content_maintype() in ("application", "text", "image")
        if wanted and kind not in _NO_TEXT:
            yield part
    elif part.get_content_maintype() == "multipart":
        chosen = part.get_body(("plain", "html")) if kind == "multipart/alternative" else None
        for leaf in (leaf for child in part.iter_parts() for leaf in _leaves(child)):
            if chosen is None or leaf is chosen or leaf.get_content_maintype() != "text" or leaf.get_filename():
                yield leaf


def _read_leaf(part: MIMEPart, path: str, read: ReadContent) -> tuple[str, list[tuple[str, str]], tuple[str, ...]]:
    """Return how the labels of a part begin, its labels and texts, and what of it was not read."""
    kind, main = part.get_content_type(), part.get_content_maintype()
    name = PurePath(part.get_filename() or "").name
    if kind in _UNREADABLE:
        return "", [], (_UNREADABLE[kind],)
    if kind == "message/rfc822":
        return f"附件 {name or '转来的邮件'} ", *_read_message(part.get_content(), path, read)
    if main == "text" and not name:
        return "", *_read_body(part, path, read)
    label = f"附件 {name or '未命名'} "
    try:
        return label, *read(_payload(part, path), name, part.get_content_charset() or "")
    except KouhaoError as error:
        return label, [], (error.message,)


def _read_body(part: MIMEPart, path: str, read: ReadContent) -> Content:
    payload = _payload(part, path)
    if payload.lstrip().startswith(_ENCRYPTED_TEXT):
        return [], ("正文加了密，没有密钥",)
    name = "正文.html" if part.get_content_subtype() == "html" else "正文.txt"
    return read(payload, name, part.get_content_charset() or "")


def _payload(part: MIMEPart, path: str) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, email.errors.MessageError) as error:
        raise KouhaoError("E_FORMAT", "邮件已损坏", path=path, hint="请重新导出，或把正文另存为文本。") from error
    return payload if isinstance(payload, bytes) else b""
