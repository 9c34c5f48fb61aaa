"""A swindle that no list knows: told by its sound, and by what swindlers are after."""

from __future__ import annotations

import re

from handlers.intents.questions import asks_something
from knowledge.community.words.leanings import leaning
from knowledge.community.words.wording import sign

SWINDLE, SWINDLE_BESIDE, DANGER_FAINT = 0.46, 0.6, 0.2
"""Shares from which a leaning counts, and below which there is no danger; chosen by
cross-validation on our own sentences. BESIDE: in words that the lists take for something else."""
_REIMBURSED = re.compile("能不能报|能报|报销|报多少|报好多|怎么报")
"""Who pays a hospital's bill asks about insurance, whatever sum the doctor has named."""
_TOLD = 8
"""Characters below which a text tells of no swindle."""


def leans_to_swindle(text: str) -> bool:
    """Whether plain `text` leans to a swindle and names something that swindlers are after."""
    if len(text) < _TOLD or sign("骗子所图").search(text) is None:
        return False
    if _REIMBURSED.search(text) and asks_something(text):
        return False
    return leaning(text).swindle >= SWINDLE


def is_rather_swindle(text: str) -> bool:
    """Whether plain `text` tells of a swindle in words that the lists take for something else."""
    lean = leaning(text)
    return lean.swindle >= SWINDLE_BESIDE and lean.danger < DANGER_FAINT
