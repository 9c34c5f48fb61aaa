"""Reports and orders: something is wrong or wanted here, and somebody should see to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.intents.questions import asks_something
from handlers.intents.subject import corrected, likeliest, likeliest_kind
from knowledge.community.tickets.outages import OUTAGES
from knowledge.community.tickets.ticket import Kind, Lane
from knowledge.community.words.leanings import lanes, leaning
from knowledge.community.words.wording import sign

if TYPE_CHECKING:
    from knowledge.community.tickets.categories import Category, Mention

_CLAUSE = re.compile(r"[,，。.!！?？;；\n]")
_REACH = 8
_BASE = {Lane.P1: 1.4, Lane.P2: 1.0, Lane.P3: 0.9}
_OUTAGE = 1.25
_COMPLAINT, _VAGUE = 0.9, 0.6
_HERE, _PLEA, _POLICY, _URGED_POLICY = 0.5, 0.5, 1.2, 0.8
_LEANT, _STATED, _TELLING = 0.7, 0.7, 8
_HOW, _OTHERS, _LOOSE, _PLAN = 0.5, 0.8, 0.6, 0.6
HALF_TALK, MERE_TALK, ASKED_TALK, CERTAIN = 0.4, 0.75, 0.85, 0.92
"""Shares that outweigh the words of a fault, and the form of a question or signs of an end."""
IN_HAND = 16
"""Weights remembered: those of the message in hand are asked for twice."""
LANE_LEAD = 0.4
"""Share by which a learnt lane must lead the one of category and signs."""
ENOUGH = 0.8
"""From this weight on a message is a report; the weights are chosen on our own examples."""
_VAGUE_CODES = frozenset({"care", "lost-found", "network", "dispute"})
VAGUE_ORDERS = frozenset({"svc-other", "svc-visit"})
"""派人来看看 alone does not tell whether help or a repair is wanted."""


@dataclass(frozen=True, slots=True)
class Request:
    """A report; `asks` tells that it has the form of a question too, `rule` that it asks for a rule."""

    mention: Mention
    asks: bool
    rule: bool


def find_request(text: str, first: Mention | None) -> Request | None:
    """The report that plain `text` makes about the first thing that it tells of, or None."""
    if first is None or is_nothing_to_do(text):
        return None
    named = corrected(text, first.category)
    if named is not first.category:
        first = replace(first, category=named, thing="", fault="")
    if weight_of(text, first.category) < ENOUGH:
        return None
    return request_of(first, text)


def request_of(mention: Mention, text: str) -> Request:
    """The request that plain `text` makes about that."""
    asks = asks_something(text) and not sign("派活").search(text)
    rule = _asks_for_policy(text)
    if mention.category.lane is Lane.P1 and sign("本人在场").search(text) and not rule:
        asks = False
    return Request(mention, asks, rule)


def mentioned(text: str, spoken: tuple[Category, ...]) -> Mention | None:
    """The first thing that can be reported, of those in `spoken`, that plain `text` tells of."""
    reportable = (each for each in spoken if each.lane is not Lane.P0 and not each.is_service)
    mentions = [found for each in reportable if (found := _live(text, each)) is not None]
    return min(mentions, key=_precedence, default=None)


def _precedence(found: Mention) -> tuple[int, int]:
    """Urgent matters in the order of the words, all others in the order of the list."""
    category = found.category
    return (0 if category.lane is not Lane.P2 else category.rank, found.start)


def find_order(text: str, spoken: tuple[Category, ...]) -> Mention | None:
    """The help by volunteers, of those in `spoken`, that plain `text` asks for, or None."""
    services = (each for each in spoken if each.is_service)
    found = next((mention for each in services for mention in each.mentions(text)), None)
    if found is None or not sign("开口", "services").search(text):
        return None
    if sign("不是开口", "services").search(text) or sign("道谢").search(text):
        return None
    if asks_something(text) and sign("谈待遇").search(text):
        return None
    meant = corrected(text, found.category)
    if found.category.code in VAGUE_ORDERS:
        meant = likeliest(text, likeliest_kind(text)) or meant
    return None if _is_unreal(text) or not meant.is_service else found


def is_nothing_to_do(text: str) -> bool:
    """Whether plain `text` tells of another place, of something unreal, settled or long past."""
    if any(sign(name).search(text) for name in ("打趣", "请转告")):
        return True
    if leaning(text).request >= CERTAIN:
        return False
    if sign("问进展").search(text):
        return True
    return _is_elsewhere_or_unreal(text) or _is_settled(text) or _is_past(text)


def calls_on_office(text: str) -> bool:
    """Whether plain `text` calls upon the office to see to something, and asks for no rule."""
    return sign("求到门上").search(text) is not None and not asks_something(text)


def lane_of(category: Category, text: str) -> Lane:
    """The lane of a matter: the category's and the signs', unless another is much likelier."""
    lane = _listed_lane(category, text)
    if category.is_service or len(text) < _TELLING:
        return lane
    shares = lanes(text)
    best = max(shares, key=shares.__getitem__)
    if best == Lane.P1 and category.kind is Kind.COMPLAINT:
        return lane  # whoever is complained of is heard first; nobody has to come at once
    return Lane(best) if shares[best] - shares[lane] >= LANE_LEAD else lane


def _listed_lane(category: Category, text: str) -> Lane:
    """The category's own, unless somebody is stranded or many must agree."""
    if category.lane is not Lane.P2 or category.is_service:
        return category.lane
    if category.kind is Kind.REPAIR and sign("更急").search(text):
        return Lane.P1
    return Lane.P3 if sign("牵头").search(text) else Lane.P2


