"""`##`, fields until the first blank line, then the body."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.files.blocks import parse_blocks, split_list, split_wordings

TEXT = """\
# 老年人
前面的话：不算。

## 坐公交要办卡吗？
编号：elderly-transit
问法：老年卡怎么办；敬老卡
问法: 坐公交免费不

8:30 到 17:30 都可以。
### 小标题也是正文

##社区几点上班
 编　号 ： ｈ１
没有冒号
"""


def blocks(text=TEXT):
    return parse_blocks(text, "faq/a.md")


def test_what_stands_before_the_first_heading_is_ignored():
    assert [block.title for block in blocks()] == ["坐公交要办卡吗？", "社区几点上班"]


def test_every_field_knows_its_line():
    first = blocks()[0]
    assert [(one.name, one.line) for one in first.fields] == [("编号", 5), ("问法", 6), ("问法", 7)]
    assert (first.line, first.body_line) == (4, 9)


def test_a_repeated_field_keeps_all_its_values():
    assert [one.value for one in blocks()[0].all("问法")] == [
        "老年卡怎么办；敬老卡",
        "坐公交免费不",
    ]


def test_a_blank_line_ends_the_fields_so_a_time_in_the_answer_is_no_field():
    assert blocks()[0].body == "8:30 到 17:30 都可以。\n### 小标题也是正文"


def test_full_and_half_width_colon_digits_and_spaces_are_equal():
    assert blocks()[1].first("编号").value == "ｈ1"


def test_a_line_without_a_colon_is_a_field_without_a_name():
    assert blocks()[1].fields[1].name == ""
    assert blocks()[1].fields[1].value == "没有冒号"


def test_full_width_hashes_start_an_entry_too():
    assert parse_blocks("＃＃ 标题\n编号：a\n\n正文", "a.md")[0].title == "标题"


def test_windows_line_ends_are_line_ends():
    assert (
        parse_blocks(TEXT.replace("\n", "\r\n"), "a.md")[0].first("编号").value == "elderly-transit"
    )


def test_control_and_bidi_signs_vanish():
    block = parse_blocks("## 标\u202e题\n编号：a\u200bb\n\n正\x07文", "a.md")[0]
    assert (block.title, block.first("编号").value, block.body) == ("标题", "ab", "正文")


def test_the_raw_text_of_an_entry_reads_as_the_same_entry():
    for block in blocks():
        assert parse_blocks(block.text, block.file, block.line) == (block,)


def test_wordings_are_split_at_semicolons_only_and_lists_at_commas_too():
    assert split_wordings("要交钱吗，交多少；几时交;") == ("要交钱吗，交多少", "几时交")
    assert split_list("甲、乙，丙,丁；戊") == ("甲", "乙", "丙", "丁", "戊")


@given(st.text())
def test_no_text_breaks_the_parser(text):
    for block in parse_blocks(f"## 标题\n{text}", "a.md"):
        assert block.line >= 1
