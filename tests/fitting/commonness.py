"""Make `knowledge/faq/commonness.txt` again: `python -m tests.fitting.commonness`.

It prints the table, counted from the word list of jieba and read by pypinyin.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections import Counter, defaultdict
from importlib.resources import files
from itertools import pairwise
from math import log

RARE_WORD, RARE_PAIR = 3, 20
"""Below these counts a word of the list, or a pair in its words, says nothing reliable."""

HEAD = """\
# Levels 0 (very common) to 9 of characters and of pairs inside words, with the usual reading
# folded as it is often misheard (zh=z, n=l, ng=n). Counted from the word list of jieba 0.42.1
# (MIT licence, Copyright 2013 Sun Junyi) and read by pypinyin 0.55: 字level reading 字level字level…
"""


def table() -> str:
    """Return the whole text of the table."""
    singles, pairs = _counts()
    levels = _levels(singles, span=12)
    beside: dict[str, list[str]] = defaultdict(list)
    frequent = {pair: count for pair, count in pairs.items() if count >= RARE_PAIR}
    for pair, level in sorted(_levels(frequent, span=14, total=pairs.total()).items()):
        beside[pair[0]].append(f"{pair[1]}{level}")
    rows = (
        f"{char}{level} {_reading(char)} {''.join(beside[char])}".rstrip()
        for char, level in sorted(levels.items())
        if level < 9 or char in beside
    )
    return HEAD + "".join(f"{row}\n" for row in rows)


def _counts() -> tuple[Counter[str], Counter[str]]:
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for line in _word_list().splitlines():
        word, count, _ = line.split(" ")
        if int(count) >= RARE_WORD:
            for char in word:
                singles[char] += int(count)
            for first, second in pairwise(word):
                pairs[first + second] += int(count)
    return singles, pairs


def _levels(counts: Counter[str] | dict[str, int], span: int, total: int = 0) -> dict[str, int]:
    """Return 0 for the most frequent to 9, even steps of the logarithm, of Chinese only."""
    total = total or sum(counts.values())
    return {
        gram: min(9, max(0, round(log(total / count) / span * 9)))
        for gram, count in counts.items()
        if all("\u4e00" <= char <= "\u9fff" for char in gram)
    }


def _reading(char: str) -> str:
    from pypinyin import lazy_pinyin

    plain = re.sub("^([zcs])h", r"\1", lazy_pinyin(char)[0])
    return re.sub("ng$", "n", re.sub("^n(?=[aeiouv])", "l", plain))


def _word_list() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.write(table())
