"""One callback of the platform: is it theirs, is it fresh, and what does it say."""

from __future__ import annotations

import re
import secrets
import time
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError  # nosec B405

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.wechat.crypt import same, signature
from bot.wechat.trouble import Forged, Garbled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.wechat.crypt import Crypt

FRESH = 300
"""Seconds that a timestamp may be away from now, either way."""
DEEPEST = 8
"""Levels of a callback; those of the platform have four."""

_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)

Fields = dict[str, str]
"""The plain values of a message by their names (`FromUserName`, `MsgType` …)."""


class Callback:
    """Reads what the platform sends to one address; without a `crypt` it comes in plain text.

    Raises:
        ValueError: without a token anybody could sign.
    """

    def __init__(
        self, token: str, crypt: Crypt | None, wall: Callable[[], float] = time.time
    ) -> None:
        if not token:
            raise ValueError("token")
        self._token = token
        self._crypt = crypt
        self._wall = wall

    def greet(self, query: Mapping[str, str]) -> str:
        """Return what proves to the platform that the address is ours.

        Raises:
            Forged: the signature is not right, or too old.
            Garbled: it carries nothing to open.
        """
        echo = query.get("echostr", "")
        if self._crypt is not None and "msg_signature" in query:
            stamp, nonce = self._fresh(query)
            if not self._crypt.trusts(query["msg_signature"], stamp, nonce, echo):
                raise Forged("signature")
            return _text(self._crypt.open(echo))
        self._plain(query)
        return echo

    def proof(self) -> tuple[dict[str, str], str]:
        """Return a verification as the platform sends it, and its right answer."""
        stamp, word = str(int(self._wall())), secrets.token_hex(8)
        query = {"timestamp": stamp, "nonce": word, "echostr": word}
        if self._crypt is None:
            return query | {"signature": signature(self._token, stamp, word)}, word
        sealed = self._crypt.seal(word.encode())
        sign = self._crypt.sign(stamp, word, sealed)
        return query | {"msg_signature": sign, "echostr": sealed}, word

    def read(self, query: Mapping[str, str], body: bytes) -> Fields:
        """Return the message that a call brings.

        Raises:
            Forged: it is not signed by the platform, too old, or plain though a key is set.
            Garbled: it is no message.
        """
        if self._crypt is None:
            self._plain(query)
            return read_xml(body)
        stamp, nonce = self._fresh(query)
        sealed = read_xml(body).get("Encrypt", "")
        if not self._crypt.trusts(query.get("msg_signature", ""), stamp, nonce, sealed):
            raise Forged("signature")
        return read_xml(self._crypt.open(sealed))

    def reply(self, message: str, nonce: str) -> str:
        """Return a passive reply as the platform takes it."""
        if self._crypt is None:
            return message
        stamp, sealed = str(int(self._wall())), self._crypt.seal(message.encode())
        return (
            f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt>"
            f"<MsgSignature><![CDATA[{self._crypt.sign(stamp, nonce, sealed)}]]></MsgSignature>"
            f"<TimeStamp>{stamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        )

    def _plain(self, query: Mapping[str, str]) -> None:
        stamp, nonce = self._fresh(query)
        if not same(query.get("signature", ""), signature(self._token, stamp, nonce)):
            raise Forged("signature")

    def _fresh(self, query: Mapping[str, str]) -> tuple[str, str]:
        stamp = query.get("timestamp", "")
        if not _SECONDS.fullmatch(stamp) or abs(self._wall() - int(stamp)) > FRESH:
            raise Forged("timestamp")
        return stamp, query.get("nonce", "")


def read_xml(raw: bytes) -> Fields:
    """Return the leaves of a small XML document by their names; no entities, no DTD.

    Raises:
        Garbled: it is no such document.
    """
    try:
        root = fromstring(raw.decode("utf-8"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        raise Garbled("xml") from None
    fields: Fields = {}
    level, depth = list(root), 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise Garbled("depth")
        for one in level:
            fields.setdefault(one.tag, one.text or "")
        level = [inner for one in level for inner in one]
    return fields


def cdata(text: str) -> str:
    """Return the text as a CDATA section; what would end it is split."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except ValueError:
        raise Garbled("utf-8") from None
