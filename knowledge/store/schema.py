"""All tables in one place, for migrations and for a fresh database."""

from __future__ import annotations

from knowledge.store.base import Model
from knowledge.store.rows import (
    dialogues,
    faq,
    keys,
    marks,
    media,
    messages,
    notices,
    parties,
    questions,
    roster,
    tickets,
    web,
)

FAMILIES = (
    roster,
    parties,
    messages,
    dialogues,
    tickets,
    questions,
    faq,
    media,
    notices,
    web,
    keys,
    marks,
)
"""Importing a family registers its tables."""

METADATA = Model.metadata
