"""Chinese for the sentences that click says by itself."""
