"""Questions that a human answers: to the right person, back to who asked, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.actions.faq.questions import answer_question, keep_draft, open_questions
from knowledge.community.refusals import NotFound, Unclear
from knowledge.store.rows.questions import QuestionRow
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World

ASKED = "老屋的证能不能过户给女婿"


async def question(world: World) -> QuestionRow:
    return await world.looks(lambda session: session.scalars(select(QuestionRow)).one())


async def test_the_person_of_the_place_is_asked_in_private(world: World) -> None:
    await world["陈叔"].says(f"@社区小助手 {ASKED}", GROUP)

    world["王主任"].hears("【待答 问-0001】陈叔问", ASKED)
    row = await question(world)
    assert (row.who, row.assignee_id, row.state, row.text) == ("chen", "wang", "open", ASKED)


async def test_the_answer_goes_to_where_it_was_asked_and_is_kept(world: World) -> None:
    await world["陈叔"].says(f"@社区小助手 {ASKED}", GROUP)
    await world.passes(days=1)

    await world["王主任"].says("周四来社区。")

    world["陈叔"].reads("@陈叔 王主任回您昨天的问题（问-0001）", "“周四来社区。”")
    row = await question(world)
    assert (row.state, row.answer) == ("answered", "周四来社区。")


async def test_a_question_is_answered_once(world: World) -> None:
    await world["陈叔"].says(ASKED)
    await world["王主任"].says("周四来社区。")

    with pytest.raises(NotFound):
        await world.app.act("t", lambda work: answer_question(work, "wang", 1, "再说一遍"))


@pytest.mark.parametrize("who", ["zhang", "chen", "tang", "nobody"])
async def test_nobody_else_can_answer_it(world: World, who: str) -> None:
    await world["陈叔"].says(ASKED)

    with pytest.raises(NotFound):
        await world.app.act("t", lambda work: answer_question(work, who, 1, "我来答"))
    with pytest.raises(NotFound):
        await world.app.act("t", lambda work: keep_draft(work, who, 1, keep=True))


async def test_an_empty_answer_is_none(world: World) -> None:
    await world["陈叔"].says(ASKED)

    with pytest.raises(Unclear, match="答案是空的"):
        await world.app.act("t", lambda work: answer_question(work, "wang", 1, "  "))


@pytest.mark.parametrize(("digit", "kept"), [("1", True), ("2", False)])
async def test_it_becomes_a_draft_only_if_wanted(world: World, digit: str, kept: bool) -> None:
    await world["陈叔"].says(ASKED)
    await world["王主任"].says("周四来社区。")

    await world["王主任"].says(digit)

    assert (await question(world)).drafted is kept


async def test_after_two_weeks_free_words_are_no_answer_any_more(world: World) -> None:
    await world["陈叔"].says(ASKED)
    await world.passes(days=14)

    assert await world.app.act("t", lambda work: open_questions(work, "wang")) == []
    await world["王主任"].says("周四来社区。")
    assert world.said_in("@chen") == []
