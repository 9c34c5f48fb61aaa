"""A start does not wait for the machine's certificate authorities; the first connection has them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
import ssl
from bot.certificates import read_on_need

with read_on_need():
    from aiohttp.connector import _SSL_CONTEXT_VERIFIED as late
known = [len(late.get_ca_certs())]
for _ in range(2):
    late.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="example.org")
    known.append(len(late.get_ca_certs()))
print(late.verify_mode is ssl.CERT_REQUIRED, *known, len(ssl.create_default_context().get_ca_certs()))
"""


def test_the_authorities_are_read_once_with_the_first_connection(tmp_path: Path) -> None:
    (tmp_path / "authority.pem").write_bytes(_an_authority())
    (tmp_path / "none").mkdir()
    command = [sys.executable, "-c", SCRIPT]
    here = {
        "SSL_CERT_FILE": str(tmp_path / "authority.pem"),
        "SSL_CERT_DIR": str(tmp_path / "none"),
    }

    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **here}
    )

    assert done.stdout.split() == ["True", "0", "1", "1", "1"], done.stderr


def _an_authority() -> bytes:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=9))
    allowed = x509.BasicConstraints(ca=True, path_length=None)
    signed = built.add_extension(allowed, critical=True).sign(key, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.PEM)
