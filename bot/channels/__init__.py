"""Where people talk: one file a channel, lazily imported."""
