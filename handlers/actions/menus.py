"""Numbered choices: offered once, chosen by a digit or by a button, used once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, or_, select, true, update

from handlers.messages import Button, ChatRef
from handlers.phrases import commands
from knowledge.community.refusals import NotAllowed, Outdated
from knowledge.store.rows.dialogues import MenuRow, OptionRow
from knowledge.store.sheaf import MENUS, lay

if TYPE_CHECKING:
    from handlers.work import Work

SHORT = timedelta(minutes=30)
"""How long a digit counts for a resident's choice (research/ux.md §5.1 rule 4)."""
LONG = timedelta(days=7)
"""How long a leader's task card can be answered."""
AGAIN = frozenset({"ticket.accept", "ticket.transfer", "ticket.refuse", "ticket.finish"})
"""Buttons of a task card that go on speaking for the state of the ticket after their first use."""

STANDING = frozenset({"quiz.answer"})
"""Choices that one person's answer does not use up: everybody in the chat may make them."""

OPEN = (
    select(MenuRow)
    .where(
        MenuRow.channel == bindparam("channel"),
        MenuRow.chat_id == bindparam("chat"),
        or_(MenuRow.who == bindparam("who"), MenuRow.who == ""),
        MenuRow.used_at.is_(None),
        MenuRow.expires_at > bindparam("now"),
    )
    .order_by(MenuRow.id.desc())
)
"""Asked with every message: built once."""
OPTIONS = select(OptionRow).where(OptionRow.menu_id == bindparam("menu")).order_by(OptionRow.digit)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: the button's label and the action it stands for."""

    label: str
    action: str
    args: dict[str, Any] = field(default_factory=dict)


def offer(
    work: Work,
    chat: ChatRef,
    who: str,
    choices: tuple[Choice, ...],
    *,
    ticket_id: int | None = None,
    lasts: timedelta = SHORT,
    first_digit: int = 1,
) -> tuple[Button, ...]:
    """Remember a menu for `who` (party; "" = anybody in the chat) and return its buttons."""
    expires_at = work.now + lasts
    options: list[dict[str, Any]] = [
        {
            "token": f"{work.chance.getrandbits(128):032x}",
            "digit": digit,
            "label": choice.label,
            "action": choice.action,
            "args": choice.args,
        }
        for digit, choice in enumerate(choices, first_digit)
    ]
    menu = {
        "channel": chat.channel,
        "chat_id": chat.id,
        "who": who,
        "ticket_id": ticket_id,
        "created_at": work.now,
        "expires_at": expires_at,
    }
    lay(work.session, MENUS, menu, options)
    for key in [one for one in work.known if one[:2] == ("menus", chat)]:
        del work.known[key]
    work.expect(chat, who, expires_at)
    return tuple(Button(option["label"], option["token"]) for option in options)


def open_menus(work: Work, chat: ChatRef, who: str) -> list[MenuRow]:
    """Return the choices that are still open for `who` in this chat, the newest first."""
    if (known := work.known.get(("menus", chat, who))) is not None:
        return [menu for menu in known if menu.used_at is None]
    asked = {"channel": chat.channel, "chat": chat.id, "who": who, "now": work.now}
    return list(work.session.scalars(OPEN, asked))


def newest_menu(work: Work) -> int:
    """Return the id of the choice offered last, 0 before the first."""
    return work.session.scalar(select(func.max(MenuRow.id))) or 0


def options_of(work: Work, menu: MenuRow) -> list[OptionRow]:
    """Return the lines of a menu in the order of their digits."""
    if (known := work.known.get(("options", menu.id))) is not None:
        return list(known)
    return list(work.session.scalars(OPTIONS, {"menu": menu.id}))


def press(work: Work, token: str, chat: ChatRef, who: str) -> tuple[MenuRow, OptionRow]:
    """Use the menu by a button.

    Raises Outdated for an old or unknown token, NotAllowed for one that is somebody else's. What
    can be pressed AGAIN is let through after use: the action itself says how things stand.
    """
    option = work.session.get(OptionRow, token)
    menu = work.session.get(MenuRow, option.menu_id) if option else None
    if (
        option is None
        or menu is None
        or (menu.channel, menu.chat_id) != (chat.channel, chat.id)
        or menu.expires_at <= work.now
    ):
        raise Outdated(commands.OLD_BUTTON)
    if menu.who not in ("", who):
        raise NotAllowed(commands.FOREIGN_BUTTON)
    if menu.used_at is not None and option.action not in AGAIN:
        raise Outdated(commands.OLD_BUTTON)
    use(work, menu, option)
    return menu, option


def use(work: Work, menu: MenuRow, option: OptionRow) -> None:
    """Note that the choice was made; one that stands for everybody stays open."""
    if option.action not in STANDING:
        menu.used_at = work.now


def close_menus(work: Work, ticket_id: int, who: str | None = None) -> None:
    """Make every open choice about a ticket void, or those of one person: it has moved on."""
    theirs = true() if who is None else MenuRow.who == who
    work.session.execute(
        update(MenuRow)
        .where(MenuRow.ticket_id == ticket_id, MenuRow.used_at.is_(None), theirs)
        .values(used_at=work.now)
    )
