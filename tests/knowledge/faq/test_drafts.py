"""A draft waits in the ordinary files, answers nobody, and goes live when an editor says so."""

from __future__ import annotations

import pytest

from knowledge.faq.drafts import add_draft, fitted, publish
from knowledge.faq.editing import CannotEdit, find_entry
from knowledge.faq.shelf import Shelf

LIVE = """\
## 社区几点上班？
编号：hours
来源：社区
核对：2026-11-01

上午八点半。
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "faq"
    folder.mkdir()
    (folder / "a.md").write_text(LIVE, "utf-8")
    return folder


def version(folder, entry_id):
    found = find_entry(folder, entry_id)
    assert found is not None
    return found.version


def test_a_draft_answers_nobody_until_it_is_published(folder):
    draft_id = add_draft(folder, fitted("电动车在哪里充电？", "车棚里。", "王主任"))
    shelf = Shelf(folder)
    assert (list(shelf.current.entries), list(shelf.current.drafts)) == (["hours"], [draft_id])
    assert [one.level for one in shelf.current.problems if one.field == "状态"] == ["warning"]

    publish(folder, draft_id, version(folder, draft_id))

    shelf.reload()
    assert {*shelf.current.entries} == {"hours", draft_id}
    assert not shelf.current.drafts
    assert shelf.current.entries[draft_id].short == "车棚里。"


def test_a_live_entry_that_is_made_a_draft_stops_answering(folder, tmp_path):
    shelf = Shelf(folder, tmp_path / "state" / "faq.json")
    (folder / "a.md").write_text(LIVE.replace("来源", "状态：草稿\n来源"), "utf-8")
    shelf.reload()
    assert (list(shelf.current.entries), list(shelf.current.drafts)) == ([], ["hours"])


def test_a_misspelt_state_is_told_and_the_last_good_version_stays(folder, tmp_path):
    shelf = Shelf(folder, tmp_path / "state" / "faq.json")
    (folder / "a.md").write_text(LIVE.replace("来源", "状态：操稿\n来源"), "utf-8")
    shelf.reload()
    assert list(shelf.current.entries) == ["hours"]
    (found,) = [one for one in shelf.current.problems if one.level == "error"]
    assert (found.line, found.field) == (3, "状态")
    assert "只能写 草稿" in found.fix


def test_long_words_of_a_person_are_shown_by_their_first_sentences(folder):
    draft = fitted("## 装修几点能开工？", "## 先说结论。" + "早上八点到晚上六点可以施工。" * 12)
    assert draft.question == "装修几点能开工？"
    assert draft.short.startswith("先说结论。")
    assert len(draft.short) <= 120
    assert len(draft.long) > 120
    draft_id = add_draft(folder, draft)
    publish(folder, draft_id, version(folder, draft_id))
    assert draft_id in Shelf(folder).current.entries


@pytest.mark.parametrize("question", ["社区几点上班", "电动车充电？"])
def test_a_question_that_stands_already_makes_no_second_draft(folder, question):
    add_draft(folder, fitted("电动车充电", "车棚里。"))
    with pytest.raises(CannotEdit, match="已经有了"):
        add_draft(folder, fitted(question, "另一个答案。"))


def test_a_draft_that_would_be_an_error_is_not_published(folder):
    draft_id = add_draft(folder, fitted("缴费网址？", "打开 http://pay.example.net 交。"))
    assert not [one for one in Shelf(folder).current.problems if one.level == "error"]
    with pytest.raises(CannotEdit, match="不在允许的网站里"):
        publish(folder, draft_id, version(folder, draft_id))
    publish(folder, draft_id, version(folder, draft_id), links=("example.net",))


def test_a_draft_that_was_changed_meanwhile_is_not_published(folder):
    draft_id = add_draft(folder, fitted("电动车充电", "车棚里。"))
    old = version(folder, draft_id)
    path = folder / "added.md"
    path.write_text(path.read_text("utf-8").replace("车棚里", "楼下"), "utf-8")
    with pytest.raises(CannotEdit, match="别人改过"):
        publish(folder, draft_id, old)
    with pytest.raises(CannotEdit, match="不在了"):
        publish(folder, "no-such", old)
