"""The language server as an editor meets it: buffers, positions in UTF-16, fixes, what is offered, and settings."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="kouhao[lsp] is not installed")
pytest_lsp = pytest.importorskip("pytest_lsp")

from lsprotocol import types as lsp  # noqa: E402  where it is installed
from pytest_lsp import ClientServerConfig, LanguageClient  # noqa: E402

from kouhao.lsp import Lines  # noqa: E402

SLIP = "𠮷日推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。\n"
SERVER = ClientServerConfig(server_command=[sys.executable, "-m", "kouhao", "lsp"])


@pytest_lsp.fixture(config=SERVER)  # type: ignore[untyped-decorator]
async def client(lsp_client: LanguageClient, tmp_path: Path) -> AsyncIterator[None]:
    root = tmp_path.as_uri()
    await lsp_client.initialize_session(
        lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri=root, workspace_folders=[])
    )
    yield
    await lsp_client.shutdown_session()


def opened(client: LanguageClient, path: Path, text: str) -> str:
    """Open a buffer, whose file need not be there."""
    uri = path.as_uri()
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "plaintext", 1, text)))
    return uri


async def told(client: LanguageClient, uri: str) -> list[lsp.Diagnostic]:
    await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics[uri])


def typed(client: LanguageClient, uri: str, text: str, version: int = 2) -> None:
    client.text_document_did_change(
        lsp.DidChangeTextDocumentParams(
            lsp.VersionedTextDocumentIdentifier(version, uri), [lsp.TextDocumentContentChangeWholeDocument(text)]
        )
    )


def applied(text: str, edit: lsp.TextEdit | lsp.AnnotatedTextEdit | lsp.SnippetTextEdit) -> str:
    assert isinstance(edit, lsp.TextEdit)
    lines = Lines(text, "utf-16")
    return text[: lines.offset(edit.range.start)] + edit.new_text + text[lines.offset(edit.range.end) :]


@pytest.mark.asyncio
async def test_an_unsaved_buffer_is_checked_and_fixed(client: LanguageClient, tmp_path: Path) -> None:
    uri = opened(client, tmp_path / "稿.txt", SLIP)
    (found,) = await told(client, uri)
    assert (found.code, found.severity, found.source) == (
        "expansion-item-missing",
        lsp.DiagnosticSeverity.Error,
        "kouhao",
    )
    assert found.range.start.character == SLIP.index("(") + 2  # the bracket's content; 𠮷 counts twice
    actions = await client.text_document_code_action_async(
        lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), found.range, lsp.CodeActionContext([found]))
    )
    assert actions
    fix = actions[0]
    assert isinstance(fix, lsp.CodeAction)
    assert fix.is_preferred
    assert fix.edit
    assert fix.edit.changes
    fixed = applied(SLIP, fix.edit.changes[uri][0])
    assert "工作机制好、工作业绩好、群众反映好" in fixed
    typed(client, uri, fixed)
    assert await told(client, uri) == []


@pytest.mark.asyncio
async def test_what_is_typed_fast_is_checked_once(client: LanguageClient, tmp_path: Path) -> None:
    uri = opened(client, tmp_path / "稿.txt", "")
    await told(client, uri)
    for number in range(1, len(SLIP)):
        typed(client, uri, SLIP[:number], number + 1)
    checked: list[int] = []
    while len(SLIP) not in checked:
        params = await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        checked.append(params.version)
    assert len(checked) < 5


@pytest.mark.asyncio
async def test_a_slogan_under_the_pointer_is_explained(client: LanguageClient, tmp_path: Path) -> None:
    text = "𠮷日。\r\n𠮷推行“五好”建设。"
    uri = opened(client, tmp_path / "稿.md", text)
    await told(client, uri)
    place = lsp.TextDocumentIdentifier(uri)
    hover = await client.text_document_hover_async(lsp.HoverParams(place, lsp.Position(1, 6)))
    assert hover
    assert isinstance(hover.contents, lsp.MarkupContent)
    assert "班子建设好" in hover.contents.value
    assert "普陀区地方志办公室" in hover.contents.value
    assert hover.range == lsp.Range(lsp.Position(1, 5), lsp.Position(1, 7))
    assert await client.text_document_hover_async(lsp.HoverParams(place, lsp.Position(0, 1))) is None


@pytest.mark.asyncio
async def test_slogans_are_offered_with_their_edits(client: LanguageClient, tmp_path: Path) -> None:
    for text, offered, whole in (
        ("𠮷推行wuh", "五好", "𠮷推行五好"),
        ("，sjst", "三进三同步", "，三进三同步"),
        ("落实三进三", "三进三同步", "落实三进三同步"),
    ):
        answer = await completed(client, tmp_path / f"{offered}.txt", text)
        assert answer.is_incomplete
        item = next(item for item in answer.items if item.label == offered)
        assert isinstance(item.text_edit, lsp.TextEdit)
        assert item.detail
        assert item.filter_text
        assert text.endswith(item.filter_text)
        assert applied(text, item.text_edit) == whole


@pytest.mark.asyncio
async def test_nothing_is_offered_without_a_beginning(client: LanguageClient, tmp_path: Path) -> None:
    for number, text in enumerate(("w", "落款", "五", "hello ", "")):
        assert not (await completed(client, tmp_path / f"{number}.txt", text)).items


async def completed(client: LanguageClient, path: Path, text: str) -> lsp.CompletionList:
    """Return what is offered at the end of a text."""
    end = Lines(text, "utf-16").position(len(text))
    params = lsp.CompletionParams(lsp.TextDocumentIdentifier(opened(client, path, text)), end)
    answer = await client.text_document_completion_async(params)
    assert isinstance(answer, lsp.CompletionList)
    return answer


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (None, "", 'ignore = ["五好"]\n'),
        ("kouhao.toml", 'enable = ["quote-style"]\n', 'ignore = ["五好"]\nenable = ["quote-style"]\n'),
        ("kouhao.toml", 'ignore = ["甲"]\n', 'ignore = ["五好", "甲"]\n'),
        ("kouhao.toml", "ignore = [ ]\n", 'ignore = ["五好" ]\n'),
        ("pyproject.toml", "[tool.kouhao]\nbuiltin = true\n", '[tool.kouhao]\nignore = ["五好"]\nbuiltin = true\n'),
    ],
)
@pytest.mark.asyncio
async def test_a_term_is_ignored_in_the_settings(
    client: LanguageClient, tmp_path: Path, name: str | None, before: str, after: str
) -> None:
    if name:
        (tmp_path / name).write_text(before, encoding="utf-8")
    uri = opened(client, tmp_path / "稿.txt", SLIP)
    (found,) = await told(client, uri)
    actions = await client.text_document_code_action_async(
        lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), found.range, lsp.CodeActionContext([found]))
    )
    ignoring = next(one for one in actions or () if "不再提示“五好”" in one.title)
    assert isinstance(ignoring, lsp.CodeAction)
    assert ignoring.edit
    *made, change = ignoring.edit.document_changes or ()
    assert len(made) == (name is None)
    assert isinstance(change, lsp.TextDocumentEdit)
    path = tmp_path / (name or "kouhao.toml")
    assert change.text_document.uri == path.as_uri()
    written = applied(before, change.edits[0])
    assert written == after
    path.write_text(written, encoding="utf-8")
    client.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(path.as_uri())))
    assert await told(client, uri) == []


@pytest.mark.parametrize(
    ("settings", "severities"),
    [
        ('severity = { "expansion-item-missing" = "note" }\n', [lsp.DiagnosticSeverity.Information]),
        ('disable = ["expansion-item-missing"]\n', []),
        ('[[overrides]]\npaths = ["稿*"]\ndisable = ["expansion-item-missing"]\n', []),
        ('[[overrides]]\npaths = ["报*"]\ndisable = ["expansion-item-missing"]\n', [lsp.DiagnosticSeverity.Error]),
        ('ignore = ["稿.txt:1"]\n', []),
    ],
)
@pytest.mark.asyncio
async def test_settings_of_the_folder_count(
    client: LanguageClient, tmp_path: Path, settings: str, severities: list[lsp.DiagnosticSeverity]
) -> None:
    (tmp_path / "kouhao.toml").write_text(settings, encoding="utf-8")
    uri = opened(client, tmp_path / "稿.txt", SLIP)
    assert [found.severity for found in await told(client, uri)] == severities


OWN = """source: {{id: own, title: 口号选编, published: '2024-01-01', publisher: 某市}}
entries:
  - term: 三亮
    basis: stated
    full: {0}
    quote: 开展“三亮”（{0}）活动。
    parts: [{{name: 三亮, items: [{1}]}}]
