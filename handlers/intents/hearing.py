"""Slips of the ear and the keyboard: 电锑 is 电梯, 门紧 is 门禁."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from knowledge.community.words.wording import entry, wordings
from knowledge.faq.commonness import commonness

_FUNCTION = frozenset(
    "的了是我你他她它谁这那里有在说个就都也不没要去来今和与跟把被给得到从站时还吗呢什么气"
)
"""Characters that stand by themselves too often to be a slip."""


def hear(text: str) -> str:
    """Plain `text` with slips put right: one wrong character that sounds like ours.

    Our words are those of `speech.md`, entry 听音. What is a word stays as it is, and so does
    what makes one with its neighbour.
    """
    words, out = _words(), text
    sounds = commonness().readings(text)
    if words.keys().isdisjoint(pairwise(sounds)):
        return text
    for at, two in enumerate(pairwise(sounds)):
        meant = words.get(two)
        if meant and _is_slip(text[at : at + 2], meant) and not _is_spoken_for(text, at):
            out = out[:at] + meant + out[at + 2 :]
    return out


def _is_spoken_for(text: str, at: int) -> bool:
    """Whether the two characters at `at` are a word, together or with what stands beside them."""
    near = (text[start : start + 2] for start in range(max(at - 1, 0), at + 2))
    return any(len(pair) == len("电梯") and commonness().is_word(pair) for pair in near)


def _is_slip(pair: str, meant: str) -> bool:
    """Whether just one of two characters differs, and is none that stands by itself."""
    wrong = [one for one, other in zip(pair, meant, strict=True) if one != other]
    return len(wrong) == 1 and wrong[0] not in _FUNCTION


@cache
def _words() -> dict[tuple[str, str], str]:
    """Our words by the sounds of their two characters, the first of the list before the others."""
    reading, listed = commonness().reading, reversed(wordings(entry("speech", "听音"), "认得"))
    return {(reading(word[0]), reading(word[1])): word for word in listed}
