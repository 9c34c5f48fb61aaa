"""What goes wrong in an office: each slip is told with its place and its mend, and spoils no other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl.styles import Font

from knowledge.community.roster.rosterbook import read_book as read_roster_book
from knowledge.faq.book import read_book
from knowledge.faq.importing import plan_import
from knowledge.faq.plan import Kind
from knowledge.faq.sheet import read_sheet
from knowledge.faq.shelf import Shelf
from tests.office import docx, workbook

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 25)
SOUND = "## 社区几点上班？\n编号：hours\n来源：社区\n核对：2026-11-01\n\n上午八点半。\n\n"
HEAD = "来源：社区\n核对：2026-11-01\n"
BIG = "## 一次粘贴太多？\n来源：社区\n\n" + "请看下面的表格。\n" * 200_000
"""Five megabytes."""


@dataclass(frozen=True)
class Slip:
    """A file as somebody wrote it, and what he is told: place, words, mend."""

    wrong: str | bytes
    at: tuple[int, str]
    what: str
    mend: str
    level: str = "error"
    name: str = "b.md"


def entry(fields="", body="在一楼办。", title="证在哪里办？", head=HEAD):
    return f"## {title}\n编号：wrong\n{head}{fields}\n{body}\n"


def _raw(slip: Slip) -> bytes:
    return slip.wrong if isinstance(slip.wrong, bytes) else slip.wrong.encode()


TEXT = {
    "no colon": Slip(entry("适用 全市\n"), (5, "栏目"), "没有冒号", "写成“栏目：值”"),
    "a field's name is misspelt": Slip(
        entry("有効期：2027-01-01\n"), (5, "有効期"), "不认识的栏目", "是不是想写“有效期：”"
    ),
    "a word for a date": Slip(
        entry("有效期：明年底\n"), (5, "有效期"), "不是一个日期", "2026-12-31"
    ),
    "a date with slashes": Slip(
        entry("有效期：2026/12/31\n"), (5, "有效期"), "不是一个日期", "2026-12-31"
    ),
    "a day that is not in the calendar": Slip(
        entry("有效期：2026-02-30\n"), (5, "有效期"), "不存在", "2026-12-31"
    ),
    "a blank line before the fields": Slip(
        "## 证在哪里办？\n\n编号：wrong\n\n在一楼办。\n", (3, "编号"), "多了一个空行", "删掉"
    ),
    "a blank line among the fields": Slip(
        "## 证在哪里办？\n编号：wrong\n来源：社区\n核对：2026-11-01\n\n有效期：长期\n\n在一楼办。\n",
        (6, "有效期"),
        "多了一个空行",
        "删掉",
        level="warning",
    ),
    "no blank line before an answer that begins with an hour": Slip(
        f"## 几点开门？\n编号：wrong\n{HEAD}8:30 到 17:30 都有人。\n",
        (5, "8"),
        "不认识的栏目",
        "空一行",
    ),
    "no answer": Slip(entry(body=""), (1, "正文"), "没有写答案", "空一行，写上答案"),
    "no question": Slip(entry(title=""), (1, "标题"), "没有标题", "写上标题"),
    "two entries with one id": Slip(
        entry().replace("wrong", "hours"), (2, "编号"), "已经用过（faq/a.md 第 1 行）", "换一个"
    ),
    "the same question twice": Slip(
        entry(title="社区几点上班"), (1, "标题"), "同一个问题已经有了", "合成一条"
    ),
    "a field twice": Slip(entry("来源：街道\n"), (5, "来源"), "写了两次", "只留一行"),
    "a Chinese id": Slip(
        entry().replace("wrong", "办证"), (2, "编号"), "不能用", "小写字母、数字和减号"
    ),
    "a link outside the allow-list": Slip(
        entry(body="看 https://example.net/a 的说明"), (6, "正文"), "不在允许的网站里", "删掉链接"
    ),
    "an unknown state": Slip(entry("状态：操稿\n"), (5, "状态"), "不认识的状态", "只能写 草稿"),
    "one # too few": Slip(
        entry(body="在一楼办。\n\n# 社保卡呢？\n来源：社区\n\n在二楼办。"),
        (8, "标题"),
        "被当成了上一条的答案",
        "两个井号",
    ),
    "three # in a row": Slip(
        entry(body="在一楼办。\n### 社保卡呢？\n来源：社区\n\n在二楼办。"),
        (7, "标题"),
        "被当成了上一条的答案",
        "两个井号",
    ),
    "half a bracket": Slip(
        entry(body="【短] 在一楼办。\n【长】带身份证。"), (6, "正文"), "没有认出来", "写成【短】"
    ),
    "an empty field": Slip(
        entry("适用：\n"), (5, "适用"), "后面是空的", "写上内容", level="warning"
    ),
    "somebody's mobile number": Slip(
        entry(body="找小张 138 0000 0000"), (6, "正文"), "手机号", "值班座机", level="warning"
    ),
    "somebody's citizen number": Slip(
        entry(body="例：430104199001011234"), (6, "正文"), "身份证号", "删掉", level="warning"
    ),
    "a short text that is too long": Slip(
        entry(body="【短】" + "先到一楼取号。" * 20),
        (6, "短"),
        "超过 120 字",
        "放到【长】",
        "warning",
    ),
    "an answer that has ended": Slip(
        entry("有效期：2026-01-01\n"), (5, "有效期"), "已过期", "核实", level="warning"
    ),
    "checked in the future": Slip(
        entry(head="来源：社区\n核对：2027-01-01\n"), (4, "核对"), "还没到", "真正核对", "warning"
    ),
    "nothing about the source": Slip(
        entry(head="核对：2026-11-01\n"), (1, "来源"), "没有写来源", "文件名和文号", level="warning"
    ),
    "a wording that leads to two answers": Slip(
        entry("问法：社区几点上班\n"),
        (5, "问法"),
        "也是《社区几点上班？》的问法",
        "只留",
        "warning",
    ),
    "saved as GB18030": Slip(
        entry().encode("gb18030"), (1, "文件"), "GB18030", "UTF-8", level="warning"
    ),
    "saved as UTF-16": Slip(
        entry().encode("utf-16"), (1, "文件"), "UTF-16", "UTF-8", level="warning"
    ),
    "five megabytes pasted": Slip(BIG, (1, "文件"), "超过 1 MB", "拆成几个小文件"),
    "a Word file with another ending": Slip(
        docx(("p", "证在哪里办？")), (1, "文件"), "认得出编码", "另存为"
    ),
    "a heading without a word": Slip(entry(title="？？？"), (1, "标题"), "没有字", "居民会怎么问"),
    "saved as .txt": Slip(
        entry(), (1, "文件"), "只读 .md 文件", "改名成 .md", level="warning", name="b.txt"
    ),
}


@pytest.mark.parametrize("slip", TEXT.values(), ids=TEXT)
def test_a_slip_in_a_text_file_is_told_and_spoils_no_other_entry(
    tmp_path: Path, slip: Slip
) -> None:
    folder = tmp_path / "faq"
    folder.mkdir()
    (folder / "a.md").write_text(SOUND, "utf-8")
    (folder / slip.name).write_bytes(_raw(slip))

    sheet = read_sheet(folder, today=TODAY)

    line, column = slip.at
    (told,) = [one for one in sheet.problems if (one.line, one.field) == slip.at]
    assert (told.file, told.level) == (f"faq/{slip.name}", slip.level)
    assert slip.what in told.message
    assert slip.mend in told.fix
    assert str(told).startswith(f"faq/{slip.name}:{line} {column} — ")
    served = {one.id: one.short for one in sheet.entries}
    assert served.pop("hours") == "上午八点半。"
    assert ("wrong" in served) == (slip.level == "warning" and slip.name == "b.md")


@pytest.mark.parametrize(
    "slip", [one for one in TEXT.values() if one.level == "error" and b"wrong" in _raw(one)]
)
def test_meanwhile_the_last_good_version_answers(tmp_path: Path, slip: Slip) -> None:
    folder, memory = tmp_path / "faq", tmp_path / "state" / "faq.json"
    folder.mkdir()
    (folder / "a.md").write_text(SOUND, "utf-8")
    (folder / "b.md").write_text(entry(body="昨天的答案。"), "utf-8")
    Shelf(folder, memory)
    (folder / "b.md").write_bytes(_raw(slip))

    after_a_restart = Shelf(folder, memory).current

    assert after_a_restart.entries["wrong"].short == "昨天的答案。"
    assert after_a_restart.entries["hours"].short == "上午八点半。"


def test_what_a_cleverer_format_would_change_is_read_as_it_was_written(tmp_path: Path) -> None:
    body = "请到 #3 栋，8:30 开门。\nno\n0731-00000000 转 007\n- 不是清单: 是正文"
    (tmp_path / "a.md").write_text(entry("负责：0731\n问法:全角；半角;都行\n", body), "utf-8")

    (read,) = read_sheet(tmp_path).entries

    assert read.short == body
    assert (read.owner, read.variants) == ("0731", ("全角", "半角", "都行"))


HEADER = ["编号", "问题", "问法", "答案", "来源", "核对", "有效期", "主题"]
GOOD = ["", "证在哪里办？", "办证", "在一楼办。", "社区", "2026-11-01", "长期", "办事"]


@dataclass(frozen=True)
class Cell:
    """A cell of a workbook as somebody left it, and what he is told."""

    cells: dict[str, object]
    at: str
    what: str
    mend: str
    level: str = "error"
    header: list[str] = field(default_factory=lambda: HEADER)
    style: dict[str, str] = field(default_factory=dict)
    merge: str = ""
    hide: int = 0
    strike: int = 0
    link: str = ""


BOOK = {
    "a percentage that is only shown": Cell(
        {"D3": 0.5}, "D3", "是格式", "文本", style={"D3": "0%"}
    ),
    "a unit that is only shown": Cell(
        {"D3": 10.5}, "D3", "只是 10.5", "文本", style={"D3": '0.00"元"'}
    ),
    "a row struck through": Cell({}, "", "第 3 行画了删除线", "删掉", "warning", strike=3),
    "a link under the words": Cell(
        {}, "D3", "藏着链接 https://example.net/x", "写在格子里", "warning", link="D3"
    ),
    "a formula": Cell({"D3": "=A1&B1"}, "D3", "是公式", "数值"),
    "an error value": Cell({"D3": "#REF!"}, "D3", "出错提示 #REF!", "真正的内容"),
    "a word for a date": Cell({"G3": "明年底"}, "G3", "不是一个日期", "2026-12-31"),
    "a date as a serial number": Cell(
        {"G3": 46387}, "G3", "当作 2026-12-31 读", "日期", level="warning"
    ),
    "a text that became a date": Cell({"C3": date(2026, 3, 2)}, "C3", "当成了日期", "文本"),
    "a number that lost its last digits": Cell({"D3": 430104199001011234}, "D3", "15 位", "文本"),
    "two rows with one id": Cell({"A3": "new", "A4": "new"}, "A4", "已经用过", "只留一行"),
    "an id that stands in the files": Cell(
        {"A3": "hours", "A4": "hours"}, "A4", "已经用过", "只留一行"
    ),
    "the same question as another": Cell(
        {"A3": "new", "B3": "社区几点上班"}, "B3", "同一个问题已经有了", "合成一条"
    ),
    "a Chinese id": Cell({"A3": "办证"}, "A3", "不能用", "小写字母"),
    "no answer": Cell({"D3": None}, "D3", "没有写答案", "写上答案"),
    "no question": Cell({"B3": None}, "B3", "没有写问题", "居民会怎么问"),
    "a link outside the allow-list": Cell(
        {"D3": "看 https://example.net"}, "D3", "不在允许的网站里", "删掉链接"
    ),
    "a heading inside an answer": Cell({"D3": "好\n## 另一条"}, "D3", "##", "换个写法"),
    "an unknown state": Cell(
        {"H2": None, "H3": "操稿", "H4": None},
        "H3",
        "不认识的状态",
        "草稿",
        header=[*HEADER[:7], "状态"],
    ),
    "cells merged downwards": Cell(
        {}, "H3", "H3:H4 是合并的单元格", "取消合并", level="warning", merge="H3:H4"
    ),
    "cells merged sideways": Cell(
        {}, "D3", "D3:E3 是合并的单元格", "取消合并", level="warning", merge="D3:E3"
    ),
    "an unknown column": Cell(
        {}, "H1", "不认识“备注”这一列", "可用的列", "warning", header=[*HEADER[:7], "备注"]
    ),
    "a column without a name": Cell(
        {"I3": "注意"}, "", "I 列没有表头", "写上列名", level="warning"
    ),
    "a hidden row": Cell({}, "", "第 3 行是隐藏的", "删掉", level="warning", hide=3),
    "somebody's mobile number": Cell(
        {"D3": "找小张 13800000000"}, "D3", "手机号", "值班座机", level="warning"
    ),
    "an answer that has ended": Cell(
        {"G3": date(2026, 1, 1)}, "G3", "已过期", "核实", level="warning"
    ),
    "no source": Cell({"E3": None}, "E3", "没有写来源", "谁答的", level="warning"),
}


def spoilt(slip: Cell) -> bytes:
    def spoil(book) -> None:
        sheet = book["问答"]
        for at, value in slip.cells.items():
            sheet[at].value = value
            if at in slip.style:
                sheet[at].number_format = slip.style[at]
        for written in sheet[slip.strike] if slip.strike else ():
            written.font = Font(strike=True)
        if slip.link:
            sheet[slip.link].hyperlink = "https://example.net/x"
            sheet[slip.link].value = GOOD[3]
        if slip.merge:
            sheet.merge_cells(slip.merge)
        if slip.hide:
            sheet.row_dimensions[slip.hide].hidden = True

    other = [*GOOD]
    other[1], other[2] = "垃圾几点收？", "收垃圾"
    sound = [*GOOD]
    sound[1], sound[2] = "快递放哪里？", "取快递"
    return workbook(spoil, 问答=[slip.header, sound, GOOD, other])


@pytest.mark.parametrize("slip", BOOK.values(), ids=BOOK)
def test_a_slip_in_a_table_is_told_at_its_cell_and_spoils_no_other_row(
    tmp_path: Path, slip: Cell
) -> None:
    (tmp_path / "a.md").write_text(SOUND, "utf-8")

    plan = plan_import(tmp_path, read_book(spoilt(slip), "表.xlsx"), TODAY)

    found = [one for one in plan.problems if slip.what in one.message and one.cell == slip.at]
    assert len(found) == 1, [str(one) for one in plan.problems]
    told = found[0]
    assert (told.level, told.file) == (slip.level, "表.xlsx《问答》")
    assert slip.mend in told.fix
    assert not slip.at or f"《问答》{slip.at} 格" in str(told)
    assert "快递放哪里？" in {one.question for one in plan.of(Kind.ADDED)}
    spoilt_rows = {one.where for one in plan.of(Kind.WRONG)}
    assert bool(spoilt_rows) == (slip.level == "error" and slip.at != "H1")
    assert "表.xlsx《问答》第 2 行" not in spoilt_rows


def test_a_heading_with_a_star_or_a_remark_is_understood(tmp_path: Path) -> None:
    header = ["编号", "问题*", "问法\n（一行一个）", "答案（必填）", *HEADER[4:]]
    plan = plan_import(tmp_path, read_book(workbook(问答=[header, GOOD]), "表.xlsx"), TODAY)
    assert plan.problems == ()
    (one,) = plan.of(Kind.ADDED)
    assert ("问法", "", "办证") in one.differences


def test_a_file_without_one_heading_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"**证在哪里办？**\n{HEAD}\n在一楼办。\n", "utf-8")
    (told,) = read_sheet(tmp_path).problems
    assert "一条也没有读到" in told.message
    assert "两个井号" in told.fix


WHOLE = {
    "no column for the answer": (
        workbook(问答=[["编号", "问题"], ["", "证在哪里办？"]]),
        "缺少“答案”这一列",
        "第一行写",
    ),
    "a column twice": (
        workbook(问答=[[*HEADER, "答案"], GOOD]),
        "“答案”这一列写了两次",
        "只留一列",
    ),
    "an empty sheet": (workbook(问答=[]), "这张表是空的", "第一行写"),
    "a cell a million rows below": (
        workbook(lambda book: book["问答"].cell(1_048_576, 1, "x"), 问答=[HEADER, GOOD]),
        "表有 1048576 行",
        "删除",
    ),
    "the old format, or a password": (b"\xd0\xcf\x11\xe0 old", "旧格式或者加了密码", "另存为"),
    "a CSV with another ending": ("编号,问题\n".encode(), "打不开", "另存为"),
    "a Word file with another ending": (docx(("p", "x")), "里面不是 Excel 文件", "另存为"),
    "five megabytes": (b"PK\x03\x04" * 1_250_000, "超过 2 MB", "拆成几个文件"),
    "half a file": (workbook(问答=[HEADER, GOOD])[:3000], "打不开", "另存为"),
}


@pytest.mark.parametrize(("raw", "what", "mend"), WHOLE.values(), ids=WHOLE)
def test_a_workbook_that_cannot_be_read_is_one_sentence_and_changes_nothing(
    tmp_path: Path, raw: bytes, what: str, mend: str
) -> None:
    (tmp_path / "a.md").write_text(SOUND, "utf-8")

    plan = plan_import(tmp_path, read_book(raw, "表.xlsx"), TODAY)

    (told,) = [one for one in plan.problems if one.level == "error"]
    assert what in told.message
    assert mend in told.fix
    assert not plan.of(Kind.GONE, Kind.CHANGED)


PEOPLE = [
    ["编号", "姓名", "手机", "角色", "范围", "代班", "账号"],
    ["001", "李桂英", "13800000001", "居民", "b1", "", ""],
    ["002", "张三喜", "", "邻长", "b1", "001", "telegram:12345"],
]
PLACES = [["编号", "上级", "类型", "名称"], ["e", "", "小区", "桂园"], ["b1", "e", "楼栋", "1栋"]]

ROSTER = {
    "a phone in scientific notation": Cell({"C2": "1.38E+10"}, "C2", "被 Excel 改坏了", "文本"),
    "a place that is not there": Cell({"E2": "b9"}, "E2", "找不到编号为“b9”", "places 表"),
    "an unknown role": Cell({"D2": "楼长"}, "D2", "不认识的角色", "邻长"),
    "an id that became a date": Cell({"A2": date(2026, 1, 1)}, "A2", "当成了日期", "文本"),
    "an id that lost its zeros": Cell({"A2": 1}, "F3", "找不到编号为“001”的代班人", "另一个人"),
    "a formula": Cell({"B2": "=A2"}, "B2", "是公式", "数值"),
    "an account without its channel": Cell({"G3": "12345"}, "G3", "渠道:账号", "telegram:12345"),
    "a phone as a number": Cell({"C2": 13800000001}, "", "", "", level="good"),
    "a phone as a float": Cell({"C2": 13800000001.0}, "", "", "", level="good"),
    "an id shown with its zeros": Cell({"A2": 1}, "", "", "", level="good", style={"A2": "000"}),
    "a landline that lost its zero": Cell(
        {"C2": 73100000000}, "C2", "少了前面的 0，已补上", "文本", level="warning"
    ),
}


@pytest.mark.parametrize("slip", ROSTER.values(), ids=ROSTER)
def test_a_slip_in_a_roster_is_mended_or_told_and_then_nothing_is_imported(slip: Cell) -> None:
    def spoil(book) -> None:
        for at, value in slip.cells.items():
            book["people"][at].value = value
            if at in slip.style:
                book["people"][at].number_format = slip.style[at]

    raw = workbook(spoil, places=PLACES, people=PEOPLE, chats=[["渠道", "群号"]])
    roster, problems = read_roster_book(raw, "名单.xlsx")

    assert (roster is None) == (slip.level == "error")
    if slip.level != "good":
        (told,) = [one for one in problems if one.cell == slip.at]
        assert (told.file, told.level) == ("名单.xlsx《people》", slip.level)
        assert slip.what in told.message
        assert slip.mend in told.fix
    if roster is not None:
        assert roster.people[0].id == "001"
        assert roster.people[0].phone in {"13800000001", "073100000000"}


@pytest.mark.parametrize("name", ["places", "people", "chats"])
def test_a_roster_without_one_of_its_sheets_is_one_error(name: str) -> None:
    sheets = {"places": PLACES, "people": PEOPLE, "chats": [["渠道", "群号"]]}
    del sheets[name]

    roster, problems = read_roster_book(workbook(**sheets), "名单.xlsx")

    assert roster is None
    assert f"没有名叫 {name} 的表" in {one.message for one in problems}
