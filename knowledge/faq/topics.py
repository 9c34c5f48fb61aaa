"""What many questions are about: groups of similar ones, named by the words they share.

jieba is loaded only here, when somebody looks at the list (it costs a second and 80 MB).
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from knowledge.faq.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jieba import Tokenizer

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


def group(texts: Iterable[str]) -> list[Topic]:
    """Return the questions in groups of similar ones, the largest first."""
    groups: list[tuple[Counter[str], list[str]]] = []
    having: dict[str, set[int]] = defaultdict(set)
    for text in texts:
        words = keywords(text)
        near = sorted({number for word in words for number in having[word]})
        home = max(near, key=lambda number: _alike(words, groups[number]), default=None)
        if home is None or _alike(words, groups[home]) < ALIKE:
            home = len(groups)
            groups.append((Counter(), []))
        groups[home][0].update(words)
        groups[home][1].append(text)
        for word in words:
            having[word].add(home)
    topics = [
        Topic(tuple(word for word, _ in counts.most_common(NAMED_BY)), tuple(members))
        for counts, members in groups
    ]
    return sorted(topics, key=lambda topic: -len(topic.texts))


def keywords(text: str) -> frozenset[str]:
    """Return the words of a question that say what it is about."""
    cut = _tokenizer().lcut(normalise(text))
    return frozenset(word for word in cut if len(word) > 1 and word not in TOO_COMMON)


def _alike(words: frozenset[str], group: tuple[Counter[str], list[str]]) -> float:
    counts, members = group
    usual = {word for word, count in counts.items() if count * 2 >= len(members)}
    both = words | usual
    return len(words & usual) / len(both) if both else 0.0


@cache
def _tokenizer() -> Tokenizer:
    import jieba

    jieba.setLogLevel("ERROR")
    tokenizer = jieba.Tokenizer()
    # Its cache is loaded by marshal: never from a folder in which others may write.
    with tempfile.TemporaryDirectory(prefix="linli-jieba-") as private:
        tokenizer.tmp_dir = private
        tokenizer.initialize()
    return tokenizer
