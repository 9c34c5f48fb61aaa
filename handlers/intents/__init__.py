"""What one message wants, read from its words alone."""
