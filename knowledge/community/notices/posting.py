"""A notice as it stands in the chat: heading, text, 收到 line and the code that proves it real."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from knowledge.community.days.zone import local
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from datetime import datetime

POSTED_LIMIT = 150
"""Characters of a notice in a chat, all included (CONTRACT §3.2)."""

BROADCAST_LIMIT = 150
"""Characters for a loudspeaker (CONTRACT §3.2)."""

TOPIC_LIMIT = 8
"""Characters of 主题, so that heading, 120 characters of text and the code always fit."""

ASK_RECEIPT = "看到了请回复：收到"
ASKED = re.compile(r"回复?[：:]?\s*[“\"「]?收到")
"""A text that asks for it in its own words."""
OF_ITS_DAY = Expression("[今明后][天日晚早]|[今明]儿|当[天晚]")
"""A text that is wrong on the next day."""
ASKING_TOPICS = frozenset({"反诈", "消防"})
"""Notices on these topics ask whether they were seen (model dialogues 10 and 11)."""

FOOTERS = ("；我从不要验证码、银行卡，也不叫您转钱", "，我从不要验证码、卡号、钱")
BRIEF_FOOTER = "，不要码、卡、钱"
"""What every notice ends with (research on trust, T19): the longest that fits, the brief one always."""

CODE_LENGTH = 5
_CODE_SIGNS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Without 0 O 1 I L U, which people mistake for one another."""


def heading(topic: str) -> str:
    """Return the first words of a notice: 【反诈提醒】."""
    return f"【{topic or '社区'}提醒】"


def posted_text(topic: str, short: str, code: str) -> str:
    """Return the text of a sending, its code and what we never ask for behind it.

    Where it does not fit, the footer grows shorter first, then the 收到 line is left out.
    """
    start = heading(topic)
    text = short if short.startswith(start) else start + short
    return signed(text, code, asks=topic in ASKING_TOPICS and not ASKED.search(text))


def signed(text: str, code: str, *, asks: bool = False) -> str:
    """Return a text with code and footer, and the 收到 line before them if wanted and it fits."""
    bodies = (*([f"{text}\n{ASK_RECEIPT}"] if asks else ()), text)
    wholes = [f"{body}\n验真码 {code}{footer}" for body in bodies for footer in FOOTERS]
    brief = f"{text}\n验真码 {code}{BRIEF_FOOTER}"
    return next((whole for whole in wholes if len(whole) <= POSTED_LIMIT), brief)


def proof_code(notice_id: str, planned: datetime) -> str:
    """Return the code for `/verify/<code>`: the same for a notice and its planned local day.

    It always has a letter and a digit, so that no word or number of a resident looks like one.
    """
    seed = f"{notice_id} {local(planned).date()}"
    while True:
        digest = hashlib.sha256(seed.encode()).digest()
        code = "".join(_CODE_SIGNS[byte % len(_CODE_SIGNS)] for byte in digest[:CODE_LENGTH])
        if not code.isalpha() and not code.isdecimal():
            return code
        seed = digest.hex()


_SPOKEN_CODE = re.compile(r"验真码\W{0,3}([A-Z0-9]{3,12})")
_BARE_CODE = re.compile(rf"(?=.*[A-Z])(?=.*[2-9])[{_CODE_SIGNS}]{{{CODE_LENGTH}}}")


def spoken_code(text: str) -> str:
    """Return the proof code that somebody asks about: bare, or behind the word 验真码; else ""."""
    said = unicodedata.normalize("NFKC", text).upper().replace("驗真碼", "验真码").strip()
    found = _SPOKEN_CODE.search(said)
    if found:
        return found[1]
    return said if _BARE_CODE.fullmatch(said) else ""
