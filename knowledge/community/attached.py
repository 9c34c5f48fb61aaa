"""What comes along with words: pictures and voices, told apart by their ids alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

VOICES = {"ogg": "audio/ogg", "mp3": "audio/mpeg", "m4a": "audio/mp4", "amr": "audio/amr"}
"""How the id of a voice ends → its type; the id of a picture has no such end."""
UNPLAYED = "amr"
"""What phones of old record and WeCom hands on: a phone's own player knows it, no browser does."""


def pictures(attached: Iterable[str]) -> list[str]:
    """Return the pictures among what is attached."""
    return [one for one in attached if not kind_of(one)]


def voices(attached: Iterable[str]) -> list[str]:
    """Return the voices among what is attached."""
    return [one for one in attached if kind_of(one)]


def kind_of(media_id: str) -> str:
    """Return how a voice was recorded, as its id ends; "" for a picture."""
    end = media_id.rpartition(".")[2]
    return end if end in VOICES else ""
