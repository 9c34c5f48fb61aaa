"""What an update can mean to us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.messages import ChatRef, Event

NAME = "telegram"


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody said or pressed something; `files` are pictures not yet fetched."""

    event: Event
    files: tuple[str, ...] = ()
    press: str = ""
    """Id of the press, to be answered so that the button stops turning."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """Something came that we cannot take in (voice, video …), in a private chat."""

    chat: ChatRef
    key: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup and has a new id."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Membership:
    """We were taken into a group, or put out of it."""

    chat: str
    title: str
    inside: bool


News = Said | Unheard | Moved | Membership
