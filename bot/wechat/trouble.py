"""What can be wrong with a call that claims to come from the platform."""

from __future__ import annotations


class Forged(Exception):
    """The call is not from the platform, not fresh, or not meant for us."""


class Garbled(Exception):
    """The call is signed, but what it carries is no callback."""
