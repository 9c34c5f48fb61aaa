"""When: what happens by itself."""
