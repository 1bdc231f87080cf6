"""The draft checker beyond its golden cases: machine formats, fixes, comments, baselines, faults of files and rules."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from pathlib import Path
from types import ModuleType

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from rapidfuzz.distance import OSA, LCSseq
from sarif_pydantic import Sarif
from sarif_pydantic.sarif import Notification
from tests.documents import writers
from tests.program import RUN, kouhao

from kouhao.check.checker import Checker, fixes
from kouhao.check.item_diff import in_common, is_one_edit
from kouhao.check.rules import RULES
from kouhao.documents.document import Document
from kouhao.documents.reading import read_bytes
from kouhao.errors import KouhaoError
from kouhao.lookup.engine import open_lookup
from kouhao.model import Edit, Finding, Severity, apply_edits
from kouhao.output.findings import rdjsonl, sarif

WRONG = "推行“五好”(班子建设好、党员队伍强、工作机制好、群众反映好)建设,推进三近三同步,落实两集中两道位。\n"
RIGHT = "推行“五好”(班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好)建设,推进三进三同步,落实两集中两到位。\n"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(open_lookup([], builtin=["putuo-2021"]), list(RULES))


@pytest.mark.parametrize("rule", RULES)
def test_manual_page_of_a_rule(rule: str) -> None:
    done = kouhao("check", "--explain", rule)
    assert done.returncode == 0
    assert "修改：" in done.stdout.decode()


def test_sarif_has_no_field_that_the_standard_lacks(checker: Checker) -> None:
    missing = KouhaoError("E_NOT_FOUND", "找不到文件", path="稿 2.txt")
    log_text = sarif(
        [checker.check(Document("稿 1.txt", WRONG, "utf-8"))._replace(broken=("term-variant",))], [missing]
    )
    log = Sarif.model_validate_json(log_text)
    # section 3.14.17 of the standard, and notifications of section 3.20, which the model leaves out
    assert unknown_fields(log) == ["columnKind", "toolExecutionNotifications"]
    for notification in json.loads(log_text)["runs"][0]["invocations"][0]["toolExecutionNotifications"]:
        assert unknown_fields(Notification.model_validate(notification)) == []
    assert log.runs[0].results


def unknown_fields(value: object) -> list[str]:
    if isinstance(value, list):
        return [name for one in value for name in unknown_fields(one)]
    if not isinstance(value, BaseModel):
        return []
    here = list(value.model_extra or {})
    return here + [name for field in type(value).model_fields for name in unknown_fields(getattr(value, field))]


def test_sarif_fingerprints_survive_moved_lines(checker: Checker) -> None:
    def marks(text: str) -> list[str]:
        log = json.loads(sarif([checker.check(Document("a.txt", text, "utf-8"))]))
        return [result["partialFingerprints"]["kouhao/v1"] for result in log["runs"][0]["results"]]

    assert marks(WRONG) == marks("标题\n\n" + WRONG)


@pytest.mark.parametrize(("suffix", "fixable"), [("txt", True), ("html", False)])
def test_fix_is_offered_only_where_an_edit_of_the_text_is_one_of_the_file(
    checker: Checker,
    suffix: str,
    fixable: bool,  # noqa: FBT001  a table's column
) -> None:
    report = checker.check(read_bytes(f"<b>题</b>\n\n{WRONG}".encode(), f"a.{suffix}", f".{suffix}"))
    results = json.loads(sarif([report]))["runs"][0]["results"]
    diagnostics = [json.loads(line) for line in rdjsonl([report]).splitlines()]
    assert any("fixes" in result for result in results) == fixable
    assert any("suggestions" in diagnostic for diagnostic in diagnostics) == fixable
    assert {diagnostic["location"]["range"]["start"]["line"] for diagnostic in diagnostics} == {3}


def test_comment_in_a_page_silences_its_line(checker: Checker) -> None:
    page = "<p>落实两集中两道位。</p><!-- kouhao: ignore -->\n<!-- kouhao: ignore-next-line -->\n<p>三近三同步</p>\n<p>两集中两道位</p>"
    report = checker.check(read_bytes(page.encode(), "a.html", ".html"))
    assert ([finding.line for finding in report.findings], report.warnings) == ([4], ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_fix_keeps_encoding_and_line_ends(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(WRONG.replace("\n", "\r\n").encode(encoding))
    assert kouhao("check", "--fix", path).returncode == 1
    assert path.read_bytes() == RIGHT.replace("\n", "\r\n").encode(encoding)
    assert kouhao("check", path).returncode == 0
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]


def test_fix_into_another_file(tmp_path: Path) -> None:
    path, target = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text(WRONG, encoding="utf-8")
    kouhao("check", "--fix", "--output", target, path)
    assert (path.read_text(encoding="utf-8"), target.read_text(encoding="utf-8")) == (WRONG, RIGHT)


@pytest.mark.parametrize("text", [WRONG, "5好建设。五个百（百创聚才、百巢引才、百智助才、百岗育才、百卡安才）"])
def test_fixed_text_is_clean(checker: Checker, text: str) -> None:
    fixed = apply_edits(text, fixes(checker.check(Document("-", text, "utf-8")).findings))
    assert [finding for finding in checker.check(Document("-", fixed, "utf-8")).findings if finding.edit] == []


FIVE = ["班子建设好", "党员队伍好", "工作机制好", "工作业绩好", "群众反映好"]
WHOLE = "、".join(FIVE)


@pytest.mark.parametrize(
    "text",
    [
        f"“五好”（{WHOLE}，下同）。",
        f"“五好”（{WHOLE}；以下简称“五好”）。",
        f"“五好”（{WHOLE}，共五项）。",
        f"“五好”（{WHOLE}，2021年启动，覆盖全县）。",
        f"“五好”（{WHOLE}，由组织部牵头）。",
        f"“五好”（{WHOLE}等五个方面）。",
        f"“五好”（{WHOLE}5个项目）。",
        f"“五好”（注：{WHOLE}）。",
        f"“五好”（{WHOLE}（含年度考核））。",
        f"“五好”（[{FIVE[0]}](a.md)、{FIVE[1]}<sup>1</sup>、{'、'.join(FIVE[2:])}）。",
        f"“五好”（{'；'.join(item + '，即团结有力，作风过硬' for item in FIVE)}）。",
        f"“五好”（{''.join(f'“{item}”' for item in FIVE)}）。",
        f"“五好”（{'；'.join(f'{nth}.{item}' for nth, item in enumerate(FIVE, 1))}）。",
        f"“五好”（{'；'.join(f'{nth}、{item}' for nth, item in enumerate(FIVE, 1))}）。",
        f"“五好”（{''.join(f'{chr(9312 + nth)}{item}' for nth, item in enumerate(FIVE))}）。",
        "“三进三同步”（进园区、进校区、进社区）专场活动。",
        "“双一流”（世界一流大学和世界一流学科）建设。",
        "“四个带头”要求，带头讲党课，带头参加基层主题党日，切实发挥作用。",
        f"五好\n备注\n{chr(10).join(FIVE)}\n",
        "革命的三大法宝是\nA．统一战线\nB．武装斗争\nC．工农武装割据\nD．党的建设\n",
    ],
)
def test_silent_on_what_stands_beside_the_items(checker: Checker, text: str) -> None:
    rules = {finding.rule for finding in checker.check(Document("a.md", text, "utf-8")).findings}
    assert rules <= {"unexplained-first-use"}


FOUR = FIVE[:3] + FIVE[4:]
NUMBERED = "，".join(f"{numeral}是{item}" for numeral, item in zip("一二三四", FOUR, strict=True))


@pytest.mark.parametrize(
    ("text", "fixable"),
    [
        (f"“五好”（{NUMBERED}）。", False),
        (f"“五好”：{NUMBERED}。", False),
        (f"“五好”，{NUMBERED}。", False),
        (f"“五好”（{'；'.join(f'（{nth}）{item}' for nth, item in enumerate(FOUR, 1))}）。", False),
        (f"“五好”（{''.join(f'{chr(9312 + nth)}{item}' for nth, item in enumerate(FOUR))}）。", False),
        (f"“五好”（{''.join(f'“{item}”' for item in FOUR)}）。", False),
        (f"“五好”（{'；'.join(f'{item}，即团结有力' for item in FOUR)}）。", False),
        (f"“五好”（{'、'.join(FOUR)}五个方面）。", False),
        (f"“五好”——{'、'.join(FOUR)}。", False),
        (f"五好：\n\n{chr(10).join(f'- [ ] {item}' for item in FOUR)}\n", False),
        (f"“五好”[1]（{'、'.join(FOUR)}）。", True),
        (f"“五好”【{'、'.join(FOUR)}】。", True),
        (f"“五好”[{'、'.join(FOUR)}]。", True),
        (f"“五好”〔{'、'.join(FOUR)}，下同〕。", True),
    ],
)
def test_missing_item_whatever_stands_beside_the_items(checker: Checker, text: str, *, fixable: bool) -> None:
    (finding,) = checker.check(Document("a.md", text, "utf-8")).findings
    assert (finding.rule, finding.expected) == ("expansion-item-missing", "工作业绩好")
    assert (finding.edit is not None) == fixable
    fixed = apply_edits(text, fixes([finding]))
    assert fixed == (text.replace("、".join(FOUR), WHOLE) if fixable else text)


def test_neighbours_in_other_words(checker: Checker) -> None:
    text = "“五好”（班子建设好、党员队伍好、机制运行顺、业绩很突出、群众反映好）建设。"
    findings = checker.check(Document("-", text, "utf-8")).findings
    assert [(finding.rule, finding.expected) for finding in findings] == [
        ("expansion-item-altered", "工作机制好"),
        ("expansion-item-altered", "工作业绩好"),
    ]


@pytest.mark.parametrize(
    "row", ["五好,班子建设好、党员队伍好", '五好,"班子建设好、党员队伍好"', "五好\t班子建设好、党员队伍好"]
)
def test_cells_of_a_table_in_text(checker: Checker, row: str) -> None:
    kind = "tsv" if "\t" in row else "csv"
    findings = checker.check(Document(f"a.{kind}", f"口号{row[2]}内容\n{row}\n", "utf-8")).findings
    assert {finding.rule for finding in findings} & {"expansion-item-missing", "count-mismatch"}


def test_numbered_list_of_another_slogan(checker: Checker) -> None:
    numbered = "，".join(f"{numeral}是{item}" for numeral, item in zip("一二三四五", FIVE, strict=True))
    (finding,) = checker.check(Document("-", f"“四好”（{numbered}）。", "utf-8")).findings
    assert (finding.rule, finding.expected) == ("count-mismatch", "五好")


COUNTS_RIGHT = (
    "“三个一批”（签约一批、开工一批、投产一批）",
    "“五个一工程”（一部好戏、一部电视剧、一部图书、一部理论文章、一首歌）",
    "“3+2”（机械、电子、化工、纺织、建材）",
    "“1+3+N”（一个中心、三个平台、多个基地）",
    "“六稳”“六保”（保居民就业、保基本民生、保市场主体、保粮食能源安全、保产业链供应链稳定、保基层运转）",
    "“四到”“四办”“四心”（精心、细心、耐心、热心）",
    "“三个聚焦”（“聚焦主业”“聚焦民生”“聚焦党建”）",
    "“三个聚焦”（一是聚焦主业，二是聚焦民生，三是聚焦党建）",
    "“三个到位”，即组织到位、责任到位和措施到位。",
)
NO_EXPANSION = (
    "《“三个一批”实施方案（试行、修订）》",
    "“四好农村路”建设办法（试行、修订）",
    "“四川大学”（望江校区、江安校区）",
    "“三亚”（海南、海口）",
    "“三等功”（王主任、李主任）",
    "“十佳青年”（张三、李四、王五）",
    "“5A级”（黄山、泰山）",
    "“24小时”（便利店、药店）",
    "“二十大”（北京、人民大会堂）",
    "“四梁八柱”（产业、科技、人才、金融）",
    "“10+3”（东盟十国、中国、日本、韩国）",
    "“三农”（种植业、养殖业、加工业、服务业）保险",
    "“四个方面”：\n组织建设、思想建设、作风建设。",
)
COUNTS_WRONG = {
    "“三个一批”（签约一批、开工一批）": "“三个一批”应有 3 项，列了 2 项",
    "“3+2”（机械产业、电子产业、化工产业、纺织产业）": "“3+2”应有 5 项，列了 4 项",
    "“六稳”“六保”（保就业、保民生、保主体、保粮食、保运转）": "“六保”应有 6 项，列了 5 项",
    "“十个一”（一堂党课、一次走访、一场宣讲、一次培训）": "“十个一”应有 10 项，列了 4 项",
    "“四风”，即形式主义、官僚主义、享乐主义。": "“四风”应有 4 项，列了 3 项",
    "“三个聚焦”（“聚焦主业”“聚焦民生”）": "“三个聚焦”应有 3 项，列了 2 项",
    "“三个聚焦”（一是聚焦主业，二是聚焦民生）": "“三个聚焦”应有 3 项，列了 2 项",
    "“三个聚焦”（1.聚焦主业；2.聚焦民生）": "“三个聚焦”应有 3 项，列了 2 项",
    "“三大攻坚战”（防范化解重大风险、精准脱贫）": "“三大攻坚战”应有 3 项，列了 2 项",
}


@pytest.mark.parametrize("text", [*COUNTS_RIGHT, *NO_EXPANSION])
def test_what_counts_out_or_is_no_expansion_is_left_alone(checker: Checker, text: str) -> None:
    assert [finding.message for finding in checker.check(Document("-", text, "utf-8")).findings] == []


@pytest.mark.parametrize("text", COUNTS_WRONG)
def test_list_of_another_number(checker: Checker, text: str) -> None:
    findings = checker.check(Document("-", text, "utf-8")).findings
    assert [(finding.rule, finding.message) for finding in findings] == [("count-mismatch", COUNTS_WRONG[text])]


@pytest.mark.parametrize(
    ("text", "found"), [("“五好”,“三项行动”，“四个带头”：", ["半角标点"]), ("“五好”,“三项行动”;", [])]
)
def test_width_of_marks_around_slogans(checker: Checker, text: str, found: list[str]) -> None:
    findings = checker.check(Document("-", text, "utf-8")).findings
    assert [finding.found for finding in findings if finding.rule == "quote-style"] == found


def word_document(path: Path, *paragraphs: str) -> None:
    document = docx.Document()
    for text in paragraphs:
        paragraph = document.add_paragraph()
        for at in range(0, len(text), 4):
            paragraph.add_run(text[at : at + 4])
    document.save(str(path))


def comments(path: Path) -> list[str]:
    return [comment.text for comment in docx.Document(str(path)).comments]


def test_word_document_gets_comments_in_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    word_document(path, "标题", WRONG.strip())
    before = path.read_bytes()
    assert kouhao("check", "--fix", path).returncode == 1
    copy = tmp_path / "a.批注.docx"
    assert path.read_bytes() == before
    assert len(comments(copy)) == 4
    kouhao("check", "--fix", "--in-place", copy)
    assert len(comments(copy)) == 4


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_an_old_word_document_gets_its_comments_in_a_new_one(tmp_path: Path) -> None:
    word_document(tmp_path / "a.docx", "标题", WRONG.strip(), "落实“三会一课”制度。")
    old = writers.convert(tmp_path / "a.docx", "doc", tmp_path).rename(tmp_path / "a.wps")
    before = old.read_bytes()
    assert kouhao("check", "--fix", "--in-place", old).returncode == 1
    assert (old.read_bytes(), len(comments(tmp_path / "a.wps.批注.docx"))) == (before, 4)
    assert kouhao("expand", old).returncode == 0
    assert docx.Document(str(tmp_path / "a.wps.展开.docx")).paragraphs[0].text == "标题"


def test_an_expanded_copy_is_written_only_where_there_is_something_to_expand(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    word_document(path, "标题", "今天开会。")
    done = kouhao("expand", path)
    assert (done.returncode, (tmp_path / "a.展开.docx").exists(), "没有另存" in done.stderr.decode()) == (
        0,
        False,
        True,
    )


@pytest.mark.parametrize(("command", "mark"), [(["expand"], "展开"), (["check", "--fix"], "批注")])
def test_a_copy_is_private_as_its_document_and_what_others_saved_stays(
    command: list[str], mark: str, tmp_path: Path
) -> None:
    path, copy = tmp_path / "a.docx", tmp_path / f"a.{mark}.docx"
    word_document(path, "标题", "落实“三会一课”制度。", WRONG.strip())
    path.chmod(0o600)
    for _ in range(2):
        assert kouhao(*command, path).returncode == (command != ["expand"])
        assert (len([*tmp_path.iterdir()]), copy.stat().st_mode & 0o777) == (2, 0o600)
    document = docx.Document(str(copy))
    document.core_properties.last_modified_by = "甲"
    document.save(str(copy))
    before = copy.read_bytes()
    done = kouhao(*command, path)
    assert (done.returncode, copy.read_bytes()) == (2, before)
    assert "E_EXISTS" in done.stderr.decode()


def test_finding_in_a_table_is_named_by_its_cell_and_gets_its_comment(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_table(2, 3).cell(1, 2).text = "推进三近三同步"
    document.add_paragraph("落实两集中两道位。")
    document.save(str(path))
    places = [
        json.loads(line)["place"] for line in kouhao("check", "--fix", "--format", "jsonl", path).stdout.splitlines()
    ]
    assert places == ["表 1 第 2 行第 3 格", "第 1 段"]
    assert len(comments(tmp_path / "a.批注.docx")) == 2


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "gcc", "github", "rdjsonl", "sarif"])
def test_finding_in_a_word_document_names_the_heading_above_it(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_heading("一、深化“放管服”改革", 1)
    document.add_paragraph("开展评议。")
    document.add_paragraph("落实两集中两道位。")
    document.save(str(path))
    told = kouhao("check", "--format", form, path).stdout.decode().replace("\n", "")
    assert "第 3 段，在“一、深化‘放管服’改革”下" in told


def test_comments_onto_the_document_itself_need_a_word(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    word_document(path, WRONG.strip())
    before = path.read_bytes()
    done = kouhao("check", "--fix", "--output", path, path)
    assert (done.returncode, b"--in-place" in done.stderr) == (2, True)
    assert path.read_bytes() == before


def test_baseline_hides_what_was_there(tmp_path: Path) -> None:
    path, known = tmp_path / "a.txt", tmp_path / "known.json"
    path.write_text(WRONG, encoding="utf-8")
    assert kouhao("check", "--write-baseline", known, path).returncode == 0
    path.write_text("前言\n" + WRONG, encoding="utf-8")
    assert kouhao("check", "--baseline", known, path).returncode == 0
    path.write_text("前言\n" + WRONG + "三近三同步\n", encoding="utf-8")
    done = kouhao("check", "--baseline", known, path)
    assert (done.returncode, done.stdout.count(b"[")) == (1, 1)


def test_baseline_and_ignored_places_know_every_spelling_of_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("推进三近三同步工作,今年完成任务,明年继续努力。", encoding="utf-8")
    kouhao("check", "--write-baseline", "known.json", "a.txt", folder=tmp_path)
    path.write_text("推进三近三同步工作,今年完成任务,明年继续奋斗。", encoding="utf-8")
    for spelled in ("a.txt", "./a.txt", path):
        assert kouhao("check", "--baseline", "known.json", spelled, folder=tmp_path).returncode == 0
        assert kouhao("check", "--ignore", "./a.txt:1", spelled, folder=tmp_path).returncode == 0


def test_a_baseline_and_ignored_places_hold_from_every_folder(tmp_path: Path) -> None:
    (tmp_path / "讲话").mkdir()
    (tmp_path / "讲话" / "a.txt").write_text(WRONG, encoding="utf-8")
    kouhao("check", "--write-baseline", "known.json", "讲话", folder=tmp_path)
    done = kouhao("check", "--baseline", "../known.json", "a.txt", folder=tmp_path / "讲话")
    assert (done.returncode, "忽略" in done.stderr.decode()) == (0, True)
    (tmp_path / "kouhao.toml").write_text('ignore = ["讲话/a.txt:1"]', encoding="utf-8")
    for folder, path in ((tmp_path, "讲话/a.txt"), (tmp_path / "讲话", "a.txt")):
        done = kouhao("check", path, folder=folder)
        assert (done.returncode, "没有出现" in done.stderr.decode()) == (0, False)


def test_a_baseline_is_written_over_a_baseline_only(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WRONG, encoding="utf-8")
    done = kouhao("check", "--write-baseline", "a.txt", "a.txt", folder=tmp_path)
    assert (done.returncode, "E_EXISTS]: a.txt" in done.stderr.decode()) == (2, True)
    assert path.read_text(encoding="utf-8") == WRONG
    for _ in range(2):
        assert kouhao("check", "--write-baseline", "known.json", "a.txt", folder=tmp_path).returncode == 0
    done = kouhao("check", "--baseline", "known.json", "--write-baseline", "known.json", "a.txt", folder=tmp_path)
    assert (done.returncode, "只能用一个" in done.stderr.decode()) == (2, True)
    assert json.loads((tmp_path / "known.json").read_bytes())["fingerprints"]


def test_settings_of_a_folder_that_do_not_hold_are_told(tmp_path: Path) -> None:
    (tmp_path / "讲话").mkdir()
    (tmp_path / "讲话" / "a.txt").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "讲话" / "kouhao.toml").write_text('disable = ["inconsistent"]', encoding="utf-8")
    assert "讲话/kouhao.toml: 说明：没有用到" in kouhao("check", "讲话", folder=tmp_path).stderr.decode()
    assert "没有用到" not in kouhao("check", "a.txt", folder=tmp_path / "讲话").stderr.decode()


def test_baseline_that_cannot_be_written(tmp_path: Path) -> None:
    target = tmp_path / "none" / "known.json"
    done = kouhao("check", "--write-baseline", target, "-", stdin=WRONG.encode())
    assert (done.returncode, f"E_IO]: {target}:" in done.stderr.decode()) == (2, True)


def test_fix_goes_through_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text(WRONG, encoding="utf-8")
    link.symlink_to("a.txt")
    kouhao("check", "--fix", link)
    assert (link.is_symlink(), path.read_text(encoding="utf-8")) == (True, RIGHT)


SETTINGS = [
    ("kouhao.toml", 'fail_on = "note"\n[[overrides]]\npaths = ["*"]\nenabel = ["inconsistent"]\n', 4),
    ("kouhao.toml", 'glossary = ["词库/*.yaml"]\n', 1),
    ("pyproject.toml", "[tool]\nkouhao = 3\n", 2),
    ("pyproject.toml", "[foo]\nx = 1\n[tool.kouhao]\nfoo = 1\n", 4),
    ("kouhao.toml", "builtin = true\n[foo]\n", 2),
    ("kouhao.toml", 'builtin = true\nenable = ["a",\n\n', 2),
    ("kouhao.toml", "builtin = true\n# \udc81\n", 2),
]


@pytest.mark.parametrize(("name", "content", "line"), SETTINGS)
def test_broken_settings_are_told_with_their_line(tmp_path: Path, name: str, content: str, line: int) -> None:
    (tmp_path / name).write_bytes(content.encode(errors="surrogateescape"))
    done = kouhao("check", "-", folder=tmp_path)
    assert (done.returncode, f"error[E_CONFIG]: {name}:{line}: " in done.stderr.decode()) == (2, True)


def test_missing_baseline(tmp_path: Path) -> None:
    done = kouhao("check", "--baseline", tmp_path / "none.json", "-", stdin=b"")
    assert (done.returncode, b"E_NOT_FOUND" in done.stderr) == (2, True)


def test_rule_that_fails_is_told_and_the_others_go_on(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise RuntimeError

    rule: ModuleType = RULES["term-misspelt"]
    monkeypatch.setattr(rule, "check", broken)
    report = checker.check(Document("-", WRONG, "utf-8"))
    assert report.broken == ("term-misspelt",)
    assert "expansion-item-missing" in {finding.rule for finding in report.findings}


def test_folder_is_checked_by_several_processes(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(WRONG + "工作。" * 30_000, encoding="utf-8")
    done = kouhao("check", "--format", "jsonl", tmp_path)
    paths = [json.loads(line)["path"] for line in done.stdout.splitlines()]
    assert (done.returncode, paths) == (1, sorted(paths))
    assert len(paths) == 24


def heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_interrupt_ends_every_process(tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text(WRONG * 20_000, encoding="utf-8")
    with subprocess.Popen(
        [*RUN, "check", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heed_interrupts,  # noqa: PLW1509  the test starts no threads
    ) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=30)[1]
    assert (process.returncode, told) == (130, b"")
    assert {found.suffix for found in tmp_path.iterdir()} == {".txt"}


def test_nul_is_passed_over_where_the_user_says_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\0" + WRONG.encode())
    assert kouhao("check", "--text", path).returncode == 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "gb18030"])
def test_text_with_zero_bytes_is_read_in_its_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((f"\0{WRONG}" if encoding == "gb18030" else f"{WRONG}\n").encode(encoding))
    assert kouhao("check", "--text", path).returncode == 1


def test_what_is_no_text_is_never_clean(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(256)) * 9)
    done = kouhao("check", "--text", path)
    assert (done.returncode, "读不出是什么字的" in done.stderr.decode()) == (2, True)


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n", "\u2028"])
def test_line_ends_count_alike_everywhere(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"一。{ending}二。{ending}落实5好建设。".encode())
    checked = json.loads(kouhao("check", "--enable", "term-variant", "--format", "jsonl", path).stdout)
    scanned = json.loads(kouhao("scan", "--format", "jsonl", path).stdout)
    assert [(found["line"], found["column"]) for found in (checked, scanned)] == [(3, 3), (3, 3)]


def test_places_do_not_count_the_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("落实两集中两道位。".encode("utf-8-sig"))
    assert json.loads(kouhao("check", "--format", "jsonl", path).stdout)["start"] == 2


def test_encoding_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("落实两集中两道位。".encode("gb18030"))
    assert json.loads(kouhao("check", "--format", "json", path).stdout)["files"][0]["encoding"] == "gb18030"


@given(st.text(alphabet="五好三进同步两集中到位5“”(（)）、，和\n 四个百创才", max_size=60))
def test_any_text_is_checked_and_its_places_are_inside(text: str) -> None:
    report = HYPOTHESIS.check(Document("-", text, "utf-8"))
    assert report.broken == ()
    assert all(0 <= finding.start <= finding.end <= len(text) for finding in report.findings)
    edits = fixes(report.findings)
    grown = sum(len(edit.replacement) - (edit.end - edit.start) for edit in edits)
    assert len(apply_edits(text, edits)) == len(text) + grown


HYPOTHESIS = Checker(open_lookup([], builtin=["putuo-2021"]), list(RULES))


EDITS = st.builds(
    lambda start, size, text: Edit(start, start + size, text),
    st.integers(0, 9),
    st.integers(0, 4),
    st.sampled_from("ab"),
)


@given(st.lists(EDITS, max_size=8))
def test_of_two_edits_that_overlap_neither_is_made(edits: list[Edit]) -> None:
    found = [Finding("a.txt", 1, 1, "rule", Severity.NOTE, "", edit=edit) for edit in edits]
    alone = [
        one
        for one in set(edits)
        if not any(other.start < one.end and one.start < other.end for other in set(edits) - {one})
    ]
    assert sorted(fixes(found), key=repr) == sorted(alone, key=repr)


def test_a_finding_far_out_in_a_long_line_is_shown_at_once() -> None:
    done = kouhao("check", "-", stdin=("推行改革。" * 100_000 + "推行三近三同步。" + "推行改革。" * 100_000).encode())
    place, source, caret = done.stdout.decode().splitlines()
    assert place.startswith("-:1:500003: ")
    assert source.startswith("    …推行改革。推行改革。推行三近三同步。推行改革。")
    assert caret.strip() == "^^^^^^^^^^"


@pytest.mark.parametrize(
    ("options", "record", "code"),
    [
        ([], {"text": WRONG}, 1),
        ([], {"text": RIGHT}, 0),
        (["--exit-zero"], {"text": WRONG}, 0),
        (["--ignore", "五好", "--disable", "term-misspelt"], {"text": WRONG}, 0),
        ([], {"text": "坚定“四个自性”。"}, 1),
        (["--severity", "term-misspelt=note"], {"text": "坚定“四个自性”。"}, 0),
        (["--fail-on", "error"], {"text": "坚定“四个自性”。"}, 0),
        ([], {"txt": WRONG}, 2),
        (["--stdin-filename", "稿.md"], {"text": RIGHT}, 2),
        (["--fix"], {"text": WRONG}, 2),
        (["--watch"], {"text": WRONG}, 2),
    ],
)
def test_records_end_with_the_code_of_their_findings(options: list[str], record: dict[str, str], code: int) -> None:
    done = kouhao("check", "--jsonl-in", *options, stdin=f"{json.dumps(record)}\n".encode())
    assert done.returncode == code, done.stderr.decode()
    assert (not done.stdout) == any(name in options for name in ("--stdin-filename", "--fix", "--watch"))


@given(st.text("四个意识", max_size=8), st.text("四个意识", max_size=8))
def test_what_needs_no_comparison_is_as_rapidfuzz_has_it(one: str, other: str) -> None:
    assert in_common(one, other) == LCSseq.similarity(one, other)
    assert is_one_edit(one, other) == (OSA.distance(one, other) == 1)
