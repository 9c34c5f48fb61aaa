"""算了 and the other words by which somebody takes back what was reported, with or without its number."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.files.expression import Expression

_ALL_RIGHT = r"(?:(?:已经|刚|都|家里人|我?们?自己|[我他她]?(?:崽|儿子|女儿|老公|邻居))*(?:修|弄|搞|通|换|接|解决|处理|恢复)?(?:好|通)了|来[水电气]了)"
_NO_NEED = r"(?:没得?事了|(?:不用|不要|不必|不需要|莫|别)(?:再|你们|师傅|麻烦|劳烦)*(?:来|修|派|看|管|上门|处理|麻烦|跑)(?:人|师傅|一趟|修|看)*了)"
_SAID = r"(?:[,，。!！~\s]+\S.{0,11})?"
_NEVER_MIND = re.compile(rf"(?:算了|不用了|不用修了|不麻烦了?){_SAID}", re.DOTALL)
_OVER = re.compile(
    rf"(?:(?:谢谢|{_ALL_RIGHT})[,，。!！~\s]*)?{_NO_NEED}[,，。!！~\s]*(?:{_ALL_RIGHT})?{_SAID}",
    re.DOTALL,
)
_THAT_ONE = re.compile(
    r"(?:我|我们|昨天|刚才|刚刚|之前|上次|前面|早上)*(?:报|反映|登记|我[说讲])的(?:那|这)?(?:个|件)?(?:事情?)?"
    rf"(?:不用|不要|不必|不需要|别)(?:再|你们|师傅|麻烦)*(?:来|修|弄|搞|换|管|处理|办)(?:人|了)+{_SAID}"
)
"""我昨天报的那个不用弄了: what it is about is said."""
_SETTLED = Expression(
    rf"(?:算了|不用了|不用修了|不麻烦了?)[,，。!！~\s]+(?:{_ALL_RIGHT}|{_NO_NEED})(?!吗|么|没(?!得?事))(?:[,，。!！~\s]*\S.{{0,11}})?",
    re.DOTALL,
)
"""算了，好了: what 算了 is about is said too."""
_TAKEN_BACK = frozenset({"算了", "不用了", "撤回", "取消"})
_LAST = re.compile(
    r"(?:算了|不用修?了|不麻烦了?|不用来了|撤回|取消)[\s#:,，]*(?:no\.?)?\s*(?P<no>\d{1,9})(?:号单?|单)?(?:[\s,，。!！~]+(?P<rest>\S.{0,30}))?",
    re.DOTALL,
)
"""算了127, the words that we teach who has reported several."""
_FIRST = re.compile(r"[#\s]*(?P<no>0\d{3,8})(?:号单?|单)?[\s,，:：、]*(?P<rest>\D.*)", re.DOTALL)
"""0127 不用来了: a number that can be nothing else."""


class Withdrawal(NamedTuple):
    """Which matter is taken back, None for the one that is talked of; `rest` = what tells which."""

    no: int | None
    rest: str


def read_withdrawal(said: str) -> Withdrawal | None:
    """What the whole of `said` takes back, or None; `said` is half-width and without marks around it."""
    last, first = _LAST.fullmatch(said), _FIRST.fullmatch(said)
    if last is not None:
        return Withdrawal(int(last["no"]), last["rest"] or "")
    if first is not None:
        words = read_unnumbered(first["rest"])
        return Withdrawal(int(first["no"]), first["rest"]) if words else None
    return read_unnumbered(said)


def read_unnumbered(said: str) -> Withdrawal | None:
    """The same where no number is said."""
    if said in _TAKEN_BACK:
        return Withdrawal(None, "")
    if _THAT_ONE.fullmatch(said):
        return Withdrawal(None, said)
    if _NEVER_MIND.fullmatch(said) or _OVER.fullmatch(said):
        return Withdrawal(None, said if _says_what_is_over(said) else "")
    return None


def _says_what_is_over(said: str) -> bool:
    """Whether words like 算了 tell what they are about: 算了，好了 and 不用修了 do, 不用了 does not."""
    bare = _NEVER_MIND.match(said) and not said.startswith("不用修")
    return not bare or _SETTLED.fullmatch(said) is not None
