"""Word lists and small models: how a text is matched, and what it leans to."""
