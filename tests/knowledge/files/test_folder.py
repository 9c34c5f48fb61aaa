"""A folder of entry files."""

from __future__ import annotations

import os

from knowledge.files.folder import fingerprint, read_folder, text_files


def write(folder, name, text="## 甲\n编号：a\n\n答\n"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_leavings_of_editors_are_not_read(tmp_path):
    for name in ("b.md", "a.md", "~$a.md", ".a.md", "a.md.tmp", "a.txt"):
        write(tmp_path, name)
    assert [path.name for path in text_files(tmp_path)] == ["a.md", "b.md"]


def test_files_are_called_by_folder_and_name(tmp_path):
    write(tmp_path / "faq", "a.md")
    assert read_folder(tmp_path / "faq").blocks[0].file == "faq/a.md"


def test_an_unreadable_file_is_named_and_the_others_are_read(tmp_path):
    write(tmp_path / "faq", "a.md")
    (tmp_path / "faq" / "b.md").write_bytes(b"\xff\xfe\x00")
    reading = read_folder(tmp_path / "faq")
    assert len(reading.blocks) == 1
    assert reading.unreadable == {"faq/b.md"}
    assert reading.problems[0].level == "error"


def test_the_fingerprint_changes_when_a_file_is_saved_added_or_removed(tmp_path):
    write(tmp_path, "a.md")
    os.utime(tmp_path / "a.md", (1, 1))
    seen = [fingerprint(tmp_path)]
    os.utime(tmp_path / "a.md", (2, 2))
    seen.append(fingerprint(tmp_path))
    write(tmp_path, "b.md")
    seen.append(fingerprint(tmp_path))
    (tmp_path / "a.md").unlink()
    seen.append(fingerprint(tmp_path))
    assert len(set(seen)) == 4


def test_a_folder_that_does_not_exist_is_empty(tmp_path):
    assert read_folder(tmp_path / "none").blocks == ()
