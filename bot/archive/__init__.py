"""One file with everything: the database, the knowledge, the pictures."""
