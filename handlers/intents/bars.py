"""How much must speak for danger or a matter, and where less or more will do (ADR 0016)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.intents.brevity import is_short, without_places
from handlers.intents.despair import despair
from handlers.intents.emergencies import (
    FALLING,
    asks_in_general,
    asks_what_now,
    is_averted,
    is_feared,
    is_mere_loss,
    is_unreal_or_over,
)
from handlers.intents.questions import asks_something
from handlers.intents.weighing import NOTHING, Weight, weigh
from knowledge.community.tickets.ticket import Lane
from knowledge.community.words.wording import sign
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from handlers.intents.weighing import Found

DANGER, DANGER_KNOWN, DANGER_ASKED, DANGER_NOW = 0.4, 0.34, 0.2, 0.08
"""Shares from which it is danger: in any words, and in those that the lists know; in a question about what
they know to have befallen somebody, and in one what is to be done now."""
DANGER_WONDERED, DANGER_BARE, DANGER_SURE = 0.6, 0.75, 0.8
"""The same in words that no list knows: in a question, in fewer than `_BARE` characters, and whatever single
words tell that it is over or unreal (卡在电梯里，灯也灭了): they have been weighed already."""
DANGER_BESIDE, DANGER_LISTED, _BARE = 0.2, 0.05, 6
"""Shares of what is to be seen to anyway from which it is danger, for a wall that fell on somebody sounds like
a broken wall, and a burst pipe like some danger: in any words, and in those that the lists know; characters."""
DANGER_HURRIED = 0.6
"""Share from which it is danger for who is boxed in on an errand: 车被堵了，赶着送孩子去医院."""
DANGER_WANTED = 0.78
"""Share of what is wanted from which these two suffice, where nothing is asked or feared."""
WANTED, OVERHEARD, GUESSED, CLEAR = 0.5, 0.84, 0.88, 0.985
"""Shares from which it is a matter: of who called us; of who did not, in words that the lists know or not;
and one that is no mere question."""
PRESSING = 0.6
"""The same of who did not call us, where the lists know it for an urgent matter: 我家也停电了."""
LISTED, WONDERED = 0.3, 0.8
"""The same of what the lists take for a matter, for they know words that no model has met; and of a question
in words that they do not know."""
ALARMED = 0.8
"""Share of what is wanted from which danger is believed of who called nobody: neighbours who talk of fires and
falls want nothing (of 560 lines of talk none has it, of 228 listed dangers in groups 225)."""
_BESIDE = 12
"""Characters beside an address from which both are weighed as one: 3栋，他家姓王 answers us."""
_FEWEST = 5
"""Characters below which nothing is guessed: 没人来 answers us."""
ALONE = 0.8
"""Share from which a few words that no list knows are a matter."""
HEARD = 0.08
"""Share from which a few words that the lists know are taken up although nobody called us."""
_BOXED_IN = Expression(
    "车(?:子|位里)?(?:都|又|给|被|让)*[^,，。]{0,6}(?:堵|拦|挡)(?:在|死|住|着|了)"
)
_OPENING = Expression("(?:我?[要想来]|提一?个?|给?个)?(?:建议|报修|报个修|投诉|举报|反映|求助)")
_TOLD_OFFICE = Expression(
    "(?:跟|和|同|给|向)(?:社区|居委会?|物业|街道|网格员?|邻长|组长|片长|管家)(?:的人)?[说讲提报](?:一声|一下|下|声|个事)(?!了|过)"
)
"""Who begins with what is wanted, or has a word for the office, has called somebody, if not us."""


def shares(text: str, found: Found) -> Weight:
    """The shares of plain `text`; where few words that no list knows stand beside an address, of these too."""
    whole = weigh(text)
    if any(found[:3]) or whole is NOTHING:
        return whole
    words = without_places(text).strip(",")
    if len(words) == len(text) or len(words) >= _BESIDE:
        return whole
    few = weigh(words)
    return Weight(min(whole.danger, few.danger), min(whole.request, few.request))


def is_danger(text: str, found: Found, weight: Weight) -> bool:
    """Whether it is danger now; an answer of a few words (我在二楼) is none unless the lists know them."""
    return despair(text) is not None or _weighs_as_danger(text, found, weight)


def _weighs_as_danger(text: str, found: Found, weight: Weight) -> bool:
    least = DANGER_LISTED if found.danger else DANGER_BESIDE
    if weight is NOTHING or weight.danger < least * weight.wanted or is_averted(text):
        return False
    if found.danger is None and (is_mere_loss(text) or _is_milder(text, found, weight)):
        return False
    told = found.danger.category.code if found.danger else ""
    feared = told != FALLING and is_feared(
        text
    )  # 砸到人就不得了: what falls already is no mere fear
    if weight.wanted >= DANGER_WANTED and not (asks_something(text) or feared):
        return True
    if found.danger is not None:
        return weight.danger >= _danger_bar(text)
    bar = DANGER_WONDERED if asks_something(text) else DANGER
    if len(text) < _BARE:
        bar = DANGER_BARE
    unlike = is_unreal_or_over(text) or is_feared(text) or asks_in_general(text)
    return weight.danger >= max(bar, DANGER_SURE if unlike else 0.0)


def _is_milder(text: str, found: Found, weight: Weight) -> bool:
    """Whether the lists know it for an errand, a car boxed in or a thing broken beside nobody, and less speaks for danger."""
    boxed_in = _BOXED_IN.search(text) is not None
    if weight.danger >= (DANGER_HURRIED if boxed_in and "赶着" in text else weight.request):
        return False
    broken = found.request is not None and found.request.mention.category.lane is Lane.P2
    known = found.order is not None or boxed_in
    return known or (broken and sign("人", "parts").search(text) is None)


def _danger_bar(text: str) -> float:
    """Share from which what the lists know is danger."""
    if asks_what_now(text):
        return DANGER_NOW
    return DANGER_ASKED if asks_something(text) else DANGER_KNOWN


def is_enough(text: str, found: Found, weight: Weight) -> bool:
    """Whether plain `text` wants something of who was called."""
    told = any(found) or len(text) >= _FEWEST
    return told and weight.wanted >= _bar(text, found)


def _bar(text: str, found: Found) -> float:
    """Share from which plain `text` wants something of who was called."""
    if not any(found) and is_short(text):
        return ALONE
    if found.request is not None or found.order is not None:
        return LISTED
    return WONDERED if asks_something(text) else WANTED


def overheard_from(text: str, *, guessed: bool, urgent: bool) -> float:
    """Share from which a matter is taken up where nobody called us; 停电了 has hardly any sound."""
    if is_short(text) and not guessed:
        return HEARD
    if _OPENING.match(text) or _TOLD_OFFICE.search(text):
        return WANTED
    if guessed:
        return GUESSED
    return PRESSING if urgent else OVERHEARD


def alarmed_from(text: str, found: Found) -> float:
    """Share of what is wanted from which danger is believed where nobody called us.

    着火了 has hardly any sound, who asks what to do now (空调冒烟了怎么办) wants to know, and what the lists know for
    an urgent matter too (广告牌吹下来砸到人) is no talk.
    """
    if found.danger is None:
        return ALARMED
    if is_short(text) or asks_what_now(text) or despair(text):
        return 0.0
    urgent = found.request is not None and found.request.mention.category.lane is Lane.P1
    return PRESSING if urgent else ALARMED
