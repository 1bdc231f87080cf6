"""RTF → paragraphs, by striprtf."""

from __future__ import annotations

from kouhao.errors import KouhaoError


def read_rtf(content: bytes, path: str) -> list[str]:
    """Return the texts of the paragraphs of an RTF document; raise KouhaoError E_FORMAT."""
    from striprtf import striprtf  # noqa: PLC0415  few documents are RTF

    try:
        text: str = striprtf.rtf_to_text(content.decode("latin-1"), errors="replace")
    except (ValueError, LookupError, IndexError, RecursionError) as error:
        raise KouhaoError(
            "E_FORMAT", "RTF 已损坏", path=path, hint="请在 Word 或 WPS 里打开，另存为 .docx。"
        ) from error
    return text.replace("|", "\n").split("\n")
