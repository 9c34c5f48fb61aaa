"""All tables in one place, for migrations and for a fresh database."""

from __future__ import annotations

from knowledge.store.base import Model
from knowledge.store.rows import (
    audit,
    callbacks,
    dialogues,
    digests,
    faq,
    findings,
    keys,
    marks,
    media,
    messages,
    notices,
    parties,
    questions,
    roster,
    sources,
    tickets,
    web,
)

FAMILIES = (
    roster,
    parties,
    messages,
    dialogues,
    tickets,
    sources,
    callbacks,
    findings,
    digests,
    questions,
    faq,
    media,
    notices,
    web,
    keys,
    marks,
    audit,
)
"""Importing a family registers its tables."""

METADATA = Model.metadata
