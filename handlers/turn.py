"""One turn of a conversation: who spoke where, and how to answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import delete

from handlers.actions.names import call_name, is_newcomer, remember_name
from handlers.actions.reaching import note_where
from handlers.actions.telling import PLAIN, tell_chat
from handlers.intents.calling import uncalled
from handlers.messages import ChatKind
from knowledge.store.rows.parties import PartyNameRow

if TYPE_CHECKING:
    from handlers.actions.telling import About
    from handlers.messages import Button, ChatRef, Event
    from handlers.work import Work
    from knowledge.community.places.places import GroupChat
    from knowledge.community.roster.people import Person


@dataclass(frozen=True, slots=True)
class Turn:
    """An event with the people and the chat that it means."""

    work: Work
    event: Event
    who: str
    """Party: person id, or channel:account of somebody unregistered."""
    person: Person | None
    group: GroupChat | None
    addressed: bool
    newcomer: bool = False
    """Nothing was known of them before: of chatter not even the name is kept."""

    @property
    def chat(self) -> ChatRef:
        """Where it was said."""
        return self.event.chat

    @property
    def text(self) -> str:
        """What was said, without blanks or our name around it."""
        return self.event.text.strip()

    @property
    def private(self) -> bool:
        """Whether nobody else hears it."""
        return self.event.chat.kind is ChatKind.DIRECT

    @property
    def name(self) -> str:
        """How the speaker is called; "" when unknown."""
        return call_name(self.work, self.who)

    def reply(self, text: str, *, buttons: tuple[Button, ...] = (), about: About = PLAIN) -> None:
        """Answer where it was said."""
        tell_chat(self.work, self.chat, text, buttons=buttons, about=about)


def turn_of(work: Work, event: Event) -> Turn:
    """Find out who speaks, and whether they speak to us."""
    person = work.hood.by_account(event.channel, event.sender)
    who = work.hood.party(event.channel, event.sender)
    newcomer = is_newcomer(work, who)
    if person is not None:
        note_where(work, person.id, event.channel)
    if person is None and event.name:
        remember_name(work, who, event.name)
    named = any(name in event.text for name in work.rules.names)
    private = event.chat.kind is ChatKind.DIRECT
    said = uncalled(event.text, work.rules.names)
    return Turn(
        work=work,
        event=event if said == event.text else replace(event, text=said),
        who=who,
        person=person,
        group=None if private else work.hood.chat(event.channel, event.chat.id),
        addressed=private or (named if event.addressed is None else event.addressed),
        newcomer=newcomer,
    )


def forget(turn: Turn) -> None:
    """Keep nothing of a newcomer whose words proved to be chatter."""
    if turn.newcomer:
        turn.work.session.execute(delete(PartyNameRow).where(PartyNameRow.who == turn.who))
