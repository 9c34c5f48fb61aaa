"""What an answer says now that it did not say before, as an editor reads it."""

from __future__ import annotations

from knowledge.faq.rewording import AROUND, pieces, shortened


def test_what_stayed_the_same_is_cut_at_a_line_and_never_within_one() -> None:
    kept = f"问法：{'问' * AROUND}\n核对：2026-11-22\n有效期：长期\n"
    found = shortened(
        pieces(f"【短】旧的。\n{kept}【长】旧的。\n", f"【短】新。\n{kept}【长】新。\n")
    )
    same = next(text for how, text in found if how == "same" and "有效期" in text)
    assert same.endswith("问…\n核对：2026-11-22\n有效期：长期\n")