def _live(text: str, category: Category) -> Mention | None:
    """The first mention that is no condition, fear or denial."""
    for mention in category.mentions(text):
        start = max((m.end() for m in _CLAUSE.finditer(text, 0, mention.start)), default=0)
        before = text[max(start, mention.start - _REACH) : mention.start]
        if not sign("假设").search(before):
            return mention
    return None


def _is_elsewhere_or_unreal(text: str) -> bool:
    if sign("夸张").search(text) and leaning(text).talk >= HALF_TALK:
        return True
    return _is_unreal(text) or any(sign(name).search(text) for name in ("别处", "远处"))


def _is_unreal(text: str) -> bool:
    return any(
        sign(name).search(text) is not None for name in ("不是真事", "官方口气", "玩笑话", "打趣")
    )


def _is_settled(text: str) -> bool:
    if sign("不用来了").search(text):
        return True
    if sign("其实没好").search(text):
        return False
    return sign("已经好了").search(text) is not None or sign("道谢").search(text) is not None


def _is_past(text: str) -> bool:
    return sign("从前").search(text) is not None and not sign("催办口气").search(text)


@lru_cache(maxsize=IN_HAND)
def weight_of(text: str, category: Category) -> float:
    """How much speaks for a report of `category`; from ENOUGH on the lists take it for one."""
    weight = _BASE[category.lane] + _LEANT * _leant(text)
    if category.kind is Kind.COMPLAINT:
        weight += _COMPLAINT - _BASE[category.lane]
    if category.code in OUTAGES:
        weight += _OUTAGE - _BASE[category.lane]
    if category.code in _VAGUE_CODES:
        weight += _VAGUE - _BASE[category.lane]
    weight += _HERE * bool(sign("在这里").search(text))
    weight += _STATED * (sign("明说投诉").search(text) is not None and not asks_something(text))
    plea = sign("催办口气").search(text) is not None
    weight += _PLEA * plea
    weight -= _LOOSE * bool(sign("弱提及").search(text))
    if _asks_for_policy(text):
        return weight - (_URGED_POLICY if plea else _POLICY)
    if category.lane is Lane.P3 and asks_something(text) and not sign("愿望").search(text):
        weight -= _PLAN
    weight -= _OTHERS * bool(sign("问别人").search(text))
    return weight - _HOW * bool(sign("问怎么做").search(text))


def _leant(text: str) -> int:
    """1 where plain `text` leans to a request, -1 to talk, 0 where it is too short to tell."""
    lean = leaning(text)
    asks = asks_something(text)
    if lean.talk >= (ASKED_TALK if asks else MERE_TALK) and len(text) >= _TELLING * (1 + asks):
        return -1
    return int(lean.request >= lean.talk + 0.5)


def _asks_for_policy(text: str) -> bool:
    """Who pays, what is allowed, how to complain: a rule is wanted, not a repair."""
    if calls_on_office(text):
        return False
    if sign("问政策").search(text):
        return True
    return all(sign(name).search(text) is not None for name in ("政策词", "问的口气"))


def kind_of(text: str, listed: Kind | None) -> Kind:
    """The kind that plain `text` names or sounds like; `listed`, if any, where it is too short to tell."""
    if "投诉" in text or "举报" in text:
        return Kind.COMPLAINT
    if text.startswith(("建议", "提议", "提个建议")):
        return Kind.SUGGESTION
    if listed is not None and len(text) < _TELLING:
        return listed
    return likeliest_kind(text)
