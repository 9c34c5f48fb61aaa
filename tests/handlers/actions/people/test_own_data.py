"""我的数据, 删除我的数据: shown to nobody else, erased for good, the chain whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.people.own_data import erase, export_text
from handlers.actions.tickets.withdrawing import withdraw
from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.days.hours import Hours
from knowledge.store.answers import given_to
from knowledge.store.base import Model
from knowledge.store.proof import verify_all
from knowledge.store.rows.media import MediaRow
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.notices import PaceRow
from knowledge.store.rows.questions import QuestionRow
from knowledge.store.rows.tickets import TicketRow, TicketTextRow
from tests.bot.test_media import picture
from tests.world import GROUP

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.work import Work
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


CANARY = "我的腿脚不方便怕摔跤"
PHONE = "13812345678"


def everything(session: Session) -> str:
    """Every row of every table as text."""
    return "\n".join(
        f"{table.name}: {row!r}"
        for table in Model.metadata.sorted_tables
        for row in session.execute(select(table))
    )


async def test_after_erasing_no_table_holds_a_sentence_or_a_phone_of_theirs(world: World) -> None:
    李娭毑, 张师傅, 周爹爹 = world["李娭毑"], world["张师傅"], world["周爹爹"]
    told = f"{CANARY}，电话{PHONE}"
    await 李娭毑.says(f"3栋2单元楼道灯不亮，{told}", GROUP)
    await 李娭毑.says("1", GROUP)
    await 张师傅.says("接1")
    await 李娭毑.says(f"补充1 {told}", GROUP)
    await 张师傅.says("完1 换了灯泡")
    await 李娭毑.says(f"没好，{told}", GROUP)
    await 李娭毑.says(f"{told}，老屋的证能不能过户给女婿")
    await 李娭毑.says("", photos=1)
    await 周爹爹.says("3栋2单元楼道灯不亮", GROUP)
    before = await world.looks(everything)
    assert CANARY in before
    assert PHONE in before

    await 李娭毑.says("删除我的数据")
    await 李娭毑.presses("删除")
    await world.passes(minutes=1)

    after = await world.looks(everything)
    assert [line for line in after.splitlines() if CANARY in line or PHONE in line] == []
    assert "138****5678" not in after
    assert "女婿" not in after
    proved = await world.looks(lambda session: verify_all(session, WorkCalendar(), Hours()))
    assert proved[1] == []


async def test_a_title_in_their_own_words_becomes_the_category(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元我要投诉古怪木箱挡路")
    await 李娭毑.says("1")
    assert "木箱" in (await world.looks(lambda s: s.scalars(select(TicketRow)).one())).matter

    await world.app.act("t", lambda work: erase(work, "li"))
    await world.passes(hours=12)

    assert "木箱" not in await world.looks(everything)


async def test_photos_go_with_their_files_though_a_neighbour_has_joined(world: World) -> None:
    李娭毑, 周爹爹 = world["李娭毑"], world["周爹爹"]
    media = world.app.media
    mine = await media.keep(picture(), "li")
    theirs = await media.keep(picture(), "zhou")
    await world.happens(李娭毑.event("3栋2单元停电了，好黑", GROUP, images=(mine,)))
    await world.happens(周爹爹.event("3栋2单元停电了", GROUP))
    await world.happens(周爹爹.event(images=(theirs,)))
    ticket = await world.looks(lambda session: session.scalars(select(TicketRow)).one())
    assert (ticket.images, ticket.reports) == ([mine], 2)

    await world.app.act("t", lambda work: erase(work, "li"))

    ticket = await world.looks(lambda session: session.scalars(select(TicketRow)).one())
    assert (ticket.images, ticket.reporter, ticket.reports) == ([], "zhou", 1)
    assert media.path(mine) is None
    assert media.path(theirs) is not None
    assert await world.looks(lambda session: list(session.scalars(select(MediaRow.id)))) == [theirs]


def _take_back(work: Work) -> None:
    withdraw(work, work.session.scalars(select(TicketRow)).one(), "li")


async def test_a_photo_of_a_neighbours_matter_goes_though_its_report_was_taken_back_before(
    world: World,
) -> None:
    李娭毑, 周爹爹 = world["李娭毑"], world["周爹爹"]
    mine = await world.app.media.keep(picture(), "li")
    await 周爹爹.says("3栋2单元停电了", GROUP)
    await world.happens(李娭毑.event("3栋2单元停电了，好黑", GROUP, images=(mine,)))
    await world.app.act("t", _take_back)
    ticket = await world.looks(lambda session: session.scalars(select(TicketRow)).one())
    assert (ticket.images, ticket.reports) == ([mine], 1)

    await world.app.act("t", lambda work: erase(work, "li"))

    ticket = await world.looks(lambda session: session.scalars(select(TicketRow)).one())
    assert (ticket.images, ticket.state) == ([], "new")


async def test_who_joined_and_erases_is_one_household_less(world: World) -> None:
    await world["李娭毑"].says("3栋2单元停电了", GROUP)
    await world["周爹爹"].says("3栋2单元停电了", GROUP)

    await world.app.act("t", lambda work: erase(work, "zhou"))
    await world["李娭毑"].says("算了", GROUP)

    ticket = await world.looks(lambda session: session.scalars(select(TicketRow)).one())
    assert (ticket.state, ticket.reports) == ("closed_withdrawn", 1)


async def test_the_words_of_others_stay(world: World) -> None:
    await told_a_lot(world)
    await world["周爹爹"].says("3栋1单元门禁坏了")
    await world["周爹爹"].says("1")

    await world.app.act("t", lambda work: erase(work, "li"))

    texts = await world.looks(
        lambda session: [row.text for row in session.scalars(select(TicketTextRow))]
    )
    assert any("门禁" in text for text in texts)


async def test_no_wish_and_no_answer_is_remembered_of_who_was_erased(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("小助手，少发点", GROUP)
    await 李娭毑.says("社区几点上班？")
    assert await world.looks(lambda session: given_to(session, "li")) == 1
    assert await world.looks(lambda session: [*session.scalars(select(PaceRow.who))]) == ["li"]

    await world.app.act("t", lambda work: erase(work, "li"))

    assert await world.looks(lambda session: given_to(session, "li")) == 0
    assert await world.looks(lambda session: [*session.scalars(select(PaceRow.who))]) == []


async def test_what_quotes_them_and_still_waits_is_never_sent(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯不亮")
    await 李娭毑.says("1")
    await world["张师傅"].says("接1")
    await world.passes(hours=13)
    await 李娭毑.says(f"催1 {CANARY}")
    waiting = select(OutboxRow.text).where(OutboxRow.state == "pending")
    assert any(CANARY in text for text in await world.looks(lambda s: [*s.scalars(waiting)]))

    await world.app.act("t", lambda work: erase(work, "li"))
    assert CANARY not in await world.looks(everything)
