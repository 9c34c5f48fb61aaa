"""Real processes that die at every named step, and what must be true afterwards."""
