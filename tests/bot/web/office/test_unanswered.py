"""没答上的: one row for one question, and two presses that settle it."""

from __future__ import annotations

import re

import pytest

from bot.web.office.unanswered import PAGE, WORDINGS
from knowledge.store.rows.questions import QuestionRow

ENTRY = "elderly-transit"
ODD = "火星上能不能种辣椒"
MOON = "月球的房产证怎么过户"


@pytest.fixture
async def asked(stage, chen):
    """Three questions of which two are the same."""

    def ask(session):
        for who, text in (("li", ODD), ("zhang", f"请问{ODD}？"), ("li", MOON)):
            row = QuestionRow(
                who=who,
                channel="web",
                chat_id=f"@{who}",
                text=text,
                near=[ENTRY],
                assignee_id="wang",
                asked_at=stage.app.clock.now(),
            )
            session.add(row)

    await stage.app.database.write(ask)
    return chen


def _id(page, text):
    """Return what the tick before that question sends: the rows of all who asked it."""
    ticks = re.findall(r'name="question" value="([\d,]+)" checked>(.*?)</label>', page, re.DOTALL)
    return next(numbers for numbers, said in ticks if text in said)


async def test_the_same_question_stands_once_with_how_often(asked):
    page = await asked.get("/admin/unanswered")
    assert page.count("unanswered-row") == 2
    assert page.says("问过 2 次")


async def test_no_question_leaves_the_list_for_all_who_asked_it(asked):
    page = await asked.get("/admin/unanswered")
    number = _id(page.text, ODD)
    page = await asked.post("/admin/unanswered", {"question": number, "do": "dismiss"})
    assert page.count("unanswered-row") == 1
    assert page.count("settled-row") == 1
    assert page.says("小陈：不是问题")

    page = await asked.post("/admin/unanswered", {"question": number, "do": "undo"})
    assert page.count("unanswered-row") == 2
    assert page.count("settled-row") == 0


async def test_joined_to_an_entry_it_is_answered_from_now_on(asked, li):
    number = _id((await asked.get("/admin/unanswered")).text, MOON)
    fields = {"question": number, "do": "join", "entry": ENTRY}
    page = await asked.post("/admin/unanswered", fields)
    assert page.count("unanswered-row") == 1
    assert (await asked.get(f"/admin/faq/{ENTRY}")).says(MOON)
    tried = await asked.get("/admin/try", params={"text": MOON})
    assert f'data-faq="{ENTRY}"' in tried.text

    page = await asked.post("/admin/unanswered", {"question": number, "do": "undo"})
    assert page.count("unanswered-row") == 2
    assert not (await asked.get(f"/admin/faq/{ENTRY}")).says(MOON)


@pytest.mark.parametrize("entry", ["", "no-such-entry", "../../x"])
async def test_without_an_entry_it_is_said_and_nothing_is_lost(asked, entry):
    number = _id((await asked.get("/admin/unanswered")).text, ODD)
    fields = {"question": number, "do": "join", "entry": entry}
    page = await asked.post("/admin/unanswered", fields)
    assert page.status == 409
    assert page.says("请先选一条")
    assert page.count("unanswered-row") == 2


@pytest.mark.parametrize("question", ["", "999", "x", "9" * 30])
async def test_a_question_that_is_not_there_changes_nothing(asked, question):
    page = await asked.post("/admin/unanswered", {"question": question, "do": "dismiss"})
    assert page.count("unanswered-row") == 2


async def test_neither_the_page_nor_an_entry_gets_to_know_a_phone_or_a_door(asked, stage):
    def ask(session):
        row = session.get(QuestionRow, 3)
        row.text, row.answer = "我家501，打13812345678，证怎么办", "打13812345678"

    await stage.app.database.write(ask)
    for path in ("/admin/unanswered", "/admin/faq?question=3"):
        page = await asked.get(path)
        assert page.status == 200
        assert page.says("138****5678")
        assert not page.says("13812345678")
        assert not page.says("我家501")
    await asked.post("/admin/unanswered", {"question": "3", "do": "join", "entry": ENTRY})
    written = (stage.app.folder / "faq" / "elderly.md").read_text("utf-8")
    assert "138****5678" in written
    assert "13812345678" not in written


async def test_many_questions_come_page_by_page_and_many_wordings_on_demand(stage, chen):
    things = "医保 社保 低保 入学 停车 装修 噪音 燃气 电费 宽带 体检 疫苗 养老 公证 户口 驾照 护照"
    things += " 税票 公积金 居住证 身份证 结婚证 出生证 营业执照"

    def ask(session):
        texts = things.split()
        texts += [f"火星上能不能种辣椒第{n}回" for n in range(15)]
        where = {"channel": "web", "chat_id": "@li", "near": [], "assignee_id": "wang"}
        for text in texts:
            session.add(QuestionRow(who="li", text=text, asked_at=stage.app.clock.now(), **where))

    await stage.app.database.write(ask)
    page = await chen.get("/admin/unanswered")
    assert page.count("unanswered-row") == PAGE
    assert page.says(f"还有 {15 - WORDINGS} 种问法")
    rest = re.search(r'href="(\?from=0&amp;all=\d+)">还有', page.text)
    opened = await chen.get("/admin/unanswered" + rest[1].replace("&amp;", "&"))
    assert opened.text.count("火星上能不能种辣椒第") >= 15
    seen = page.count("unanswered-row")
    while more := re.search(r'href="(\?from=[1-9]\d*)"', page.text):
        page = await chen.get("/admin/unanswered" + more[1])
        seen += page.count("unanswered-row")
    assert seen == len(things.split()) + 1
