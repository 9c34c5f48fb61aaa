"""A missing 编号 is written back and nothing else is touched."""

from __future__ import annotations

from knowledge.files.numbering import write_ids

TEXT = "# 序\n\n## 甲\n来源：x\n\n答\n\n## 乙\n编号：\n来源：y\n\n答\n"
DONE = "# 序\n\n## 甲\n编号：q-1\n来源：x\n\n答\n\n## 乙\n编号：q-2\n来源：y\n\n答\n"


def test_a_number_is_put_under_the_heading_or_into_its_empty_field(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    assert write_ids(path, {3: "q-1", 8: "q-2"})
    assert path.read_text(encoding="utf-8") == DONE
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_windows_line_ends_stay(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode("gb18030"))
    assert write_ids(path, {3: "q-1", 8: "q-2"})
    assert path.read_bytes() == DONE.replace("\n", "\r\n").encode()
