"""One spelling for the many ways to write a house number, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from knowledge.community.numerals import NUMERALS, canonical
from knowledge.community.script import SIMPLIFIED

_WIDE = {
    code: unicodedata.normalize("NFKC", chr(code)).upper()
    for code in (*range(0xFF01, 0xFF5F), 0x3000, *range(0x2460, 0x2469))
}
_LOWER = {code: chr(code).upper() for code in range(ord("a"), ord("z") + 1)}
_DASHES = dict.fromkeys(map(ord, "杠—–―－‐‑−"), "-")
FOLDING: dict[int, str | int] = {**_WIDE, **_LOWER, **SIMPLIFIED, **_DASHES}
"""Character → one character: width, case, the traditional forms of address words, dashes."""

IN_HAND = 16
"""Texts remembered: several questions about one message follow each other at once."""

_NUMBER = rf"\d{{1,4}}[A-Z]?|[{NUMERALS}]{{1,5}}|[A-Z]|[甲乙丙丁戊](?=[栋幢座])"
_MARKERS = {
    "栋": r"号楼(?![道梯])|号(?=楼[道梯])|号?[栋幢]|#(?:楼(?![道梯上下])|[栋幢])?|[号楼](?=\s?[\d一二三四五六七八九]{1,2}单元)",
    "座": r"座(?![桥山城位车])",
    "单元": r"单元|门洞|号门洞",
    "网格": r"号?网格",
    "层": r"[楼层](?![道梯])",
}
_NUMBERED = re.compile(
    rf"(?<![\d.:A-Z])第?(?P<number>{_NUMBER})\s?"
    rf"(?:{'|'.join(f'(?P<m{i}>{marker})' for i, marker in enumerate(_MARKERS.values()))})"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `starts` and `ends` give each character's place in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text behind a span of the folded one."""
        return (self.starts[start], self.ends[end - 1]) if end > start else (0, 0)


@lru_cache(maxsize=IN_HAND)
def fold(text: str) -> Folded:
    """Fold the text: `叁栋二单元5楼` → `3栋2单元5层`, `３＃` → `3栋`, `東苑` → `东苑`."""
    plain = text.translate(FOLDING)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def keep(until: int) -> None:
        begin = ends[-1] if ends else 0
        pieces.append(plain[begin:until])
        starts.extend(range(begin, until))
        ends.extend(range(begin + 1, until + 1))

    for match in _NUMBERED.finditer(plain):
        number = canonical(match["number"])
        if number is None:
            continue
        keep(match.start())
        token = number + _marker(match)
        pieces.append(token)
        starts.extend([match.start()] * len(token))
        ends.extend([match.end()] * len(token))
    keep(len(plain))
    return Folded("".join(pieces), tuple(starts), tuple(ends))


def _marker(match: re.Match[str]) -> str:
    marker = list(_MARKERS)[int((match.lastgroup or "m0")[1:])]
    return "栋" if marker == "座" and not match["number"].isdigit() else marker
