"""How good the answers were: the summary and the rows of `linli eval` (CONTRACT §5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.intents.intent import Intent
from handlers.thinking.thought import Action, Thought

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.faq.answering import Verdict
    from knowledge.faq.calibration import Bars
    from knowledge.faq.index import Hit

REPAIR, EMERGENCY, FRAUD = "__repair__", "__emergency__", "__fraud__"
SPECIAL = frozenset({REPAIR, EMERGENCY, FRAUD})
ANSWERED = frozenset({Action.ANSWER, Action.CHOOSE})


@dataclass(frozen=True, slots=True)
class Row:
    """One query, thought over in private (`direct`, not for chatter) and unaddressed in a group."""

    query: str
    topic: str | None
    direct: Thought | None
    group: Thought

    def as_json(self) -> dict[str, Any]:
        """The row of `--rows`."""
        thought = self.direct or self.group
        return {
            "query": self.query,
            "topic": self.topic,
            "intent": thought.intent.value,
            "action": thought.action.value,
            "faq_id": thought.faq_id,
            "score": round(thought.score, 4),
            "candidates": _candidates(thought.candidates),
            "group_action": self.group.action.value,
        }


@dataclass(frozen=True, slots=True)
class Match:
    """One query matched against its block, without any gate; `group` = sure enough unasked."""

    query: str
    topic: str | None
    verdict: Verdict
    group: bool

    @property
    def faq_id(self) -> str | None:
        """What would be answered, if anything."""
        sure = self.verdict.action == "answer" and self.verdict.entry is not None
        return self.verdict.entry.id if sure and self.verdict.entry else None

    def as_json(self) -> dict[str, Any]:
        """The row of `--rows`."""
        return {
            "query": self.query,
            "topic": self.topic,
            "intent": Intent.QUESTION.value,
            "action": "handover" if self.verdict.action == "none" else self.verdict.action,
            "faq_id": self.faq_id,
            "score": round(self.verdict.score, 4),
            "candidates": _candidates(self.verdict.hits),
            "group_action": "answer" if self.group else "silent",
        }


@dataclass(frozen=True, slots=True)
class Score:
    """The summary, and the rows it was computed from."""

    summary: dict[str, Any]
    rows: Sequence[Row | Match]


def score_all(rows: Sequence[Row], *, seconds: float, built: float) -> Score:
    """Score what `consider` made of every row; rates without any row are None."""
    asked = [(row, row.direct) for row in rows if row.direct is not None]
    faq = [(row, thought) for row, thought in asked if row.topic not in SPECIAL]
    special = {
        topic: [thought for row, thought in asked if row.topic == topic] for topic in SPECIAL
    }
    summary = {
        "n": len(rows),
        "direct": _direct(
            [(row.topic, thought.candidates) for row, thought in faq],
            [thought.action not in ANSWERED for _, thought in faq],
        ),
        "group": _group([(row.topic, row.group.action, row.group.faq_id) for row, _ in faq]),
        "null": {"spoke": _rate(r.group.action is not Action.SILENT for r in rows if not r.topic)},
        "repair": {
            "recall": _rate(
                thought.intent in {Intent.REPORT, Intent.SERVICE} for thought in special[REPAIR]
            )
        },
        "emergency": {
            "recall": _rate(t.intent is Intent.EMERGENCY for t in special[EMERGENCY]),
            "false_alarms": sum(thought.intent is Intent.EMERGENCY for _, thought in faq),
        },
        "fraud": {"recall": _rate(_is_warned(thought) for thought in special[FRAUD])},
        **_pace(len(rows), seconds, built),
    }
    return Score(summary, rows)


def score_matching(
    verdicts: Iterable[tuple[dict[str, Any], Verdict]],
    bars: Bars,
    *,
    seconds: float,
    built: float,
) -> Score:
    """Score pure matching; a query whose `faq_id` is null must not be answered."""
    rows = [
        Match(
            query=row["query"],
            topic=row.get("faq_id"),
            verdict=verdict,
            group=verdict.action == "answer" and verdict.score >= bars.unasked,
        )
        for row, verdict in verdicts
    ]
    known = [row for row in rows if row.topic is not None]
    summary = {
        "n": len(rows),
        "direct": _direct(
            [(row.topic, row.verdict.hits) for row in known],
            [row.verdict.action == "none" for row in known],
        ),
        "group": _group(
            [
                (row.topic, Action.ANSWER if row.group else Action.SILENT, row.faq_id)
                for row in known
            ]
        ),
        "null": {"spoke": _rate(row.group for row in rows if row.topic is None)},
        **_pace(len(rows), seconds, built),
    }
    return Score(summary, rows)


def _is_warned(thought: Thought) -> bool:
    answered = thought.action is Action.ANSWER and (thought.faq_id or "").startswith("fraud-")
    return thought.intent is Intent.FRAUD or answered


def _direct(
    found: Sequence[tuple[str | None, tuple[Hit, ...]]], refused: Iterable[bool]
) -> dict[str, float | None]:
    return {
        "top1": _rate([hit.faq_id for hit in hits[:1]] == [topic] for topic, hits in found),
        "recall3": _rate(topic in {hit.faq_id for hit in hits[:3]} for topic, hits in found),
        "refused": _rate(refused),
    }


def _group(said: Sequence[tuple[str | None, Action, str | None]]) -> dict[str, float | None]:
    answers = [(topic, faq_id, action is Action.ANSWER) for topic, action, faq_id in said]
    return {
        "answered_right": _rate(done and faq_id == topic for topic, faq_id, done in answers),
        "answered_wrong": _rate(done and faq_id != topic for topic, faq_id, done in answers),
        "silent": _rate(action is Action.SILENT for _, action, _ in said),
    }


def _pace(count: int, seconds: float, built: float) -> dict[str, float]:
    return {
        "ms_per_query": round(seconds * 1000 / count, 3) if count else 0.0,
        "build_s": round(built, 3),
    }


def _rate(values: Iterable[bool]) -> float | None:
    """The share of true values; None of nothing."""
    counted = list(values)
    return round(sum(counted) / len(counted), 4) if counted else None


def _candidates(hits: tuple[Hit, ...]) -> list[dict[str, Any]]:
    """The best three, also below the threshold."""
    return [
        {"faq_id": hit.faq_id, "score": round(hit.score, 4), "question": hit.question}
        for hit in hits[:3]
    ]
