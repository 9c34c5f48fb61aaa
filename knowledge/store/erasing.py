"""Erasing what one party has said: wherever their words and photos were put, and quoted again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select, update

from knowledge.community.privacy import cut, mask, mobiles
from knowledge.store.answers import forget_askers
from knowledge.store.rows.dialogues import DialogueRow, HeldPhotoRow, MenuRow, OptionRow
from knowledge.store.rows.faq import ObjectionRow
from knowledge.store.rows.links import LinkCodeRow, SpokenRow
from knowledge.store.rows.media import MediaRow
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.notices import PaceRow, ReceiptRow
from knowledge.store.rows.parties import PartyNameRow
from knowledge.store.rows.questions import QuestionRow
from knowledge.store.rows.roster import AccountRow, PersonRow
from knowledge.store.rows.tickets import TicketEventRow, TicketPartyRow, TicketRow, TicketTextRow
from knowledge.store.rows.web import SessionRow, WebMessageRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

ERASED = "（本人已删除）"
QUOTED = 12
"""Characters by which a quotation is known again: the shortest in which we quote anybody, nearly."""
TELLING = 6
"""Shorter words are everybody's: 好的, 停电了."""

Accounts = frozenset[tuple[str, str]]
"""(channel, account) of every place where the party speaks."""


def erase_party(session: Session, who: str, accounts: Accounts, tickets: frozenset[int]) -> None:
    """Erase what a party has written or sent; the chain of events stays whole.

    `tickets` are the ids of those that they reported or joined.
    """
    quotes = _quotes(_said(session, who, accounts))
    mine = _photos(session, who, accounts, tickets)
    _erase_tickets(session, who, accounts, tickets, mine)
    _erase_told(session, accounts, tickets, quotes)
    _erase_talk(session, who, accounts, quotes)
    for row in session.scalars(select(MediaRow).where(MediaRow.id.in_(mine))):
        session.delete(row)
    session.flush()


def names_of(who: str, accounts: Accounts) -> frozenset[str]:
    """All under which a party has acted: an account may have been linked to them later."""
    return frozenset({who, *(f"{channel}:{account}" for channel, account in accounts)})


def subject_of(person_id: str) -> str:
    """How the key of a message ends that names a guest."""
    return f":guest:{person_id}"


def forget_guest(session: Session, person_id: str, name: str) -> None:
    """Take everything that a guest has told of themselves out of their row, and end all sign-ins."""
    for table in (OutboxRow, WebMessageRow):
        naming = table.key.endswith(subject_of(person_id), autoescape=True)
        session.execute(update(table).where(naming).values(text=ERASED, buttons=[]))
    person = session.get_one(PersonRow, person_id)
    person.name, person.title, person.phone, person.door = name, "", "", ""
    person.care, person.skills, person.active = [], [], False
    person.role_version += 1
    for ended in (SessionRow, AccountRow, LinkCodeRow, SpokenRow):
        session.execute(delete(ended).where(ended.person_id == person_id))


def _said(session: Session, who: str, accounts: Accounts) -> set[str]:
    """Everything that they wrote, wherever it stands."""
    actors = names_of(who, accounts)
    written = select(TicketEventRow.id).where(TicketEventRow.actor.in_(actors))
    texts = {
        *session.scalars(select(TicketTextRow.text).where(TicketTextRow.event_id.in_(written))),
        *session.scalars(select(QuestionRow.text).where(QuestionRow.who == who)),
        *session.scalars(select(ObjectionRow.words).where(ObjectionRow.who == who)),
        *session.scalars(select(WebMessageRow.text).where(WebMessageRow.sender == who)),
    }
    return texts | {str(row.payload.get("text", "")) for row in _heard(session, accounts)}


def _quotes(texts: Iterable[str]) -> frozenset[str]:
    """The beginnings by which a quotation is known, as written and as masked, duty phones shown or not."""
    lines = {" ".join(text.split()) for text in texts}
    forms = {form for line in lines for form in (line, mask(line), mask(line, mobiles(line)))}
    begun = {cut(form, QUOTED) for form in forms}
    return frozenset(one for one in begun if len(one) >= TELLING and one != ERASED)


def _heard(session: Session, accounts: Accounts) -> list[InboxRow]:
    """Their events of which the content is still there, but for those that wait their turn."""
    channels = {channel for channel, _ in accounts}
    rows = session.scalars(
        select(InboxRow).where(InboxRow.channel.in_(channels), InboxRow.state != "new")
    )
    return [row for row in rows if (row.channel, row.payload.get("sender")) in accounts]


