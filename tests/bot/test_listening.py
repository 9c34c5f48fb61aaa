"""The gate's memory: whose short words are let through, in which chat and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.listening import Listening
from handlers.messages import ChatRef, Event, EventKind, direct
from handlers.work import Rules
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import GroupChat, Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.store.rows.dialogues import DialogueRow, MenuRow
from tests.conftest import MONDAY

if TYPE_CHECKING:
    from datetime import datetime

    from knowledge.store.database import Database

GROUP = ChatRef("replay", "g")
HOOD = Neighbourhood(
    people=[
        Person(who, who, grants=(Grant(Role.RESIDENT, ()),))
        for who in ("li", "wang", "used", "old")
    ],
    chats=[
        GroupChat("replay", "g", "群", "", "积极"),
        GroupChat("replay", "quiet", "静群", "", "静音"),
    ],
)
SOON = MONDAY + timedelta(minutes=5)


def said(text: str, *, chat: ChatRef = GROUP, sender: str = "li", **more) -> Event:
    return Event("replay", "e", chat, sender, MONDAY, text=text, **more)


@pytest.fixture
def listening() -> Listening:
    return Listening(Rules())


def lets_through(listening: Listening, event: Event, at: datetime = MONDAY) -> bool:
    return listening.worth_storing(event, HOOD, at)


def test_chatter_leaves_no_trace(listening: Listening) -> None:
    assert not lets_through(listening, said("今天天气蛮好"))
    assert not lets_through(listening, said("1"))


def test_everything_private_and_every_press_is_let_through(listening: Listening) -> None:
    assert lets_through(listening, said("今天天气蛮好", chat=direct("replay", "li")))
    assert lets_through(listening, said("", kind=EventKind.PRESS, token="x"))


def test_a_group_that_nobody_registered_is_not_listened_to(listening: Listening) -> None:
    stranger = ChatRef("replay", "unknown")

    assert not lets_through(listening, said("@社区小助手 着火了", chat=stranger, addressed=True))


def test_the_name_opens_the_gate_in_every_mode(listening: Listening) -> None:
    for chat in (GROUP, ChatRef("replay", "quiet")):
        assert lets_through(listening, said("小助手，今天天气蛮好", chat=chat))
        assert lets_through(listening, said("今天天气蛮好", chat=chat, addressed=True))


@pytest.mark.parametrize("name", ["天悦国际", "新闻小区", "北京御园"])
def test_danger_opens_the_gate_whatever_the_estate_is_called(
    listening: Listening, name: str
) -> None:
    hood = Neighbourhood([Place("e", None, PlaceKind.ESTATE, name)], (), HOOD.chats.values())
    quiet = ChatRef("replay", "quiet")

    assert listening.worth_storing(said(f"{name}B座着火了", chat=quiet), hood, MONDAY)
    assert not listening.worth_storing(said(f"{name}今天天气蛮好", chat=quiet), hood, MONDAY)


def test_a_short_word_counts_while_something_is_pending_and_no_longer(
    listening: Listening,
) -> None:
    listening.expect(GROUP, "li", SOON)

    assert lets_through(listening, said("1"), SOON - timedelta(seconds=1))
    assert not lets_through(listening, said("1"), SOON)
    assert not lets_through(listening, said("一" * 61), MONDAY)


def test_it_is_that_person_in_that_chat_who_is_waited_for(listening: Listening) -> None:
    listening.expect(GROUP, "li", SOON)

    assert not lets_through(listening, said("1", sender="somebody"))
    assert not lets_through(listening, said("1", chat=ChatRef("replay", "quiet")))


def test_a_choice_for_everybody_lets_everybody_through(listening: Listening) -> None:
    listening.expect(GROUP, "", SOON)

    assert lets_through(listening, said("2", sender="somebody"))
    assert not lets_through(listening, said("哈哈", sender="somebody"))


def test_somebody_unregistered_is_known_by_channel_and_account(listening: Listening) -> None:
    listening.expect(GROUP, "replay:guest", SOON)

    assert lets_through(listening, said("1", sender="guest"))


def test_an_earlier_end_never_shortens_a_longer_wait(listening: Listening) -> None:
    listening.expect(GROUP, "li", SOON)
    listening.expect(GROUP, "li", MONDAY)

    assert lets_through(listening, said("1"))


def test_what_was_pending_is_remembered_over_a_restart(
    listening: Listening, database: Database
) -> None:
    where = {"channel": "replay", "chat_id": "g"}
    with database.transaction() as session:
        session.add(DialogueRow(**where, who="li", topic="place", data={}, expires_at=SOON))
        session.add(MenuRow(**where, who="wang", created_at=MONDAY, expires_at=SOON))
        session.add(
            MenuRow(**where, who="used", created_at=MONDAY, expires_at=SOON, used_at=MONDAY)
        )
        session.add(MenuRow(**where, who="old", created_at=MONDAY, expires_at=MONDAY))
    with database.view() as session:
        listening.load(session, MONDAY)

    people = HOOD.people
    assert {who for who in people if lets_through(listening, said("1", sender=who))} == {
        "li",
        "wang",
    }


def test_the_memory_is_swept_when_it_grows(listening: Listening) -> None:
    for number in range(20_001):
        listening.expect(GROUP, f"p{number}", MONDAY)
    listening.expect(GROUP, "li", SOON)

    assert lets_through(listening, said("1"))
    assert len(listening._until) == 1
