"""How long a test waits for what comes at once on an idle machine."""

from __future__ import annotations

PATIENCE = 60.0
"""Seconds after which a test that waits is ended; it is no measure."""
