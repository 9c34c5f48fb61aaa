"""Files are read whatever a Windows editor made of them, and it is said."""

from __future__ import annotations

import pytest

from knowledge.files.encoding import LIMIT, read_text

TEXT = "## 标题\n编号：a\n\n正文，“引号”\n"


@pytest.mark.parametrize(
    ("codec", "mark", "called"),
    [
        ("utf-8-sig", b"", "BOM"),
        ("gb18030", b"", "GB18030"),
        ("utf-16", b"", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
    ],
)
def test_other_encodings_are_read_and_reported(tmp_path, codec, mark, called):
    path = tmp_path / "a.md"
    path.write_bytes(mark + TEXT.encode(codec))
    text, problem = read_text(path)
    assert text == TEXT
    assert problem.level == "warning"
    assert called in problem.message


def test_plain_utf8_is_no_finding(tmp_path):
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    assert read_text(tmp_path / "a.md") == (TEXT, None)


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00", b"PK\x03\x04\x00\x00\x00\xff\xfa", b"\x80\x81\xff\xff"]
)
def test_what_is_no_text_is_an_error_with_a_mend(tmp_path, raw):
    (tmp_path / "a.md").write_bytes(raw)
    text, problem = read_text(tmp_path / "a.md", "faq/a.md")
    assert text == ""
    assert (problem.file, problem.level) == ("faq/a.md", "error")
    assert problem.fix


def test_a_file_over_one_megabyte_is_not_read(tmp_path):
    (tmp_path / "a.md").write_bytes(b"a" * (LIMIT + 1))
    text, problem = read_text(tmp_path / "a.md")
    assert (text, problem.level) == ("", "error")


def test_a_file_that_is_gone_is_an_error_and_no_crash(tmp_path):
    text, problem = read_text(tmp_path / "gone.md")
    assert (text, problem.level) == ("", "error")
