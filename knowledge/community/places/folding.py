"""One spelling for the many ways to write a house number, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from knowledge.community.places.numerals import NUMERALS, canonical
from knowledge.community.places.script import SIMPLIFIED

_WIDE = {
    code: unicodedata.normalize("NFKC", chr(code)).upper()
    for code in (*range(0xFF01, 0xFF5F), 0x3000, *range(0x2460, 0x2469))
}
_LOWER = {code: chr(code).upper() for code in range(ord("a"), ord("z") + 1)}
_DASHES = dict.fromkeys(map(ord, "杠—–―－‐‑−_"), "-")
FOLDING: dict[int, str | int] = {**_WIDE, **_LOWER, **SIMPLIFIED, **_DASHES}
"""Character → one character: width, case, the traditional forms of address words, dashes."""

IN_HAND = 256
"""Texts remembered: several questions about each message of a batch."""

_NUMBER = rf"\d{{1,4}}[A-Z]?|[{NUMERALS}]{{1,5}}|[A-Z]\d{{0,3}}|[甲乙丙丁戊](?=[栋幢座])"
_DOOR_NEXT = r"门(?![口卫岗禁铃锁面牌])"
_UNIT_NEXT = rf"\s?[\d一二三四五六七八九]{{1,2}}(?:单[元圆园源员远]|{_DOOR_NEXT})"
_HEARD = "[动冻洞懂]"
"""What voice input writes for 栋; believed before what a building has, and 一动 only before a unit."""
_OF_A_BUILDING = r"\s?(?:楼|门[口前禁洞]|电梯|大[厅堂门]|单元|架空|地下|负|[东西南北][边头]|[后前对]面|旁边|那|停[水电气]|[没冇][水电气])|的"
_MARKERS = {
    "栋": r"号楼(?![道梯])|号(?=楼[道梯])|号?[栋幢橦憧]|号[那这][栋幢]|#(?:楼(?![道梯上下])|[栋幢])?"
    rf"|[号楼](?={_UNIT_NEXT})|{_HEARD}(?={_UNIT_NEXT})|(?<!一){_HEARD}(?={_OF_A_BUILDING})",
    "座": r"座(?![桥山城位车])",
    "单元": r"单元|门洞|号门洞|单[圆园源员远](?!工)|单原(?![因价来本先])|[但担丹]元"
    r"|单(?=\s?\d{3,4}(?![\d元块]))",
    "网格": r"号?网格",
    "层": r"[楼层](?![道梯])",
    "": r"(?=[号弄巷组队排舍铺期区村街墅]|横巷|公寓|门面)",
}
_NUMBERED = re.compile(
    rf"(?<![\dA-Z])(?<!\d[.:])第?(?P<number>{_NUMBER})\s?"
    rf"(?:{'|'.join(f'(?P<m{i}>{marker})' for i, marker in enumerate(_MARKERS.values()))})"
    r"|(?<=[-元栋])(?P<door>[零〇一二三四五六七八九]{3,4})(?![零〇一二三四五六七八九十百])"
)


ATTACHED = "附"
"""A number behind it is a door beside another house (12号附1号), also before 楼道."""
_LETTERED = re.compile(r"[AC-Z]\d|[A-K]$")
"""Where 楼 follows, these are buildings and no floors, unlike B1 and L."""


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
    """Fold the text: `叁栋二单元5楼` → `3栋2单元5层`, `３＃` → `3栋`, `東苑` → `东苑`.

    The same message is looked at several times in a row: the last few are kept.
    """
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
        number = canonical(match["number"] or match["door"])
        if number is None:
            continue
        keep(match.start())
        token = number if match["door"] else number + _marker(match)
        pieces.append(token)
        starts.extend([match.start()] * len(token))
        ends.extend([match.end()] * len(token))
    keep(len(plain))
    return Folded("".join(pieces), tuple(starts), tuple(ends))


def _marker(match: re.Match[str]) -> str:
    marker = list(_MARKERS)[int((match.lastgroup or "m0")[1:])]
    if match[0].endswith("号") and match.string[: match.start()].endswith(ATTACHED):
        return "号" if marker == "栋" else marker
    lettered = not match["number"].isdigit()
    if marker == "层" and match[0].endswith("楼") and _LETTERED.match(match["number"]):
        return "栋"
    return "栋" if marker == "座" and lettered else marker
