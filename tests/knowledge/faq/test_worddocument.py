"""Word documents become drafts: headings, bold questions, 问：/答：, lists and tables."""

from __future__ import annotations

from knowledge.faq.paragraphs import paragraphs_of
from knowledge.faq.worddocument import read_word
from tests.office import docx


def test_headings_bold_questions_and_pairs_are_questions(tmp_path):
    raw = docx(
        ("h1", "第一章 物业"),
        ("h2", "1. 物业费怎么交？"),
        ("p", "每月十号前到一楼交。"),
        ("p", "带户号。"),
        ("p", "问：快递放哪里？"),
        ("p", "答：门卫室。"),
        ("bold", "垃圾几点收？"),
        ("p", "早上七点。"),
    )
    drafts, problems = read_word(raw, "指南.docx")
    assert [(one.question, one.short) for one in drafts] == [
        ("物业费怎么交？", "每月十号前到一楼交。\n带户号。"),
        ("快递放哪里？", "门卫室。"),
        ("垃圾几点收？", "早上七点。"),
    ]
    assert {one.source for one in drafts} == {"指南.docx"}
    assert problems == ()


def test_what_is_left_out_is_told_with_its_mend():
    raw = docx(
        ("p", "前面的话"),
        ("h2", "没有答案？"),
        ("h2", "已经有了？"),
        ("p", "旧的。"),
        ("h2", "有记号？"),
        ("p", "【短】旧的。"),
        ("h2", "好的？"),
        ("p", "好。" * 100),
    )
    drafts, problems = read_word(raw, "a.docx", ["已经有了"])
    (good,) = drafts
    assert (len(good.short), len(good.long)) == (120, 200)
    assert [(one.line, one.message[:8]) for one in problems] == [
        (1, "“前面的话…”等"),
        (2, "《没有答案？》没"),
        (3, "《已经有了？》已"),
        (5, "《有记号？》里面"),
    ]
    assert all(one.fix for one in problems)


def test_a_document_without_questions_is_an_error_that_says_the_form():
    drafts, problems = read_word(docx(("p", "随便写的。")), "a.docx")
    assert drafts == ()
    assert [one.level for one in problems] == ["warning", "error"]
    assert "标题 2" in problems[-1].fix


def test_lists_and_tables_stay_readable():
    page = (
        "<h2>带什么？</h2><ul><li>身份证</li><li>户口本<ol><li>原件</li><li>复印件</li></ol></li></ul>"
        "<table><tr><td><p>早上</p></td><td><p>7 点</p></td></tr></table><p>一行<br />又一行</p>"
    )
    assert [one.text for one in paragraphs_of(page)] == [
        "带什么？",
        "· 身份证",
        "· 户口本",
        "1. 原件",
        "2. 复印件",
        "早上　7 点",
        "一行\n又一行",
    ]
