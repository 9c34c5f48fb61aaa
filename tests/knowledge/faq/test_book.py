"""Excel both ways: what goes out comes back unchanged, and three versions are told apart."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import knowledge.pack
from knowledge.faq.book import book_of, read_book
from knowledge.faq.editing import CannotEdit
from knowledge.faq.edits import write_edits
from knowledge.faq.importing import plan_import
from knowledge.faq.plan import Kind
from knowledge.faq.sheet import read_sheet
from tests.office import workbook

PACK = Path(knowledge.pack.__file__).parent / "faq"
TODAY = date(2026, 11, 25)
FILE = """\
# 前面的话，谁也不动

## 甲怎么办？
编号：jia
问法：甲一；甲二
问法：甲三
来源：《办法》：第 3 条
核对：2026年11月1日

【短】=甲的答案
@不是公式

【长】更多的话。
【广播】喇叭里的话。


## 乙怎么办？
编号：yi
状态：草稿
来源：社区
核对：2026-11-01

0731-00000000
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "faq"
    folder.mkdir()
    (folder / "a.md").write_text(FILE, "utf-8")
    return folder


def exported(folder):
    raw, too_long = book_of(read_sheet(folder))
    assert too_long == ()
    return raw


def changed(raw, change):
    book = openpyxl.load_workbook(io.BytesIO(raw))
    change(book["问答"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def plan(folder, raw, **options):
    return plan_import(folder, read_book(raw, "表.xlsx"), TODAY, **options)


def fates(found):
    return {one.id: one.kind for one in found.changes}


def cell(sheet, entry_id, column):
    head = [one.value for one in sheet[1]]
    line = next(cells for cells in sheet.iter_rows(2) if cells[0].value == entry_id)
    return line[head.index(column)]


def test_the_whole_pack_comes_back_unchanged(tmp_path):
    folder = tmp_path / "faq"
    shutil.copytree(PACK, folder)
    found = plan(folder, exported(folder))
    assert {one.kind for one in found.changes} == {Kind.SAME}
    assert (found.rows, found.before, found.after) == (110, 110, 110)
    assert found.problems == ()


def test_every_cell_is_text_so_that_nothing_is_run_or_rounded(folder):
    book = openpyxl.load_workbook(io.BytesIO(exported(folder)))
    cells = [one for line in book["问答"].iter_rows() for one in line if one.value is not None]
    assert {one.data_type for one in cells} == {"s"}
    assert {one.number_format for one in cells} == {"@"}
    assert cell(book["问答"], "jia", "答案").value == "=甲的答案\n@不是公式"
    assert book["导出记录"].sheet_state == "hidden"


def test_a_change_touches_its_own_lines_and_nothing_else(folder):
    def edit(sheet):
        cell(sheet, "jia", "问法").value = "甲一\n新的问法"
        cell(sheet, "jia", "有效期").value = "2027年3月1日"

    found = plan(folder, changed(exported(folder), edit))
    assert fates(found) == {"jia": Kind.CHANGED, "yi": Kind.SAME}
    (one,) = found.edits
    assert [column for column, *_ in one.differences] == ["问法", "有效期"]
    write_edits(folder, found.edits)
    assert (folder / "a.md").read_text("utf-8") == FILE.replace(
        "问法：甲一；甲二\n问法：甲三", "问法：甲一\n问法：新的问法"
    ).replace("2026年11月1日\n", "2026年11月1日\n有效期：2027-03-01\n")


def test_a_row_taken_out_is_an_entry_taken_out_and_a_new_one_goes_to_the_end(folder):
    def edit(sheet):
        sheet.delete_rows(2)
        sheet.append([None, None, "丙怎么办？", "丙一；丙二", "丙" * 200, None, "社区"])

    found = plan(folder, changed(exported(folder), edit))
    assert [len(found.of(kind)) for kind in (Kind.ADDED, Kind.CHANGED, Kind.GONE)] == [1, 0, 1]
    assert (found.before, found.after) == (2, 2)
    write_edits(folder, found.edits)
    assert (folder / "a.md").read_text("utf-8") == FILE[: FILE.index("## 甲")] + FILE[
        FILE.index("## 乙") :
    ]
    (new,) = read_sheet(folder).entries
    assert (new.question, new.variants) == ("丙怎么办？", ("丙一", "丙二"))
    assert (len(new.short), len(new.long)) == (120, 200)


MINE = "表里改的"


def edited(sheet):
    cell(sheet, "jia", "答案").value = MINE


@pytest.mark.parametrize(
    ("edit", "rewrite", "fate", "when_taken"),
    [
        (None, None, Kind.SAME, Kind.SAME),
        (edited, None, Kind.CHANGED, Kind.CHANGED),
        (None, "文件里改的", Kind.KEPT, Kind.KEPT),
        (edited, "文件里改的", Kind.CLASH, Kind.CHANGED),
        (edited, MINE, Kind.SAME, Kind.SAME),
        (lambda sheet: sheet.delete_rows(2), None, Kind.GONE, Kind.GONE),
        (lambda sheet: sheet.delete_rows(2), "文件里改的", Kind.CLASH, Kind.GONE),
        (edited, "", Kind.CLASH, Kind.ADDED),
        (None, "", Kind.KEPT, Kind.KEPT),
    ],
)
def test_three_versions_side_by_side(folder, edit, rewrite, fate, when_taken):
    raw = exported(folder)
    if edit:
        raw = changed(raw, edit)
    if rewrite:
        text = FILE.replace("=甲的答案\n@不是公式", rewrite)
        (folder / "a.md").write_text(text, "utf-8")
    elif rewrite == "":
        (folder / "a.md").write_text(FILE[FILE.index("## 乙") :], "utf-8")
    assert fates(plan(folder, raw)).get("jia", Kind.SAME) == fate
    taken = plan(folder, raw, take=["jia"])
    assert fates(taken)["jia"] == when_taken
    write_edits(folder, taken.edits)
    again = plan(folder, raw, take=["jia"])
    assert not again.edits


def test_a_sheet_of_ones_own_adds_and_changes_but_never_takes_out(folder):
    raw = workbook(
        随便=[["我们的问答"], [], ["标准问", "回答 "], ["甲怎么办", "新的答案"], ["丁？", "丁。"]],
        备注=[["随手记"]],
    )
    found = plan(folder, raw)
    assert fates(found) == {"jia": Kind.CHANGED, found.of(Kind.ADDED)[0].id: Kind.ADDED}
    (one,) = found.of(Kind.CHANGED)
    assert "来源：《办法》：第 3 条" in one.text
    assert "【长】更多的话。" in one.text
    assert "表.xlsx《备注》" in {problem.file for problem in found.problems}
    write_edits(folder, found.edits)
    assert {one.kind for one in plan(folder, raw).changes} == {Kind.SAME}


def test_a_good_row_mends_the_entry_that_is_wrong_in_its_file(folder):
    (folder / "a.md").write_text(FILE.replace("核对：2026年11月1日", "核对：昨天"), "utf-8")
    rows = [["编号", "问题", "答案", "核对"], ["jia", "甲怎么办？", "好了。", "2026-11-02"]]
    found = plan(folder, workbook(a=rows))
    assert fates(found) == {"jia": Kind.CHANGED}
    write_edits(folder, found.edits)
    assert [(one.id, one.short) for one in read_sheet(folder).entries] == [("jia", "好了。")]


def test_while_one_id_cannot_be_read_nothing_is_taken_out(folder):
    def edit(sheet):
        cell(sheet, "yi", "编号").value = "=A2"

    assert not plan(folder, changed(exported(folder), edit)).of(Kind.GONE)


def test_files_that_changed_after_the_preview_stay_as_they_are(folder):
    found = plan(folder, changed(exported(folder), edited))
    (folder / "a.md").write_text(FILE.replace("更多的话", "别的话"), "utf-8")
    with pytest.raises(CannotEdit, match="什么也没有写"):
        write_edits(folder, found.edits)
    assert "别的话" in (folder / "a.md").read_text("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encoding_and_line_ends_of_the_file_stay(folder, encoding, ending):
    path = folder / "a.md"
    path.write_bytes(FILE.replace("\n", ending).encode(encoding))
    found = plan(folder, changed(exported(folder), edited))
    write_edits(folder, found.edits)
    expected = FILE.replace("=甲的答案\n@不是公式", MINE)
    expected = expected.replace("【长】更多的话。\n【广播】", "【长】更多的话。\n\n【广播】")
    assert path.read_bytes() == expected.replace("\n", ending).encode(encoding)


_LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn"]),
    min_size=1,
    max_size=30,
)
_TEXTS = st.lists(_LINES, min_size=1, max_size=3).map("\n".join)


@given(question=_LINES, variants=st.lists(_LINES, max_size=3), short=_TEXTS, source=_LINES)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_was_accepted_from_a_table_goes_out_and_comes_back_the_same(
    tmp_path_factory, question, variants, short, source
):
    folder = tmp_path_factory.mktemp("faq")
    rows = [["问题", "问法", "答案", "来源"], [question, "\n".join(variants), short, source]]
    raw = workbook(lambda book: _as_text(book["a"]), a=rows)
    found = plan(folder, raw)
    write_edits(folder, found.edits)
    assert {one.kind for one in plan(folder, exported(folder)).changes} <= {Kind.SAME}
    if found.edits:
        (one,) = read_sheet(folder, links=("",)).blocks.values()
        assert one.title
        assert not plan(folder, raw).edits


def _as_text(sheet):
    for line in sheet.iter_rows():
        for one in line:
            if one.value is not None:
                one.data_type = "s"


def test_a_row_whose_id_was_changed_is_an_error_and_never_a_removal(folder):
    def drag(sheet):
        cell(sheet, "jia", "编号").value = "a2"

    found = plan(folder, changed(exported(folder), drag))
    assert fates(found) == {"jia": Kind.WRONG, "yi": Kind.SAME}
    (told,) = found.problems
    assert (told.cell, told.fix) == ("A2", "改回 jia；编号不能改，也不要往下拖")


@pytest.mark.parametrize("spoilt", ["Jia", "j" * 81])
def test_nothing_is_removed_while_an_id_cannot_be_read(folder, spoilt):
    def reword(sheet):
        cell(sheet, "jia", "问题").value = "甲另外怎么办？"
        cell(sheet, "jia", "编号").value = spoilt

    found = plan(folder, changed(exported(folder), reword))
    assert fates(found) == {spoilt: Kind.WRONG, "yi": Kind.SAME}
    assert "编号" in found.problems[0].message


def test_nothing_is_removed_by_a_table_without_its_ids(folder):
    def reword(sheet):
        cell(sheet, "jia", "问题").value = "甲另外怎么办？"
        sheet.delete_cols(1)

    found = plan(folder, changed(exported(folder), reword))
    assert sorted(fates(found).values()) == [Kind.ADDED, Kind.SAME]


def test_an_emptied_answer_is_an_error_though_more_of_it_stays(folder):
    def empty(sheet):
        cell(sheet, "jia", "答案").value = None

    found = plan(folder, changed(exported(folder), empty))
    assert fates(found) == {"jia": Kind.WRONG, "yi": Kind.SAME}
    (told,) = found.problems
    assert (told.cell, told.message) == ("E2", "没有写答案")
