"""How somebody who came by an invite is called: their own word, but no name that makes people obey."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.auditing import note
from handlers.actions.reaching import private_chat
from handlers.actions.telling import About, tell_chat
from handlers.phrases import admissions as phrases
from knowledge.community.refusals import NotAllowed, TooOften, Unclear
from knowledge.community.roster.people import Role
from knowledge.faq.script import to_simplified
from knowledge.files.expression import Expression
from knowledge.store.admissions import admitted_at, deeds_since, rename_bubbles
from knowledge.store.erasing import subject_of
from knowledge.store.rows.roster import PersonRow
from knowledge.store.stamps import touch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from handlers.work import Work

LONGEST = 12
"""Characters of a name that still stand in one line beside a bubble."""
MOST_CHANGES = 3
"""So often in a day: a slip is mended, nobody plays at being several."""
DAY = timedelta(days=1)

_OFFICIAL = Expression(
    "|".join(role.value for role in Role if role not in (Role.RESIDENT, Role.MERCHANT))
    + "|网格|楼长|民警|警察|派出所|公安|政府|居委|业委|物管|官方|客服|助手|机器人|银行|医保|社保|主任|书记|通知"
)
"""Words of those who act for somebody: research on trust, T18 (a name that looks like a leader's)."""
_LETTERS = Expression(r"[^\w]|_")


def plain(name: str) -> str:
    """Return a name as it is compared: width, script, case and signs make no difference."""
    return _LETTERS.sub("", to_simplified(unicodedata.normalize("NFKC", name)).casefold())


def is_official(name: str, ours: Iterable[str]) -> bool:
    """Tell whether a name sounds like the office, a leader or the bot (`ours`: how they are called)."""
    bare, called = plain(name), filter(None, map(plain, ours))
    return bool(_OFFICIAL.search(bare)) or any(one in bare for one in called)


def is_taken(name: str, others: Iterable[str]) -> bool:
    """Tell whether a neighbour is called so already."""
    return plain(name) in {plain(other) for other in others}


def numbered(beginning: str, others: Collection[str]) -> str:
    """Return the first free of `3栋邻居`, `3栋邻居2` … for somebody who writes no name."""
    taken = {plain(other) for other in others}
    count = 1
    while plain(name := f"{beginning}{count if count > 1 else ''}") in taken:
        count += 1
    return name


def chosen_name(work: Work, said: str, place: str, besides: str = "") -> str:
    """Return the name of somebody at a place, `besides` = their own id; one is made up for "".

    Raises:
        Unclear: too long, official, or a neighbour's already.
    """
    name, hood = said.strip(), work.hood
    estate = hood.estate(place)
    near = set(hood.members_of(estate.id)) if estate else set()
    busy = {person for person in hood.people.values() if person.roles - {Role.RESIDENT}}
    people = [person for person in near | busy if person.id != besides]
    others = [one for person in people for one in (person.name, person.called)]
    if not name:
        return numbered(phrases.NAMELESS.format(place=hood.label(place)), others)
    if len(name) > LONGEST:
        raise Unclear(phrases.NAME_TOO_LONG.format(most=LONGEST))
    if is_taken(name, others):
        raise Unclear(phrases.NAME_TAKEN)
    leaders = (hood.people[rung.person].called for rung in hood.chain(place) if rung.person)
    if is_official(name, (*work.rules.names, *leaders)):
        raise Unclear(phrases.NAME_OFFICIAL)
    return name


def rename(work: Work, who: str, said: str) -> str:
    """Call somebody who came by an invite differently, in what they have said before too.

    The leader of the building hears of it, who has said whether they are known. Returns the name.

    Raises:
        NotAllowed: the roster says how they are called, the office changes it.
        Unclear: the name will not do.
        TooOften: it was changed often enough today.
    """
    person = work.hood.person(who)
    if person is None or admitted_at(work.session, who) is None:
        raise NotAllowed(phrases.NAME_OF_ROSTER)
    place = work.hood.home(person) or ""
    name, old = chosen_name(work, said, place, who), person.called
    if name == old:
        return name
    if deeds_since(work.session, "person.rename", who, work.now - DAY) >= MOST_CHANGES:
        raise TooOften(phrases.RENAMED_OFTEN)
    work.session.get_one(PersonRow, who).name = name
    rename_bubbles(work.session, who, name)
    touch(work.session, "roster")
    note(work, who, "person.rename", who)
    leader = work.hood.responsible(place, work.away)
    chat = private_chat(work, leader.person) if leader and leader.person else None
    if chat is not None:
        text = phrases.renamed(old, name, work.hood.label(place))
        tell_chat(work, chat, text, about=About(lane="P3", subject=subject_of(who)))
    return name
