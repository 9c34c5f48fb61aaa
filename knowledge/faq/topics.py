"""What many questions are about: groups of similar ones, named by the words they share.

jieba is loaded only here, when somebody looks at the list (it costs a fifth of a second and some 50 MB).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from knowledge.faq.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.faq.segmenting import Segmenter

ALIKE = 0.34
"""Share of common words from which two questions belong together."""
NAMED_BY = 3
TOO_COMMON = frozenset(
    {
        *("怎么", "怎样", "如何", "什么", "哪里", "哪儿", "多少", "可以", "能不能", "是不是"),
        *("有没有", "需要", "要不要", "请问", "一下", "我们", "现在"),
    }
)


@dataclass(frozen=True, slots=True)
class Topic:
    """Questions that belong together, and the words that most of them share."""

    words: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(slots=True)
class _Gathering:
    """A group that still grows; `usual` = the words that half of its questions have."""

    counts: Counter[str] = field(default_factory=Counter)
    texts: list[str] = field(default_factory=list)
    usual: frozenset[str] = frozenset()

    def add(self, text: str, words: frozenset[str]) -> None:
        self.texts.append(text)
        self.counts.update(words)
        half = len(self.texts) / 2
        self.usual = frozenset(word for word, count in self.counts.items() if count >= half)

    def alike(self, words: frozenset[str]) -> float:
        """The share of common words, 0..1."""
        return len(words & self.usual) / len(words | self.usual)


def group(texts: Iterable[str]) -> list[Topic]:
    """Return the questions in groups of similar ones, the largest first."""
    groups: list[_Gathering] = []
    having: dict[str, set[int]] = defaultdict(set)
    for text in texts:
        words = keywords(text)
        near = sorted(set().union(*(having[word] for word in words)))
        home = max(near, key=lambda number: groups[number].alike(words), default=None)
        if home is None or groups[home].alike(words) < ALIKE:
            home = len(groups)
            groups.append(_Gathering())
        groups[home].add(text, words)
        for word in words:
            having[word].add(home)
    topics = [
        Topic(tuple(word for word, _ in one.counts.most_common(NAMED_BY)), tuple(one.texts))
        for one in groups
    ]
    return sorted(topics, key=lambda topic: -len(topic.texts))


def keywords(text: str) -> frozenset[str]:
    """Return the words of a question that say what it is about."""
    cut = _segmenter().lcut(normalise(text))
    return frozenset(word for word in cut if len(word) > 1 and word not in TOO_COMMON)


@cache
def _segmenter() -> Segmenter:
    from knowledge.faq.segmenting import Segmenter

    return Segmenter()
