"""A command with its number first: 0006完成, 127转张三, 7完."""

from __future__ import annotations

import re

from handlers.intents.commands import Command, Word, without_call
from knowledge.files.expression import Expression

_AFTER = r"(?:[\s,，:：。、;；]+(?P<rest>\S.*))?"
_WAYS: tuple[tuple[Word, Expression], ...] = (
    (Word.ACCEPT, Expression(rf"(?:我|由我|我来)?接(?:单|下|手)?(?:了|啦|哒)?{_AFTER}", re.DOTALL)),
    (
        Word.DONE,
        Expression(
            rf"(?:已经?|都)?(?:完(?:成|工|毕)?|(?:办|修|弄|搞|处理)(?:结|完|好|定|妥))(?:了|啦|哒)?{_AFTER}",
            re.DOTALL,
        ),
    ),
    (Word.NOTE, Expression(r"进展[\s,，:：]*(?P<rest>\S.*)", re.DOTALL)),
    (Word.TRANSFER, Expression(r"转(?:给|交|派)*[\s,，:：]*(?P<rest>\S{1,12})?")),
    (Word.RETURN, Expression(rf"(?:退单|退回|不归我管?|不是我管){_AFTER}", re.DOTALL)),
    (Word.URGE, Expression(r"(?:帮我|请|再)?催(?:办|一?下)?(?P<rest>)")),
    (Word.PROGRESS, Expression(r"(?:的)?进度(?P<rest>)")),
)
_NUMBER = Expression(
    r"[#号\s]*(?:no\.?\s*)?(?P<no>\d{1,9})(?:号单?|单)?[\s,，:：、]*(?=\D)", re.IGNORECASE
)
OF_ANYBODY = frozenset({Word.URGE, Word.PROGRESS})
"""Words that are no leader's."""


def read_numbered(text: str) -> Command | None:
    """The command that the whole text is when its number is read first, or None."""
    said = without_call(text)
    number = _NUMBER.match(said)
    if number is None:
        return None
    rest = said[number.end() :]
    for word, way in _WAYS:
        found = way.fullmatch(rest)
        if found is not None:
            return Command(word, int(number["no"]), (found["rest"] or "").strip())
    return None
