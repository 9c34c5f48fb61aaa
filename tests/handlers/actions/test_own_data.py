"""我的数据, 删除我的数据: shown to nobody else, erased for good, the chain whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.own_data import erase, export_text
from knowledge.community.calendar import WorkCalendar
from knowledge.community.hours import Hours
from knowledge.store.proof import verify_all
from knowledge.store.rows.questions import QuestionRow
from knowledge.store.rows.tickets import TicketRow, TicketTextRow

if TYPE_CHECKING:
    from tests.world import World

WORDS = "3栋2单元楼道灯不亮，我的腿不好"


async def told_a_lot(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says(WORDS, photos=1)
    await 李娭毑.says("1")
    await 李娭毑.says("老屋的证能不能过户给女婿")


async def test_what_is_kept_is_told_in_a_few_lines(world: World) -> None:
    await told_a_lot(world)

    text = await world.app.act("t", lambda work: export_text(work, "li"))

    assert "李娭毑" in text
    assert "报过的事 1 件（最近：0001）" in text
    assert "转人工的问题 1 个" in text
    assert len(text) <= 120


async def test_a_stranger_is_shown_only_what_is_theirs(world: World) -> None:
    await told_a_lot(world)

    text = await world.app.act("t", lambda work: export_text(work, "replay:guest"))

    assert "0001" not in text
    assert "报过的事 0 件" in text


async def test_after_erasing_no_word_of_theirs_is_left_and_the_chain_is_whole(world: World) -> None:
    await told_a_lot(world)

    await world.app.act("t", lambda work: erase(work, "li"))

    texts = await world.looks(
        lambda session: [row.text for row in session.scalars(select(TicketTextRow))]
    )
    ticket = await world.looks(lambda session: session.scalars(select(TicketRow)).one())
    question = await world.looks(lambda session: session.scalars(select(QuestionRow)).one())
    assert not any("腿" in text for text in texts)
    assert ticket.state == "closed_withdrawn"
    assert ticket.images == []
    assert "女婿" not in question.text
    proved = await world.looks(lambda session: verify_all(session, WorkCalendar(), Hours()))
    assert proved == (1, [])


async def test_the_words_of_others_stay(world: World) -> None:
    await told_a_lot(world)
    await world["周爹爹"].says("3栋1单元门禁坏了")
    await world["周爹爹"].says("1")

    await world.app.act("t", lambda work: erase(work, "li"))

    texts = await world.looks(
        lambda session: [row.text for row in session.scalars(select(TicketTextRow))]
    )
    assert any("门禁" in text for text in texts)
