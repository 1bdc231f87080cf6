"""Mails (.eml) and pages saved whole (.mht) → paragraphs: the subject, the body, and the documents attached."""

from __future__ import annotations

import email
import email.errors
import email.policy
from collections.abc import Callable, Iterator
from email.message import EmailMessage, MIMEPart
from pathlib import PurePath

from kouhao.errors import KouhaoError

Content = tuple[list[tuple[str, str]], tuple[str, ...]]
ReadContent = Callable[[bytes, str, str], Content]
"""How a part is read: its content, its name and the charset it declares → labels and texts, and what was not read."""


def read_mail(content: bytes, path: str, read: ReadContent) -> Content:
    """Return labels and texts of the paragraphs, and what of the mail could not be read; raise KouhaoError E_FORMAT."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    paragraphs: list[tuple[str, str]] = []
    unread: list[str] = []
    subject = " ".join(str(message.get("subject", "")).split())
    if subject and message.get("from"):
        paragraphs.append(("主题", subject))
    body = message.get_body(("plain", "html"))
    if body is not None:
        name = "正文.html" if body.get_content_subtype() == "html" else "正文.txt"
        paragraphs += read(_payload(body, path), name, body.get_content_charset() or "")[0]
    for name, part in _attachments(message):
        try:
            found, missing = read(_payload(part, path), name, part.get_content_charset() or "")
        except KouhaoError as error:
            unread.append(f"附件 {name}：{error.message}")
            continue
        paragraphs += [(f"附件 {name} {label}", text) for label, text in found]
        unread += [f"附件 {name}：{one}" for one in missing]
    return paragraphs, tuple(unread)


def _attachments(message: EmailMessage) -> Iterator[tuple[str, MIMEPart]]:
    """Yield the attached files that may be documents; pictures and styles of the page are none."""
    for part in message.walk():
        name = part.get_filename() or ""
        if not part.is_multipart() and name and part.get_content_maintype() in ("application", "text"):
            yield PurePath(name).name, part


def _payload(part: MIMEPart, path: str) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, email.errors.MessageError) as error:
        raise KouhaoError("E_FORMAT", "邮件已损坏", path=path, hint="请重新导出，或把正文另存为文本。") from error
    return payload if isinstance(payload, bytes) else b""
