"""The real application, played: a written story in virtual time, or somebody's practice at a terminal."""
