"""What the client's answer to a sending means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.messages import Outcome, Receipt

if TYPE_CHECKING:
    from collections.abc import Mapping

DONE = frozenset({"ok", "async"})
"""Words of OneBot 11 for what was sent, and for what the client will send."""


class Down(Exception):
    """There is no client, or its account is offline: nothing was sent."""


def receipt_of(answer: Mapping[str, Any], key: str) -> Receipt:
    """Return the receipt; a refusal has no reason that programs agree on, so it is final."""
    if answer.get("status") in DONE:
        data = answer.get("data")
        number = data.get("message_id") if isinstance(data, dict) else None
        return Receipt(Outcome.SENT, reference=str(number) if isinstance(number, int) else key)
    code = answer.get("retcode")
    if answer.get("status") != "failed" or type(code) is not int:
        return Receipt(Outcome.UNKNOWN, detail="odd answer")
    return Receipt(Outcome.UNSUPPORTED, detail=f"retcode {code}")
