"""Slips of the ear and the keyboard: 电锑 is 电梯, 门紧 is 门禁."""

from __future__ import annotations

from functools import cache

from knowledge.community.wording import entry, wordings
from knowledge.faq.commonness import commonness

_FUNCTION = frozenset("的了是我你他她它谁这那里有在说个就都也不没要去来今和与跟把被给得到从站时还吗呢什么没气")
"""Characters that stand by themselves too often to be a slip."""


def hear(text: str) -> str:
    """Plain `text` with slips put right: one wrong character that sounds like ours.

    Our words are those of `speech.md`, entry 听音. What is a word stays as it is, and so does
    what makes one with its neighbour.
    """
    known, words = commonness(), _words()
    reading, out = known.reading, text
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        meant = words.get((reading(pair[0]), reading(pair[1])))
        if meant and _is_slip(pair, meant) and not any(
            known.is_word(near) for near in (pair, text[at - 1 : at + 1], text[at + 1 : at + 3]) if len(near) == 2
        ):
            out = out[:at] + meant + out[at + 2 :]
    return out


def _is_slip(pair: str, meant: str) -> bool:
    """Whether just one of two characters differs, and is none that stands by itself."""
    wrong = [one for one, other in zip(pair, meant, strict=True) if one != other]
    return len(wrong) == 1 and wrong[0] not in _FUNCTION


@cache
def _words() -> dict[tuple[str, str], str]:
    """Our words by the sounds of their two characters, the first of the list before the others."""
    reading = commonness().reading
    listed = reversed(wordings(entry("speech", "听音"), "认得"))
    return {(reading(word[0]), reading(word[1])): word for word in listed}
