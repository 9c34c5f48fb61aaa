"""An expression is asked as a pattern is, and compiled no sooner than that."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.files.expression import Expression

PATTERN = r"(?P<number>\d+)栋|楼下"
texts = st.text("12栋楼下 ，", max_size=12)
ends = st.integers(0, 12)


def test_what_cannot_be_compiled_does_no_harm_until_it_is_asked() -> None:
    assert Expression("(").pattern == "("


@given(texts, ends, ends)
def test_it_answers_as_the_pattern_does(text: str, start: int, end: int) -> None:
    ours, theirs = Expression(PATTERN), re.compile(PATTERN)
    for name in ("search", "match", "fullmatch"):
        for span in ((), (start,), (start, end)):
            assert _spans(getattr(ours, name)(text, *span)) == _spans(
                getattr(theirs, name)(text, *span)
            )
    assert [*map(_spans, ours.finditer(text))] == [*map(_spans, theirs.finditer(text))]
    assert ours.sub("这里", text) == theirs.sub("这里", text)
    assert ours.split(text, 1) == theirs.split(text, 1)


def _spans(found: re.Match[str] | None) -> object:
    return found and (found.span(), found.groupdict())
