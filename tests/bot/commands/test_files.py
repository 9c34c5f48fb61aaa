"""`linli faq export|import` and `linli roster … .xlsx`: the same files by command."""

from __future__ import annotations

import openpyxl
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from tests.office import docx


@pytest.fixture
def linli(tmp_path):
    def run(*args):
        words = ["--data", str(tmp_path / "data"), *map(str, args)]
        return CliRunner().invoke(main, words, prog_name="linli")

    assert run("init").exit_code == 0
    return run


def test_a_table_goes_out_is_changed_and_comes_in(linli, tmp_path):
    path = tmp_path / "问答.xlsx"
    assert "110 条" in linli("faq", "export", path).stdout
    assert linli("faq", "export", path).exit_code == 1
    assert "没有要导入的" in linli("faq", "import", path).stdout
    book = openpyxl.load_workbook(path)
    book["问答"].append([None, None, "快递放哪里？", None, "门卫室。", None, "社区"])
    book["问答"].append([None, None, "坏的？", None, "看 http://example.net"])
    book.save(path)

    tried = linli("faq", "import", path, "--dry-run")
    assert "没有导入" in tried.stdout
    assert not (tmp_path / "data" / "faq" / "added.md").exists()
    done = linli("faq", "import", path)

    assert done.exit_code == 1
    assert "新增 1、修改 0、删除 0、有错 1" in done.stdout
    assert "110 → 111 条" in done.stdout
    assert "《问答》E113 格（答案）" in done.stderr
    assert "快递放哪里" in (tmp_path / "data" / "faq" / "added.md").read_text("utf-8")


def test_a_word_document_becomes_drafts_and_old_formats_are_refused(linli, tmp_path):
    path = tmp_path / "指南.docx"
    path.write_bytes(docx(("h2", "快递放哪里？"), ("p", "门卫室。")))
    assert "存成了 1 条草稿" in linli("faq", "import", path).stdout
    assert "状态：草稿" in (tmp_path / "data" / "faq" / "added.md").read_text("utf-8")
    for name in ("老的.xls", "老的.doc"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
        refused = linli("faq", "import", tmp_path / name)
        assert refused.exit_code == 1
        assert "另存为" in refused.stderr


def test_a_roster_workbook_keeps_its_zeros_and_one_wrong_cell_stops_it(linli, tmp_path):
    path = tmp_path / "名单.xlsx"
    assert linli("roster", "template", path).exit_code == 0
    book = openpyxl.load_workbook(path)
    book["people"]["A2"], book["people"]["B3"] = "001", None
    book.save(path)
    refused = linli("roster", "import", path)
    assert refused.exit_code == 1
    assert "名单.xlsx《people》B3 格（姓名） — 没有写姓名" in refused.stderr
    book["people"]["B3"] = "示例邻长"
    book.save(path)

    done = linli("roster", "import", path)
    assert "三长齐全的单元：0/0 → 3/3" in done.stdout
    assert linli("roster", "export", tmp_path / "out.xlsx").exit_code == 0
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["people"]["A2"].value == "001"
