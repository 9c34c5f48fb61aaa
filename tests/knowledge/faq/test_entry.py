"""FAQ files: what is read, and how every ordinary mistake is said."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.faq.entry import derived_id
from knowledge.faq.sheet import read_entries, read_sheet

TODAY = date(2026, 11, 22)
HEAD = "来源：《办法》\n核对：2026-11-01\n"
GOOD = f"""\
## 65 岁以上老人坐公交要办卡吗？
编号：elderly-transit
问法：老年卡怎么办；敬老卡在哪里办
问法：坐公交免费不
主题：养老
关键词：公交、地铁，老年卡
反例：公交卡丢了；公交改道
适用：长沙市
{HEAD}有效期：2027年１月31日
负责：社区

【短】不用办卡。
【长】详细的办法。
"""


@pytest.fixture
def read(tmp_path):
    def reading(*texts, **options):
        folder = tmp_path / "faq"
        folder.mkdir(exist_ok=True)
        for number, text in enumerate(texts):
            (folder / f"{number}.md").write_text(text, encoding="utf-8")
        return read_entries(folder, **{"today": TODAY, **options})

    return reading


def entry(fields="", body="到一楼办。", title="社区几点上班？", head=HEAD):
    return f"## {title}\n{head}{fields}\n\n{body}\n\n"


def test_every_field_of_the_contract_is_read(read):
    (one,), problems = read(GOOD)
    assert problems == ()
    assert one.id == "elderly-transit"
    assert one.wordings == (
        "65 岁以上老人坐公交要办卡吗？",
        "老年卡怎么办",
        "敬老卡在哪里办",
        "坐公交免费不",
    )
    assert (one.topic, one.scope, one.owner) == ("养老", "长沙市", "社区")
    assert one.keywords == ("公交", "地铁", "老年卡")
    assert one.negatives == ("公交卡丢了", "公交改道")
    assert (one.checked, one.valid_until) == (date(2026, 11, 1), date(2027, 1, 31))
    assert (one.short, one.long) == ("不用办卡。", "详细的办法。")
    assert (one.file, one.line) == ("faq/0.md", 1)


MISTAKES = {
    "unknown field": ("编号：a\n有効期：2026-12-31", "到一楼。", "有効期", "是不是想写“有效期：”"),
    "another name": ("编号：a\n负责人：小陈", "到一楼。", "负责人", "是不是想写“负责：”"),
    "answer as field": ("编号：a\n答案：到一楼", "到一楼。", "答案", "请先空一行"),
    "no colon": ("编号：a\n问法 几点上班", "到一楼。", "栏目", "栏目：值"),
    "no answer": ("编号：a", "", "正文", "写上答案"),
    "wrong date": ("编号：a\n有效期：明年底", "到一楼。", "有效期", "2026-12-31"),
    "day that is none": ("编号：a\n有效期：2026-02-30", "到一楼。", "有效期", "2026-12-31"),
    "bad number": ("编号：Elderly Card", "到一楼。", "编号", "小写字母"),
    "number in Chinese": ("编号：老年卡", "到一楼。", "编号", "小写字母"),
    "field twice": ("编号：a\n编号：b", "到一楼。", "编号", "只留一行"),
    "foreign link": ("编号：a", "看 https://evil.example.com/x", "正文", "allow_links"),
    "bare foreign link": ("编号：a", "看 www.evil.example.com", "正文", "allow_links"),
}


@pytest.mark.parametrize(("fields", "body", "column", "fix"), MISTAKES.values(), ids=MISTAKES)
def test_an_entry_with_a_mistake_is_left_out_and_the_rest_is_live(read, fields, body, column, fix):
    entries, problems = read(GOOD + "\n" + entry(fields, body))
    assert [one.id for one in entries] == ["elderly-transit"]
    errors = [one for one in problems if one.level == "error"]
    assert column in {one.field for one in errors}
    assert any(fix in one.fix for one in errors)
    assert all(one.line > 16 for one in errors)
    assert all("社区几点上班" in one.message for one in errors)


def test_a_blank_line_between_heading_and_fields_is_an_error(read):
    entries, problems = read("## 几点上班？\n\n编号：hours\n\n八点。\n")
    assert entries == ()
    assert any("空行" in one.message and one.line == 3 for one in problems)


def test_a_heading_without_words_is_an_error(read):
    entries, problems = read(entry("编号：a", title=""))
    assert entries == ()
    assert problems[0].field == "标题"


WARNINGS = {
    "mobile": ("编号：a", "打 138 1234 5678", "手机号"),
    "mobile with dashes": ("编号：a", "打 138-1234-5678。", "手机号"),
    "citizen number": ("编号：a", "身份证 43010219500101123X", "身份证号"),
    "expired": ("编号：a\n有效期：2026-11-21", "到一楼。", "已过期"),
    "ends soon": ("编号：a\n有效期：2026-12-20", "到一楼。", "就要到期"),
    "too long": ("编号：a", "这一句话有十二个字左右。" * 12, "超过 120 字"),
    "empty field": ("编号：a\n主题：", "到一楼。", "空的"),
    "no number": ("主题：办事", "到一楼。", "没有编号"),
}


@pytest.mark.parametrize(("fields", "body", "said"), WARNINGS.values(), ids=WARNINGS)
def test_what_is_only_doubtful_is_said_and_stays_live(read, fields, body, said):
    entries, problems = read(entry(fields, body))
    assert len(entries) == 1
    assert [one.level for one in problems] == ["warning"]
    assert said in problems[0].message


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("核对：2026-11-01\n", "没有写来源"),
        ("来源：x\n", "没有写核对日期"),
        ("来源：x\n核对：2025-11-01\n", "超过一年"),
        ("来源：x\n核对：2027-01-01\n", "还没到"),
    ],
)
def test_source_and_date_of_checking_are_asked_for(read, head, said):
    entries, problems = read(entry("编号：a", head=head))
    assert len(entries) == 1
    assert any(said in one.message for one in problems)


def test_a_land_line_and_an_allowed_link_are_no_finding(read):
    text = entry("编号：a", "打 0731-88665432，看 https://mzj.changsha.gov.cn/x。")
    assert read(text, links=("changsha.gov.cn",))[1] == ()


def test_a_link_that_only_ends_like_an_allowed_one_is_foreign(read):
    _, problems = read(entry("编号：a", "看 https://evilgov.cn/x"), links=("gov.cn",))
    assert problems[0].level == "error"


def test_a_number_used_twice_leaves_the_second_out_and_names_the_first(read):
    entries, problems = read(entry("编号：a"), entry("编号：a", title="别的问题"))
    assert [one.file for one in entries] == ["faq/0.md"]
    assert "faq/0.md 第 1 行" in problems[0].message


def test_a_question_asked_twice_is_an_error_whatever_its_punctuation(read):
    entries, problems = read(entry("编号：a"), entry("编号：b", title="社区，几点上班"))
    assert [one.id for one in entries] == ["a"]
    assert problems[0].level == "error"


def test_a_wording_of_two_entries_is_a_warning(read):
    entries, problems = read(
        entry("编号：a\n问法：几点开门"), entry("编号：b\n问法：几点开门？", title="乙")
    )
    assert len(entries) == 2
    assert [(one.level, one.field) for one in problems] == [("warning", "问法")]


def test_a_long_answer_is_cut_at_a_sentence_and_kept_behind(read):
    text = "这一句话有十二个字左右。" * 12
    (one,), _ = read(entry("编号：a", text))
    assert len(one.short) <= 120
    assert one.short.endswith("。")
    assert one.long == text


def test_a_missing_number_is_the_same_every_time(read):
    (one,), _ = read(entry("主题：办事"))
    assert one.id == derived_id("社区几点上班？")
    assert one.id == derived_id("社区，几点上班")


def test_a_broken_entry_is_named_so_that_its_last_good_version_can_stand_in(tmp_path):
    (tmp_path / "a.md").write_text(
        entry("编号：a\n有效期：错") + entry("编号：错", title="乙"), encoding="utf-8"
    )
    sheet = read_sheet(tmp_path)
    assert [(one.id, one.title) for one in sheet.broken] == [("a", "社区几点上班？"), ("", "乙")]
