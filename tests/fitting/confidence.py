"""Fit the confidence of `knowledge/faq/calibration.py` again: `python -m tests.fitting.confidence`.

Every shipped wording is left out in turn and asked for, as it is and slurred (a slip of the ear,
dialect, a run-on); so is every fourth while its whole entry is missing, and chatter of our own.
The command prints scale and bias, how often a score came true, and what each bar would bring.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.faq import calibration
from knowledge.faq.commonness import commonness
from knowledge.faq.index import Index
from knowledge.faq.sheet import read_entries
from knowledge.faq.tokens import is_question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.faq.entry import Entry

SENTENCES = Path(__file__).parent.parent / "handlers" / "sentences"
CHATTER = ("chatter", "notreports")
CHATTER_WEIGHT = 1.5
DIALECT = {
    "什么": "么子",
    "怎么": "何什",
    "没有": "冇得",
    "多少": "几多",
    "哪里": "哪块",
    "了": "哒",
}
BEFORE = ("那个我想问一下就是", "大家好 ", "听隔壁说 ", "我家里老人八十多了 ", "我是刚搬来的 ")
AFTER = ("", "咯", "谢谢", "有人晓得不", "打电话没人接")
STEPS = 12


@dataclass(frozen=True, slots=True)
class Sample:
    """The best hit of one question: its sum before the logistic, its lead, and whether right.

    `known`: the question has an entry at all.
    """

    total: float
    lead: float
    right: bool
    known: bool
    asks: bool
    conflict: bool
    weight: float = 1.0


def samples(entries: tuple[Entry, ...], share: float = 1.0) -> Iterator[Sample]:
    """Yield a sample per wording, slurred wording, wording without entry, and line of chatter.

    Whoever uses the very words is answered without any odds, and is no sample.
    """
    chance = random.Random(5)
    whole = Index.build(entries)
    letters = "".join(sorted({char for one in entries for char in "".join(one.wordings)}))
    for entry in entries:
        without = Index.build([one for one in entries if one is not entry], whole.subjects)
        for wording in entry.wordings:
            if chance.random() >= share or len(entry.wordings) == 1:
                continue
            index = Index.build(_less(entries, entry, wording), whole.subjects)
            yield from _asked(index, (wording, slurred(wording, chance, letters)), entry.id)
            if chance.random() < 0.25:
                yield from _asked(without, (wording,), "")
    yield from _asked(whole, _chatter(), "", CHATTER_WEIGHT)


def slurred(wording: str, chance: random.Random, letters: str) -> str:
    """Return a wording as somebody might type it in a hurry; slips are taken from `letters`."""
    spoken = wording
    for plain, dialect in DIALECT.items():
        spoken = spoken.replace(plain, dialect)
    ways = (
        spoken,
        _misheard(wording, chance, letters),
        chance.choice(BEFORE) + wording + chance.choice(AFTER),
    )
    return chance.choice(ways)


def fit(found: list[Sample]) -> tuple[float, float]:
    """Return scale and bias of the logistic that makes the samples likeliest (Newton's method)."""
    scale, bias = calibration.SCALE, calibration.BIAS
    for _ in range(STEPS):
        gradient, curve = [0.0, 0.0], [0.0, 0.0, 0.0]
        for one in found:
            odds = 1 / (1 + exp(-(scale * one.total + bias)))
            miss, bend = one.weight * (odds - one.right), one.weight * odds * (1 - odds)
            gradient = [gradient[0] + miss * one.total, gradient[1] + miss]
            curve = [curve[0] + bend * one.total**2, curve[1] + bend * one.total, curve[2] + bend]
        area = curve[0] * curve[2] - curve[1] ** 2
        scale -= (curve[2] * gradient[0] - curve[1] * gradient[1]) / area
        bias -= (curve[0] * gradient[1] - curve[1] * gradient[0]) / area
    return scale, bias


def report(found: list[Sample]) -> Iterator[str]:
    """Yield the fit, how often scores come true, and what bars bring, as lines."""
    scale, bias = fit(found)
    yield f"scale {scale:.2f} bias {bias:.2f} from {len(found)} questions"
    tenths: dict[int, list[bool]] = defaultdict(list)
    for one in found:
        tenths[int(10 / (1 + exp(-(scale * one.total + bias))))].append(one.right)
    for tenth, rights in sorted(tenths.items()):
        yield f"score {tenth / 10:.1f}: right {sum(rights) / len(rights):.2f} of {len(rights)}"
    known = [one for one in found if one.known]
    strange = [one for one in found if not one.known]
    for bar in (0.45, 0.5, 0.55, 0.6, 0.65):
        for lead in (0.12, 0.16, 0.2, 0.24):
            least = (-log(1 / bar - 1) - bias) / scale
            said = [one for one in known if _speaks(one, least, lead)]
            right = sum(one.right for one in said)
            off = sum(_speaks(one, least, lead) for one in strange) / (len(strange) or 1)
            yield (
                f"unasked {bar} lead {lead}: right {right / len(known):.3f} "
                f"wrong {(len(said) - right) / len(known):.3f} spoken out of turn {off:.3f}"
            )


def _speaks(one: Sample, least: float, lead: float) -> bool:
    return one.asks and not one.conflict and one.total >= least and one.lead >= lead


def _less(entries: tuple[Entry, ...], entry: Entry, wording: str) -> list[Entry]:
    question, *variants = (one for one in entry.wordings if one != wording)
    less = replace(entry, question=question, variants=tuple(variants))
    return [less if one is entry else one for one in entries]


def _asked(index: Index, texts: Iterable[str], meant: str, weight: float = 1.0) -> Iterator[Sample]:
    for text in texts:
        for hit in index.search(text, 1):
            odds = log(hit.score / (1 - hit.score))
            if hit.score == calibration.SAME_WORDS:
                continue
            yield Sample(
                total=(odds - calibration.BIAS) / calibration.SCALE,
                lead=hit.lead,
                right=hit.faq_id == meant,
                known=bool(meant),
                asks=is_question(text),
                conflict=bool(hit.conflict),
                weight=weight,
            )


def _misheard(wording: str, chance: random.Random, letters: str) -> str:
    reading = commonness().reading
    at = chance.randrange(len(wording))
    alike = [one for one in letters if reading(one) == reading(wording[at])]
    return wording[:at] + chance.choice(alike or [wording[at]]) + wording[at + 1 :]


def shipped() -> tuple[Entry, ...]:
    """Return the entries of the pack."""
    with as_file(files("knowledge.pack")) as pack:
        return read_entries(Path(pack) / "faq")[0]


def _chatter() -> Iterator[str]:
    for name in CHATTER:
        for line in (SENTENCES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            said = line.split("\t")[-1]
            # Some of the lines that are no report are policy questions.
            if said and not said.startswith("#") and (name == "chatter" or not is_question(said)):
                yield said


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in report(list(samples(shipped()))))
