"""How numbers of tickets and questions are written and read."""

from __future__ import annotations


def ticket_number(no: int) -> str:
    """Return a ticket's number as people read it: at least four digits."""
    return f"{no:04d}"


def question_number(no: int) -> str:
    """Return a handed-over question's number as people read it."""
    return f"问-{no:04d}"
