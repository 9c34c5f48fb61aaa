"""Signatures: HMAC-SHA256 over timestamp + "." + raw body, fresh for five minutes."""

from __future__ import annotations

import hashlib
import hmac
import re

TIMESTAMP = "X-Linli-Timestamp"
SIGNATURE = "X-Linli-Signature"
FRESH = 300
"""Seconds that a timestamp may be away from now, either way."""

_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)


def sign(secret: bytes, timestamp: str, body: bytes) -> str:
    """Return the value of the signature header."""
    digest = hmac.new(secret, timestamp.encode("ascii") + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def verify(secret: bytes, timestamp: str, signature: str, body: bytes, now: float) -> bool:
    """Tell whether the body is signed with our secret and fresh; in constant time, on bytes."""
    if not secret or not _SECONDS.fullmatch(timestamp) or abs(now - int(timestamp)) > FRESH:
        return False
    given = signature.encode("utf-8", "surrogateescape")
    return hmac.compare_digest(given, sign(secret, timestamp, body).encode())
