"""Which place a sentence means, seen from where it is said, and how it is asked for."""