"""


@pytest.mark.asyncio
async def test_a_glossary_that_is_written_meanwhile_counts_at_the_next_save(
    client: LanguageClient, tmp_path: Path
) -> None:
    own = tmp_path / "词库"
    own.mkdir()
    (tmp_path / "kouhao.toml").write_text('glossary = ["词库"]', encoding="utf-8")
    (own / "a.yaml").write_text(OWN.format("亮身份、亮承诺、亮业绩", "亮身份, 亮承诺, 亮业绩"), encoding="utf-8")
    uri = opened(client, tmp_path / "稿.txt", "开展“三亮”（亮身份、亮承诺、亮成绩）活动。\n")
    assert len(await told(client, uri)) == 1
    (own / "a.yaml").write_text(OWN.format("亮身份、亮承诺、亮成绩", "亮身份, 亮承诺, 亮成绩"), encoding="utf-8")
    client.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
    assert await told(client, uri) == []


@pytest.mark.asyncio
async def test_broken_settings_are_told_and_the_draft_is_checked(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / "kouhao.toml").write_text('glossary = ["none.yaml"]\n', encoding="utf-8")
    uri = opened(client, tmp_path / "稿.txt", SLIP)
    assert len(await told(client, uri)) == 1
    assert [message.type for message in client.messages] == [lsp.MessageType.Error]
    assert "none.yaml" in client.messages[0].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", None])
def test_places_go_there_and_back(encoding: str | None) -> None:
    text = "一𠮷\r\n\n二\u2028三\x0b四\r五"
    lines = Lines(text, encoding)
    inside = text.index("\n")  # of a line end that is two characters
    for offset in range(len(text) + 1):
        if offset != inside:
            assert lines.offset(lines.position(offset)) == offset
    assert lines.position(len(text)).line == 3
    assert lines.offset(lsp.Position(99, 99)) == len(text)
