"""The tabs at the foot of a page: what this person's roles open."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from knowledge.community.hood.access import Act, Relation, may

if TYPE_CHECKING:
    from knowledge.community.roster.people import Person

Tab = tuple[str, str, str]
OWN = frozenset({Relation.OWN})

TASKS: Tab = ("/desk", "任务", "task")
CHATS: Tab = ("/chat", "消息", "chat")
MINE: Tab = ("/mine", "我的诉求", "mine")
OFFICE: Tab = ("/admin", "问答", "book")
NOTICES: Tab = ("/notices", "提醒", "bell")
TOPICS: Tab = ("/topics", "议事", "hall")
BOARD: Tab = ("/board", "看板", "board")

OPENED_BY = MappingProxyType(
    {
        TASKS: Act.TASKS_READ,
        OFFICE: Act.FAQ_READ,
        NOTICES: Act.NOTICE_READ,
        BOARD: Act.BOARD_READ,
    }
)
"""What a tab needs; the others are everybody's."""
WORK = (
    (Act.FAQ_EDIT, (OFFICE, NOTICES, BOARD, TASKS, TOPICS, CHATS)),
    (Act.BOARD_READ, (BOARD, TASKS, OFFICE, NOTICES, TOPICS, CHATS)),
    (Act.TASKS_READ, (TASKS, CHATS, MINE, NOTICES, TOPICS)),
    (Act.CHAT_READ, (CHATS, MINE, TOPICS)),
)
"""The first that somebody may do says in which order their tabs stand."""


def tabs_of(person: Person | None) -> tuple[Tab, ...]:
    """Return address, word and icon of each tab that opens for somebody, the most needed first."""
    if person is None:
        return ()
    mine = next(tabs for act, tabs in WORK if may(person, act, OWN))
    return tuple(tab for tab in mine if may(person, OPENED_BY.get(tab, Act.CHAT_READ), OWN))


def first_page(person: Person) -> str:
    """Return where a person lands."""
    return tabs_of(person)[0][0]
