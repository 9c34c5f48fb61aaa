"""Neighbours who came by an invite, on every database: counted, asked about, sent out, forgotten."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from handlers.actions.people.admitting import Newcomer, admit, vouch
from handlers.actions.people.invites import find_invite, make_invite, token_of
from handlers.actions.people.nicknames import is_official
from handlers.actions.people.own_data import erase
from knowledge.community.refusals import NotFound, Outdated
from knowledge.store.rows.admissions import AdmissionRow, InviteRow
from knowledge.store.rows.roster import PersonRow

if TYPE_CHECKING:
    from tests.world import World


async def test_a_guest_is_counted_asked_about_sent_out_and_forgotten(world: World) -> None:
    place = next(one.id for one in world.app.town.hood.places.values() if one.name == "2单元")
    token = await world.app.act(
        "t", lambda work: token_of(work.session, make_invite(work, "chen", None, 2).id)
    )

    async def comes(name: str, once: str) -> str:
        def deed(work):
            admit(work, find_invite(work, token), Newcomer(place, name, "", once))
            return work.session.query(AdmissionRow).order_by(AdmissionRow.admitted_at).all()

        known = {row.person_id for row in await world.app.act("t", deed)}
        await world.app.refresh()
        people = world.app.town.hood.people.values()
        return next(one.id for one in people if one.id in known and one.called == name)

    await world.happens()
    good = await comes("陶阿姨", "a" * 32)
    assert await comes("陶阿姨", "a" * 32) == good
    bad = await comes("过路人", "b" * 32)
    with pytest.raises(Outdated, match="名额用完了"):
        await comes("第三个", "c" * 32)
    leader = world.app.town.hood.responsible(place)
    assert leader is not None
    judge = str(leader.person)
    for who in (good, "li"):  # neither oneself nor a neighbour says who is known
        with pytest.raises(NotFound):
            await world.app.act("t", partial(vouch, who=who, person_id=good, known=True))
    await world.app.act("t", lambda work: vouch(work, judge, bad, known=False))
    await world.app.act("t", lambda work: vouch(work, judge, good, known=True))
    await world.app.act("t", lambda work: erase(work, good))

    def look(session):
        gone, sent = session.get_one(PersonRow, good), session.get_one(PersonRow, bad)
        used = session.query(InviteRow).one().used
        return used, gone.name, gone.active, sent.active

    assert await world.looks(look) == (2, "已退出的邻居", False, False)


async def test_a_form_that_is_sent_again_long_after_opens_nothing_and_says_what_to_do(
    world: World,
) -> None:
    place = next(one.id for one in world.app.town.hood.places.values() if one.name == "2单元")
    form = Newcomer(place, "陶阿姨", "", "a" * 32)
    token = await world.app.act(
        "t", lambda work: token_of(work.session, make_invite(work, "chen", None, 9).id)
    )

    async def comes() -> None:
        await world.app.act("t", lambda work: admit(work, find_invite(work, token), form))

    await comes()
    await world.passes(minutes=9)
    await comes()
    await world.passes(minutes=2)
    with pytest.raises(Outdated, match="再扫一次"):
        await comes()

    assert await world.looks(lambda session: session.query(AdmissionRow).count()) == 1


def test_a_leader_who_is_called_by_a_sign_takes_no_name_from_anybody() -> None:
    assert not is_official("李阿姨", ("🌸",))
    assert is_official("小花🌸张师傅", ("张师傅",))
