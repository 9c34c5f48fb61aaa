"""The same service with everything imported first: `python -m bot.benches.eager_start …`."""

from __future__ import annotations

from importlib import import_module
from runpy import run_module

EAGER = ("aiogram", "jieba", "psycopg", "openpyxl", "PIL.Image", "cryptography.x509", "alembic")
"""What the service imports only on need, and a usual one at its start."""


def start() -> None:
    """Import, load the dictionary, then do what `linli` would do."""
    for name in EAGER:
        import_module(name)
    import_module("jieba").initialize()
    run_module("bot", run_name="__main__")


if __name__ == "__main__":
    start()
