"""Known swindles: texts that editors collect, and whether somebody sends us one of them again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.files.blocks import split_list
from knowledge.files.checks import Form, check_age, check_form, check_source, read_date, read_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from knowledge.files.checks import Findings

FORM = Form(
    fields=("编号", "类型", "破绽", "来源", "核对", "有效期"),
    repeated=frozenset({"破绽"}),
    aliases={"种类": "类型", "分类": "类型", "可疑之处": "破绽", "出处": "来源", "id": "编号"},
)
NEAR_EXACT = 0.65
"""Share of a known text, in pairs of characters, from which a text is that text again.

Two words changed in a text of usual length leave more than this; ordinary sentences share less
than a third with any of the pack's texts (tests/knowledge/community/words/test_scams.py).
"""
LIKE = 0.5
"""The same where somebody asks us about it."""
SHORTEST = 14
"""Characters of a text that is worth comparing: shorter ones are everybody's words."""

_LINK = re.compile(
    r"(?:https?://)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*(?:/[a-z0-9./?=&%~_#-]*)?"
)
_AMOUNT = re.compile(r"[¥$]?\d+(?:[.,]\d+)*\s*(?:元|块钱?|万元?|千元?|百元?|%)")
_NUMBER = re.compile(r"\+?\d[\d\s-]*")
_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Scam:
    """One swindle as it goes round: its kind, its suspicious points, and how it was worded."""

    id: str
    title: str
    kind: str
    points: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The known swindle a text is like; `share` of it (0..1) is in the text."""

    scam: Scam
    share: float

    @property
    def near_exact(self) -> bool:
        """Whether it is the known text again, links, numbers and a few words apart."""
        return self.share >= NEAR_EXACT


def levelled(text: str) -> str:
    """Return simplified text with every link, amount and number made equal, without signs and blanks."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = _AMOUNT.sub("额", _LINK.sub("链", text))
    return _NOISE.sub("", _NUMBER.sub("号", text))


class KnownScams:
    """All known texts, found again by the pairs of characters that they share with a message."""

    def __init__(self, scams: Iterable[Scam] = ()) -> None:
        self._texts = [(scam, _pairs(text)) for scam in scams for text in scam.texts]
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, (_, pairs) in enumerate(self._texts):
            for pair in pairs:
                self._holding[pair].append(number)

    def nearest(self, text: str) -> Match | None:
        """Return the known text that most of stands in plain `text`, from LIKE on."""
        if not self._texts or len(text) < SHORTEST or not self._is_worth_levelling(text):
            return None
        shared = Counter(number for pair in _pairs(text) for number in self._holding.get(pair, ()))
        matches = (
            Match(self._texts[number][0], count / len(self._texts[number][1]))
            for number, count in shared.items()
        )
        best = max(matches, key=lambda match: match.share, default=None)
        return best if best is not None and best.share >= LIKE else None

    def _is_worth_levelling(self, text: str) -> bool:
        """Whether enough pairs are known already: the group's chatter is passed over quickly."""
        common = self._holding.keys() & set(map(str.__add__, text, text[1:]))
        return len(common) >= SHORTEST * LIKE


NO_SCAMS = KnownScams()


def read_scam(found: Findings, today: date | None = None) -> Scam:
    """Return the swindle of a block; every line of its body is one wording."""
    block = found.block
    check_form(found, FORM)
    id_ = read_id(found) or block.title
    checked, until = read_date(found, "核对"), read_date(found, "有效期")
    check_source(found)
    if today:
        check_age(found, checked, until, today)
    kind = block.first("类型")
    if kind is None or not kind.value:
        what = "没有写类型，警告里说不出是哪一种骗局"
        found.add(block.line, "类型", "error", what, "加一行，如“类型：冒充客服”")
    texts = tuple(line.strip() for line in block.body.split("\n") if line.strip())
    _check_texts(found, texts)
    points = tuple(point for one in block.all("破绽") for point in split_list(one.value))
    return Scam(id_, block.title, kind.value if kind else "", points, texts)


def _check_texts(found: Findings, texts: tuple[str, ...]) -> None:
    line = found.block.body_line
    if not texts:
        found.add(line, "正文", "error", "没有骗子的原话", "空一行，一行写一种说法")
    for text in texts:
        if len(_pairs(text)) < SHORTEST:
            what = f"“{text[:12]}”太短，会认错平常的话"
            found.add(
                line, "正文", "error", what, f"写完整的一段，去掉数字以后至少 {SHORTEST + 1} 个字"
            )


def _pairs(text: str) -> frozenset[str]:
    plain = levelled(text)
    return frozenset(map(str.__add__, plain, plain[1:]))
