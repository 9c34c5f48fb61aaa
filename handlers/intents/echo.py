"""我家也停了, said after somebody reported an outage: one household more, in words that name none."""

from __future__ import annotations

from knowledge.files.expression import Expression

_WHO = (
    r"(?:(?:(?:我们?|咱们?|俺)(?:这|那)?(?:里|边|家|屋里|屋)?|这里|这边|家里|楼上|楼下|隔壁)的?)"
    r"|(?:[我咱]们)?(?:这|那)?(?:[\d一二三四五六七八九十]{0,3}(?:栋|号楼|幢|单元|楼|座|层|户|号))+(?:[\d]{3,4})?"
)
_OUT = r"(?:也|都|同样)(?:全|都)?(?:停|断)(?:了|哒|啦|着|的)*"
_SAME = r"(?:也|同样)(?:是|一样|这样|没有?|冇|没得)(?:的|啊|呢|了|咯|哦)*"
_ECHO = Expression(rf"(?:{_WHO})*[,，]?{_OUT}|(?:{_WHO})+{_SAME}")
_SELF = Expression(r"(?:我|咱|俺)们?也")
"""我也是 agrees with anything; 我家也是 tells of a home."""
_ALSO = Expression("也|同样")
_STOPPED = Expression("[停断]")
_EDGES = " ，,。.！!~、…"


def echoes_outage(text: str) -> bool:
    """Whether plain `text` says no more than that it is the same where the speaker lives."""
    said = text.strip(_EDGES)
    return _ECHO.fullmatch(said) is not None and (_SELF.match(said) is None or says_out(said))


def says_also(text: str) -> bool:
    """Whether plain `text`, which tells of an outage, tells that others have it too: 我们这也没水."""
    return _ALSO.search(text) is not None


def says_out(text: str) -> bool:
    """Whether an echo tells that something is out: 我家也停了 does, 我家也是 does not."""
    return _STOPPED.search(text) is not None
