"""The tabs at the foot of a page: what this person's roles open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.access import Act, may

if TYPE_CHECKING:
    from knowledge.community.people import Person

Tab = tuple[str, str, str]

TASKS: Tab = ("/desk", "任务", "task")
CHATS: Tab = ("/chat", "消息", "chat")
MINE: Tab = ("/mine", "我的诉求", "mine")
OFFICE: Tab = ("/admin", "问答", "book")
NOTICES: Tab = ("/notices", "提醒", "bell")
TOPICS: Tab = ("/topics", "议事", "hall")
BOARD: Tab = ("/board", "看板", "board")


def tabs_of(person: Person | None) -> tuple[Tab, ...]:
    """Return address, word and icon of each tab, the most needed first."""
    if person is None:
        return ()
    if may(person, Act.FAQ_READ):
        return (OFFICE, NOTICES, BOARD, TOPICS, CHATS)
    if may(person, Act.TASKS_READ):
        return (TASKS, CHATS, MINE, TOPICS)
    return (CHATS, MINE, TOPICS)


def first_page(person: Person) -> str:
    """Return where a person lands."""
    return tabs_of(person)[0][0]
