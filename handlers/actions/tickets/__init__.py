"""Everything that can happen to a request: one function each."""
