"""没好 or 好了, said where or when nobody asks: in private, or after the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import Choice, offer
from handlers.actions.tickets.closing import (
    CONFIRMABLE,
    REOPENABLE,
    TAKEN_BACK,
    confirm,
    lately_done,
    long_done,
    reopen,
)
from handlers.actions.tickets.following import followed_done, still_there
from handlers.actions.tickets.inquiring import supplement
from handlers.actions.tickets.lists import open_matters
from handlers.actions.tickets.recurring import says_again
from handlers.actions.tickets.wording import sheet
from handlers.choosing import HALF_WIDTH, says_bad, says_good
from handlers.intents.read import read_intent
from handlers.phrases import commands, endings
from knowledge.community.refusals import IllegalStep, NotFound
from knowledge.community.tickets.ticket import State
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow

NUMBER = Expression(r"[#号\s]*(\d{1,9})(?![\d栋幢号楼单元点块元个万月日天年户次])[\s,，:。、]*")
"""The number behind 没好: which one is meant."""
BEFORE = Expression(r"[#号\s]*(\d{4,9})(?:号|单|这件|那件)?[\s,，:：。、]*(?=\D)")
"""The number before it, as people read it: 0127 没修好."""
SAME_AGAIN = Expression(
    r"(?:怎么|现在|今天|昨天|昨晚|刚才?|它|都|这)*又(?:不(?:亮|灵|通|走|转|动|行)|黑|灭|松|断|掉|[开打关]不[了开上紧])(?:了|哒)(?:[,，!！。.唉哎啊呀 ]|怎么办|咋办)*"
)
"""Words that tell of nothing but that it is so once more: of what, was told before."""
PADDED = 4
"""From so many digits on a number can only be that of a request."""
LISTED = 3
"""Most matters among which one is chosen: the newest."""


def open_again(turn: Turn) -> bool:
    """Open the reporter's done matter again, or ask which; said of one in hand, pass it on."""
    number, said = _numbered(turn.text, BEFORE)
    words = says_bad(said)
    if words is None and number is None:
        words = _bad_once_more(turn)
    if words is None:
        return number is not None and _again(turn, int(number), said)
    if number is None:
        number, rest = _numbered(words, NUMBER)
        words = words if number is None else rest
    done = _done_here(turn, REOPENABLE) or _done_here(turn, TAKEN_BACK)
    named = [row for row in done if number and row.no == int(number)]
    if number and not named:
        return _not_done(turn, number, words)
    if not done:
        return turn.addressed and (
            _pass_on(turn) or _says_still(turn, words) or _too_late(turn, words)
        )
    if len(named or done) == 1:
        reopen(turn.work, (named or done)[0], turn.who, words)
        return True
    shown = [row for row in done if turn.private or not row.private]
    if shown:
        _ask_which(turn, shown[-LISTED:], "ticket.reopen", endings.which_is_bad)
    return bool(shown)


def _bad_once_more(turn: Turn) -> str | None:
    """Return 又不亮了, said to us, where it names no matter of its own; None for any other words."""
    if not turn.addressed or SAME_AGAIN.fullmatch(turn.text) is None:
        return None
    return turn.text if read_intent(turn.text).category is None else None


def _again(turn: Turn, no: int, words: str) -> bool:
    """0127 又不亮了: the number names a matter of theirs, the words tell what is wrong with it."""
    if not says_again(words):
        return False
    done = _done_here(turn, REOPENABLE | TAKEN_BACK)
    named = next((row for row in done if row.no == no), None)
    if named is not None:
        reopen(turn.work, named, turn.who, words)
        return True
    if _pass_on(turn, no):
        return True
    return turn.addressed and (_says_still(turn, words, no) or _too_late(turn, "", no))


def _numbered(text: str, pattern: Expression) -> tuple[str | None, str]:
    """Return the number with which a text begins, and what follows; (None, text) without one."""
    plain = text.strip().translate(HALF_WIDTH)
    found = pattern.match(plain)
    return (found[1], plain[found.end() :]) if found else (None, text)


def _not_done(turn: Turn, number: str, words: str) -> bool:
    """Take 没好 of a number that the speaker cannot open again for what it can mean: one in hand, a door.

    Raises NotFound for a number that is none of theirs, IllegalStep for one of long ago.
    """
    no = int(number)
    if not turn.addressed:
        return False
    if _pass_on(turn, no) or _says_still(turn, words, no) or _too_late(turn, "", no):
        return True
    long = len(number) >= PADDED
    is_door = not number.startswith("0") and (long or words)  # 1203没修好, 没好 302还在漏
    if is_door and _pass_on(turn):
        return True
    if long or not words:
        raise NotFound(commands.no_such(no))
    return False


def confirm_elsewhere(turn: Turn) -> bool:
    """好了 in private, of what was asked in another chat, or closed without an answer; or ask which."""
    number, said = _numbered(turn.text, BEFORE)
    if not (turn.private and says_good(said)):
        return False
    mine = [row for row in lately_done(turn.work, turn.who, CONFIRMABLE) if _is_no(row, number)]
    handled = [row for row in mine if row.state == State.HANDLED] or mine
    if len(handled) == 1:
        confirm(turn.work, handled[0], turn.who)
    elif handled:
        _ask_which(turn, handled[-LISTED:], "ticket.confirm", endings.which_is_good)
    return bool(handled)


def _is_no(ticket: TicketRow, number: str | int | None) -> bool:
    return number is None or ticket.no == int(number)


def _too_late(turn: Turn, words: str, no: int | None = None) -> bool:
    """Say that the only matter of long ago must be told anew; raises IllegalStep."""
    old = [] if words else [row for row in long_done(turn.work, turn.who) if _is_no(row, no)]
    if not old:
        return False
    raise IllegalStep(endings.too_late(sheet(turn.work, old[-1])))


def _pass_on(turn: Turn, no: int | None = None) -> bool:
    """Tell whoever has the reporter's only open matter; False when it is not plain which."""
    mine = [
        row
        for row in open_matters(turn.work, turn.who)
        if row.reporter == turn.who and _is_no(row, no)
    ]
    if len(mine) != 1:
        return False
    supplement(turn.work, mine[0], turn.who, turn.text)
    return True


def _says_still(turn: Turn, words: str, no: int | None = None) -> bool:
    """Count a neighbour who joined the only matter that was done lately."""
    joined = [row for row in followed_done(turn.work, turn.who) if _is_no(row, no)]
    if not joined:
        return False
    still_there(turn.work, joined[-1], turn.who, words)
    return True


def _done_here(turn: Turn, states: frozenset[State]) -> list[TicketRow]:
    rows = lately_done(turn.work, turn.who, states)
    return [row for row in rows if _meant_here(turn, row)]


def _meant_here(turn: Turn, ticket: TicketRow) -> bool:
    """In private everything can be meant; in a group only what was reported there."""
    return turn.private or (ticket.channel, ticket.chat_id) == (turn.chat.channel, turn.chat.id)


def _ask_which(
    turn: Turn, done: list[TicketRow], deed: str, question: Callable[[list[str]], str]
) -> None:
    labels = [endings.short_title(ticket.matter, ticket.no) for ticket in done]
    choices = tuple(
        Choice(label, deed, {"no": ticket.no}) for label, ticket in zip(labels, done, strict=True)
    )
    buttons = offer(turn.work, turn.chat, turn.who, choices)
    turn.reply(question(labels), buttons=buttons)
