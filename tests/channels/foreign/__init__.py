"""Telegram as others have built it: proof that not only our own fake is satisfied (CONTRIBUTING)."""
