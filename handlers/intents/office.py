"""社区几点上班, 居委会在哪里: whether somebody asks for the community's office itself."""

from __future__ import annotations

import re

from knowledge.files.expression import Expression

_WHO = "(?:我们|咱们|你们|本)?(?:社区|居委会)+(?:居委会|服务中心|服务站|办公室)?(?:的|里)?"
_DAY = "(?:今天|明天|平时|中午|晚上|周末|(?:周|星期|礼拜)[一二三四五六日天]|节假日|放假)?"
_WHEN = (
    "几点(?:钟)?(?:上班|下班|开门|关门|办公|有人)(?:到几点)?|(?:什么时候|什么时间)(?:上班|下班|开门|办公|有人)"
    "|(?:上班|办公|办事|工作|开门)时间(?:是?(?:什么|几点|多少|哪些).{0,4})?|(?:上不上|要不要|有没有|还)?(?:上班|开门|有人|值班)"
)
_WHERE = "(?:在|是在)(?:哪里?|哪儿|什么地方|几楼|哪栋).{0,3}|地址(?:是|在)?(?:哪里|哪儿|什么|多少)?|怎么走|怎么去"
_PHONE = "(?:的)?(?:办公|座机|联系)?电话(?:号码)?(?:是)?(?:多少|几号|什么)?|怎么联系"
_KINDS = {"when": _WHEN, "where": _WHERE, "phone": _PHONE}
_OFFICE = re.compile(
    f"(?:请问|想问|问一?下)?{_WHO}{_DAY}(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
    + ")(?:吗|呢|不|没|啊|呀)?[?？。]*"
)
_TOLD = {
    "when": Expression(r"\d ?[:：点]|工作日|全天"),
    "where": Expression("[路街道巷栋楼号室旁院坪]"),
    "phone": Expression(r"\d{7}"),
}
"""What in the settings tells each kind."""


def asks_for_office(text: str) -> bool:
    """Whether plain `text` asks when, where or by what number the office is reached, nothing else."""
    return _OFFICE.fullmatch(text.strip()) is not None


def is_told(text: str, office: str) -> bool:
    """Whether what is known of the `office` answers such a text."""
    found = _OFFICE.fullmatch(text.strip())
    return bool(found and found.lastgroup and _TOLD[found.lastgroup].search(office))
