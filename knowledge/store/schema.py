"""All tables in one place, for migrations and for a fresh database."""

from __future__ import annotations

from knowledge.store.base import Model
from knowledge.store.rows import (
    admissions,
    audit,
    callbacks,
    dialogues,
    digests,
    faq,
    findings,
    keys,
    links,
    marks,
    media,
    messages,
    notices,
    parties,
    questions,
    roster,
    sources,
    tickets,
    topics,
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
    admissions,
    links,
    keys,
    marks,
    audit,
    topics,
)
"""Importing a family registers its tables."""

METADATA = Model.metadata
