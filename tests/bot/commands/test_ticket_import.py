"""`linli ticket import`: cases of another system, each once."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.__main__ import main
from knowledge.store.database import Database
from knowledge.store.rows.tickets import TicketRow

NOW = "2026-11-23T09:00:00+08:00"
CASES = """\
order_id,create_time,desc,case_name,address,reporter_name,reporter_mobile,status,solved_time
1001,2026-11-20 08:30,三楼的楼道灯不亮,,桂花园小区3栋2单元,王明,13800138000,办理中,
1002,2026/11/01 09:00,井盖松了,道路破损,桂花园小区,李丽,,已办结,2026-11-03 10:00
1003,1793548800,不归这里的事,违规停车,,,,不受理,2026-11-02 12:00
"""
BAD = """\
1004,2027-01-01,还没到的,,,,,办理中,
,2026-11-02,没编号,,,,,办理中,
1002,2026-11-01,又一次,,,,,已办结,
1005,昨天,看不懂,,,,,怎么了,
1006,2026-11-02,,,,,,办理中,
"""


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    assert linli(folder, "init").exit_code == 0
    return folder


def linli(data, *args):
    words = ["--data", str(data), "--now", NOW, *(str(arg) for arg in args)]
    return CliRunner().invoke(main, words, prog_name="linli")


def tickets(data):
    return json.loads(linli(data, "ticket", "list", "--all", "--json").stdout)


def test_what_is_open_goes_on_here_and_what_has_ended_keeps_its_times(data, tmp_path, on_postgres):
    table = tmp_path / "cases.csv"
    table.write_text(CASES, "utf-8")

    preview = linli(data, "ticket", "import", table, "--dry-run")
    assert preview.exit_code == 0
    assert "会导入 3 件：1 件接着办，2 件已经办完" in preview.stdout
    assert tickets(data) == []

    assert "新的 3 件，0 件以前导过" in linli(data, "ticket", "import", table).stdout
    assert "新的 0 件，3 件以前导过" in linli(data, "ticket", "import", table).stdout

    found = tickets(data)
    assert [one["state"] for one in found] == ["new", "closed_silent", "closed_rejected"]
    assert (found[0]["place"], found[0]["owner"]) == ("gh-3-2", "zhang")
    database = Database(on_postgres or f"sqlite:///{data / 'linli.db'}")
    with database.view() as session:
        kept = session.scalars(select(TicketRow.private).order_by(TicketRow.no)).all()
    database.close()
    assert kept == [False, False, True], (
        "a complaint about somebody's car is private, as in the chat"
    )
    assert found[0]["filed_at"][:16] == NOW[:16], "our promise begins now"
    assert (found[1]["category"], found[1]["filed_at"][:16]) == ("road", "2026-11-01T09:00")
    assert found[2]["filed_at"][:16] == "2026-11-02T00:00", "seconds, as its interface gives them"
    shown = json.loads(linli(data, "ticket", "show", "2", "--json").stdout)
    assert shown["events"][-1]["at"][:16] == "2026-11-03T10:00"
    assert linli(data, "ticket", "verify").exit_code == 0


def test_bad_rows_are_told_with_their_line_and_mend_and_the_others_go_in(data, tmp_path):
    table = tmp_path / "cases.csv"
    table.write_text(CASES + BAD, "utf-8")

    told = linli(data, "ticket", "import", table)

    assert told.exit_code == 1
    assert "新的 3 件" in told.stdout
    for line, says in (
        (5, "还没到"),
        (6, "没有写编号"),
        (7, "用了两次"),
        (8, "看不懂时间"),
        (9, "没有写内容"),
    ):
        assert f"cases.csv:{line}" in told.stderr
        assert says in told.stderr


def test_a_workbook_names_its_cells(data, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.append(["居民上报导出"])
    page.append(["工单编号", "上报时间", "事件描述", "处理状态"])
    page.append(["0007", "2026-11-20 08:30", "路灯坏了", "待受理"])
    page.append(["0008", "不知道", "路灯坏了", "待受理"])
    book.save(tmp_path / "cases.xlsx")

    told = linli(data, "ticket", "import", tmp_path / "cases.xlsx", "--source", "城管")

    assert "新的 1 件" in told.stdout
    assert "B4" in told.stderr
    assert [one["category"] for one in tickets(data)] == ["street-light"]


def test_what_is_no_table_is_one_sentence(data, tmp_path):
    assert "没有这个文件" in linli(data, "ticket", "import", tmp_path / "no.csv").stderr
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    told = linli(data, "ticket", "import", tmp_path / "old.xls")
    assert told.exit_code == 1
    assert "xlsx" in told.stderr
