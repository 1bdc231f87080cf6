"""Mails (.eml) and pages saved whole (.mht) → paragraphs: the subject, the body, the documents and the mails attached."""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from collections.abc import Callable, Iterator
from email.message import MIMEPart
from pathlib import PurePath

from kouhao.documents.document import Content, joined
from kouhao.documents.encodings import unicode_encoding
from kouhao.errors import KouhaoError

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
    mark, encoding = unicode_encoding(content)
    if mark or encoding != "utf-8":
        content = content.decode(encoding, "replace").lstrip("\ufeff").encode()
    mails = [one for one in _NEXT_MAIL.split(content) if one.strip()] if content.startswith(b"From ") else [content]
    try:
        messages = [email.message_from_bytes(one, policy=email.policy.default) for one in mails]
        found = [_read_message(one, path, read) for one in messages]
        found += [([], ("邮件断在半路，后面的部分",)) for one in messages if _is_cut(one)]
    except RecursionError as error:
        raise KouhaoError("E_FORMAT", "邮件套邮件，层数太多", path=path, hint="请把里面的邮件另存出来。") from error
    return joined(found)


def _is_cut(message: MIMEPart) -> bool:
    """Tell whether the line is not there that ends the parts of a mail."""
    cut = email.errors.CloseBoundaryNotFoundDefect
    return any(isinstance(defect, cut) for part in message.walk() for defect in part.defects)


def _read_message(message: MIMEPart, path: str, read: ReadContent) -> Content:
    subject = _subject(message, read)
    paragraphs: list[tuple[str, str]] = []
    unread: list[str] = []
    pictures = texts = 0
    shown: dict[int, str] = {}
    for part, versions in _leaves(message):
        if part.get_content_maintype() == "image":
            pictures += 1
            continue
        label, found, missing = _read_leaf(part, path, read)
        unread += [f"{label.strip()}：{one}" if label else one for one in missing]
        texts += bool(found or missing)
        if versions and not label:
            richer = shown.get(versions, "")
            shown[versions] = richer + _letters("".join(text for _, text in found))
            found = [(place, text) for place, text in found if not richer or _letters(text) not in richer]
            label = "另一种正文" if richer else ""
        paragraphs += [(f"{label}{place}", text) for place, text in found]
    if pictures and not texts:
        unread.append("邮件里只有图片，没有文字")
    if subject and (
        message.get("from") or subject not in (text for _, text in paragraphs)
    ):  # a page saved has its title
        paragraphs.insert(0, ("主题", subject))
    return paragraphs, tuple(unread)


def _subject(message: MIMEPart, read: ReadContent) -> str:
    """Return the subject, also where it stands in the header as bytes of an encoding that nothing names."""
    raw = next((str(value) for name, value in message.raw_items() if name.lower() == "subject"), "")
    if raw.isprintable() or not any("\udc80" <= mark <= "\udcff" for mark in raw):
        return " ".join(str(message.get("subject", "")).split())
    return " ".join(text for _, text in read(raw.encode("utf-8", "surrogateescape"), "主题.txt", "")[0])


def _letters(text: str) -> str:
    """Return what of a text is the same however it is laid out."""
    return "".join(filter(str.isalnum, text))


def _leaves(part: MIMEPart, versions: int = 0) -> Iterator[tuple[MIMEPart, int]]:
    """Yield the parts that hold something to read, a mail attached whole.

    Those that are versions of one text come with the same number, the richest first, as it is the last (RFC 2046 5.1.4).
    """
    kind = part.get_content_type()
    if kind in _WHOLE or not part.is_multipart():
        wanted = kind in _WHOLE or part.get_content_maintype() in ("application", "text", "image")
        is_resource = kind == "text/xml" and part.get("content-location") and not part.get_filename()
        if wanted and kind not in _NO_TEXT and not is_resource:
            yield part, versions
    elif part.get_content_maintype() == "multipart":
        parts = list(part.iter_parts())
        if kind == "multipart/alternative":
            parts, versions = parts[::-1], versions or id(part)
        yield from (leaf for child in parts for leaf in _leaves(child, versions))


def _read_leaf(part: MIMEPart, path: str, read: ReadContent) -> tuple[str, list[tuple[str, str]], tuple[str, ...]]:
    """Return how the labels of a part begin, its labels and texts, and what of it was not read."""
    kind, main = part.get_content_type(), part.get_content_maintype()
    name = PurePath(part.get_filename() or "").name
    place = PurePath(str(part.get("content-location", ""))).name
    if kind in _UNREADABLE:
        return "", [], (_UNREADABLE[kind],)
    if kind == "message/rfc822":
        return f"附件 {name or '转来的邮件'} ", *_read_message(part.get_content(), path, read)
    if main == "text" and not name:
        return "", *_read_body(part, path, read)
    label = f"附件 {name or place or '未命名'} "
    try:
        return label, *read(_payload(part, path), name, part.get_content_charset() or "")
    except KouhaoError as error:
        is_resource = error.code == "E_BINARY" and place and not name
        return label, [], () if is_resource else (error.message,)


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