def _photos(
    session: Session, who: str, accounts: Accounts, tickets: frozenset[int]
) -> frozenset[str]:
    """The ids of their pictures; of the tickets they reported, whatever is not somebody else's."""
    names = names_of(who, accounts)
    own = set(session.scalars(select(MediaRow.id).where(MediaRow.who.in_(names))))
    own |= set(session.scalars(select(HeldPhotoRow.media_id).where(HeldPhotoRow.who == who)))
    reported = session.scalars(
        select(TicketRow.images).where(TicketRow.id.in_(tickets), TicketRow.reporter == who)
    )
    shown = {image for images in reported for image in images}
    others = set(
        session.scalars(
            select(MediaRow.id).where(MediaRow.id.in_(shown), MediaRow.who.not_in(names))
        )
    )
    return frozenset(own | (shown - others))


def _erase_tickets(
    session: Session,
    who: str,
    accounts: Accounts,
    tickets: frozenset[int],
    mine: frozenset[str],
) -> None:
    actors = names_of(who, accounts)
    written = select(TicketEventRow.id).where(TicketEventRow.actor.in_(actors))
    session.execute(delete(TicketTextRow).where(TicketTextRow.event_id.in_(written)))
    touched = select(TicketEventRow.ticket_id).where(TicketEventRow.actor.in_(actors))
    theirs = or_(TicketRow.id.in_(tickets), TicketRow.id.in_(touched))
    for ticket in session.scalars(select(TicketRow).where(theirs)):
        ticket.images = [image for image in ticket.images if image not in mine]
    session.execute(delete(TicketPartyRow).where(TicketPartyRow.who == who))


def _erase_told(
    session: Session, accounts: Accounts, tickets: frozenset[int], quotes: frozenset[str]
) -> None:
    """What was told to them, about their tickets, or in their words; what waits is not sent."""
    homes = {(channel, f"@{account}") for channel, account in accounts}
    for row in session.scalars(select(OutboxRow).where(OutboxRow.notice_id.is_(None))):
        quoting = _quotes_any(row.text, quotes)
        if row.state == "pending":
            if quoting:
                session.delete(row)
        elif quoting or row.ticket_id in tickets or (row.channel, row.chat_id) in homes:
            row.text, row.images = ERASED, []
            session.execute(
                update(WebMessageRow)
                .where(WebMessageRow.key == row.key)
                .values(text=ERASED, images=[])
            )


def _erase_talk(session: Session, who: str, accounts: Accounts, quotes: frozenset[str]) -> None:
    """Their messages, questions and choices, and whatever the bot repeated of them in a chat."""
    for row in _heard(session, accounts):
        row.payload = {}
    session.execute(update(QuestionRow).where(QuestionRow.who == who).values(text=ERASED))
    session.execute(update(ObjectionRow).where(ObjectionRow.who == who).values(words=ERASED))
    forget_askers(session, who=who)
    session.execute(delete(PartyNameRow).where(PartyNameRow.who == who))
    session.execute(delete(DialogueRow).where(DialogueRow.who == who))
    session.execute(delete(HeldPhotoRow).where(HeldPhotoRow.who == who))
    session.execute(delete(ReceiptRow).where(ReceiptRow.who == who))
    session.execute(delete(PaceRow).where(PaceRow.who == who))
    menus = select(MenuRow.id).where(MenuRow.who == who)
    session.execute(delete(OptionRow).where(OptionRow.menu_id.in_(menus)))
    session.execute(delete(MenuRow).where(MenuRow.who == who))
    homes = {f"@{account}" for channel, account in accounts if channel == "web"}
    talk = select(WebMessageRow).where(
        or_(
            WebMessageRow.sender.in_((who, "bot")),
            WebMessageRow.chat_id.in_(homes),
        )
    )
    for bubble in session.scalars(talk):
        theirs = bubble.sender == who or bubble.chat_id in homes
        if theirs or _quotes_any(bubble.text, quotes):
            bubble.text, bubble.images, bubble.buttons = ERASED, [], []
            bubble.name = "" if bubble.sender == who else bubble.name


def _quotes_any(text: str, quotes: frozenset[str]) -> bool:
    line = " ".join(text.split())
    return any(quote in line for quote in quotes)
