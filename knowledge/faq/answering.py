"""Whether to answer, to offer a choice, or to keep silent: one decision for chat, `ask`, `eval`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from knowledge.faq.opinion import OFFERED, doubtful, heeded
from knowledge.faq.tokens import is_question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from knowledge.faq.entry import Entry
    from knowledge.faq.index import Hit
    from knowledge.faq.opinion import Opinions
    from knowledge.faq.shelf import View

CHOICES = 3
"""Candidates that are looked at, and offered at most."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on one question; `entry` is set when there is one to answer or to withhold.

    `hits` are the best candidates whatever their score, `options` those that may be offered.
    `withheld`: the entry fits but has expired or is suspended: it is not answered (规定正在核实).
    """

    action: Literal["answer", "choose", "none"]
    hits: tuple[Hit, ...]
    threshold: float
    why: str
    entry: Entry | None = None
    options: tuple[Hit, ...] = ()
    withheld: bool = False

    @property
    def score(self) -> float:
        """The confidence in the best candidate; 0 without one."""
        return self.hits[0].score if self.hits else 0.0


def decide(view: View, text: str, *, addressed: bool, today: date) -> Verdict:
    """Decide on a text; unasked only a sure answer counts, to what has the form of a question."""
    return _judge(view, text, view.index.search(text, CHOICES), addressed=addressed, today=today)


def think_twice(view: View, text: str, opinions: Opinions, *, shown: str, today: date) -> Verdict:
    """Decide on what was asked of us and is in doubt, with a model's opinion; it sees `shown`.

    Raises:
        OpinionWanted: the model has not been asked yet.
    """
    hits = view.index.search(text, OFFERED)
    if picked := opinions.on(doubtful(shown, hits)):
        hits = list(heeded(hits, picked))
    return _judge(view, text, hits[:CHOICES], addressed=True, today=today)


def _judge(view: View, text: str, found: Sequence[Hit], *, addressed: bool, today: date) -> Verdict:
    bar = view.bars.asked if addressed else view.bars.unasked
    hits = tuple(found)
    if not hits:
        return Verdict("none", hits, bar, "没有一条问答与这句话有关")
    entry = view.entries[hits[0].faq_id]
    lead = view.bars.asked_lead if addressed else view.bars.unasked_lead
    doubt = _doubt(hits[0], hits[1:2], bar, lead)
    if doubt and addressed:
        return _choose(view, hits, bar, doubt, today)
    if doubt or not (addressed or is_question(text)):
        return Verdict("none", hits, bar, doubt or "没有人叫我，这句话也不像在提问")
    if is_withheld(entry, today):
        return Verdict("none", hits, bar, _why_withheld(entry), entry, withheld=True)
    why = f"和“{hits[0].wording}”是一个意思，把握 {hits[0].score:.2f}，够 {bar:.2f}"
    return Verdict("answer", hits, bar, why, entry, options=hits[:1])


def has_expired(entry: Entry, today: date) -> bool:
    """Whether the entry's 有效期 has passed: its last day is still good."""
    return entry.valid_until is not None and entry.valid_until < today


def is_withheld(entry: Entry, today: date) -> bool:
    """Whether nobody may get the answer now: it has expired, or somebody is checking it."""
    return entry.suspended or has_expired(entry, today)


def _why_withheld(entry: Entry) -> str:
    why = "已停用" if entry.suspended else "已过有效期"
    return f"《{entry.question}》{why}，规定正在核实"


def _doubt(best: Hit, rest: tuple[Hit, ...], bar: float, lead: float) -> str:
    """Return why the best candidate is not sure enough for a direct answer."""
    if best.score < bar:
        return f"最像《{best.question}》，把握 {best.score:.2f}，不到 {bar:.2f}"
    if best.conflict:
        return f"像《{best.question}》，但{best.conflict}"
    if rest and best.lead < lead:
        return f"《{best.question}》和《{rest[0].question}》太接近"
    return ""


def _choose(view: View, hits: tuple[Hit, ...], bar: float, doubt: str, today: date) -> Verdict:
    """Offer what is likely enough and in force."""
    likely = [hit for hit in hits if hit.score >= view.bars.offer]
    options = tuple(hit for hit in likely if not is_withheld(view.entries[hit.faq_id], today))
    if options:
        return Verdict("choose", hits, bar, doubt, options=options)
    if likely:
        entry = view.entries[likely[0].faq_id]
        return Verdict("none", hits, bar, _why_withheld(entry), entry, withheld=True)
    return Verdict("none", hits, bar, doubt)
