"""A language model outside that may be asked which entry is meant; off unless it is set up."""
