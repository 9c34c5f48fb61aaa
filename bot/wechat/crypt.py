"""WXBizMsgCrypt: how the WeChat family seals its callbacks.

AES-256-CBC with PKCS#7 to 32 bytes; key = base64(EncodingAESKey + "="), IV = its first 16 bytes.
Sealed are 16 random bytes, the length (4 bytes, big-endian), the message and the receiver's id.
A signature is the SHA-1 of the sorted values, joined (pages 90968 and Technical_Plan of the platform).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.wechat.trouble import Forged, Garbled

BLOCK = 32
NOISE = 16
"""Random bytes before the message."""
LENGTH = 4
KEY = 43
"""Characters of an EncodingAESKey."""


class Crypt:
    """Seals and opens what one receiver (corp id, app id, "" for a bot) shares with the platform.

    Raises:
        ValueError: the key is not 43 characters of Base64.
    """

    def __init__(self, token: str, aes_key: str, receiver: str) -> None:
        try:
            key = base64.b64decode(aes_key + "=", validate=True)
        except ValueError:
            key = b""
        if len(aes_key) != KEY or len(key) != BLOCK:
            raise ValueError("aes_key")
        self._token = token
        self._receiver = receiver.encode()
        self._cipher = Cipher(algorithms.AES256(key), modes.CBC(key[:16]))

    def sign(self, *values: str) -> str:
        """Return the signature of timestamp, nonce and what is sealed."""
        return signature(self._token, *values)

    def trusts(self, given: str, *values: str) -> bool:
        """Tell whether a signature is ours, in constant time, on bytes."""
        return same(given, self.sign(*values))

    def seal(self, message: bytes) -> str:
        """Return the message as only the platform can read it."""
        size = len(message).to_bytes(LENGTH, "big")
        plain = secrets.token_bytes(NOISE) + size + message + self._receiver
        padding = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher.encryptor()
        sealed = encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def open(self, sealed: str) -> bytes:
        """Return the message, byte for byte.

        Raises:
            Garbled: it was not sealed with this key.
            Forged: it is meant for somebody else.
        """
        plain = self._decrypt(sealed)
        start = NOISE + LENGTH
        end = start + int.from_bytes(plain[NOISE:start], "big")
        if len(plain) < start or end > len(plain):
            raise Garbled("length")
        if not hmac.compare_digest(plain[end:], self._receiver):
            raise Forged("receiver")
        return plain[start:end]

    def _decrypt(self, sealed: str) -> bytes:
        try:
            raw = base64.b64decode(sealed, validate=True)
        except (ValueError, binascii.Error):
            raise Garbled("base64") from None
        if not raw or len(raw) % BLOCK:
            raise Garbled("block")
        decryptor = self._cipher.decryptor()
        plain = decryptor.update(raw) + decryptor.finalize()
        padding = plain[-1]
        if not 1 <= padding <= BLOCK or plain[-padding:] != bytes([padding]) * padding:
            raise Garbled("padding")
        return plain[:-padding]


def signature(token: str, *values: str) -> str:
    """Return the SHA-1 of the sorted values, as the whole family signs."""
    joined = "".join(sorted((token, *values)))
    return hashlib.sha1(joined.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def same(given: str, expected: str) -> bool:
    """Compare in constant time; whatever was given, it never raises."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
