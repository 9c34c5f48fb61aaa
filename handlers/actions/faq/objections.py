"""An answer is said to be wrong: who judges that, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.faq import entries
from handlers.actions.faq.corrections import QUIETLY, tell_stopped, uphold
from handlers.actions.faq.questions import answerer
from handlers.actions.menus import LONG, Choice, offer
from handlers.actions.names import call_name
from handlers.actions.reaching import private_chat
from handlers.actions.telling import tell_chat
from handlers.phrases import corrections as phrases
from handlers.phrases.moments import day
from knowledge.community.hood.access import Act, Relation, may
from knowledge.community.privacy import mask
from knowledge.community.refusals import NotFound
from knowledge.community.roster.people import Role
from knowledge.files.blocks import split_list
from knowledge.store.answers import times_lately
from knowledge.store.changes import history, objected_lately, open_objections
from knowledge.store.rows.faq import ObjectionRow

if TYPE_CHECKING:
    from handlers.messages import ChatRef
    from handlers.work import Work
    from knowledge.community.roster.people import Person
    from knowledge.faq.entry import Entry

LONGEST = 300
"""Characters of an objection that are kept."""
MOST = 5
"""Objections of one party in a day that are passed on; more would bury those of others."""


def object_to(work: Work, chat: ChatRef, who: str, entry: Entry, words: str) -> str:
    """Put an objection before the responsible person; return what to say to who objected."""
    private = chat.account is not None
    keeper = keeper_of(work, chat, who, entry)
    if keeper == who:
        return phrases.yours(entry.question, link_to(work, entry.id))
    waiting = open_objections(work.session, entry.id)
    if any(row.who == who for row in waiting):
        return phrases.KNOWN
    if objected_lately(work.session, who, work.now - timedelta(days=1)) >= MOST:
        return phrases.TOO_MANY
    row = ObjectionRow(
        faq_id=entry.id,
        who=who,
        channel=chat.channel,
        chat_id=chat.id,
        words=words[:LONGEST],
        assignee_id=keeper,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    if keeper is not None:
        _put_before(work, row, entry, keeper)
    name = call_name(work, keeper) if keeper else ""
    return phrases.thanks(call_name(work, who), name, private=private)


def keeper_of(work: Work, chat: ChatRef, who: str, entry: Entry) -> str | None:
    """Return who keeps an entry right: whom its 负责 names, else the editor of the place."""
    people = work.hood.people.values()
    reached = [one for one in people if one.active and private_chat(work, one.id)]
    here = [one for one in reached if one.id not in work.away] or reached
    owners = set(split_list(entry.owner))
    named = [one for one in here if owners & {one.id, one.name, one.called}]
    if named:
        return named[0].id
    group = work.hood.chat(chat.channel, chat.id)
    person = work.hood.person(who)
    place = group.scope if group else work.hood.home(person) if person else None
    editors = [one for one in here if may(one, Act.FAQ_EDIT)]
    near = [one for one in editors if _covers(work, one, place)]
    chosen = next(iter(near or editors), None)
    return chosen.id if chosen else answerer(work, chat, who)


def _covers(work: Work, person: Person, place: str | None) -> bool:
    return any(work.hood.within(place, scope) for scope in person.scopes(Role.EDITOR))


def _put_before(work: Work, row: ObjectionRow, entry: Entry, keeper: str) -> None:
    chat = private_chat(work, keeper)
    if chat is None:
        return
    given = {"objection": row.id}
    choices = (
        Choice("去修改", "objection.edit", given),
        Choice("没问题", "objection.fine", given),
        Choice("先停用", "objection.stop", given),
    )
    buttons = offer(work, chat, keeper, choices, lasts=LONG)
    times = times_lately(work.session, entry.id, work.now)
    name, words = call_name(work, row.who), mask(row.words)
    text = phrases.card(name, entry.question, words, times, _history(work, entry))
    tell_chat(work, chat, text, buttons=buttons, about=QUIETLY)


def _history(work: Work, entry: Entry) -> str:
    """Return when the answer was changed last, and by whom; else when it was checked."""
    told = history(work.session, entry.id)
    last = next((row for row in told if row.how != "found"), None)
    if last is not None:
        by = call_name(work, last.who) if last.who else "在文件里"
        return f"上次 {day(last.at, work.now)} {by}改过。"
    return f"{entry.checked.isoformat()} 核对过。" if entry.checked else ""


def go_and_edit(work: Work, who: str, objection_id: int) -> str:
    """Return where the answer is changed; who may not change it has it passed on to an editor."""
    row, entry = _theirs(work, who, objection_id)
    if may(work.hood.person(who), Act.FAQ_EDIT):
        return phrases.how_to_edit(entry.question, link_to(work, entry.id))
    editors = [one for one in work.hood.people.values() if may(one, Act.FAQ_EDIT)]
    if not editors:
        raise NotFound(phrases.NO_LONGER)
    row.assignee_id = editors[0].id
    _put_before(work, row, entry, editors[0].id)
    return phrases.PASSED_ON.format(name=editors[0].called)


def is_right(work: Work, who: str, objection_id: int) -> str:
    """Close the open objections to an entry: the answer was right."""
    _, entry = _theirs(work, who, objection_id)
    uphold(work, open_objections(work.session, entry.id), entry.question, who)
    return phrases.FINE


def stop(work: Work, who: str, objection_id: int) -> str:
    """Keep the answer back until it has been checked; the objections stay open."""
    _, entry = _theirs(work, who, objection_id)
    entries.suspend(work, who, entry.id)
    tell_stopped(work, open_objections(work.session, entry.id), entry.question)
    return phrases.STOPPED.format(title=entry.question[: phrases.TITLE])


def link_to(work: Work, faq_id: str) -> str:
    """Return the address of an entry's page, "" where none is public."""
    return f"{work.rules.page_url}/admin/faq/{faq_id}" if work.rules.page_url else ""


def _theirs(work: Work, who: str, objection_id: int) -> tuple[ObjectionRow, Entry]:
    row = work.session.get(ObjectionRow, objection_id)
    relation = {Relation.CHAIN} if row and row.assignee_id == who else set()
    allowed = may(work.hood.person(who), Act.FAQ_RECHECK, frozenset(relation))
    entry = work.faq.entries.get(row.faq_id) if row else None
    if row is None or entry is None or row.state != "open" or not allowed:
        raise NotFound(phrases.NO_LONGER)
    return row, entry
