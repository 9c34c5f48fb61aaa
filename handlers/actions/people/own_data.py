"""A resident's own data: shown, handed over, erased (个人信息保护法 第四十五、四十七条)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from handlers.actions.tickets.withdrawing import withdraw
from handlers.actions.topics import disown
from handlers.actions.windows import forget_meeting
from handlers.phrases.admissions import LEFT
from handlers.phrases.numbers import ticket_number
from knowledge.community.roster.people import IMPLICIT_CHANNELS
from knowledge.community.tickets.categories import category
from knowledge.community.tickets.ticket import OPEN, State
from knowledge.store.admissions import admitted_at
from knowledge.store.answers import given_to
from knowledge.store.erasing import erase_party, forget_guest, names_of
from knowledge.store.lists import reported_by
from knowledge.store.possessions import possessions
from knowledge.store.rows.questions import QuestionRow
from knowledge.store.stamps import touch
from knowledge.store.topics import raised_by

if TYPE_CHECKING:
    from handlers.work import Work

SHOWN = 5


def export_text(work: Work, who: str) -> str:
    """Return what is kept of somebody, in a few lines for the chat."""
    person = work.hood.person(who)
    said = reported_by(work.session, who, frozenset(State))
    tickets = [ticket for ticket in said if ticket.filed_at is not None]
    questions = work.session.scalars(select(QuestionRow).where(QuestionRow.who == who)).all()
    lines = ["我这里记着您的："]
    if person is not None:
        phone = f"，电话 {person.phone}" if person.phone else ""
        door = f"，门牌 {person.door}" if person.door else ""
        lines.append(f"名册：{person.called}{phone}{door}")
    numbers = "、".join(ticket_number(ticket.no) for ticket in tickets[-SHOWN:])
    lines.append(f"报过的事 {len(tickets)} 件" + (f"（最近：{numbers}）" if numbers else ""))
    lines.append(f"转人工的问题 {len(questions)} 个")
    if raised := raised_by(work.session, names_of(who, _accounts(work, who))):
        lines.append(f"提过的议题 {len(raised)} 个")
    if given := given_to(work.session, who):
        lines.append(f"近 7 天答过您 {given} 次（只记答的是哪一条）")
    lines.append("要删除请发：删除我的数据")
    return "\n".join(lines)


def export_data(work: Work, who: str) -> dict[str, Any]:
    """Return all that is kept of somebody, as a document for themselves."""
    person = work.hood.person(who)
    accounts = _accounts(work, who)
    known: dict[str, Any] = {}
    if person is not None:
        known["名册"] = {
            "称呼": person.called,
            "姓名": person.name,
            "电话": person.phone,
            "门牌": person.door,
            "住处": work.hood.label(work.hood.home(person)),
            "角色": sorted(role.value for role in person.roles),
            "关怀": list(person.care),
            "账号": sorted(f"{channel}:{account}" for channel, account in person.accounts),
        }
    return known | possessions(work.session, who, names_of(who, accounts))


def leaves_with_data(work: Work, who: str) -> bool:
    """Whether nothing but their own word has brought somebody in, so that erasing ends it."""
    return admitted_at(work.session, who) is not None


def erase(work: Work, who: str) -> None:
    """Withdraw what is open and erase everything that a party has said; the chain stays whole.

    Who came by an invite has left then: the roster of the office knows nothing of them.
    """
    rows = reported_by(work.session, who, frozenset(State))
    tickets = frozenset(row.id for row in rows)
    for row in rows:
        if row.reporter == who and row.matter:  # the title may be their words: the category is not
            known = category(row.category)
            row.matter = known.name if known else row.kind
    for ticket in reported_by(work.session, who, OPEN | {State.DRAFT}):
        withdraw(work, ticket, who)
    work.session.flush()
    accounts = _accounts(work, who)
    erase_party(work.session, who, accounts, tickets)
    disown(work, names_of(who, accounts))
    forget_meeting(work.session, accounts)
    if leaves_with_data(work, who):
        forget_guest(work.session, who, LEFT)
        touch(work.session, "roster")


def _accounts(work: Work, who: str) -> frozenset[tuple[str, str]]:
    """Where a party speaks, as (channel, account)."""
    if ":" in who:
        channel, account = who.split(":", 1)
        return frozenset({(channel, account)})
    person = work.hood.person(who)
    named = person.accounts if person else ()
    channels = {*work.rules.channels, *IMPLICIT_CHANNELS}
    known = ((name, work.hood.account(who, name)) for name in channels)
    return frozenset((*named, *((name, account) for name, account in known if account)))
