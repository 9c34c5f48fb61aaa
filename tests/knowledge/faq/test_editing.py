"""The editor's form writes one entry and leaves every other byte alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from knowledge.faq.editing import CannotEdit, Draft, add_entry, find_entry, save_entry
from knowledge.faq.sheet import read_entries

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
# 养老
前面的话，谁也不动。

## 65 岁以上老人坐公交要办卡吗？
编号：elderly-transit
问法：老年卡怎么办；敬老卡在哪里办
适用：长沙市
来源：《老年人办法》
核对：2026-11-01
有效期：长期

【短】不用办卡，凭身份证坐车。

【长】详细的办法在这里。

## 下一条
编号：next-one
来源：甲
核对：2026-11-01
有效期：长期

一楼办。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "faq"
    folder.mkdir()
    (folder / "a.md").write_text(FILE, "utf-8")
    return folder


def _found(folder: Path):
    found = find_entry(folder, "elderly-transit")
    assert found is not None
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_saving_without_a_change_leaves_the_same_bytes(folder, encoding, ending):
    path = folder / "a.md"
    path.write_bytes(FILE.replace("\n", ending).encode(encoding))
    before = path.read_bytes()
    found = _found(folder)
    save_entry(found, found.draft, found.version)
    assert path.read_bytes() == before


def test_only_the_changed_lines_differ(folder):
    found = _found(folder)
    day = date(2026, 12, 1)
    draft = replace(found.draft, short="三楼办。", valid_until="2027年3月1日", checked=day)
    save_entry(found, draft, found.version)
    expected = FILE.replace("不用办卡，凭身份证坐车。", "三楼办。").replace(
        "核对：2026-11-01\n有效期：长期\n\n【短】", "核对：2026-12-01\n有效期：2027-03-01\n\n【短】"
    )
    assert (folder / "a.md").read_text("utf-8") == expected


def test_other_wordings_stand_one_a_line_where_they_stood(folder):
    found = _found(folder)
    save_entry(found, replace(found.draft, variants=("甲怎么办", "乙怎么办")), found.version)
    entries, problems = read_entries(folder)
    assert entries[0].variants == ("甲怎么办", "乙怎么办")
    assert not [one for one in problems if one.level == "error"]
    written = (folder / "a.md").read_text("utf-8")
    assert "编号：elderly-transit\n问法：甲怎么办\n问法：乙怎么办\n适用" in written


def test_a_change_by_somebody_else_is_never_overwritten(folder):
    found = _found(folder)
    (folder / "a.md").write_text(FILE.replace("凭身份证坐车", "凭卡坐车"), "utf-8")
    with pytest.raises(CannotEdit, match="别人改过"):
        save_entry(found, found.draft, found.version)
    assert "凭卡坐车" in (folder / "a.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"short": ""}, "都要写"),
        ({"short": "长" * 121}, "超过 120 字"),
        ({"short": "好\n## 冒出一条"}, "不能有"),
        ({"long": "【短】又一段"}, "不能有"),
        ({"valid_until": "明年底"}, "有效期"),
    ],
)
def test_a_draft_that_would_break_the_file_is_refused_in_plain_words(folder, change, said):
    found = _found(folder)
    with pytest.raises(CannotEdit, match=said):
        save_entry(found, replace(found.draft, **change), found.version)
    assert (folder / "a.md").read_text("utf-8") == FILE


def test_a_field_cannot_smuggle_in_a_second_line(folder):
    found = _found(folder)
    draft = replace(found.draft, source="甲\n\n## 冒出一条", question="问\n编号：x")
    save_entry(found, draft, found.version)
    entries, _ = read_entries(folder)
    assert [one.id for one in entries] == ["elderly-transit", "next-one"]


def test_new_entries_go_into_the_pages_own_file(tmp_path):
    draft = Draft(
        "电动车在哪里充电？", ("电动车充电",), "车棚里。", "", "社区", "", date(2026, 12, 1)
    )
    add_entry(tmp_path, "q-1", draft)
    add_entry(tmp_path, "q-2", replace(draft, question="第二个问题？", variants=()))
    entries, problems = read_entries(tmp_path)
    assert [(one.id, one.short) for one in entries] == [("q-1", "车棚里。"), ("q-2", "车棚里。")]
    assert not [one for one in problems if one.level == "error"]
