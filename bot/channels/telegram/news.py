"""What an update can mean to us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiogram.filters.callback_data import CallbackData

if TYPE_CHECKING:
    from handlers.messages import ChatRef, Event

NAME = "telegram"


class Press(CallbackData, prefix="p"):
    """What a button carries: a random key that means nothing outside our database."""

    token: str


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody said or pressed something; `files` and `voices` are not yet fetched."""

    event: Event
    files: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    press: str = ""
    """Id of the press, to be answered so that the button stops turning."""
    album: str = ""
    """The album that it is a part of; other parts may still come."""
    edited: bool = False
    """Whether it stands in the place of what was said before."""
    late: bool = False
    """Whether it was changed long after it was said."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """Something was meant for us that we cannot take in; `why` is what is said about it."""

    chat: ChatRef
    key: str
    why: str


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
